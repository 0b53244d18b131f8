import { UserError } from '../../chat/errors.js';
import type { Occurrence, Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { note } from '../audit/note.js';
import { memberNamed } from '../members/behind.js';
import type { PlatformName } from '../names.js';
import type { Scope } from '../scope.js';
import { type OccurrenceChanges, openChanges, sealChanges } from './details.js';
import { ensureOccurrence } from './ensure.js';
import { dateNamed } from './find.js';
import { mayRun } from './may-run.js';
import { startByRule } from './occurrences.js';
import { hold, holdComing, replan } from './replan.js';
import { tellComers } from './tell-comers.js';
import type { DatedSession } from './view.js';
import type { SessionWhere } from './where.js';

/** Names one date. */
export interface DateOf {
  readonly session: string;
  /** Local time by the rule. */
  readonly local: string;
}

const ALL_SESSIONS = { label: 'session.seeList', tap: { path: ['session', 'list'] } } as const;

/** The session, for who may alter it. @throws UserError */
export async function altered(scope: Scope, db: TenantDb, id: string, local?: string): Promise<Session> {
  const session = await db.session.findFirst({ where: { id } });
  if (!session) throw new UserError('session.gone', {}, ALL_SESSIONS);
  const row = local === undefined ? null : await db.occurrence.findFirst({ where: { sessionId: id, local } });
  if (!mayRun(scope, session, row ?? undefined)) throw new UserError('session.notYours');
  return session;
}

/** A date that can still be altered. @throws UserError when it is over, under way, or not there */
async function coming(tx: TenantDb, session: Session, local: string, now: Date): Promise<DatedSession['date']> {
  const date = await dateNamed(tx, session, local);
  if (!date || session.state !== 'active') throw new UserError('session.noDate', {}, ALL_SESSIONS);
  if (date.row?.state === 'live') throw new UserError('session.isLive');
  if (date.row?.state === 'over' || date.endsAt <= now) throw new UserError('session.isOver');
  return date;
}

/** Nobody else changes this date until the transaction ends. Call it before what is read of it. */
async function holdDate(tx: TenantDb, { session: sessionId, local }: DateOf, now: Date): Promise<void> {
  const row = await tx.occurrence.findFirst({ where: { sessionId, local }, select: { id: true } });
  if (row) await hold(tx, row.id, now);
}

/** Does one thing to one date, in one transaction, and works out anew what follows. */
export async function alter(
  scope: Scope,
  which: DateOf,
  action: 'adopt' | 'move' | 'skip' | 'cancel' | 'edit',
  work: (tx: TenantDb, session: Session, date: DatedSession['date']) => Promise<boolean>,
): Promise<void> {
  const { db, now } = scope;
  const { session: id, local } = which;
  await db.transact(async (tx) => {
    await holdDate(tx, which, now);
    const session = await altered(scope, tx, id, local);
    if (!(await work(tx, session, await coming(tx, session, local, now)))) return;
    const changed = await tx.session.update({ where: { id }, data: { sequence: { increment: 1 } } });
    await replan(tx, scope, changed);
    await note(tx, scope, `session.${action}`);
  });
}

/** Moves one date; whoever comes keeps their yes, is told, and can change it. To where it is already: nothing. @throws UserError */
export async function moveDate(scope: Scope, which: DateOf, startsAt: Date): Promise<void> {
  if (startsAt <= scope.now) throw new UserError('session.problems.past');
  await alter(scope, which, 'move', async (tx, session, date) => {
    const row = await ensureOccurrence(tx, session, date);
    if (row.startsAt.getTime() === startsAt.getTime() && row.state === 'planned') return false;
    await tx.occurrence.update({ where: { id: row.id }, data: { startsAt, state: 'planned' } });
    await tellComers(tx, row, 'moved', scope);
    return true;
  });
}

/** Leaves one date out, as on a holiday. Only who had said that they come is told. @throws UserError */
export async function skipDate(scope: Scope, which: DateOf): Promise<void> {
  await alter(scope, which, 'skip', async (tx, session, { row, local }) => {
    if (session.skips.includes(local) && (!row || row.state === 'cancelled')) return false;
    await tx.session.update({ where: { id: session.id }, data: { skips: [...new Set([...session.skips, local])].sort() } });
    if (!row) return true;
    await tx.occurrence.update({ where: { id: row.id }, data: { state: 'cancelled' } });
    await tellComers(tx, row, 'off', scope);
    return true;
  });
}

const seal = ({ cipher }: Scope, row: Occurrence, changes: OccurrenceChanges) =>
  sealChanges(cipher, row.id, { ...openChanges(cipher, row), ...changes });

/** Calls one date off, with an apology to those who come, and words of one's own. @throws UserError */
export async function cancelDate(scope: Scope, which: DateOf, apology: string | undefined): Promise<void> {
  await alter(scope, which, 'cancel', async (tx, session, date) => {
    const row = await ensureOccurrence(tx, session, date);
    if (row.state === 'cancelled') return false;
    const changes = seal(scope, row, apology === undefined ? {} : { apology });
    await tx.occurrence.update({ where: { id: row.id }, data: { state: 'cancelled', changes } });
    await tellComers(tx, row, 'off', scope);
    return true;
  });
}

/** Takes back that a date was skipped or called off. Whoever had said yes comes again, and is told. @throws UserError */
export async function restoreDate(scope: Scope, which: DateOf): Promise<void> {
  const { db, now } = scope;
  await db.transact(async (tx) => {
    await holdDate(tx, which, now);
    const session = await altered(scope, tx, which.session, which.local);
    if (session.state !== 'active') throw new UserError('session.gone', {}, ALL_SESSIONS);
    const row = await tx.occurrence.findFirst({ where: { sessionId: session.id, local: which.local } });
    const startsAt = row?.startsAt ?? startByRule({ local: which.local, zone: session.zone });
    if (startsAt <= now) throw new UserError('session.isOver');
    if (!session.skips.includes(which.local) && row?.state !== 'cancelled') return;
    const skips = session.skips.filter((skip) => skip !== which.local);
    const changed = await tx.session.update({ where: { id: session.id }, data: { skips, sequence: { increment: 1 } } });
    if (row) {
      await tx.occurrence.update({ where: { id: row.id }, data: { state: 'planned', endedAt: null } });
      await tellComers(tx, row, 'back', scope);
    }
    await replan(tx, scope, changed);
    await note(tx, scope, 'session.restore');
  });
}

/** Ends a session for good: nothing of it comes any more, and those who come to its next dates are told. @throws UserError */
export async function endSession(scope: Scope, id: string, apology: string | undefined): Promise<void> {
  const { db, now } = scope;
  await db.transact(async (tx) => {
    const session = await altered(scope, tx, id);
    if (session.state === 'ended') return;
    const rows = await holdComing(tx, id, now);
    const changed = await tx.session.update({ where: { id }, data: { state: 'ended', sequence: { increment: 1 } } });
    for (const row of rows) {
      const changes = seal(scope, row, apology === undefined ? {} : { apology });
      await tx.occurrence.update({ where: { id: row.id }, data: { state: 'cancelled', changes } });
      await tellComers(tx, row, 'off', scope);
    }
    await replan(tx, scope, changed);
    await note(tx, scope, 'session.end');
  });
}

/** What one date can have of its own. What is left out is as in the series. */
export interface DateChanges {
  readonly title?: string;
  readonly description?: string;
  readonly where?: SessionWhere;
  readonly minutes?: number;
  /** The account on `platform` of who chairs this one. */
  readonly chair?: string;
}

/** Makes one date be otherwise than its series, in everything but its time. @throws UserError */
export async function changeDate(scope: Scope, which: DateOf, wanted: DateChanges, platform: PlatformName): Promise<void> {
  const chair = wanted.chair === undefined ? undefined : await memberNamed(scope, { platform, userId: wanted.chair });
  await alter(scope, which, 'edit', async (tx, session, date) => {
    const row = await ensureOccurrence(tx, session, date);
    const { title, description, where, minutes } = wanted;
    const changes: OccurrenceChanges = {
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
      ...(where && { place: where.place }),
      ...(where?.link !== undefined && { link: where.link }),
      ...(where?.address !== undefined && { address: where.address }),
    };
    const chairId = chair && chair.id !== session.chairId ? chair.id : null;
    const data = {
      changes: Object.keys(changes).length > 0 ? sealChanges(scope.cipher, row.id, changes) : null,
      channelId: where?.channelId ?? null,
      minutes: minutes ?? session.minutes,
      ...(chair && { chairId, ...(chairId !== row.chairId && { chairState: 'unasked' as const }) }),
    };
    await tx.occurrence.update({ where: { id: row.id }, data });
    if (where) await tellComers(tx, row, 'place', scope);
    return true;
  });
}
