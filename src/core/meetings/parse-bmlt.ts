import { type Fields, isBlank, isFields, readClock, readLine, readNotes, readPhone } from '../lists/read.js';
import { type FeedDefaults, type Oddity, type ParsedRecord, skip } from './meeting.js';
import { finish, present, sumUp } from './parse-record.js';
import { readCodes, readDuration, readJoinLink } from './read.js';
import { type Format, naMeaning, type OwnKinds } from './types.js';

/** How a BMLT server describes its formats, in each of its languages. By code. */
export type Formats = ReadonlyMap<string, readonly Format[]>;

const LANGUAGE = /^[a-z]{2,3}$/u;

/** Reads `GetFormats`, or the formats that came along with the meetings. Never throws. */
export function readFormats(value: unknown): Formats {
  const formats = new Map<string, Format[]>();
  for (const one of Array.isArray(value) ? value.slice(0, 2_000) : []) {
    if (!isFields(one)) continue;
    const code = readLine(one.key_string)?.slice(0, 40);
    const name = readLine(one.name_string);
    const language = readLine(one.lang)?.toLowerCase() ?? 'en';
    if (code === undefined || name === undefined || !LANGUAGE.test(language)) continue;
    const world = readLine(one.world_id);
    formats.set(code, [...(formats.get(code) ?? []), { name, language, ...(world !== undefined && { world }) }]);
  }
  return formats;
}

/** The names that a server gives to kinds that nobody else names. */
export function ownKinds(formats: Formats): OwnKinds {
  const own = [...formats].flatMap(([code, named]): [string, Record<string, string>][] => {
    const meaning = naMeaning(code, named[0]);
    if (meaning.is !== 'kind' || !meaning.type.startsWith('own:')) return [];
    return [[meaning.type, Object.fromEntries(named.map(({ language, name }) => [language, name]))]];
  });
  return Object.fromEntries(own);
}

/** 1, Sunday, to 7. */
function readWeekday(value: unknown): number | undefined {
  const text = String(value).trim();
  return /^[1-7]$/u.test(text) ? Number(text) - 1 : undefined;
}

/** What stands first is nearest. */
const joined = (...values: readonly unknown[]): string | undefined => {
  const parts = values.map(readLine).filter((part) => part !== undefined);
  return parts.length > 0 ? [...new Set(parts)].join(', ').slice(0, 200) : undefined;
};

/** Venue types of BMLT; older servers say it by formats. */
function venue(
  { venue_type: given }: Fields,
  hasLink: boolean,
  summed: ReturnType<typeof sumUp>,
): { isOnline: boolean; isInPerson: boolean } {
  const type = String(given ?? '').trim();
  if (type === '2') return { isOnline: true, isInPerson: false };
  if (type === '3') return { isOnline: true, isInPerson: !summed.isClosed };
  const isOnline = hasLink || summed.isOnline;
  return { isOnline, isInPerson: !summed.isClosed && (type === '1' || !summed.isOnline || summed.isHybrid) };
}

/** Reads a record of BMLT's `GetSearchResults`. Never throws. */
export function parseBmlt(record: Fields, formats: Formats, defaults: FeedDefaults): ParsedRecord {
  const id = readLine(record.id_bigint);
  if (id === undefined) return skip(isBlank(record.id_bigint) ? 'no-key' : 'bad-key');
  const name = readLine(record.meeting_name);
  if (name === undefined) return skip('no-name');
  if (/^(?:0|false)$/iu.test(String(record.published ?? '1').trim())) return skip('unpublished');
  const day = readWeekday(record.weekday_tinyint);
  if (day === undefined) return skip(isBlank(record.weekday_tinyint) ? 'no-day' : 'bad-day');
  const start = readClock(record.start_time);
  if (start === undefined) return skip(isBlank(record.start_time) ? 'no-time' : 'bad-time');

  const meanings = readCodes(record.formats).map((code) => naMeaning(code, formats.get(code)?.[0]));
  const summed = sumUp(meanings);
  const link = readJoinLink(record.virtual_meeting_link);
  const phone = readPhone(record.phone_meeting_number);
  const duration = readDuration(record.duration_time);
  const odd: Oddity[] = [];
  if (duration === undefined && !isBlank(record.duration_time)) odd.push('end-time');
  if (link === undefined && !isBlank(record.virtual_meeting_link)) odd.push('link');
  if (phone === undefined && !isBlank(record.phone_meeting_number)) odd.push('phone');
  if (summed.isOdd) odd.push('type');

  const { location_municipality: city, location_province: state } = record;
  const details = present({
    name,
    duration,
    location: readLine(record.location_text),
    address: joined(record.location_street, city, state, record.location_postal_code_1),
    area: joined(record.location_neighborhood, record.location_city_subsection, city, record.location_sub_province, state),
    notes: readNotes(record.location_info, record.comments, record.train_lines, record.bus_lines),
    link,
    linkNotes: readNotes(record.virtual_meeting_additional_info),
    phone,
  });
  const spoken = readLine(record.lang_enum)?.toLowerCase() ?? '';
  const root = readLine(record.root_server_id);
  const draft = {
    // In an aggregator's list, two servers may use the same number.
    key: root === undefined ? id : `${root}/${id}`,
    days: [day],
    start,
    zone: record.time_zone,
    languages: LANGUAGE.test(spoken) && summed.languages.length === 0 ? [spoken] : [],
    meanings,
    details,
    odd,
  };
  return finish({ ...draft, ...venue(record, link !== undefined || phone !== undefined, summed) }, defaults);
}
