import { UserError } from '../../chat/errors.js';
import type { Occurrence, Prisma, Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { latestLocalAt } from '../../time/local.js';
import { localKey } from '../../time/recurrence.js';
import { note } from '../audit/note.js';
import { instant } from '../checkins/schedules/kept.js';
import { memberNamed } from '../members/behind.js';
import type { PlatformName } from '../names.js';
import type { Scope } from '../scope.js';
import { type SessionDetails, sealDetails } from './details.js';
import { draftOfSession, type SessionDraft } from './draft.js';
import { SESSION_LIMITS } from './kinds.js';
import { mayRun } from './may-run.js';
import { type Serving, tellNamed } from './naming.js';
import type { SessionRule } from './occurrences.js';
import { type Reconciled, reconcile } from './reconcile.js';
import { holdComing, replan } from './replan.js';
import { tellComers } from './tell-comers.js';

const ALL_SESSIONS = { label: 'session.seeList', tap: { path: ['session', 'list'] } } as const;
const gone = () => new UserError('session.gone', {}, ALL_SESSIONS);

const detailsOfDraft = ({ title, description, formatName, link, address }: SessionDraft): SessionDetails => ({
  title,
  ...(description !== undefined && { description }),
  ...(formatName !== undefined && { format: formatName }),
  ...(link !== undefined && { link }),
  ...(address !== undefined && { address }),
});

/** The members behind the accounts that a draft names, met for the first time where they are. Outside of a transaction. */
async function servingOf(scope: Scope, { chair, coChair, backups }: SessionDraft, platform: PlatformName): Promise<Serving> {
  const idOf = async (userId: string) => (await memberNamed(scope, { platform, userId })).id;
  const named: string[] = [];
  for (const account of new Set(backups)) named.push(await idOf(account));
  const chairId = chair === undefined ? undefined : await idOf(chair);
  const coChairId = coChair === undefined ? undefined : await idOf(coChair);
  return {
    ...(chairId !== undefined && { chair: chairId }),
    ...(coChairId !== undefined && coChairId !== chairId && { coChair: coChairId }),
    backups: named.filter((id) => id !== chairId && id !== coChairId),
  };
}

const rowOf = (scope: Scope, draft: SessionDraft, serving: Serving) => ({
  details: sealDetails(scope.cipher, draft.id, detailsOfDraft(draft)),
  format: draft.format,
  ...draft.times,
  zone: draft.zone,
  minutes: draft.minutes,
  place: draft.place,
  channelId: draft.channelId ?? null,
  capacity: draft.capacity ?? null,
  language: draft.language ?? null,
  isClosed: draft.isClosed,
  visibility: draft.visibility,
  chairId: serving.chair ?? null,
  coChairId: serving.coChair ?? null,
  settled: localKey(latestLocalAt(instant(scope.now), draft.zone)),
});

async function keepBackups(tx: TenantDb, sessionId: string, members: readonly string[]): Promise<void> {
  const { communityId } = tx;
  await tx.sessionBackup.deleteMany({ where: { sessionId } });
  await tx.sessionBackup.createMany({
    data: members.map((memberId, position) => ({ communityId, sessionId, memberId, position })),
  });
}

/** Makes the session of a draft. The same draft twice makes one. @throws UserError */
async function create(scope: Scope, draft: SessionDraft, serving: Serving): Promise<void> {
  const { db, community, space, member } = scope;
  if (!space) throw new UserError('session.problems.where');
  await db.transact(async (tx) => {
    if (await tx.session.findFirst({ where: { id: draft.id }, select: { id: true } })) return;
    if ((await tx.session.count({ where: { state: 'active' } })) >= SESSION_LIMITS.active)
      throw new UserError('session.problems.tooMany', { most: SESSION_LIMITS.active }, ALL_SESSIONS);
    const place = { id: draft.id, communityId: community.id, spaceId: space.id, createdById: member.id };
    const session = await tx.session.create({ data: { ...place, ...rowOf(scope, draft, serving), skips: [] } });
    await keepBackups(tx, session.id, serving.backups);
    await tellNamed(tx, scope, session.id, { backups: [] }, serving);
    await replan(tx, scope, session);
    await note(tx, scope, 'session.create');
  });
}

/** What becomes of the dates that people may have said yes to, when the session is as the draft says. */
export function effectOf(session: Session, rows: readonly Occurrence[], draft: SessionDraft, now: Date): Reconciled<Occurrence> {
  const after: SessionRule = {
    ...draft.times,
    zone: draft.zone,
    minutes: draft.minutes,
    skips: session.skips,
    state: session.state,
  };
  const isSame = sameTimes(session, draft);
  return isSame ? { kept: rows, shifted: [], dropped: [] } : reconcile(after, rows, now);
}

const sameTimes = (session: Session, { times, zone }: SessionDraft) =>
  session.rrule === times.rrule && session.start === times.start && session.time === times.time && session.zone === zone;

/** Skipped days stay skipped, at whatever time the session is from now on. */
const skipsAt = (skips: readonly string[], time: string) => [...new Set(skips.map((skip) => `${skip.slice(0, 10)}T${time}`))];

/** A chair whom the editor's platform cannot name stays, unless somebody else is named. */
async function keptUnnamed({ db }: Scope, session: Session, serving: Serving, platform: PlatformName): Promise<Serving> {
  const isHere = async (memberId: string) => (await db.identity.count({ where: { memberId, platform } })) > 0;
  const rows = await db.sessionBackup.findMany({ where: { sessionId: session.id }, orderBy: { position: 'asc' } });
  const elsewhere: string[] = [];
  for (const { memberId } of rows) if (!(await isHere(memberId))) elsewhere.push(memberId);
  const stay = async (named: string | undefined, id: string | null) =>
    named ?? (id !== null && !(await isHere(id)) ? id : undefined);
  const chair = await stay(serving.chair, session.chairId);
  const coChair = await stay(serving.coChair, session.coChairId);
  return {
    ...(chair !== undefined && { chair }),
    ...(coChair !== undefined && { coChair }),
    backups: [...serving.backups, ...elsewhere],
  };
}

async function moveRows(tx: TenantDb, draft: SessionDraft, { kept, shifted, dropped }: Reconciled<Occurrence>, now: Date) {
  for (const { row, to } of shifted) {
    const data = { local: to.local, zone: draft.zone, startsAt: to.startsAt, minutes: draft.minutes };
    await tx.occurrence.update({ where: { id: row.id }, data });
  }
  const planned = kept.filter(({ state }) => state === 'planned').map(({ id }) => id);
  await tx.occurrence.updateMany({ where: { id: { in: planned }, startsAt: { gt: now } }, data: { minutes: draft.minutes } });
  await tx.occurrence.updateMany({
    where: { id: { in: dropped.map(({ id }) => id) } },
    data: { state: 'cancelled' },
  });
  for (const { row } of shifted) await tellComers(tx, row, 'moved', { now });
  for (const row of dropped) await tellComers(tx, row, 'off', { now });
}

/** Makes an existing session be as the draft says. The same draft again changes nothing. @throws UserError */
async function edit(scope: Scope, draft: SessionDraft, named: Serving, platform: PlatformName): Promise<void> {
  const { db, now } = scope;
  const known = await db.session.findFirst({ where: { id: draft.id, state: 'active' } });
  if (!known) throw gone();
  if (!mayRun(scope, known)) throw new UserError('session.notYours');
  const unsaid = (one: SessionDraft) => JSON.stringify({ ...one, when: undefined, where: undefined });
  if (unsaid(await draftOfSession(scope, known, platform)) === unsaid(draft)) return;
  const serving = await keptUnnamed(scope, known, named, platform);
  await db.transact(async (tx) => {
    await holdComing(tx, known.id, now);
    const backups = await tx.sessionBackup.findMany({ where: { sessionId: known.id }, orderBy: { position: 'asc' } });
    const before: Serving = {
      ...(known.chairId !== null && { chair: known.chairId }),
      ...(known.coChairId !== null && { coChair: known.coChairId }),
      backups: backups.map(({ memberId }) => memberId),
    };
    const rows = await tx.occurrence.findMany({ where: { sessionId: known.id } });
    await moveRows(tx, draft, effectOf(known, rows, draft, now), now);
    const data: Prisma.SessionUncheckedUpdateInput = {
      ...rowOf(scope, draft, serving),
      skips: skipsAt(known.skips, draft.times.time),
      sequence: { increment: 1 },
    };
    const session = await tx.session.update({ where: { id: known.id }, data });
    await keepBackups(tx, session.id, serving.backups);
    await tellNamed(tx, scope, session.id, before, serving);
    await replan(tx, scope, session);
    await note(tx, scope, 'session.edit');
  });
}

/**
 * Saves what was shown and confirmed. Twice is once.
 * @param platform that the accounts in the draft are of
 * @throws UserError when there are too many, or it is gone, or is not theirs to alter
 */
export async function saveSession(scope: Scope, draft: SessionDraft, platform: PlatformName): Promise<void> {
  const serving = await servingOf(scope, draft, platform);
  if (draft.isNew) await create(scope, draft, serving);
  else await edit(scope, draft, serving, platform);
}
