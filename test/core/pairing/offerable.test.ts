import fc from 'fast-check';
import { isVerified } from '../../../src/core/pairing/credentials.js';
import { goTogether, isOfferable, lacksOf, restOf, type Standing } from '../../../src/core/pairing/offerable.js';
import { pairingSettingsSchema } from '../../../src/core/pairing/settings.js';
import { RECOVERIES } from '../../../src/core/pairing/vocabulary.js';

const NOW = new Date('2026-11-26T12:00:00Z');
const plain: Standing = {
  ...{ pausedUntil: null, lapsedAt: null, heldAt: null, endedAt: null },
  ...{ isTrained: false, vouches: 0, ageBand: null },
};
const instant = fc.option(fc.date({ min: new Date('2026-11-01'), max: new Date('2026-12-31'), noInvalidDate: true }));
const band = fc.option(fc.constantFrom('teens', 'adults', 'elsewhere'));
const standing: fc.Arbitrary<Standing> = fc
  .record({
    ...{ pausedUntil: instant, lapsedAt: instant, heldAt: instant, endedAt: instant },
    recovery: fc.option(fc.constantFrom(...RECOVERIES), { nil: undefined }),
    ...{ isTrained: fc.boolean(), vouches: fc.nat(3), ageBand: band },
  })
  .map(({ recovery, ...rest }) => ({ ...rest, ...(recovery && { recovery }) }));
const settings = fc
  .record({
    minimum: fc.record({ recovery: fc.constantFrom(...RECOVERIES), training: fc.boolean(), vouches: fc.nat(3) }),
    ageBands: fc.constantFrom([], ['teens', 'adults']),
  })
  .map((some) => pairingSettingsSchema.parse(some));

test('with a community that never said anything, who volunteered can be offered', () => {
  expect(isOfferable(plain, { ageBand: null }, pairingSettingsSchema.parse({}), NOW)).toBe(true);
});

test('what is missing is told one by one, with how much of it there is', () => {
  const minimum = { recovery: 'years2', training: true, vouches: 2 } as const;
  expect(lacksOf(minimum, { recovery: 'years1', isTrained: false, vouches: 1 })).toEqual([
    { what: 'recovery', needs: 'years2' },
    { what: 'training' },
    { what: 'vouches', needs: 2, has: 1 },
  ]);
  expect(lacksOf(minimum, { isTrained: true, vouches: 2 })).toEqual([{ what: 'recovery', needs: 'years2' }]);
  expect(lacksOf(minimum, { recovery: 'years10', isTrained: true, vouches: 5 })).toEqual([]);
});

test('a pause ends at its instant, everything else lasts until it is lifted', () => {
  expect(restOf({ ...plain, pausedUntil: NOW }, NOW)).toBeUndefined();
  expect(restOf({ ...plain, pausedUntil: new Date(NOW.getTime() + 1) }, NOW)).toBe('paused');
  for (const [column, rest] of [
    ['lapsedAt', 'lapsed'],
    ['heldAt', 'held'],
    ['endedAt', 'ended'],
  ] as const)
    expect(restOf({ ...plain, [column]: new Date(0) }, NOW)).toBe(rest);
});

test('a credential holds on its last day and not on the next; nobody saw it: never', () => {
  const seen = { verifiedAt: NOW, expiresOn: new Date('2026-12-01T00:00:00Z') };
  expect(isVerified(seen, '2026-12-01')).toBe(true);
  expect(isVerified(seen, '2026-12-02')).toBe(false);
  expect(isVerified({ ...seen, expiresOn: null }, '2099-01-01')).toBe(true);
  expect(isVerified({ ...seen, verifiedAt: null }, '2026-11-26')).toBe(false);
});

test('nobody who rests, lacks something or is of another age band is ever offered; who does not is', () => {
  fc.assert(
    fc.property(standing, band, settings, (mentor, ageBand, some) => {
      const may = isOfferable(mentor, { ageBand }, some, NOW);
      const rests =
        mentor.lapsedAt !== null || mentor.heldAt !== null || mentor.endedAt !== null || (mentor.pausedUntil ?? NOW) > NOW;
      const lacks =
        RECOVERIES.indexOf(mentor.recovery ?? 'under1') < RECOVERIES.indexOf(some.minimum.recovery) ||
        (some.minimum.training && !mentor.isTrained) ||
        mentor.vouches < some.minimum.vouches;
      const apart = some.ageBands.length > 0 && (mentor.ageBand !== ageBand || !some.ageBands.includes(ageBand ?? ''));
      expect(may).toBe(!rests && !lacks && !apart);
    }),
  );
});

test('age bands go together in both directions alike', () => {
  fc.assert(
    fc.property(settings, band, band, (some, one, other) => goTogether(some, one, other) === goTogether(some, other, one)),
  );
});
