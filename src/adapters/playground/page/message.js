/** @import { Block, Say, Shown } from './types.js' */
/** @import { Reading } from './text.js' */
import { html } from './html.js';
import { Words } from './text.js';

/**
 * @typedef {object} Handlers
 * @property {(message: Shown, act: string) => void} press
 * @property {(message: Shown, act: string, value: string) => void} choose
 */

/**
 * One message in one persona's column.
 * @param {{ shown: Shown, reading: Reading, say: Say, busy: boolean } & Handlers} props
 */
export function Message({ shown, reading, say, busy, press, choose }) {
  const { from, after, message, where } = shown;
  const { reader, world } = reading;
  const nameOf = (/** @type {string} */ id) => world.personas.find((persona) => persona.id === id)?.name ?? id;
  const isPrivate = shown.onlyYou && where !== 'direct';
  const kind = from === undefined ? 'bot' : from === reader.id ? 'mine' : 'theirs';
  const time = new Intl.DateTimeFormat(reader.locale, { timeStyle: 'short', timeZone: reader.zone }).format(new Date(shown.at));
  const block = (/** @type {Block} */ one) => drawBlock(one, { shown, reading, say, busy, press, choose });
  return html`
    <article class="message ${kind} ${isPrivate ? 'private' : ''}" data-message=${shown.id}>
      ${after && html`<p class="after">${say('used', { name: nameOf(after.persona), command: `/${after.command}` })}</p>`}
      <header>
        <span class="author">${from === undefined ? say('bot') : nameOf(from)}</span>
        <time dateTime=${shown.at}>${time}</time>
        ${shown.edited && html`<span>· ${say('edited')}</span>`}
      </header>
      <div class="body">${message.blocks.map(block)}</div>
      ${isPrivate && html`<p class="only"><${Eye} /> ${say('onlyYou')}</p>`}
    </article>
  `;
}

/**
 * @param {Block} block
 * @param {{ shown: Shown, reading: Reading, say: Say, busy: boolean } & Handlers} at
 */
function drawBlock(block, { shown, reading, say, busy, press, choose }) {
  if (block.kind === 'heading') return html`<h4>${block.text}</h4>`;
  if (block.kind === 'text') return html`<p><${Words} text=${block.text} reading=${reading} /></p>`;
  if (block.kind === 'note') return html`<p class="note"><${Words} text=${block.text} reading=${reading} /></p>`;
  if (block.kind === 'divider') return html`<hr />`;
  if (block.kind === 'image') return html`<img class="picture" src=${block.src} alt=${block.words} />`;
  if (block.kind === 'file') return html`<p><a class="file" href=${block.src} download=${block.name}>${block.words}</a></p>`;
  if (block.kind === 'list') {
    return html`<ul>${block.items.map((item) => html`<li><${Words} text=${item} reading=${reading} /></li>`)}</ul>`;
  }
  if (block.kind === 'facts') {
    const fact = (/** @type {typeof block.facts[number]} */ { label, value }) =>
      html`<div><dt>${label}</dt><dd><${Words} text=${value} reading=${reading} /></dd></div>`;
    return html`<dl>${block.facts.map(fact)}</dl>`;
  }
  if (block.kind === 'buttons') {
    const button = (/** @type {typeof block.buttons[number]} */ { label, act, style }) => html`
      <button type="button" class=${style ?? ''} aria-disabled=${busy} onClick=${() => busy || press(shown, act)}>${label}</button>
    `;
    return html`<div class="buttons">${block.buttons.map(button)}</div>`;
  }
  const chosen = (/** @type {Event} */ event) => {
    const select = /** @type {HTMLSelectElement} */ (event.currentTarget);
    if (select.value !== '') choose(shown, block.act, select.value);
    select.value = '';
  };
  return html`
    <select aria-label=${block.placeholder || say('pick')} onChange=${chosen} value="">
      <option value="">${block.placeholder || say('pick')}</option>
      ${block.options.map(({ value, label }) => html`<option value=${value}>${label}</option>`)}
    </select>
  `;
}

const Eye = () => html`
  <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z" fill="none" stroke="currentColor" stroke-width="1.3" />
    <circle cx="8" cy="8" r="2" fill="currentColor" />
  </svg>
`;
