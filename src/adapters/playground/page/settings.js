/** @import { Act, Persona, Say, World } from './types.js' */
import { Dialog } from './dialog.js';
import { html } from './html.js';
import { useId } from './vendor/hooks.js';
import { languageName, languages } from './words.js';

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/**
 * What a persona is on this platform: language, zone, rights.
 * @param {{ persona: Persona, world: World, say: Say, act: Act, onClose: () => void }} props
 */
export function Settings({ persona, world, say, act, onClose }) {
  const id = useId();
  const change = (/** @type {Partial<Persona>} */ given) => void act('persona', { id: persona.id, ...given });
  const value = (/** @type {Event} */ event) => /** @type {HTMLSelectElement} */ (event.currentTarget).value;
  const checked = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.currentTarget).checked;
  const role = (/** @type {string} */ name) => html`
    <label class="check">
      <input
        type="checkbox"
        checked=${persona.roles.includes(name)}
        onChange=${(/** @type {Event} */ event) => change({ roles: [...persona.roles.filter((one) => one !== name), ...(checked(event) ? [name] : [])] })}
      />
      ${name}
    </label>
  `;
  return html`
    <${Dialog} title=${say('settings', { name: persona.name })} closeLabel=${say('close')} onClose=${onClose} lang=${persona.locale}>
      <form method="dialog" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
        <div class="field">
          <label for="${id}-language">${say('language')}</label>
          <select id="${id}-language" value=${persona.locale} onChange=${(/** @type {Event} */ event) => change({ locale: value(event) })}>
            ${languages().map((tag) => html`<option value=${tag}>${languageName(tag)}</option>`)}
          </select>
        </div>
        <div class="field">
          <label for="${id}-zone">${say('zone')}</label>
          <select id="${id}-zone" value=${persona.zone} onChange=${(/** @type {Event} */ event) => change({ zone: value(event) })}>
            ${zones.map((name) => html`<option value=${name}>${name.replaceAll('_', ' ')}</option>`)}
          </select>
        </div>
        <fieldset>
          <legend>${say('roles')}</legend>
          ${world.roles.map(role)}
          <label class="check"><input type="checkbox" checked=${persona.admin} onChange=${(/** @type {Event} */ event) => change({ admin: checked(event) })} /> ${say('admin')}</label>
          <label class="check"><input type="checkbox" checked=${persona.closedDirect} onChange=${(/** @type {Event} */ event) => change({ closedDirect: checked(event) })} /> ${say('closedDirect')}</label>
        </fieldset>
        <footer><button type="button" class="primary" onClick=${onClose}>${say('close')}</button></footer>
      </form>
    <//>
  `;
}

/** @param {{ world: World, say: Say, act: Act, onClose: (added?: string) => void }} props */
export function AddPerson({ world, say, act, onClose }) {
  const id = useId();
  const add = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const name = String(data.get('name') ?? '').trim();
    if (name === '') return;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const person = idFor(name, world);
    if (await act('persona', { id: person, name, locale: data.get('locale'), zone: zones.includes(zone) ? zone : 'UTC' }))
      onClose(person);
  };
  return html`
    <${Dialog} title=${say('add')} closeLabel=${say('close')} onClose=${() => onClose()}>
      <form noValidate onSubmit=${add}>
        <p class="intro">${say('addIntro')}</p>
        <div class="field">
          <label for="${id}-name">${say('addName')}</label>
          <input id="${id}-name" name="name" maxlength="40" required autocomplete="off" />
        </div>
        <div class="field">
          <label for="${id}-locale">${say('language')}</label>
          <select id="${id}-locale" name="locale">${languages().map((tag) => html`<option value=${tag}>${languageName(tag)}</option>`)}</select>
        </div>
        <footer>
          <button type="button" onClick=${() => onClose()}>${say('cancel')}</button>
          <button type="submit" class="primary">${say('add')}</button>
        </footer>
      </form>
    <//>
  `;
}

/**
 * @param {string} name
 * @param {World} world
 */
function idFor(name, { personas }) {
  const plain =
    name
      .normalize('NFD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/gu, '')
      .slice(0, 40) || 'person';
  const taken = new Set(personas.map(({ id }) => id));
  let id = plain;
  for (let n = 2; taken.has(id); n++) id = `${plain}${n}`;
  return id;
}
