import {
  type Fields,
  isBlank,
  isFields,
  readClock,
  readLine,
  readLink,
  readNotes,
  readPhone,
  readUpdated,
} from '../lists/read.js';
import { type FeedDefaults, type Oddity, type ParsedRecord, skip } from './meeting.js';
import { finish, present, sumUp } from './parse-record.js';
import { readCodes, readDuration, readJoinLink } from './read.js';
import { guideMeaning } from './types.js';

const DAY = 24 * 60;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** From 0, Sunday. Some write 7 for it, and some the name. */
function readDay(value: unknown): number | undefined {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim().toLowerCase() : '';
  if (/^[0-7]$/u.test(text)) return Number(text) % 7;
  const named = WEEKDAYS.indexOf(text);
  return named < 0 ? undefined : named;
}

/** Undefined where one of them is no day. */
function readDays(value: unknown): readonly number[] | undefined {
  const given = Array.isArray(value) ? value : isBlank(value) ? [] : [value];
  const days = given.slice(0, 14).map(readDay);
  return days.includes(undefined) ? undefined : ([...new Set(days)] as number[]).toSorted();
}

/** When a record says that it meets; why not, in one word. */
function readWhen(
  record: Fields,
): { readonly days: readonly number[]; readonly start?: number } | 'bad-day' | 'bad-time' | 'no-day' | 'no-time' {
  const days = readDays(record.day);
  if (!days) return 'bad-day';
  const start = readClock(record.time);
  if (start === undefined && !isBlank(record.time)) return 'bad-time';
  if (days.length === 0) return start === undefined ? { days } : 'no-day';
  return start === undefined ? 'no-time' : { days, start };
}

function readLength(record: Fields, start: number | undefined): number | undefined {
  const end = readClock(record.end_time);
  if (end !== undefined && start !== undefined) return (end - start + DAY) % DAY || undefined;
  return readDuration(record.duration);
}

/** City and region, from the nearest. */
function areaOf(record: Fields): string | undefined {
  const regions = Array.isArray(record.regions) ? record.regions.slice(0, 6).toReversed().map(readLine) : [];
  const parts = [record.city, record.sub_region, record.region].map(readLine);
  const all = [...parts, ...regions, readLine(record.state)].filter((part) => part !== undefined);
  return all.length > 0 ? [...new Set(all)].join(', ').slice(0, 200) : undefined;
}

function addressOf(record: Fields): string | undefined {
  const formatted = readLine(record.formatted_address);
  const parts = [record.address, record.city, record.state, record.postal_code].map(readLine);
  const [street, ...rest] = parts;
  return formatted ?? (street === undefined ? undefined : [street, ...rest].filter((part) => part !== undefined).join(', '));
}

/** Where a meeting is held: what the source says outright, else what its parts let us see. */
function venue(record: Fields, hasLink: boolean, summed: ReturnType<typeof sumUp>): { isOnline: boolean; isInPerson: boolean } {
  const option = typeof record.attendance_option === 'string' ? record.attendance_option.trim().toLowerCase() : '';
  if (option === 'inactive') return { isOnline: hasLink, isInPerson: false };
  if (option === 'in_person') return { isOnline: hasLink, isInPerson: !summed.isClosed };
  if (option === 'hybrid') return { isOnline: true, isInPerson: !summed.isClosed };
  if (option === 'online') return { isOnline: true, isInPerson: false };
  // What has no place on earth is not held in a room; its link is not published.
  const hasPlace = [record.address, record.formatted_address, record.location, record.city, record.region].some(
    (place) => readLine(place) !== undefined,
  );
  const isOnline = hasLink || summed.isOnline || (!hasPlace && !summed.isClosed);
  const approximate = String(record.approximate ?? '').toLowerCase() === 'yes';
  // A street has a number somewhere; "Chicago, IL, USA" has none.
  const address = readLine(record.address) ?? readLine(record.formatted_address) ?? '';
  const isInPerson = !summed.isClosed && (!isOnline || (!approximate && /\d/u.test(address)));
  return { isOnline, isInPerson };
}

const languagesOf = (value: unknown): readonly string[] =>
  readCodes(value).flatMap((code) => (/^[a-z]{2,3}$/iu.test(code) ? [code.toLowerCase()] : []));

/** Reads a record of a Meeting Guide feed, or of a Mongo export with the same names. Never throws. */
export function parseGuide(record: Fields, defaults: FeedDefaults): ParsedRecord {
  const name = readLine(record.name) ?? readLine(record.group);
  if (name === undefined) return skip('no-name');
  const id = isFields(record._id) ? record._id.$oid : undefined;
  const key = readLine(record.slug) ?? readLine(record.id) ?? readLine(id);
  if (key === undefined) return skip([record.slug, record.id, id].every(isBlank) ? 'no-key' : 'bad-key');
  if (record.archived === true) return skip('unpublished');
  const when = readWhen(record);
  if (typeof when === 'string') return skip(when);

  const meanings = readCodes(record.types).map(guideMeaning);
  const summed = sumUp(meanings);
  const link = readJoinLink(record.conference_url);
  const phone = readPhone(record.conference_phone);
  const duration = readLength(record, when.start);
  const odd: Oddity[] = [];
  if (!isBlank(record.end_time) && readClock(record.end_time) === undefined) odd.push('end-time');
  if (!isBlank(record.conference_url) && link === undefined) odd.push('link');
  if (!isBlank(record.conference_phone) && phone === undefined) odd.push('phone');
  if (summed.isOdd) odd.push('type');

  const details = present({
    name,
    duration,
    group: readLine(record.group),
    location: readLine(record.location),
    address: addressOf(record),
    area: areaOf(record),
    notes: readNotes(record.notes, record.location_notes, record.group_notes),
    link,
    linkNotes: readNotes(record.conference_url_notes),
    phone,
    phoneNotes: readNotes(record.conference_phone_notes),
    page: readLink(record.url),
    updated: readUpdated(record.updated ?? record.updatedAt),
  });
  const draft = { key, ...when, zone: record.timezone, languages: languagesOf(record.languages), meanings, details, odd };
  return finish({ ...draft, ...venue(record, link !== undefined || phone !== undefined, summed) }, defaults);
}
