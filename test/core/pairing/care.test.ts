import fc from 'fast-check';
import { expiryTimes } from '../../../src/core/pairing/mentor/expiry.js';
import { confirmStep } from '../../../src/core/pairing/mentor/reconfirm.js';
import { CONFIRM_EVERY, CONFIRM_WITHIN } from '../../../src/core/pairing/mentor/work.js';

const START = new Date('2026-11-01T10:00:00Z');
const DAY = 24 * 3_600_000;
const at = (days: number) => new Date(START.getTime() + days * DAY);
const fresh = { confirmedAt: START, askedAt: null, lapsedAt: null, endedAt: null, pausedUntil: null };

test('asked after a month, at rest after a week of silence', () => {
  expect(confirmStep(fresh, 0, at(29))).toEqual({ does: 'nothing', next: at(30) });
  expect(confirmStep(fresh, 0, at(30))).toEqual({ does: 'ask', next: at(37) });
  const asked = { ...fresh, askedAt: at(30) };
  expect(confirmStep(asked, 0, at(36))).toEqual({ does: 'nothing', next: at(37) });
  expect(confirmStep(asked, 0, at(37))).toEqual({ does: 'lapse', next: null });
});

test('no time in which the bot was away counts as silence', () => {
  expect(confirmStep({ ...fresh, askedAt: at(30) }, 5 * DAY, at(41))).toEqual({ does: 'nothing', next: at(42) });
});

test('nobody is asked or put to rest while they pause, after they stopped, or twice', () => {
  const day = fc.integer({ min: 0, max: 120 }).map(at);
  const maybe = fc.option(day);
  fc.assert(
    fc.property(
      fc.record({ askedAt: maybe, lapsedAt: maybe, endedAt: maybe, pausedUntil: maybe }),
      day,
      fc.nat(10),
      (some, now, down) => {
        const profile = { ...fresh, ...some };
        const { does, next } = confirmStep(profile, down * DAY, now);
        if (next) expect(next > now).toBe(true);
        const isLeftAlone = profile.lapsedAt || profile.endedAt || (profile.pausedUntil && profile.pausedUntil > now);
        if (isLeftAlone) expect(does).toBe('nothing');
        else if (does === 'ask') expect(now.getTime() - START.getTime()).toBeGreaterThanOrEqual(CONFIRM_EVERY);
        if (does === 'lapse')
          expect(now.getTime() - (profile.askedAt ?? now).getTime() - down * DAY).toBeGreaterThanOrEqual(CONFIRM_WITHIN);
        if (does === 'nothing' && !profile.lapsedAt && !profile.endedAt) expect(next).not.toBeNull();
      },
    ),
  );
});

test('the owner of a certificate is warned thirty days ahead, and it is over the morning after its last day, in local time', () => {
  const { warn, over } = expiryTimes(new Date('2027-03-27T00:00:00Z'), 'Europe/Madrid');
  expect(over.toISOString()).toBe('2027-03-28T08:00:00.000Z');
  expect(over.getTime() - warn.getTime()).toBe(30 * DAY);
});
