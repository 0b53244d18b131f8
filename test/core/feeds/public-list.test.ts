import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { guideMeeting } from '../../../src/core/feeds/public-list.js';
import { SESSION_FORMATS } from '../../../src/core/sessions/kinds.js';
import { fromRoot } from '../../../src/root.js';

type Listed = Parameters<typeof guideMeeting>[0];

const NOW = new Date('2026-11-25T12:00Z');
const session: Listed = {
  id: '5f0c3a52-3f3e-4c8f-9a53-0b6c2f1f0001',
  rrule: 'FREQ=WEEKLY;BYDAY=TU',
  start: '2026-11-24',
  time: '23:30',
  zone: 'America/New_York',
  minutes: 60,
  format: 'speaker',
  place: 'link',
  language: null,
  isClosed: false,
  visibility: 'public',
  state: 'active',
  sharesLink: true,
  updatedAt: new Date('2026-11-20T09:08:07.654Z'),
};
const details = {
  title: 'Evening circle',
  description: 'Bring a cup.',
  link: 'https://meet.example.org/room',
  address: '1 Main St',
};
const of = (other: Partial<Listed> = {}) => guideMeeting({ ...session, ...other }, details, 'en', NOW);
const meeting = (other: Partial<Listed> = {}) => {
  const made = of(other);
  if (!('meeting' in made)) throw new Error(made.leftOut);
  return made.meeting;
};

test('a weekly public session is a meeting, to the letter of the format', () => {
  expect(meeting()).toEqual({
    name: 'Evening circle',
    slug: session.id,
    day: 2,
    time: '23:30',
    end_time: '00:30',
    timezone: 'America/New_York',
    types: ['O', 'SP', 'EN'],
    notes: 'Bring a cup.',
    conference_url: 'https://meet.example.org/room',
    updated: '2026-11-20 09:08:07',
  });
});

test('what is the same every week can be said, on whichever days; nothing else is', () => {
  expect(meeting({ rrule: 'FREQ=WEEKLY;BYDAY=MO,SU' }).day).toEqual([0, 1]);
  expect(meeting({ rrule: 'FREQ=DAILY' }).day).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(meeting({ rrule: 'FREQ=WEEKLY', start: '2026-11-22' }).day).toBe(0);
  expect(meeting({ rrule: 'FREQ=WEEKLY;UNTIL=20261231;BYDAY=FR' }).day).toBe(5);
  for (const rrule of ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'FREQ=MONTHLY;BYDAY=2TU', 'FREQ=DAILY;INTERVAL=7', null])
    expect(of({ rrule })).toEqual({ leftOut: 'not-weekly' });
  expect(of({ rrule: 'FREQ=WEEKLY;UNTIL=20261120;BYDAY=FR', start: '2026-11-06' })).toEqual({ leftOut: 'over' });
  expect(of({ state: 'ended' })).toEqual({ leftOut: 'over' });
});

test('nothing is told that was not made public', () => {
  expect(of({ visibility: 'community' })).toEqual({ leftOut: 'hidden' });
  for (const other of [{ sharesLink: false }, { isClosed: true }, { place: 'voice' }])
    expect(JSON.stringify(of(other))).not.toContain('meet.example.org');
  const told = {
    title: 'Evening circle',
    description: 'Join at https://meet.example.org/room?pwd=x or call.',
    address: 'meet.example.org/room',
  };
  const out = guideMeeting({ ...session, place: 'person' }, told, 'en', NOW);
  expect(out).toMatchObject({ meeting: { notes: 'Join at … or call.' } });
  expect(JSON.stringify(out)).not.toMatch(/example|formatted_address/u);
  expect(meeting({ isClosed: true }).types).toContain('C');
  expect(meeting({ place: 'person' }).formatted_address).toBe('1 Main St');
  expect(JSON.stringify(of({ place: 'person', isClosed: true }))).not.toContain('Main St');
  expect(JSON.stringify(of())).not.toContain('Main St');
});

const spec = path.resolve(fromRoot(), '..', 'shared', 'data', 'meetings', 'spec');
const isThere = existsSync(path.join(spec, 'types.json'));
if (!isThere) process.stderr.write('Not validated against the specification of Meeting Guide, which is not on this machine.\n');

(isThere ? describe : describe.skip)('against the specification', () => {
  const known = new Set<string>();
  const fields = new Set<string>();
  beforeAll(() => {
    for (const code of Object.keys(JSON.parse(readFileSync(path.join(spec, 'types.json'), 'utf8')))) known.add(code);
    const text = readFileSync(path.join(spec, 'SPEC-README.md'), 'utf8');
    for (const [, name = '', key = ''] of text.matchAll(/^#+ .*?`(\w+)`|"(\w+)":/gmu)) fields.add(name || key);
  });

  /** The rules that the specification gives in words. */
  const problems = (one: Record<string, unknown>): string[] => {
    const days = [one.day].flat() as number[];
    const rules: [string, boolean][] = [
      ['unknown field', Object.keys(one).every((name) => fields.has(name))],
      ['name', typeof one.name === 'string' && one.name.length > 0 && one.name.length <= 255],
      ['slug', typeof one.slug === 'string' && /^[\w-]{1,64}$/u.test(one.slug)],
      ['day', days.length > 0 && days.every((day) => Number.isInteger(day) && day >= 0 && day <= 6)],
      ['time', /^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(String(one.time))],
      ['end_time', /^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(String(one.end_time))],
      ['timezone', Intl.supportedValuesOf('timeZone').includes(String(one.timezone))],
      ['types', (one.types as string[]).every((code) => known.has(code))],
      ['updated', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/u.test(String(one.updated))],
      ['conference_url', one.conference_url === undefined || URL.canParse(String(one.conference_url))],
      ['no markup', !/<[a-z]/iu.test(String(one.notes ?? ''))],
    ];
    return rules.filter(([, holds]) => !holds).map(([name]) => name);
  };

  test('every format, place and language makes a valid meeting', () => {
    expect(known.size).toBeGreaterThan(80);
    expect(fields.size).toBeGreaterThan(20);
    const tags =
      'af am ar bg da de el en es fa fi fr he hi hr hu is it ja ka ko lt ml mt ne nl no pa pl pt ru sk sl sv th tl tr uk xx';
    for (const format of SESSION_FORMATS)
      for (const place of ['voice', 'link', 'person'])
        for (const language of tags.split(' ')) expect(problems({ ...meeting({ format, place, language }) })).toEqual([]);
    expect(problems({ ...meeting(), types: ['ZZZ'], day: 7, made_up: 1 })).toEqual(['unknown field', 'day', 'types']);
  });
});
