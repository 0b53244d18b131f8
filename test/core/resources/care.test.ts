import fc from 'fast-check';
import {
  FIXABLE,
  type Fixable,
  type Fixes,
  type Published,
  publishedOf,
  readFix,
  readFixes,
  saidOf,
  sameFor,
  stillNeeded,
  withFixes,
} from '../../../src/core/resources/care/fixes.js';
import { townIn } from '../../../src/core/resources/care/town.js';
import { parseRecord } from '../../../src/core/resources/parse.js';
import { townsIn } from '../../../src/core/resources/towns.js';
import { HSDS } from './list.js';

/** What the community knows better, laid over what a source says. */

function published(at: number, more: object = {}): Published {
  const parsed = parseRecord({ ...HSDS.contents[at], ...more });
  const [resource] = parsed.ok ? parsed.resources : [];
  if (!resource) throw new Error('skipped');
  return publishedOf(resource);
}
const SHELTER = published(0, { schedules: HSDS.contents[0]?.schedules, hours: 'Every night' });

test('an address says its street, town, state and postal code, or that it names no town', () => {
  expect(townIn('12 Elm St, New Britain, CT 06051')).toEqual({
    ...{ street: '12 Elm St', area: 'New Britain, CT 06051', postal: '06051' },
    fields: { city: 'New Britain', state: 'CT' },
  });
  expect(townIn('Suite 3,  12 Elm St , Hartford,Connecticut')).toMatchObject({
    ...{ street: 'Suite 3, 12 Elm St', area: 'Hartford, Connecticut' },
  });
  expect(townIn('Hartford CT')).toEqual({ area: 'Hartford, CT', fields: { city: 'Hartford', state: 'CT' } });
  for (const none of ['', ' ', '12 Elm St', 'CT', '06051', '12 Elm St, Sevilla', ',,,', 'CT 06051'])
    expect(townIn(none)).toBeUndefined();
});

const line = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
const texts = fc.oneof(
  line,
  fc.constantFrom('12 Elm St', '1 Dock St, Hartford, CT 06103', 'Austin TX', '860-555-0102, 860-555-0103', 'Free'),
);

test('whatever an address says, it is read or it is not, and what is shown of it is read the same', () => {
  fc.assert(
    fc.property(texts, fc.constantFrom('', ', CT', ', Hartford, CT 06103-1234', ' TX'), (text, end) => {
      const town = townIn(text + end);
      if (!town) return;
      const again = townIn([town.street, town.area].filter(Boolean).join(', '));
      expect(again).toMatchObject({ area: town.area, fields: town.fields });
    }),
    { numRuns: 300 },
  );
});

test('where services are is offered without postal codes, each town with its state, and each state', () => {
  expect(townsIn('Hartford, CT 06103')).toEqual(['Hartford, CT', 'Connecticut']);
  expect(townsIn('Hartford, CT 06103-1234')).toEqual(['Hartford, CT', 'Connecticut']);
  expect(townsIn('New Britain, Connecticut')).toEqual(['New Britain, Connecticut', 'Connecticut']);
  expect(townsIn('Toronto, ON M5V 2T6')).toEqual(['Toronto, ON']);
  expect(townsIn('London, SW1A 1AA')).toEqual(['London']);
  expect([townsIn('CT 06103'), townsIn('06103'), townsIn('Sevilla'), townsIn(', ,')]).toEqual([
    ['Connecticut'],
    [],
    ['Sevilla'],
    [],
  ]);
});

const fix = fc.record({ to: fc.option(texts), since: fc.constant('2026-11-25') });
/** As they are kept: what cannot be read never becomes one. */
const fixesOf: fc.Arbitrary<Fixes> = fc
  .record({ phone: fix, schedule: fix, start: fix, cost: fix, address: fix }, { requiredKeys: [] })
  .map((given) => {
    const kept = Object.entries(given).flatMap(([field, { to, since }]) => {
      const read = to === null ? null : readFix(field as Fixable, to);
      return read === undefined ? [] : [[field, { to: read, since }] as const];
    });
    return readFixes(JSON.parse(JSON.stringify(Object.fromEntries(kept))));
  });

test('a fix is what is shown of its field, other fields are as they were, and without one all is', () => {
  expect(withFixes(SHELTER, {})).toEqual(SHELTER);
  fc.assert(
    fc.property(fixesOf, (fixes) => {
      const fixed = withFixes(SHELTER, fixes);
      for (const field of FIXABLE) {
        const now = saidOf(fixed.details, field);
        const one = fixes[field];
        if (!one) expect(now).toEqual(saidOf(SHELTER.details, field));
        // A street alone leaves the town as it is.
        else if (field !== 'address') expect(sameFor(field, now, one.to ?? undefined)).toBe(true);
      }
      expect(fixed.hours).toEqual(fixes.schedule ? [] : SHELTER.hours);
      expect(fixed.terms).toEqual([...new Set(fixed.terms)]);
      expect(fixed.details.name).toBe(SHELTER.details.name);
      expect(withFixes(SHELTER, JSON.parse(JSON.stringify(fixes)))).toEqual(fixed);
    }),
    { numRuns: 300 },
  );
});

test('what the source has come to say itself is no fix any more, and what it does not say stays one', () => {
  fc.assert(
    fc.property(fixesOf, (fixes) => {
      const { address, ...others } = fixes;
      expect(stillNeeded(others, withFixes(SHELTER, others).details)).toEqual({});
      const still = stillNeeded(fixes, SHELTER.details);
      for (const field of FIXABLE) {
        const one = fixes[field];
        const isSaid = one !== undefined && sameFor(field, one.to ?? undefined, saidOf(SHELTER.details, field));
        expect(still[field]).toEqual(isSaid ? undefined : one);
      }
      if (address?.to && townIn(address.to)?.street)
        expect(stillNeeded({ address }, withFixes(SHELTER, { address }).details)).toEqual({});
    }),
    { numRuns: 300 },
  );
});

test('a moved service is found in its new town alone, without the old coordinates, and a price by its words', () => {
  const moved = withFixes(SHELTER, { address: { to: '2 Elm St, Austin, TX 78701', since: '2026-11-25' } });
  expect(moved.places).toEqual(expect.arrayContaining(['austin', 'state:tx', '787*']));
  expect(moved.terms).not.toContain('hartford');
  expect([moved.latitude, moved.longitude]).toEqual([null, null]);
  const priced = withFixes(SHELTER, { cost: { to: 'Medicaid', since: '2026-11-25' } });
  expect(SHELTER.terms).toContain('~free');
  expect(priced.terms).toEqual(expect.arrayContaining(['~medicaid', '~housing']));
  expect(priced.terms).not.toContain('~free');
});
