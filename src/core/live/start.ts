import { randomUUID } from 'node:crypto';
import { UserError } from '../../chat/errors.js';
import type { LiveSession, Occurrence, Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { note } from '../audit/note.js';
import type { Scope } from '../scope.js';
import { mayRun } from '../sessions/may-run.js';
import { hold } from '../sessions/replan.js';
import { cancel, plan } from '../work/plan.js';
import { BEGIN, CARD, CLOSE, GRACE, LATE, MICS, MINUTE } from './kinds.js';
import { roomKind } from './mics/room.js';
import { isBuiltIn, openOwn, type Script, sealScript, stepCount } from './scripts.js';

export interface Beginning {
  readonly occurrence: string;
  /** One that comes along, or the id of a community's own. */
  readonly script: string;
  readonly shareMinutes: number;
  /** The channel in which it was asked for (platform's id): the card goes there where the session has none of its own. */
  readonly channel?: string;
  /** Without a leader: whoever comes may begin, once nobody else did. */
  readonly alone?: boolean;
}

/** @throws UserError when it was removed meanwhile */
async function scriptOf({ db, cipher }: Scope, name: string): Promise<Script> {
  if (isBuiltIn(name)) return { builtIn: name };
  const row = await db.sessionScript.findFirst({ where: { id: name } });
  if (!row) throw new UserError('live.script.gone');
  return openOwn(cipher, row);
}

type Dated = Occurrence & { session: Session };

function mayBegin(scope: Scope, { session, ...occurrence }: Dated, alone: boolean): boolean {
  if (mayRun(scope, session, occurrence)) return true;
  const waited = scope.now.getTime() - occurrence.startsAt.getTime();
  const hasChair = (occurrence.chairId ?? session.chairId) !== null && occurrence.chairState !== 'open';
  return alone && waited >= (hasChair ? LATE : 0);
}

/** Whoever begins leads; who was meant to can take it over. */
function seats({ member }: Scope, { session, chairId }: Dated, alone: boolean) {
  const planned = chairId ?? session.chairId;
  if (alone) return { chairId: null, coChairId: planned ?? session.coChairId };
  return { chairId: member.id, coChairId: planned === null || planned === member.id ? session.coChairId : planned };
}

async function place({ space }: Scope, { session, channelId }: Dated, asked: string | undefined) {
  const own = channelId ?? session.channelId;
  if (own !== null) return { spaceId: session.spaceId, channelId: own };
  if (space && asked !== undefined) return { spaceId: space.id, channelId: asked };
  throw new UserError('live.start.inChannel');
}

async function create(tx: TenantDb, scope: Scope, dated: Dated, script: Script, beginning: Beginning): Promise<LiveSession> {
  const { now, cipher, community } = scope;
  const { shareMinutes, alone = false, channel } = beginning;
  const id = randomUUID();
  const closesAt = new Date(now.getTime() + dated.minutes * MINUTE + GRACE);
  const where = await place(scope, dated, channel);
  const isQuiet = dated.session.isQuiet && roomKind(cipher, dated.session, dated) !== undefined;
  const live = await tx.liveSession.create({
    data: {
      ...{ id, communityId: community.id, occurrenceId: dated.id, ...where, ...seats(scope, dated, alone) },
      ...{ script: sealScript(cipher, id, script), stepSince: now, startedAt: now, chairSeenAt: now, closesAt, shareMinutes },
      newcomersFirst: dated.session.newcomersFirst,
      isQuiet,
    },
  });
  await plan(tx, { kind: CARD, subjectId: id }, now);
  await plan(tx, { kind: CLOSE, subjectId: id }, closesAt);
  if (isQuiet) await plan(tx, { kind: MICS, subjectId: id }, now);
  await cancel(tx, { kind: BEGIN, subjectId: dated.id });
  await note(tx, scope, 'live.start', { byItself: alone });
  return live;
}

/**
 * Begins one date of a session. Two at once begin one: the second is given what the first began.
 * @throws UserError when it is over, called off, or not theirs to begin
 */
export async function beginLive(scope: Scope, beginning: Beginning): Promise<LiveSession> {
  const { db, now } = scope;
  const { occurrence: id, alone = false } = beginning;
  const dated = await db.occurrence.findFirst({ where: { id }, include: { session: true } });
  if (!dated) throw new UserError('live.start.gone');
  if (!mayBegin(scope, dated, alone)) throw new UserError(alone ? 'live.start.wait' : 'live.start.notYours');
  const script = await scriptOf(scope, beginning.script);
  if (stepCount(script) === 0) throw new UserError('live.script.gone');
  return db.transact(async (tx) => {
    await hold(tx, id, now);
    const { count } = await tx.occurrence.updateMany({ where: { id, state: 'planned' }, data: { state: 'live' } });
    if (count > 0) return create(tx, { ...scope, now }, dated, script, beginning);
    const running = await tx.liveSession.findFirst({ where: { occurrenceId: id } });
    if (!running || running.endedAt) throw new UserError('live.start.over');
    return running;
  });
}
