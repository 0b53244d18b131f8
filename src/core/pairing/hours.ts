import { Temporal } from 'temporal-polyfill';
import { SLOTS, type Slot } from './vocabulary.js';

const DAY = 24 * 60;
const WEEK = 7 * DAY;
/** Minutes that two must have in common at a stretch, for their hours to go together. */
export const TOGETHER = 120;

/** Local minutes of the day; a night ends on the next one. */
const PARTS = {
  morning: [6 * 60, 12 * 60],
  afternoon: [12 * 60, 17 * 60],
  evening: [17 * 60, 22 * 60],
  night: [22 * 60, 30 * 60],
} as const;
/** Monday is 0. */
const DAYS = { weekday: [0, 1, 2, 3, 4], weekend: [5, 6] } as const;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A slot in minutes of the local week. */
function spansOf(slot: Slot): Span[] {
  const [days, part] = slot.split('-') as [keyof typeof DAYS, keyof typeof PARTS];
  const [from, to] = PARTS[part];
  return DAYS[days].map((day) => ({ from: day * DAY + from, to: day * DAY + to }));
}

/** Minutes that two spans share, whichever week they are written in. @param shift of the second one */
const shared = (one: Span, other: Span, shift: number): number =>
  Math.max(
    ...[-WEEK, 0, WEEK].map((week) => Math.min(one.to, other.to + shift + week) - Math.max(one.from, other.from + shift + week)),
  );

/** Minutes ahead of UTC. */
function offsetAt(zone: string, now: Date): number {
  const there = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  return there.offsetNanoseconds / 60_000_000_000;
}

/** Parts of somebody else's week that go together with one of one's own. */
export type SlotsLike = (slot: Slot, zone: string, otherZone: string) => readonly Slot[];

/**
 * Which parts of two weeks go together: they share {@link TOGETHER} minutes at a stretch, by the clocks of both zones as they
 * go at `now`. What was worked out once is kept, for as long as what this returns is.
 */
export function slotsLike(now: Date): SlotsLike {
  const offsets = new Map<string, number>();
  const known = new Map<string, readonly Slot[]>();
  const offsetOf = (zone: string): number => {
    const offset = offsets.get(zone) ?? offsetAt(zone, now);
    offsets.set(zone, offset);
    return offset;
  };
  return (slot, zone, otherZone) => {
    // What the other one calls 18:00 is so many minutes later on one's own clock.
    const shift = offsetOf(zone) - offsetOf(otherZone);
    const key = `${slot} ${shift}`;
    const mine = spansOf(slot);
    const goTogether = (theirs: Slot) => spansOf(theirs).some((span) => mine.some((own) => shared(own, span, shift) >= TOGETHER));
    const slots = known.get(key) ?? SLOTS.filter(goTogether);
    known.set(key, slots);
    return slots;
  };
}
