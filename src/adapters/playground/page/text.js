/** @import { Persona, Span, Text, World } from './types.js' */
import { html } from './html.js';

/** @typedef {{ reader: Persona, world: World }} Reading */

const styles = /** @type {const} */ ({
  date: { dateStyle: 'long' },
  time: { timeStyle: 'short' },
  datetime: { dateStyle: 'medium', timeStyle: 'short' },
});

/** @type {readonly (readonly [Intl.RelativeTimeFormatUnit, number])[]} */
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/**
 * @param {Date} time
 * @param {Date} now
 * @param {string} locale
 */
function relative(time, now, locale) {
  const ms = time.getTime() - now.getTime();
  const [unit, size] = units.find(([, length]) => Math.abs(ms) >= length) ?? /** @type {const} */ (['minute', 60_000]);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(ms / size), unit);
}

/**
 * An instant as this reader would say it.
 * @param {{ time: string, style: 'date' | 'time' | 'datetime' | 'relative' }} span
 * @param {Reading} reading
 */
export function instant({ time, style }, { reader, world }) {
  const at = new Date(time);
  if (style === 'relative') return relative(at, new Date(world.clock.now), reader.locale);
  return new Intl.DateTimeFormat(reader.locale, { ...styles[style], timeZone: reader.zone }).format(at);
}

/**
 * @param {Span} span
 * @param {Reading} reading
 */
function piece(span, reading) {
  if (typeof span === 'string') return span;
  if ('bold' in span) return html`<strong>${span.bold}</strong>`;
  if ('time' in span) return html`<time dateTime=${span.time}>${instant(span, reading)}</time>`;
  if ('mention' in span) {
    const name = reading.world.personas.find(({ id }) => id === span.mention)?.name ?? span.mention;
    return html`<span class="mention">@${name}</span>`;
  }
  if ('channel' in span) return html`<span class="mention">#${span.channel}</span>`;
  if ('group' in span) return html`<span class="mention">@${span.group}</span>`;
  if ('command' in span) return html`<code class="command">/${span.command.filter(Boolean).join(' ')}</code>`;
  return link(span.link, span.label);
}

/**
 * Only addresses that open a page, a call or a letter become links; anything else stays words.
 * @param {string} address
 * @param {string} [label]
 */
function link(address, label) {
  if (!/^(?:https?|tel|sms|mailto):/iu.test(address)) return label ? `${label} (${address})` : address;
  return html`<a href=${address} target="_blank" rel="noopener noreferrer">${label ?? address}</a>`;
}

/**
 * @param {{ text: Text, reading: Reading }} props
 */
export function Words({ text, reading }) {
  return html`${typeof text === 'string' ? text : text.map((span) => piece(span, reading))}`;
}
