import { type Fields, isFields } from '../lists/read.js';
import { type FeedDefaults, type Oddity, type ParsedMeeting, type Skip, skip } from './meeting.js';
import { type Formats, ownKinds, parseBmlt, readFormats } from './parse-bmlt.js';
import { parseGuide } from './parse-guide.js';
import type { OwnKinds } from './types.js';

/** A record that is not taken: where it stands in the list, from 1, and why. */
export interface Skipped {
  readonly at: number;
  readonly why: Skip;
}

/** What a feed holds. */
export interface Feed {
  readonly kind: 'meeting-guide' | 'bmlt';
  readonly records: number;
  readonly meetings: readonly ParsedMeeting[];
  readonly skipped: readonly Skipped[];
  /** How many records have each, although they are taken. */
  readonly odd: ReadonlyMap<Oddity, number>;
  readonly kinds: OwnKinds;
}

/** Why a text is no feed. `at`: the character where it stops being JSON, from 0, when that is known. */
export type NoFeed = { readonly why: 'not-json'; readonly at?: number } | { readonly why: 'no-list' | 'too-many' };

export type Parsed = { readonly ok: true; readonly feed: Feed } | ({ readonly ok: false } & NoFeed);

/** More than any fellowship has in the world. */
const MOST_RECORDS = 200_000;
const DAY = 24 * 60;

function readJson(text: string): { readonly value: unknown } | { readonly at?: number } {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/u, '')) };
  } catch (error) {
    const [, at] = /at position (\d+)/u.exec((error as Error).message) ?? [];
    return at === undefined ? {} : { at: Number(at) };
  }
}

/** The list itself, or the one in the object around it. */
function listIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isFields(value)) return undefined;
  if (Array.isArray(value.meetings)) return value.meetings;
  const lists = Object.values(value).filter((inner) => Array.isArray(inner));
  return lists.length === 1 ? (lists[0] as unknown[]) : undefined;
}

const isBmlt = (record: unknown) => isFields(record) && ('id_bigint' in record || 'weekday_tinyint' in record);

/** Keys that belong to one meeting stay as they are; one that several share gets its time, so that no order matters. */
function tellApart(found: readonly { readonly at: number; readonly meeting: ParsedMeeting }[]) {
  const byKey = new Map<string, { at: number; meeting: ParsedMeeting }[]>();
  for (const one of found) {
    const same = byKey.get(one.meeting.key);
    if (same) same.push(one);
    else byKey.set(one.meeting.key, [one]);
  }
  const meetings: ParsedMeeting[] = [];
  const skipped: Skipped[] = [];
  for (const [key, same] of byKey) {
    const times = new Set<number | null>();
    for (const { at, meeting } of same) {
      if (times.has(meeting.minute)) {
        skipped.push({ at, why: 'duplicate' });
        continue;
      }
      times.add(meeting.minute);
      const { minute } = meeting;
      const suffix = minute === null ? 'any' : `${Math.floor(minute / DAY)}.${minute % DAY}`;
      meetings.push(same.length === 1 ? meeting : { ...meeting, key: `${key}@${suffix}` });
    }
  }
  return { meetings, skipped };
}

function namesOf(formats: Formats, meetings: readonly ParsedMeeting[]): OwnKinds {
  const named = ownKinds(formats);
  const used = new Set(meetings.flatMap(({ types }) => types.filter((type) => type.startsWith('own:'))));
  return Object.fromEntries([...used].map((type) => [type, Object.hasOwn(named, type) ? (named[type] ?? {}) : {}]));
}

function parseOne(record: unknown, formats: Formats, defaults: FeedDefaults) {
  if (!isFields(record)) return skip('not-a-record');
  return isBmlt(record) ? parseBmlt(record, formats, defaults) : parseGuide(record, defaults);
}

/**
 * Reads a whole feed: Meeting Guide's JSON, or BMLT's `GetSearchResults` with or without its formats. Every record becomes
 * meetings or a reason why not; nothing is thrown, whatever the text holds.
 * @param formats BMLT's `GetFormats`, where the feed does not hold them
 */
export function parseFeed(text: string, defaults: FeedDefaults, formats?: unknown): Parsed {
  const json = readJson(text);
  if (!('value' in json)) return { ok: false, why: 'not-json', ...json };
  const list = listIn(json.value);
  if (!list) return { ok: false, why: 'no-list' };
  if (list.length > MOST_RECORDS) return { ok: false, why: 'too-many' };
  const described = readFormats(formats ?? (isFields(json.value) ? (json.value as Fields).formats : undefined));
  const found: { at: number; meeting: ParsedMeeting }[] = [];
  const skipped: Skipped[] = [];
  const odd = new Map<Oddity, number>();
  for (const [i, record] of list.entries()) {
    const parsed = parseOne(record, described, defaults);
    if (!parsed.ok) {
      skipped.push({ at: i + 1, why: parsed.why });
      continue;
    }
    for (const meeting of parsed.meetings) found.push({ at: i + 1, meeting });
    for (const what of parsed.odd) odd.set(what, (odd.get(what) ?? 0) + 1);
  }
  const apart = tellApart(found);
  return {
    ok: true,
    feed: {
      kind: list.some(isBmlt) ? 'bmlt' : 'meeting-guide',
      records: list.length,
      meetings: apart.meetings,
      skipped: [...skipped, ...apart.skipped].toSorted((a, b) => a.at - b.at),
      odd,
      kinds: namesOf(described, apart.meetings),
    },
  };
}
