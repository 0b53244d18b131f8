import { UserError } from '../../chat/errors.js';
import type { Occurrence, RsvpState, Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import { changedPlaces, DATE_PARTS, type DateRow, isMeant, roomOf } from './date-row.js';
import { ensureOccurrence } from './ensure.js';
import { dateNamed } from './find.js';
import { answerPlaces, type Place, type RsvpAnswer, settlePlaces, waitlist } from './places.js';
import { hold } from './replan.js';

/** Names one date: its session, and its local time by the rule. */
export interface DateName {
  readonly session: string;
  readonly local: string;
}

/** What one member has said of one date, as they alone may see it. */
export interface MyRsvp {
  readonly session: Session;
  readonly date: Pick<Occurrence, 'local' | 'startsAt'>;
  /** Undefined: nothing yet. */
  readonly state?: RsvpState;
  /** 1: the next free place is theirs. While they wait. */
  readonly turn?: number;
  /** Until when a free place is kept for them. */
  readonly until?: Date;
  readonly isNamed: boolean;
  readonly isMuted: boolean;
}

const gone = () => new UserError('rsvp.gone', {}, { label: 'session.seeList', tap: { path: ['session', 'list'] } });

async function dateOfName({ db }: { db: TenantDb }, { session: id, local }: DateName) {
  const session = await db.session.findFirst({ where: { id } });
  const date = session && (await dateNamed(db, session, local));
  if (!session || !date) throw gone();
  return { session, date };
}

const partsOf = (tx: TenantDb, id: string): Promise<DateRow> =>
  tx.occurrence.findUniqueOrThrow({ where: { id }, include: DATE_PARTS });

function seen(row: DateRow, places: readonly Place[], memberId: string): MyRsvp {
  const { session, local, startsAt } = row;
  const mine = places.find((place) => place.memberId === memberId);
  const kept = row.rsvps.find((rsvp) => rsvp.memberId === memberId);
  const turn = waitlist(places).findIndex((place) => place.memberId === memberId) + 1;
  return {
    session,
    date: { local, startsAt },
    ...(mine && { state: mine.state }),
    ...(turn > 0 && { turn }),
    ...(mine?.state === 'offered' && mine.offeredUntil && { until: mine.offeredUntil }),
    isNamed: kept?.isNamed ?? false,
    isMuted: kept?.isMuted === true || session.mutes.some((mute) => mute.memberId === memberId),
  };
}

/** Writes down what changed. @returns the row as it is now */
async function keepPlaces(tx: TenantDb, row: DateRow, after: readonly Place[]): Promise<void> {
  for (const { memberId, state, queue, offeredAt, offeredUntil } of changedPlaces(row.rsvps, after)) {
    const { id: occurrenceId, communityId } = row;
    const data = { state, queue, offeredAt, offeredUntil };
    await tx.rsvp.upsert({
      where: { communityId_occurrenceId_memberId: { communityId, occurrenceId, memberId } },
      create: { communityId, occurrenceId, memberId, ...data },
      update: data,
    });
  }
}

/** Looks, and says nothing. @throws UserError when there is no such date */
export async function myRsvp(scope: Scope, name: DateName): Promise<MyRsvp> {
  const { session, date } = await dateOfName(scope, name);
  if (date.row) {
    const row = await partsOf(scope.db, date.row.id);
    return seen(row, settlePlaces(row.rsvps, roomOf(row, scope.now)), scope.member.id);
  }
  const mute = await scope.db.sessionMute.count({ where: { sessionId: session.id, memberId: scope.member.id } });
  return { session, date, isNamed: false, isMuted: mute > 0 };
}

/**
 * Says whether the member comes to one date. Everything that follows for others (a place that came free) is written in the
 * same transaction, one answer after the other, whatever process they come to.
 * @param isNamed the chair may see who it is; counts only where the session shows names to its chair
 * @throws UserError when there is no such date, it was called off, or it has begun
 */
export async function answerRsvp(scope: Scope, name: DateName, answer: RsvpAnswer, isNamed = false): Promise<MyRsvp> {
  const { db, member, now } = scope;
  return db.transact(async (tx) => {
    const { session, date } = await dateOfName({ db: tx }, name);
    const { id } = await ensureOccurrence(tx, session, date);
    await hold(tx, id, now);
    const row = await partsOf(tx, id);
    if (!isMeant(row)) throw new UserError('rsvp.off');
    if (row.state !== 'planned' || now >= row.startsAt) throw new UserError('rsvp.begun');
    const after = answerPlaces(row.rsvps, member.id, answer, roomOf(row, now));
    await keepPlaces(tx, row, after);
    const had = row.rsvps.find(({ memberId }) => memberId === member.id);
    const isComing = after.some(({ memberId, state }) => memberId === member.id && state === 'going');
    await tx.rsvp.updateMany({
      where: { occurrenceId: id, memberId: member.id },
      data: {
        isNamed: isNamed && row.session.namesToChair && answer !== 'no',
        ...(isComing && had?.state !== 'going' && { since: now }),
      },
    });
    return seen(await partsOf(tx, id), after, member.id);
  });
}

/** The chair does not see any more that it is this member who comes. Twice is once. */
export async function hideName({ db, member }: Scope, id: string): Promise<void> {
  await db.rsvp.updateMany({ where: { id, memberId: member.id }, data: { isNamed: false } });
}

/**
 * A member who is erased comes to this date no more: their place goes to who waits, as after a no. Their own row is left for whoever
 * deletes it.
 */
export async function giveUpPlace(tx: TenantDb, occurrenceId: string, memberId: string, now: Date): Promise<void> {
  await hold(tx, occurrenceId, now);
  const row = await partsOf(tx, occurrenceId);
  if (row.state !== 'planned' || !isMeant(row) || now >= row.startsAt) return;
  await keepPlaces(tx, row, answerPlaces(row.rsvps, memberId, 'no', roomOf(row, now)));
}
