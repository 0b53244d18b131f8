/** @import { MenuEntry, Offer, Offers, Persona, Say, Where } from './types.js' */
import { menuIn, post } from './api.js';
import { offersFor, valueOffer } from './completion.js';
import { html } from './html.js';
import { useEffect, useId, useRef, useState } from './vendor/hooks.js';

/** Milliseconds between the last key and the question to the server. */
const PAUSE = 120;

/**
 * The line in which a persona writes, with the menu of commands.
 * @param {{ persona: Persona, where: Where, say: Say, busy: boolean, send: (line: string) => void }} props
 */
export function Composer({ persona, where, say, busy, send }) {
  const [line, setLine] = useState('');
  const [closed, setClosed] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const id = useId();
  const { stage, items } = useOffers(line, persona, where);
  const open = !closed && items.length > 0;
  const exact = stage === 'command' && items.some((item) => item.line.trim().toLowerCase() === line.trim().toLowerCase());
  const current = active < items.length && active >= 0 ? active : stage === 'command' && !exact ? 0 : -1;

  const change = (/** @type {string} */ text) => {
    setLine(text);
    setClosed(false);
    setActive(-1);
  };
  const take = (/** @type {Offer | undefined} */ offer) => {
    if (offer) change(offer.line);
    input.current?.focus();
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy || line.trim() === '') return;
    send(line.trim());
    change('');
  };

  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (!open || event.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setActive((current + step + items.length + (current < 0 && step < 0 ? 1 : 0)) % items.length);
    else if (event.key === 'Escape') setClosed(true);
    else if (event.key === 'Enter' && current >= 0) take(items[current]);
    else if (event.key === 'Tab' && !event.shiftKey && (current >= 0 || !/\s$/u.test(line))) take(items[Math.max(current, 0)]);
    else return;
    event.preventDefault();
  };

  const option = (/** @type {Offer} */ { label, help, needed }, /** @type {number} */ index) => html`
    <li id="${id}-${index}" role="option" aria-selected=${index === current} onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => take(items[index])}>
      <b>${label}</b>${needed && html` <em>${say('needed')}</em>`} <span>${help}</span>
    </li>
  `;

  return html`
    <form class="composer" onSubmit=${submit}>
      <div class="menu" hidden=${!open}>
        <ul id="${id}-menu" role="listbox" aria-label=${say('commands')}>${open && items.map(option)}</ul>
        <p aria-hidden="true">${say('keys')}</p>
      </div>
      <input
        ref=${input}
        type="text"
        role="combobox"
        aria-label=${say('compose', { name: persona.name })}
        aria-expanded=${open}
        aria-controls="${id}-menu"
        aria-autocomplete="list"
        aria-activedescendant=${open && current >= 0 ? `${id}-${current}` : undefined}
        autocomplete="off"
        autocapitalize="off"
        spellcheck=${false}
        enterkeyhint="send"
        maxlength="4000"
        placeholder=${say('placeholder')}
        value=${line}
        onInput=${(/** @type {Event} */ event) => change(/** @type {HTMLInputElement} */ (event.currentTarget).value)}
        onKeyDown=${keys}
        onBlur=${() => setClosed(true)}
        onFocus=${() => setClosed(false)}
      />
      <button type="submit" class="primary" aria-label=${say('send')} aria-disabled=${busy}><${Arrow} /></button>
      <${Reveal} id="${id}-${current}" when=${open} />
    </form>
  `;
}

const Arrow = () => html`
  <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path d="M8 13.5v-11M3.5 7 8 2.5 12.5 7" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />
  </svg>
`;

/** Keeps the marked line of the menu in sight. @param {{ id: string, when: boolean }} props */
function Reveal({ id, when }) {
  useEffect(() => {
    if (when) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }, [id, when]);
  return null;
}

/**
 * @param {string} line
 * @param {Persona} persona
 * @param {Where} where
 * @returns {Offers}
 */
function useOffers(line, persona, where) {
  const [menu, setMenu] = useState(/** @type {readonly MenuEntry[]} */ ([]));
  const [answer, setAnswer] = useState(/** @type {{ line: string, items: Offer[] }} */ ({ line: '', items: [] }));
  const wanted = line.startsWith('/');
  useEffect(() => {
    menuIn(persona.locale).then(setMenu, () => setMenu([]));
  }, [wanted, persona.locale]);

  const offers = offersFor(line, menu);
  const { ask } = offers;
  useEffect(() => {
    if (!ask) return undefined;
    const timer = setTimeout(async () => {
      const result = await post('complete', { as: persona.id, where, line, param: ask.param, typed: ask.typed });
      const choices = result.ok ? /** @type {{ value: string, label: string }[]} */ (result.answer.choices) : [];
      setAnswer({ line, items: choices.map((choice) => valueOffer(ask.before, choice)) });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [line, persona.id, where, ask !== undefined]);
  return ask && answer.line === line ? { ...offers, items: answer.items } : offers;
}
