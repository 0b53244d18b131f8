import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { FeedDefaults } from '../../../src/core/meetings/meeting.js';
import { type Feed, parseFeed } from '../../../src/core/meetings/parse.js';
import { keyOf, kindsNamed, nameOfKind } from '../../../src/core/meetings/types.js';
import { describeWithShared, sharedData } from '../../support/shared.js';
import { BMLT, GUIDE } from './feeds.js';

const NEW_YORK: FeedDefaults = { zone: 'America/New_York', language: 'en' };

function feedOf(value: unknown, defaults = NEW_YORK): Feed {
  const parsed = parseFeed(JSON.stringify(value), defaults);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.feed;
}
const byKey = (feed: Feed) => new Map(feed.meetings.map((meeting) => [meeting.key, meeting]));
const why = (record: unknown, defaults = NEW_YORK) => feedOf([record], defaults).skipped.map((one) => one.why);
const DAY = 1440;

describe('Meeting Guide', () => {
  const feed = feedOf(GUIDE);
  const meetings = byKey(feed);

  test('a record becomes a meeting, without markup, contacts and payments', () => {
    expect(meetings.get('sunrise-1')).toEqual({
      key: 'sunrise-1',
      minute: DAY + 7 * 60,
      zone: 'America/New_York',
      isOnline: false,
      isInPerson: true,
      types: ['D', 'O', 'X'],
      languages: ['en'],
      words: 'sampleton example valley old library sunrise coffee 12 main st sampleton ca 90000 usa',
      details: {
        name: 'Sunrise & Coffee',
        duration: 60,
        location: 'Old Library',
        address: '12 Main St, Sampleton, CA 90000, USA',
        area: 'Sampleton, Example Valley',
        notes: 'Ring the bell.\nSecond floor.',
        page: 'https://meetings.test/sunrise-1',
        updated: '2026-05-04',
      },
    });
    expect(JSON.stringify(feed)).not.toMatch(/555-0100"|@member|contact/u);
  });
  test('several days become several meetings, whose names do not depend on the order', () => {
    expect([...meetings.keys()].filter((key) => key.startsWith('two-days'))).toEqual(['two-days@2.1140', 'two-days@4.1140']);
    expect(meetings.get('two-days@2.1140')).toMatchObject({ minute: 2 * DAY + 19 * 60, types: ['C', 'W'] });
  });
  test('online, over midnight, in a zone of its own, in Spanish, with a code that nobody knows', () => {
    expect(meetings.get('online-late')).toMatchObject({
      ...{ zone: 'America/Los_Angeles', isOnline: true, isInPerson: false, languages: ['es'], types: ['O', 'own:ZZZ'] },
      details: { duration: 60, link: 'https://zoom.us/j/123?pwd=abc', linkNotes: 'Passcode: 1', phone: '+15550100,,123#' },
    });
    expect(feed.kinds).toEqual({ 'own:ZZZ': {} });
  });
  test('an address that leads into no meeting is no link', () => {
    expect(meetings.get('withheld')).toMatchObject({ isOnline: true, isInPerson: false });
    expect(meetings.get('withheld')?.details).not.toHaveProperty('link');
  });
  test('a closed room without a link is held nowhere; without a time it is by appointment', () => {
    expect(meetings.get('closed-room')).toMatchObject({ isOnline: false, isInPerson: false });
    expect(meetings.get('by-appointment')).toMatchObject({ minute: null, isInPerson: true });
  });
  test('what was odd is counted', () => {
    expect(Object.fromEntries(feed.odd)).toEqual({ type: 1, link: 1 });
    expect(feed).toMatchObject({ kind: 'meeting-guide', records: 6, skipped: [] });
  });

  test.each<[string, object]>([
    ['not-a-record', [] as object],
    ['no-name', { slug: 'a', day: 1, time: '19:00' }],
    ['no-key', { name: 'A', day: 1, time: '19:00' }],
    ['bad-key', { name: 'A', slug: {}, day: 1, time: '19:00' }],
    ['bad-day', { name: 'A', slug: 'a', day: 8, time: '19:00' }],
    ['bad-day', { name: 'A', slug: 'a', day: [1, 'x'], time: '19:00' }],
    ['no-day', { name: 'A', slug: 'a', time: '19:00' }],
    ['bad-time', { name: 'A', slug: 'a', day: 1, time: '25:00' }],
    ['bad-time', { name: 'A', slug: 'a', day: 1, time: 'noonish' }],
    ['no-time', { name: 'A', slug: 'a', day: 1 }],
    ['bad-zone', { name: 'A', slug: 'a', day: 1, time: '19:00', timezone: 'Mars/Olympus' }],
    ['bad-zone', { name: 'A', slug: 'a', day: 1, time: '19:00', timezone: '+02:00' }],
    ['unpublished', { name: 'A', slug: 'a', day: 1, time: '19:00', archived: true }],
  ])('%s: %j', (reason, record) => expect(why(record)).toEqual([reason]));

  test('without a zone anywhere a meeting is not guessed to be somewhere', () => {
    expect(why({ name: 'A', slug: 'a', day: 1, time: '19:00' }, { language: 'en' })).toEqual(['no-zone']);
  });
  test('the same twice is one; the same name at another time is another', () => {
    const a = { name: 'A', slug: 'a', day: 1, time: '19:00' };
    const feed = feedOf([a, { ...a, time: '20:00' }, a]);
    expect(feed.meetings.map(({ key }) => key)).toEqual(['a@1.1140', 'a@1.1200']);
    expect(feed.skipped).toEqual([{ at: 3, why: 'duplicate' }]);
  });
  test.each([
    ['19:00', 1140],
    ['7:00 PM', 1140],
    ['7pm', 1140],
    ['12:15 am', 15],
    ['12:15 PM', 735],
    ['9:30', 570],
    ['19:00:00', 1140],
    ['7 p.m.', 1140],
  ])('the time %s', (time, minute) => {
    expect(feedOf([{ name: 'A', slug: 'a', day: 0, time }]).meetings[0]?.minute).toBe(minute);
  });
  test.each([
    [7, 0],
    ['0', 0],
    ['Tuesday', 2],
    [[5], 5],
  ])('the day %j', (day, weekday) => {
    expect(feedOf([{ name: 'A', slug: 'a', day, time: '00:00' }]).meetings[0]?.minute).toBe(weekday * DAY);
  });
  test.each([
    'javascript:alert(1)',
    'https://user:pw@zoom.us/j/1',
    'Ask us',
    'https://zoom.us/j/*****',
    'https://zoom.us/j/withheld',
    'http://localhost/x',
    '',
  ])('no link: %s', (url) =>
    expect(feedOf([{ name: 'A', slug: 'a', conference_url: url, city: 'X' }]).meetings[0]?.details).not.toHaveProperty('link'),
  );
});

describe('BMLT', () => {
  const feed = feedOf(BMLT);
  const meetings = byKey(feed);

  test('weekdays count from 1, Sunday; formats are what the server says they are', () => {
    expect(meetings.get('7')).toMatchObject({
      ...{ minute: 19 * 60 + 30, zone: 'America/New_York', isInPerson: true, isOnline: false },
      types: ['na:B', 'na:O', 'na:WC', 'own:LOC'],
      details: { name: 'First Step', duration: 90, address: '3 Oak Ave, Sampleton, CA' },
    });
    expect(nameOfKind('own:LOC', 'es', feed.kinds)).toBe('Costumbre local');
    expect(nameOfKind('own:LOC', 'fr', feed.kinds)).toBe('Local custom');
    expect(JSON.stringify(feed)).not.toContain('member@');
  });
  test('virtual ones, with their own zone and language', () => {
    expect(meetings.get('8')).toMatchObject({ zone: 'Europe/Madrid', isOnline: true, isInPerson: false, languages: ['es'] });
  });
  test('hybrid, with the room closed: online for now', () => {
    expect(meetings.get('9')).toMatchObject({ isOnline: true, isInPerson: false });
  });
  test.each<[string, object]>([
    ['no-key', { meeting_name: 'A', weekday_tinyint: '1', start_time: '19:00:00' }],
    ['bad-day', { id_bigint: '1', meeting_name: 'A', weekday_tinyint: '0', start_time: '19:00:00' }],
    ['no-day', { id_bigint: '1', meeting_name: 'A', start_time: '19:00:00' }],
    ['bad-time', { id_bigint: '1', meeting_name: 'A', weekday_tinyint: '1', start_time: '24:00:00' }],
    ['no-name', { id_bigint: '1', weekday_tinyint: '1', start_time: '19:00:00' }],
    ['unpublished', { id_bigint: '1', meeting_name: 'A', weekday_tinyint: '1', start_time: '19:00:00', published: '0' }],
  ])('%s: %j', (reason, record) => expect(why(record)).toEqual([reason]));
});

test.each([
  ['{"a": 1', { ok: false, why: 'not-json' }],
  ['', { ok: false, why: 'not-json' }],
  ['<html>', { ok: false, why: 'not-json' }],
  ['null', { ok: false, why: 'no-list' }],
  ['{"a": 1}', { ok: false, why: 'no-list' }],
  ['{"a": [], "b": []}', { ok: false, why: 'no-list' }],
])('%s is no feed', (text, expected) => expect(parseFeed(text, NEW_YORK)).toMatchObject(expected));

test('kinds are found by their names in both languages and both vocabularies', () => {
  for (const word of ['newcomers', 'Beginner', 'principiantes', 'BE', 'para recién llegados'])
    expect(kindsNamed(word, {})).toEqual(expect.arrayContaining(['BE', 'na:B']));
  expect(kindsNamed('men', {})).toEqual(expect.arrayContaining(['M', 'na:M']));
  expect(kindsNamed('men', {})).not.toContain('W');
  expect(kindsNamed('zzz', { 'own:ZZZ': {} })).toEqual(['own:ZZZ']);
  expect(kindsNamed('nothing like it', {})).toEqual([]);
});

/** Whatever a record holds, it becomes a meeting that can be kept, or a reason. */
test('reading is total', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('\ud800', '\u0000', '&#0;', '<<<', 'x'.repeat(5_000), 1e300, '__proto__'),
  );
  const names = [...new Set([...GUIDE, ...BMLT.meetings].flatMap((record) => Object.keys(record)))];
  const record = fc
    .dictionary(fc.constantFrom(...names), value)
    .chain((odd) => fc.constantFrom(...GUIDE, ...BMLT.meetings).map((base) => ({ ...base, ...odd })));
  fc.assert(
    fc.property(fc.array(fc.oneof(record, value), { maxLength: 4 }), (records) => {
      const feed = feedOf(records);
      for (const meeting of feed.meetings) {
        expect(meeting.minute === null || (meeting.minute >= 0 && meeting.minute < 7 * DAY)).toBe(true);
        expect(meeting.details.name).not.toBe('');
        expect(JSON.stringify(meeting)).not.toMatch(/\\u0000|\\ud8/u);
      }
      expect(feed.records).toBe(records.length);
    }),
    { numRuns: 300 },
  );
});

/** 10,000 feeds with something wrong in the text or in a record. */
test('a broken feed is refused or read, and never breaks us', () => {
  let seed = 20_261_125;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const pick = <T>(all: readonly T[]): T => all[random(all.length)] as T;
  const junk = [
    null,
    true,
    -1,
    7.5,
    1e21,
    '',
    ' ',
    'null',
    [],
    {},
    [[]],
    { a: [] },
    '\ud83d',
    '9'.repeat(400),
    '24:00',
    ['C', null, {}],
  ];
  let taken = 0;
  for (let round = 0; round < 10_000; round++) {
    const records: unknown[] = structuredClone(round % 2 === 0 ? [...GUIDE] : BMLT.meetings);
    if (round % 3 > 0) {
      const record = pick(records) as Record<string, unknown>;
      for (let changes = 1 + random(3); changes > 0; changes--) {
        const name = pick(Object.keys(record));
        if (random(4) === 0) delete record[name];
        else record[name] = pick(junk);
      }
      if (random(5) === 0) records.push(pick(junk), record);
    }
    let text = JSON.stringify(records);
    if (round % 3 === 0) {
      const at = random(text.length);
      text = text.slice(0, at) + pick(['', '"', '{', '\\', '\u0000', ']', '\ud800', ',', '0']) + text.slice(at + random(3));
    }
    const parsed = parseFeed(text, NEW_YORK);
    if (!parsed.ok) continue;
    taken += 1;
    const { feed } = parsed;
    expect(new Set(feed.meetings.map(({ key }) => key)).size).toBe(feed.meetings.length);
    expect(feed.meetings.length + feed.skipped.length).toBeGreaterThanOrEqual(feed.records);
  }
  expect(taken).toBeGreaterThan(6_000);
});

describeWithShared('real feeds', () => {
  const read = (...parts: readonly string[]) => readFileSync(sharedData('meetings', ...parts), 'utf8');
  const feeds = readdirSync(sharedData('meetings', 'feeds')).filter((name) => name.endsWith('.json'));

  /** Records, meetings, and what is odd; nothing in them has to be skipped. */
  const counts: Readonly<Record<string, readonly [records: number, meetings: number, odd: object]>> = {
    'aasepia2020_day_strings_sample.json': [149, 149, {}],
    'aasepia2022.json': [2038, 2038, { type: 26 }],
    'airtable.json': [545, 545, {}],
    'al-anon.json': [360, 360, { type: 49, phone: 3 }],
    'appointment.json': [2, 2, {}],
    'atlanta_entities.json': [6, 6, {}],
    'benlomond.json': [35, 35, {}],
    'data2019.json': [570, 570, {}],
    'eda.json': [185, 185, { link: 4 }],
    'edmonton.json': [315, 315, {}],
    'kc.json': [206, 206, {}],
    'meetings2021.json': [46, 46, {}],
    'nwta.json': [613, 613, {}],
    'oiaa_online_meetingguide.json': [160, 160, {}],
    'oiaa_online_mongo.json': [160, 160, {}],
    'sussexaa.json': [123, 123, {}],
    'times_edge_cases.json': [9, 9, { type: 1 }],
    'timezones.json': [2, 2, {}],
  };
  test.each(feeds)('%s', (name) => {
    const parsed = parseFeed(read('feeds', name), NEW_YORK);
    if (!parsed.ok) throw new Error(parsed.why);
    const { records, meetings, odd, skipped } = parsed.feed;
    expect(skipped).toEqual([]);
    expect([records, meetings.length, Object.fromEntries(odd)]).toEqual(counts[name]);
  });
  test('the same list in two forms has the same meetings', () => {
    const [mongo, guide] = ['oiaa_online_mongo.json', 'oiaa_online_meetingguide.json'].map((name) =>
      byKey(feedOf(JSON.parse(read('feeds', name)))),
    );
    const gist = (meetings: ReturnType<typeof byKey> | undefined) =>
      [...(meetings ?? [])].map(([key, { minute, zone, isOnline, languages }]) => [key, minute, zone, isOnline, languages]);
    expect(gist(mongo)).toEqual(gist(guide));
  });
  test('what is no JSON is refused, with the place', () => {
    expect(parseFeed(read('feeds', 'invalid_json.txt'), NEW_YORK)).toEqual({
      ok: false,
      why: 'not-json',
      at: expect.any(Number),
    });
  });
  test('BMLT with its formats', () => {
    const formats = JSON.parse(read('bmlt', 'bmlt_gny_GetFormats.json'));
    const parsed = parseFeed(read('bmlt', 'bmlt_gny_GetSearchResults.json'), NEW_YORK, formats);
    if (!parsed.ok) throw new Error(parsed.why);
    expect(parsed.feed).toMatchObject({ kind: 'bmlt', records: 1513, skipped: [] });
    expect(parsed.feed.meetings).toHaveLength(1513);
    expect(parsed.feed.kinds['own:ID']).toEqual(expect.objectContaining({ en: 'ID Required to Enter' }));
  });
  test('every kind that the vocabularies know has a name in both languages, or is a language', () => {
    const types = Object.keys(JSON.parse(read('spec', 'types.json')));
    const unnamed = feedOf([
      { name: 'A', slug: 'a', types: types.slice(0, 50) },
      { name: 'B', slug: 'b', types: types.slice(50) },
    ]);
    expect(unnamed.kinds).toEqual({});
    const na: { world_id: string; type: string; keys: Record<string, string> }[] = JSON.parse(
      read('bmlt', 'na_formats_i18n.json'),
    );
    const missing = na
      .filter(({ type, world_id, keys }) => keys.en && type !== 'LANG' && !['VM', 'TC', 'HYBR'].includes(world_id))
      .filter(({ keys }) => !keyOf(`na:${keys.en}`));
    expect(missing.map(({ keys }) => keys.en)).toEqual([]);
  });
});
