import { decodeHTML } from 'entities';
import { shorten } from '../../writing/shorten.js';

/** A record of a feed: JSON of whatever shape. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Characters of a text that are looked at, before markup is taken out. */
const MOST_READ = 20_000;
const MOST_NOTES = 1_500;
const MOST_LINE = 200;
const MOST_LINK = 1_000;

/** Controls, invisible signs and halves of characters: nothing to read, and some cannot be stored. Line breaks stay. */
const UNSTORABLE = /[^\P{Cc}\n\t]|\p{Cf}|\p{Cs}/gu;

/** Text without markup, entities and invisible signs; undefined when nothing is left. A number is its digits. */
function plain(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  const marked = value
    .slice(0, MOST_READ)
    .replace(/<(?:br|\/p|\/div|\/li)\b[^<>]*>/giu, '\n')
    .replace(/<\/?[a-z][^<>]*>/giu, '');
  const text = decodeHTML(marked).replace(UNSTORABLE, '').trim();
  return text === '' ? undefined : text;
}

/** One line of at most 200 characters. */
export const readLine = (value: unknown): string | undefined => {
  const text = plain(value)?.replace(/\s+/gu, ' ').trim();
  return text === undefined || text === '' ? undefined : shorten(text, MOST_LINE);
};

/** Several lines, each once, of at most 1,500 characters. */
export const readNotes = (...values: readonly unknown[]): string | undefined => {
  const lines = values.flatMap((value) => (plain(value) ?? '').split('\n'));
  const kept = new Set(lines.map((line) => line.replace(/\s+/gu, ' ').trim()).filter((line) => line !== ''));
  return kept.size > 0 ? shorten([...kept].join('\n'), MOST_NOTES) : undefined;
};

export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Minutes since midnight of `19:00`, `19:00:00`, `7:00 PM` or `7pm`; undefined for anything else. */
export function readClock(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const found = /^\s*(\d{1,2})(?::(\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*([ap])?\.?\s*(m\.?)?\s*$/iu.exec(value);
  if (!found) return undefined;
  const [, hour = '', minute, half, m] = found;
  if (Boolean(half) !== Boolean(m) || (minute === undefined && !half)) return undefined;
  const given = Number(hour);
  if (half ? given < 1 || given > 12 : given > 23) return undefined;
  const on24 = half ? (given % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : given;
  return Number(minute ?? 0) > 59 ? undefined : on24 * 60 + Number(minute ?? 0);
}

/** An address that can be opened, of at most 1,000 characters, without what a browser would refuse. */
export function readLink(value: unknown): string | undefined {
  const text = typeof value === 'string' ? decodeHTML(value).trim() : '';
  if (text === '' || text.length > MOST_LINK || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = /^https?:$/u.test(url.protocol) && url.hostname.includes('.') && url.username === '' && url.password === '';
  // Letters that an address cannot hold are six and more characters in it.
  return isWeb && url.href.length <= MOST_LINK ? url.href : undefined;
}

const FEWEST_DIGITS = 6;

/** A number that can be called; undefined for what only stands in its place. */
export function readPhone(value: unknown): string | undefined {
  const text = readLine(value);
  return text !== undefined && text.replace(/\D/gu, '').length >= FEWEST_DIGITS && !/\*{3,}|x{4,}/iu.test(text)
    ? text
    : undefined;
}

/** The day of `2024-03-08 01:55:57`, `8/16/2021 7:25:34 AM` or a Mongo date, as YYYY-MM-DD. */
export function readUpdated(value: unknown): string | undefined {
  const text = isFields(value) ? value.$date : value;
  if (typeof text !== 'string') return undefined;
  const iso = /^(\d{4})-(\d{2})-(\d{2})/u.exec(text);
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\b/u.exec(text);
  const parts = iso ? [iso[1], iso[2], iso[3]] : american ? [american[3], american[1], american[2]] : undefined;
  const day = parts?.map((part) => (part as string).padStart(2, '0')).join('-');
  const [year = 0, month = 0, date = 0] = (day ?? '').split('-').map(Number);
  return year >= 1990 && month >= 1 && month <= 12 && date >= 1 && date <= 31 ? day : undefined;
}

const MOST_ZONES = 1_000;
const zones = new Map<string, string | undefined>();

function findZone(name: string): string | undefined {
  // An offset such as +02:00 would not know when the clocks change.
  if (!/^[a-z][\w+/-]{1,40}$/iu.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** IANA, as this machine knows it; undefined for what is no zone. */
export function readZone(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value.trim();
  if (!zones.has(name)) {
    if (zones.size >= MOST_ZONES) zones.clear();
    zones.set(name, findZone(name));
  }
  return zones.get(name);
}
