import { createReadStream } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { unpack } from '../../../src/core/lists/unpack.js';
import { openingsOn, openUntil, readHours } from '../../../src/core/resources/hours.js';
import { parseRecord } from '../../../src/core/resources/parse.js';
import { calm, readCoordinates, readPostal } from '../../../src/core/resources/read.js';
import { recordsOf } from '../../../src/core/resources/records.js';
import { nearOf, stem } from '../../../src/core/resources/stem.js';
import { describeWithShared, sharedData } from '../../support/shared.js';
import { HSDS } from './list.js';

const parsed = HSDS.contents.map(parseRecord);
const first = (i: number) => {
  const one = parsed[i];
  if (!one?.ok) throw new Error('skipped');
  return one;
};

test('a service is read with everything that a member needs, and what is odd is mended and told', () => {
  const { resources, odd } = first(0);
  expect(resources).toHaveLength(1);
  expect(resources[0]).toMatchObject({
    key: 'bed@l1',
    name: 'Harbor Night Shelter for Women',
    latitude: 41.7637,
    zone: 'America/New_York',
    verified: '2026-11-01',
    details: {
      organization: 'Harbor House',
      description: 'A warm bed & breakfast.',
      start: 'Ring the bell before nine.',
      cost: 'Free of charge',
      phones: ['860-555-0101 x7'],
      address: '1 Dock St',
      area: 'Hartford, CT 06103',
      url: 'https://harbor.example.org/',
      languages: ['es'],
    },
  });
  expect([...odd].sort()).toEqual(['capitals', 'postal']);
  expect(resources[0]?.terms).toEqual(
    expect.arrayContaining(['~housing', '~women', '~free', 'lang:es', 'state:ct', '061*', '06103']),
  );
  // Until eight on Sunday morning it is still Saturday's night.
  expect(resources[0]?.hours.slice(0, 2)).toEqual([0, 480]);
});

test('each of its places is one, and what says nothing of a time is not guessed', () => {
  const { resources, odd } = first(1);
  expect(resources.map(({ key }) => key)).toEqual(['moud@l2', 'moud@l3']);
  expect([...odd].sort()).toEqual(['phone', 'zone']);
  expect(resources[0]).toMatchObject({ zone: null, hours: [1980, 2460], details: { phones: [] } });
  expect(parsed.slice(3).map((one) => (one.ok ? 'taken' : one.why))).toEqual(['inactive', 'taken', 'no-name']);
});

test('whatever a record holds, it is read or skipped, and nothing of it that cannot be stored', () => {
  const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.anything(), fc.constantFrom('=1+1', '<@everyone>', '\u0000', '‮'));
  const shape = fc.record(
    { id: cell, name: cell, description: cell, phones: fc.array(fc.record({ number: cell })), schedules: fc.array(fc.anything()),
      service_at_locations: fc.oneof(fc.anything(), fc.array(fc.record({ location: fc.record({ id: cell, latitude: cell, longitude: cell, addresses: fc.array(fc.record({ city: cell, postal_code: cell, state_province: cell })) }) }))),
      organization: fc.anything(), attributes: fc.anything(), languages: fc.anything(), status: cell, assured_date: cell }, // biome-ignore format: one shape
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(shape, fc.anything()), (record) => {
      const one = parseRecord(record);
      const text = JSON.stringify(one);
      expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/iu);
      if (!one.ok) return;
      for (const { name, terms, latitude, hours } of one.resources) {
        expect(name.trim()).not.toBe('');
        expect(terms.length).toBeLessThanOrEqual(150);
        expect(latitude === null || Math.abs(latitude) <= 90).toBe(true);
        expect(hours.every((minute) => minute >= 0 && minute <= 10_080)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test('hours: every opening that was given is open, and nothing is open outside of them', () => {
  const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const days = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
  const opening = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1439 }));
  fc.assert(
    fc.property(fc.array(opening, { maxLength: 6 }), fc.integer({ min: 0, max: 10_079 }), (given, minute) => {
      const { hours } = readHours(
        given.map(([day, from, to]) => ({ byday: days[day], opens_at: clock(from), closes_at: clock(to) })),
      );
      const isOpen = given.some(([day, from, to]) => {
        const length = to > from ? to - from : to + 1440 - from;
        return (minute - (day * 1440 + from) + 10_080) % 10_080 < length;
      });
      expect(openUntil(hours, minute) !== undefined).toBe(isOpen);
      expect(openingsOn(hours, Math.floor(minute / 1440)).some(([from, to]) => minute % 1440 >= from && minute % 1440 < to)).toBe(
        isOpen,
      );
    }),
    { numRuns: 300 },
  );
});

test('forms of a word are one, slips are near, and what is no place is none', () => {
  const alike = [['clinics', 'clinica'], ['families', 'family'], ['housing', 'house'], ['mujeres', 'mujer'], ['viviendas', 'vivienda'], ['counselling', 'counseling']]; // biome-ignore format: pairs
  for (const [a = '', b = ''] of alike) expect(stem(a)).toBe(stem(b));
  // Halves of characters cannot be stored.
  expect([...nearOf('ga\u{20B90}'), stem('\u{20B90}'.repeat(30))].join()).not.toMatch(/\p{Cs}/u);
  expect(nearOf('hartford')).toEqual(expect.arrayContaining(['artford', 'hartfor']));
  expect([calm('CENTER OF HOPE YMCA'), calm('Already Fine'), calm('AA')]).toEqual(['Center of Hope YMCA', 'Already Fine', 'AA']);
  expect(readPostal('501', 'NY').postal).toBe('00501');
  expect(readPostal('6103-1234', 'CT').postal).toBe('06103-1234');
  expect(readPostal('6103', undefined).postal).toBe('6103');
  expect([readCoordinates(0, 0).isOdd, readCoordinates('91', '0').isOdd, readCoordinates('', null).isOdd]).toEqual([
    true,
    true,
    false,
  ]);
});

describeWithShared('the lists that we have', () => {
  const open = (...names: string[]) => {
    const file = sharedData('hsds', 'datasets', ...names);
    return unpack({ name: path.basename(file), open: () => createReadStream(file) });
  };
  async function keys(entries: Awaited<ReturnType<typeof open>>): Promise<Set<string>> {
    const found = new Set<string>();
    for await (const record of recordsOf(entries)) {
      const one = parseRecord(record);
      if (one.ok) for (const { key } of one.resources) found.add(key);
    }
    return found;
  }

  test('all 14,034 services of the treatment locator are read, the same from JSON and from tables', async () => {
    const json = await keys(await open('samhsa_sud_locator_hsds3', 'services.json.gz'));
    const names = ['services', 'organizations', 'locations', 'addresses', 'service_at_location'];
    const tables = await Promise.all(names.map((name) => open('samhsa_sud_locator_hsds3', `${name}.csv`)));
    expect(json.size).toBe(14_034);
    expect(await keys(tables.flat())).toEqual(json);
  }, 60_000);

  test('a table that somebody keeps by hand, and single records of two profiles', async () => {
    expect((await keys(await open('florida_legal_aid_raw', 'services.csv'))).size).toBe(135);
    expect((await keys(await open('uk_profile_examples', 'service_full.json'))).size).toBe(1);
    expect((await keys(await open('mock_hsds_api', 'services_ac148810-d857-441c-9679-408f346de14b.json'))).size).toBe(1);
  });
});
