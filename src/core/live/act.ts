import { UserError } from '../../chat/errors.js';
import type { LiveSession } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { note } from '../audit/note.js';
import type { Scope } from '../scope.js';
import { hold as holdDate } from '../sessions/replan.js';
import { cancel, plan } from '../work/plan.js';
import { cuesOf } from './by-clock.js';
import { AFTER, CARD, CLOSE, CUE, MICS, PULSE_OPEN, SEAT } from './kinds.js';
import { type Actor, apply, type Event } from './machine.js';
import type { LiveState } from './moves.js';
import { columnsOf, stateOf } from './state.js';

const handsIn = ({ hands, sharing }: LiveState) => [...hands, ...(sharing ? [sharing] : [])].map(({ id }) => id);

/** What was planned for the one who shares, as it is now. */
async function planCue(tx: TenantDb, live: string, { sharing, pausedAt }: LiveState, now: Date): Promise<void> {
  const next = sharing && !pausedAt ? cuesOf(sharing).find(({ at }) => at >= now) : undefined;
  if (next) await plan(tx, { kind: CUE, subjectId: live }, next.at);
  else await cancel(tx, { kind: CUE, subjectId: live });
}

/** Hands, order and cues are for the hour only: nobody keeps who shared. What is shown afterwards is planned. */
async function finish(tx: TenantDb, { id, occurrenceId }: LiveSession, endedAt: Date): Promise<void> {
  await holdDate(tx, occurrenceId, endedAt);
  await tx.hand.deleteMany({ where: { liveId: id } });
  await tx.delivery.deleteMany({ where: { kind: CUE, subjectId: id } });
  await tx.occurrence.updateMany({ where: { id: occurrenceId, state: 'live' }, data: { state: 'over', endedAt } });
  await cancel(tx, { kind: CUE, subjectId: id });
  await cancel(tx, { kind: CLOSE, subjectId: id });
  await plan(tx, { kind: AFTER, subjectId: id }, new Date(endedAt.getTime() + PULSE_OPEN));
}

async function writeHands(tx: TenantDb, before: LiveState, after: LiveState): Promise<void> {
  const kept = new Set(handsIn(after));
  const gone = handsIn(before).filter((id) => !kept.has(id));
  if (gone.length > 0) await tx.hand.deleteMany({ where: { id: { in: gone } } });
  const { sharing } = after;
  if (!sharing || sharing === before.sharing) return;
  await tx.hand.updateMany({ where: { id: sharing.id }, data: { since: sharing.since, until: sharing.until } });
}

/** Writes what became of a session whose row is held, and plans what follows from it. */
export async function write(tx: TenantDb, row: LiveSession, before: LiveState, after: LiveState, now: Date): Promise<void> {
  if (after === before) return;
  await tx.liveSession.updateMany({ where: { id: row.id }, data: columnsOf(after) });
  const { chairSeenAt: _, ...was } = before;
  const { chairSeenAt: __, ...is } = after;
  if (JSON.stringify(was) === JSON.stringify(is)) return;
  await writeHands(tx, before, after);
  await plan(tx, { kind: CARD, subjectId: row.id }, now);
  if (before.isQuiet || after.isQuiet) await plan(tx, { kind: MICS, subjectId: row.id }, now);
  if (after.endedAt) return finish(tx, row, after.endedAt);
  if (after.closesAt.getTime() !== before.closesAt.getTime()) await plan(tx, { kind: CLOSE, subjectId: row.id }, after.closesAt);
  if (after.sharing !== before.sharing || after.pausedAt !== before.pausedAt) await planCue(tx, row.id, after, now);
}

/** Takes the row for this transaction, so that whoever changes a session does so one after the other. */
export async function hold(
  { db: tx, cipher }: Pick<Scope, 'db' | 'cipher'>,
  live: string,
): Promise<{ row: LiveSession; state: LiveState } | undefined> {
  const [row] = await tx.liveSession.updateManyAndReturn({ where: { id: live }, data: { revision: { increment: 1 } } });
  if (!row) return undefined;
  const hands = await tx.hand.findMany({ where: { liveId: live }, orderBy: { order: 'asc' } });
  return { row, state: stateOf(cipher, row, hands) };
}

export const actorOf = ({ member, roles }: Pick<Scope, 'member' | 'roles'>): Actor => ({
  member: member.id,
  runs: roles.has('facilitator') || roles.has('coordinator'),
});

/** One is told who is not the one who did it. */
async function tellSeat(tx: TenantDb, live: string, before: LiveState, after: LiveState, { member }: Actor, now: Date) {
  if (after.chair !== undefined && after.chair !== before.chair && after.chair !== member)
    await plan(tx, { kind: SEAT, subjectId: live }, now);
}

const AUDITED = ['handOver', 'take', 'end'] as const satisfies readonly Event['kind'][];

/** What becomes of it when somebody does that. @throws UserError with the reason, when it is not theirs to do or makes no sense any more */
export function mustBecome(scope: Pick<Scope, 'member' | 'roles' | 'now'>, before: LiveState, event: Event): LiveState {
  const outcome = apply(before, event, actorOf(scope), scope.now);
  if (!outcome.ok) throw new UserError(`live.refused.${outcome.why}`);
  return outcome.state;
}

/**
 * Somebody does something in a live session, whole or not at all.
 * @returns how it was, and how it is
 * @throws UserError with the reason, when it is not theirs to do or makes no sense any more
 */
export async function act(scope: Scope, live: string, event: Event): Promise<{ before: LiveState; after: LiveState }> {
  const { db, cipher, now } = scope;
  const actor = actorOf(scope);
  return db.transact(async (tx) => {
    const held = await hold({ db: tx, cipher }, live);
    if (!held) throw new UserError('live.refused.over');
    const { row, state: before } = held;
    const after = mustBecome(scope, before, event);
    await write(tx, row, before, after, now);
    await tellSeat(tx, live, before, after, actor, now);
    const audited = AUDITED.find((kind) => kind === event.kind);
    if (audited) await note(tx, scope, `live.${audited}`);
    return { before, after };
  });
}
