/** @import { Persona, Say, Shown, View, Where, World } from './types.js' */
import { post } from './api.js';
import { Composer } from './composer.js';
import { Form } from './form.js';
import { html } from './html.js';
import { Message } from './message.js';
import { Settings } from './settings.js';
import { Tabs } from './tabs.js';
import { useLayoutEffect, useRef, useState } from './vendor/hooks.js';
import { sayIn } from './words.js';

const places = /** @type {const} */ (['channel', 'direct', 'thread']);

/**
 * Everything that one persona sees and does.
 * @param {{ persona: Persona, index: number, view: View, world: World }} props
 */
export function Column({ persona, index, view, world }) {
  const say = sayIn(persona.locale);
  const [where, setWhere] = useState(/** @type {Where} */ ('channel'));
  const [read, setRead] = useState({ channel: 0, direct: 0, thread: 0 });
  const [settings, setSettings] = useState(false);
  const { act, busy, error } = useAct(say);
  const latest = { channel: newest(view, 'channel'), direct: newest(view, 'direct'), thread: newest(view, 'thread') };
  if (read[where] < latest[where]) setRead({ ...read, [where]: latest[where] });

  const at = (/** @type {Shown} */ { id, where: place }) => ({ as: persona.id, message: id, where: place });
  const open = places.filter((place) => place !== 'thread' || latest.thread > 0 || where === 'thread');
  const tabs = open.map((place) => ({
    id: place,
    label: say(place),
    mark: place !== where && read[place] < latest[place] ? say('unread') : undefined,
  }));
  return html`
    <section class="persona" lang=${persona.locale} aria-label=${persona.name} data-persona=${persona.id}>
      <header>
        <span class="face hue-${index % 6}" aria-hidden="true">${persona.name.slice(0, 1)}</span>
        <div>
          <h2>${persona.name}</h2>
          <p>${[persona.admin && say('adminMark'), ...persona.roles].filter(Boolean).join(' · ') || say('member')}</p>
        </div>
        <button type="button" class="quiet" aria-label=${say('settings', { name: persona.name })} onClick=${() => setSettings(true)}>
          <span lang=${persona.locale}>${persona.locale.toUpperCase()}</span> ⋯
        </button>
      </header>
      <${Tabs} name=${`place-${persona.id}`} label=${say('conversation', { name: persona.name })} tabs=${tabs} chosen=${where} choose=${setWhere}>
        <${Log} persona=${persona} where=${where} view=${view} world=${world} say=${say} busy=${busy}
          press=${(/** @type {Shown} */ shown, /** @type {string} */ id) => act('press', { ...at(shown), id })}
          choose=${(/** @type {Shown} */ shown, /** @type {string} */ id, /** @type {string} */ value) => act('choose', { ...at(shown), id, values: [value] })}
        />
      <//>
      ${error && html`<p class="problem" role="alert">${error}</p>`}
      <${Composer} persona=${persona} where=${where} say=${say} busy=${busy} send=${(/** @type {string} */ line) => act('type', { as: persona.id, where, line })} />
      ${
        view.form &&
        html`<${Form} key=${view.form.form.id} open=${view.form} persona=${persona} world=${world} say=${say} busy=${busy}
          submit=${(/** @type {string} */ form, /** @type {object} */ input) => act('submit', { as: persona.id, form, input })}
          dismiss=${() => act('dismiss', { as: persona.id })} />`
      }
      ${settings && html`<${Settings} persona=${persona} world=${world} say=${say} act=${act} onClose=${() => setSettings(false)} />`}
    </section>
  `;
}

/** @param {View} view @param {Where} where */
const newest = ({ messages }, where) =>
  Math.max(0, ...messages.filter((shown) => shown.where === where).map(({ changed }) => changed));

/**
 * The messages of one conversation, the newest in sight. Only the column that is being used speaks to a screen reader,
 * or everything said in the common room would be read out once for each persona.
 * @param {{ persona: Persona, where: Where, view: View, world: World, say: Say, busy: boolean } & import('./message.js').Handlers} props
 */
function Log({ persona, where, view, world, say, busy, press, choose }) {
  const element = useRef(/** @type {HTMLElement | null} */ (null));
  const [live, setLive] = useState(false);
  const shown = view.messages.filter((message) => message.where === where);
  const latest = newest(view, where);
  useLayoutEffect(() => {
    const last = shown.reduce((a, b) => (a && a.changed > b.changed ? a : b), shown[0]);
    const message = element.current?.querySelector(`[data-message="${last?.id}"]`);
    if (element.current && message instanceof HTMLElement) bringIntoSight(element.current, message);
  }, [latest, where]);
  useLayoutEffect(() => {
    const column = element.current?.closest('.persona');
    const look = () => setLive(column?.contains(document.activeElement) ?? false);
    document.addEventListener('focusin', look);
    return () => document.removeEventListener('focusin', look);
  }, []);
  return html`
    <div ref=${element} class="log" role="log" tabindex="0" aria-live=${live ? 'polite' : 'off'} aria-label=${say('conversation', { name: persona.name })}>
      ${where === 'direct' && html`<p class="aside">${say('directNote', { name: persona.name })}</p>`}
      ${where === 'thread' && html`<p class="aside">${say('threadNote', { name: persona.name })}</p>`}
      ${shown.length === 0 && html`<p class="empty">${say(where === 'direct' ? 'emptyDirect' : 'emptyChannel', { name: persona.name })}</p>`}
      ${shown.map((message) => html`<${Message} key=${message.id} shown=${message} reading=${{ reader: persona, world }} say=${say} busy=${busy} press=${press} choose=${choose} />`)}
      ${busy && html`<p class="working">${say('working')}</p>`}
    </div>
  `;
}

/**
 * A message that is taller than the log is read from its beginning.
 * @param {HTMLElement} log
 * @param {HTMLElement} message
 */
function bringIntoSight(log, message) {
  const margin = 8;
  const top = message.offsetTop - log.offsetTop - margin;
  const bottom = top + message.offsetHeight + 2 * margin;
  if (bottom - top > log.clientHeight || top < log.scrollTop) log.scrollTop = top;
  else if (bottom > log.scrollTop + log.clientHeight) log.scrollTop = bottom - log.clientHeight;
}

/**
 * One act at a time, with what went wrong.
 * @param {Say} say
 */
export function useAct(say) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {string | undefined} */ (undefined));
  /** @type {import('./types.js').Act} */
  const act = async (name, body) => {
    setBusy(true);
    const result = await post(name, body);
    setBusy(false);
    setError(result.ok ? undefined : (result.error ?? say('failed')));
    return result.ok;
  };
  return { act, busy, error };
}
