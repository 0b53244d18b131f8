import { randomUUID } from 'node:crypto';
import { type Prisma, SupportAnswer } from '../../../db/generated/client.js';
import { tenantDb } from '../../../db/tenant.js';
import { later } from '../../../time/later.js';
import { platformsOf } from '../../members/reach.js';
import type { MemberNotice } from '../../notice.js';
import { plan } from '../../work/plan.js';
import type { OpenRequest } from './hold.js';
import {
  ASK,
  askKey,
  CHECKS_AFTER,
  KEPT,
  LOOK,
  LOOKS_FOR,
  MISSED,
  NEWS,
  newsKey,
  SETTLED,
  settledKey,
  type What,
} from './kinds.js';
import { lookForSomeone, type Round } from './rounds.js';
import { searchOf } from './search.js';

type Tx = Prisma.TransactionClient;

interface Look {
  readonly notices: readonly MemberNotice[];
  /** Null when nothing is left to do. */
  readonly next: Date | null;
}

/** Asks whom it is time to ask. Who can be written to nowhere has not been reached, and the next is asked. */
async function askThem(tx: Tx, row: OpenRequest, now: Date): Promise<Round> {
  for (;;) {
    const round = lookForSomeone(await searchOf(tenantDb(tx, row.communityId), row, now));
    if (!('ask' in round) || round.ask.length === 0) return round;
    const { id: requestId, communityId } = row;
    const members = round.ask.map(({ memberId }) => memberId);
    const platforms = await platformsOf(tx, members);
    // Who is asked again keeps their ask, so that the buttons of the first question still are theirs.
    const idOf = new Map(row.asks.map(({ memberId, id }) => [memberId, id]));
    const asks = round.ask.map((ask) => ({
      ...{ id: idOf.get(ask.memberId) ?? randomUUID(), communityId, requestId, ...ask, askedAt: now },
      said: platforms.has(ask.memberId) ? null : SupportAnswer.unreached,
      saidAt: null,
    }));
    for (const { id, ...data } of asks) if (idOf.has(data.memberId)) await tx.supportAsk.update({ where: { id }, data });
    await tx.supportAsk.createMany({ data: asks.filter(({ memberId }) => !idOf.has(memberId)) });
    await tx.oncallVolunteer.updateMany({ where: { communityId, memberId: { in: members } }, data: { lastAskedAt: now } });
    row.asks = [...row.asks.filter(({ memberId }) => !members.includes(memberId)), ...asks];
  }
}

/** What the asker is told at this stage, and how often it may come: once for each value of `nth`. */
function newsOf(row: OpenRequest, round: Round): { what: What; nth: string | number } | undefined {
  const begun = row.since.getTime();
  if (round.state === 'over') return { what: 'over', nth: begun };
  if (round.state === 'nobody' || round.state === 'coordinators') return { what: round.state, nth: begun };
  const present = row.asks.filter(({ askedAt, said }) => askedAt >= row.since && said !== 'unreached');
  const rounds = [...new Set(present.map((ask) => ask.round))];
  return round.state === 'asking' && rounds.length > 1 ? { what: 'more', nth: Math.max(...rounds) } : undefined;
}

/** To those who were asked and need not answer any more, and to whoever said yes in vain. */
function toVolunteers(row: OpenRequest, isSettled: boolean, now: Date): Omit<MemberNotice, 'platform'>[] {
  const about = { communityId: row.communityId, dueAt: now, expiresAt: later(now, LOOKS_FOR) };
  return row.asks.flatMap(({ id, memberId, said, round }) => {
    const once = settledKey({ id, round });
    if (said === null && isSettled) return [{ ...about, kind: SETTLED, subjectId: id, memberId, once }];
    if (said === 'missed') return [{ ...about, kind: MISSED, subjectId: id, memberId, once: `${MISSED}:${id}` }];
    return [];
  });
}

const toAsker = (row: OpenRequest, what: What, nth: string | number, dueAt: Date): Omit<MemberNotice, 'platform'> => ({
  ...{ communityId: row.communityId, kind: NEWS, subjectId: row.id, memberId: row.memberId, dueAt },
  once: newsKey(row.id, what, nth),
  expiresAt: later(dueAt, LOOKS_FOR),
});

/** Those whose answer is waited for are asked; each once, whatever is looked at again. */
const questions = (row: OpenRequest): Omit<MemberNotice, 'platform'>[] =>
  row.asks
    .filter(({ said, askedAt }) => said === null && askedAt >= row.since)
    .map(({ id, memberId, askedAt, round }) => ({
      ...{ communityId: row.communityId, kind: ASK, subjectId: id, memberId, once: askKey({ id, round }), dueAt: askedAt },
      expiresAt: row.until,
    }));

type Told = Pick<Look, 'next'> & { readonly notices: readonly Omit<MemberNotice, 'platform'>[] };

/** Somebody said yes: both are told, later the asker is asked how it went, and at last it is over by itself. */
async function lookAtTaken(tx: Tx, row: OpenRequest, now: Date): Promise<Told> {
  const ask = row.asks.find(({ said }) => said === 'yes');
  const saidAt = ask?.saidAt ?? now;
  if (now >= row.until) {
    await tx.supportRequest.update({ where: { id: row.id }, data: { ended: 'over', endedAt: now, openFor: null } });
    return { notices: [], next: later(now, KEPT) };
  }
  const checkAt = later(saidAt, CHECKS_AFTER);
  // Again and again, because whoever said yes may have been erased since.
  const soon = later(now, CHECKS_AFTER);
  const key = ask?.id ?? '';
  return {
    notices: [
      toAsker(row, 'taken', key, saidAt),
      ...(now >= checkAt ? [toAsker(row, 'check', key, checkAt)] : []),
      ...toVolunteers(row, true, now),
    ],
    next: now < checkAt ? checkAt : soon < row.until ? soon : row.until,
  };
}

async function lookAtOne(tx: Tx, row: OpenRequest, now: Date): Promise<Told> {
  if (row.endedAt) {
    const forgetAt = later(row.endedAt, KEPT);
    if (forgetAt > now) return { notices: toVolunteers(row, true, now), next: forgetAt };
    await tx.supportRequest.deleteMany({ where: { id: row.id } });
    return { notices: [], next: null };
  }
  const round = await askThem(tx, row, now);
  if (round.state === 'taken') return lookAtTaken(tx, row, now);
  const news = newsOf(row, round);
  const told = news ? [toAsker(row, news.what, news.nth, now)] : [];
  if (round.state === 'over') {
    await tx.supportRequest.update({ where: { id: row.id }, data: { ended: 'over', endedAt: now, openFor: null } });
    return { notices: [...told, ...toVolunteers(row, true, now)], next: later(now, KEPT) };
  }
  return { notices: [...told, ...questions(row), ...toVolunteers(row, false, now)], next: round.next };
}

/** Only what was not said before, to whoever can be written to somewhere. */
async function unsaid(tx: Tx, notices: readonly Omit<MemberNotice, 'platform'>[]): Promise<MemberNotice[]> {
  const platforms = await platformsOf(
    tx,
    notices.map(({ memberId }) => memberId),
  );
  const said = await tx.delivery.findMany({ where: { once: { in: notices.map(({ once }) => once) } }, select: { once: true } });
  const known = new Set(said.map(({ once }) => once));
  return notices.flatMap((notice) => {
    const platform = platforms.get(notice.memberId);
    return platform && !known.has(notice.once) ? [{ ...notice, platform }] : [];
  });
}

/**
 * Everything that a request needs at this moment, worked out from what is kept and the time: who is asked, who is told what, when to
 * look again. Looking twice says nothing twice.
 * @param tx over all communities; holds the due work of these requests, so that nobody else changes them meanwhile
 * @returns by the request's id
 */
export async function lookAtRequests(tx: Tx, ids: readonly string[], now: Date): Promise<ReadonlyMap<string, Look>> {
  const rows = await tx.supportRequest.findMany({ where: { id: { in: [...ids] } }, include: { asks: true } });
  const looks = new Map<string, Look>();
  for (const row of rows) {
    const { notices, next } = await lookAtOne(tx, row, now);
    looks.set(row.id, { notices: await unsaid(tx, notices), next });
  }
  return looks;
}

/** Somebody could not be told: they are not waited for. */
export async function notReached(tx: Tx, communityId: string, askId: string, now: Date): Promise<void> {
  const ask = await tx.supportAsk.findUnique({ where: { id: askId } });
  if (!ask) return;
  await plan(tenantDb(tx, communityId), { kind: LOOK, subjectId: ask.requestId }, now);
  await tx.supportAsk.updateMany({ where: { id: askId, said: null }, data: { said: 'unreached', saidAt: now } });
}
