import { foldWords } from '../../words/fold.js';
import { isBlank, readZone } from '../lists/read.js';
import type { FeedDefaults, MeetingDetails, Oddity, ParsedMeeting, ParsedRecord } from './meeting.js';
import { skip } from './meeting.js';
import type { Meaning } from './types.js';

const DAY = 24 * 60;
const MOST_WORDS = 600;

/** What a reader of one kind of feed found in a record, before what is common to all kinds is decided. */
export interface Draft {
  readonly key: string;
  /** Weekdays from Sunday, 0; none: by appointment. */
  readonly days: readonly number[];
  /** Minutes since midnight. */
  readonly start?: number;
  /** As the source wrote it. */
  readonly zone: unknown;
  readonly languages: readonly string[];
  readonly meanings: readonly Meaning[];
  readonly isOnline: boolean;
  readonly isInPerson: boolean;
  readonly details: MeetingDetails;
  readonly odd: readonly Oddity[];
}

/** What the codes of a record say, taken together. */
export function sumUp(meanings: readonly Meaning[]) {
  const kinds = meanings.flatMap((meaning) => (meaning.is === 'kind' || meaning.is === 'unknown' ? [meaning.type] : []));
  const languages = meanings.flatMap((meaning) => (meaning.is === 'language' ? meaning.languages : []));
  const says = (what: Meaning['is']) => meanings.some(({ is }) => is === what);
  return {
    types: [...new Set(kinds)],
    languages: [...new Set(languages)],
    isOnline: says('online') || says('hybrid'),
    isHybrid: says('hybrid'),
    isClosed: says('closed'),
    isOdd: says('unknown'),
  };
}

/** Details without what is missing. */
export const present = (
  details: { readonly [K in keyof MeetingDetails]: MeetingDetails[K] | undefined } & { name: string },
): MeetingDetails =>
  Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)) as unknown as MeetingDetails;

/** One meeting for each day; a zone that is none is not guessed. */
export function finish(draft: Draft, defaults: FeedDefaults): ParsedRecord {
  const { key, days, start, details, odd, isOnline, isInPerson } = draft;
  const zone = isBlank(draft.zone) ? defaults.zone : readZone(draft.zone);
  if (zone === undefined) return skip(isBlank(draft.zone) ? 'no-zone' : 'bad-zone');
  const { types, languages } = sumUp(draft.meanings);
  const spoken = [...new Set([...languages, ...draft.languages])];
  const { name, group, location, address, area } = details;
  const common = {
    zone,
    isOnline,
    isInPerson,
    types: types.toSorted(),
    languages: (spoken.length > 0 ? spoken : [defaults.language]).toSorted(),
    // In the order in which people search: an address may be long.
    words: foldWords([area, group, location, name, address].filter(Boolean).join(' ')).slice(0, MOST_WORDS),
    details,
  };
  const minutes = start === undefined ? [null] : days.map((day) => day * DAY + start);
  const meetings: ParsedMeeting[] = minutes.map((minute) => ({ key, minute, ...common }));
  return { ok: true, meetings, odd: [...new Set(odd)] };
}
