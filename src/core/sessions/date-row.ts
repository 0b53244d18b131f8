import type { Prisma } from '../../db/generated/client.js';
import { deferPast } from '../checkins/quiet-hours.js';
import { dateOf, instant, quietOf } from '../checkins/schedules/kept.js';
import { zoneOf } from '../members/zone.js';
import type { Place, Room } from './places.js';

/** What is looked at when something is decided about one date. */
export const DATE_PARTS = {
  session: { include: { backups: { orderBy: { position: 'asc' } }, space: true, mutes: { select: { memberId: true } } } },
  rsvps: { include: { member: { select: { zone: true, toldZone: true, quietFrom: true, quietTo: true } } } },
  asks: true,
  community: { select: { zone: true } },
} as const satisfies Prisma.OccurrenceInclude;

/** One date with everything that was said of it. */
export type DateRow = Prisma.OccurrenceGetPayload<{ include: typeof DATE_PARTS }>;
export type RsvpRow = DateRow['rsvps'][number];

const TWO_HOURS = 2 * 3_600_000;

export const endOf = ({ startsAt, minutes }: Pick<DateRow, 'startsAt' | 'minutes'>): Date =>
  new Date(startsAt.getTime() + minutes * 60_000);

/** Whether it takes place, as far as anybody knows: it was not called off, and its session still has it. */
export const isMeant = ({ state, local, session }: DateRow): boolean =>
  state !== 'cancelled' && session.state === 'active' && !session.skips.includes(local);

/** The member's zone (IANA) and quiet hours. */
export const habitsOf = ({ community }: DateRow, { member }: RsvpRow) => ({
  zone: zoneOf(member, community),
  quiet: quietOf(member),
});

/** Offers keep quiet hours, as long as two hours before the start are left to answer. */
function tellFrom(date: DateRow, rsvp: RsvpRow | undefined, now: Date): Date {
  if (!rsvp) return now;
  const { zone, quiet } = habitsOf(date, rsvp);
  const from = dateOf(deferPast(quiet, instant(now), zone));
  return from.getTime() + TWO_HOURS <= date.startsAt.getTime() ? from : now;
}

export const roomOf = (date: DateRow, now: Date): Room => ({
  capacity: date.session.capacity,
  startsAt: date.startsAt,
  now,
  tellFrom: (memberId) =>
    tellFrom(
      date,
      date.rsvps.find((one) => one.memberId === memberId),
      now,
    ),
});

const isSame = (a: Place, b: Place) =>
  a.state === b.state &&
  a.queue === b.queue &&
  a.offeredAt?.getTime() === b.offeredAt?.getTime() &&
  a.offeredUntil?.getTime() === b.offeredUntil?.getTime();

/** Those of `after` that are not as they were. */
export const changedPlaces = <P extends Place>(before: readonly Place[], after: readonly P[]): P[] =>
  after.filter((place) => {
    const was = before.find(({ memberId }) => memberId === place.memberId);
    return !was || !isSame(was, place);
  });
