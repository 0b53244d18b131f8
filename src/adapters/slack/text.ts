import type { types } from '@slack/bolt';
import type { Span, Text } from '../../chat/index.js';

/** `hg-` makes `/checkin` into `/hg-checkin`. */
export type Prefix = string;

/** What drawing needs to know of this workspace. */
export interface Look {
  readonly prefix: Prefix;
  /** A user group's name by its id, as far as it is known. */
  groupName(id: string): string;
}

type Time = Extract<Span, { time: Date }>;

/** Slack's own tokens, which every reader sees in their own zone. `relative` has no token without a clock of ours. */
const FORMATS: Readonly<Record<Time['style'], string>> = {
  date: '{date_long_pretty}',
  time: '{time}',
  datetime: '{date_short_pretty} {time}',
  relative: '{ago}',
};

const seconds = (time: Date) => Math.floor(time.getTime() / 1000);

/** What a client without dates of its own shows, in the zone that was given. */
function timeFallback({ time, style, zone }: Time): string {
  const options: Intl.DateTimeFormatOptions =
    style === 'time'
      ? { timeStyle: 'short' }
      : style === 'date'
        ? { dateStyle: 'long' }
        : { dateStyle: 'medium', timeStyle: 'short' };
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone }).format(time);
}

export const commandText = (command: readonly [string, string?], prefix: Prefix): string =>
  `/${prefix}${command.filter(Boolean).join(' ')}`;

const spansOf = (text: Text): readonly Span[] => (typeof text === 'string' ? [text] : text);

/** Somebody of another platform has no id that Slack could render. */
const isUser = (id: string): boolean => /^[UW][A-Z0-9]+$/u.test(id);

const isChannel = (id: string): boolean => /^[CG][A-Z0-9]+$/u.test(id);

function linkElement({ link, label }: Extract<Span, { link: string }>): types.RichTextElement {
  if (!/^(?:https?|mailto|tel):/iu.test(link)) return { type: 'text', text: label ? `${label} (${link})` : link };
  return { type: 'link', url: link, ...(label && { text: label }) };
}

/** Rich text holds literal words as they are: no character of them is ever read as markup, a mention or a link. */
function richElement(span: Span, look: Look): types.RichTextElement | undefined {
  if (typeof span === 'string') return span === '' ? undefined : { type: 'text', text: span };
  if ('bold' in span) return span.bold === '' ? undefined : { type: 'text', text: span.bold, style: { bold: true } };
  if ('time' in span) {
    return { type: 'date', timestamp: seconds(span.time), format: FORMATS[span.style], fallback: timeFallback(span) };
  }
  if ('mention' in span)
    return isUser(span.mention) ? { type: 'user', user_id: span.mention } : { type: 'text', text: `@${span.mention}` };
  // By name, because a real mention of a user group notifies all of its members.
  if ('group' in span) return { type: 'text', text: `@${look.groupName(span.group)}`, style: { bold: true } };
  if ('channel' in span)
    return isChannel(span.channel) ? { type: 'channel', channel_id: span.channel } : { type: 'text', text: `#${span.channel}` };
  if ('link' in span) return linkElement(span);
  return { type: 'text', text: commandText(span.command, look.prefix), style: { code: true } };
}

export function richElements(text: Text, look: Look): types.RichTextElement[] {
  return spansOf(text)
    .map((span) => richElement(span, look))
    .filter((element) => element !== undefined);
}

/** The three characters that Slack's text format gives a meaning. */
export const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Whether words could be read as markup, an emoji, a mention or a link in Slack's `mrkdwn`. */
const looksMarked = (text: string): boolean => /[*_~`:&<>@#|]|^\s*(?:[-•]|\d+\.)\s|www\.|\n/u.test(text);

function mrkdwnSpan(span: Span, look: Look): string | undefined {
  if (typeof span === 'string') return looksMarked(span) ? undefined : escapeText(span);
  if ('bold' in span) return looksMarked(span.bold) ? undefined : `*${escapeText(span.bold)}*`;
  if ('time' in span) return `<!date^${seconds(span.time)}^${FORMATS[span.style]}|${escapeText(timeFallback(span))}>`;
  if ('mention' in span) return isUser(span.mention) ? `<@${span.mention}>` : undefined;
  if ('channel' in span) return isChannel(span.channel) ? `<#${span.channel}>` : undefined;
  if ('link' in span || 'group' in span) return undefined;
  return `\`${escapeText(commandText(span.command, look.prefix))}\``;
}

/** The line as `mrkdwn`, or undefined where its literal words could become something else there. */
export function mrkdwn(text: Text, look: Look): string | undefined {
  const parts = spansOf(text).map((span) => mrkdwnSpan(span, look));
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
}

/** Characters as the reader meets them; dates and mentions counted generously. */
export function lengthOf(text: Text, look: Look): number {
  return richElements(text, look).reduce(
    (sum, element) => sum + ('text' in element && element.text ? element.text.length : 40),
    0,
  );
}

/** Pieces of at most `max` characters, parted at a line or a word where there is one. Nothing is lost but the blank between. */
export function pieces(text: string, max: number): string[] {
  const all: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const window = rest.slice(0, max + 1);
    const at = Math.max(window.lastIndexOf('\n'), window.lastIndexOf(' '));
    const blank = at > max / 2;
    let end = blank ? at : max;
    if (!blank && /[\uD800-\uDBFF]/u.test(rest[end - 1] ?? '')) end -= 1;
    all.push(rest.slice(0, end));
    rest = rest.slice(blank ? end + 1 : end);
  }
  if (rest !== '' || all.length === 0) all.push(rest);
  return all;
}

/** The same, for a line of spans: long literal words are parted, everything else stays whole. */
export function textPieces(text: Text, max: number, look: Look): Text[] {
  if (lengthOf(text, look) <= max) return [text];
  const lines: Span[][] = [[]];
  let room = max;
  const put = (span: Span, length: number) => {
    if (length > room) {
      lines.push([]);
      room = max;
    }
    (lines.at(-1) as Span[]).push(span);
    room -= length;
  };
  for (const span of spansOf(text)) {
    const words = typeof span === 'string' ? span : 'bold' in (span as object) ? (span as { bold: string }).bold : undefined;
    if (words === undefined) put(span, lengthOf([span], look));
    else for (const piece of pieces(words, max)) put(typeof span === 'string' ? piece : { bold: piece }, piece.length);
  }
  return lines.filter((line) => line.length > 0);
}
