import { ifOpens } from '../../db/cipher.js';
import type { TenantDb } from '../../db/tenant.js';
import { openGoal, sealGoal } from '../goals/details.js';
import { coordinatorsKnown } from '../members/named.js';
import { openDetails, sealDetails } from '../milestones/details.js';
import type { Ending } from '../privacy/ending.js';
import { workId } from '../work/id.js';
import { plan } from '../work/plan.js';
import { closePairing } from './close.js';
import { HANDOVER } from './handover/work.js';
import { happen, planNext } from './happen.js';
import { otherOf, otherSide, part, sideOf } from './introduce.js';
import { stir } from './mentor/stir.js';
import { introductionOf, openOffer, requestRow } from './request-row.js';
import { holdRequest, OVER } from './work.js';

/** The member's own request is over; whoever is asked about it, or was about to meet them, hears that. */
async function endRequest({ db, who, now, tell }: Ending): Promise<void> {
  const open = await db.pairingRequest.findFirst({ where: { openFor: who.id }, select: { id: true } });
  if (!open) return;
  await holdRequest(db, open.id, now);
  const row = await requestRow(db, open.id);
  const offer = row && openOffer(row);
  if (offer) await tell('asked', offer.mentorId);
  const intro = row && introductionOf(row);
  if (!intro) return;
  await closePairing(db, intro, { tell: [] }, now);
  await tell('mentor', intro.mentorId);
}

/** Somebody else goes on without the member: who asked is looked for again. */
async function endAsMentor(ending: Ending): Promise<void> {
  const { db, cipher, who, now, tell } = ending;
  await stir(db, who.id, now);
  const intros = await db.pairing.findMany({ where: { mentorId: who.id, state: 'introducing' }, orderBy: { requestId: 'asc' } });
  for (const { requestId } of intros) if (requestId) await holdRequest(db, requestId, now);
  // From here on nobody finds them.
  await db.mentorProfile.deleteMany({ where: { memberId: who.id } });
  const hands = { db, cipher };
  const offers = await db.pairingOffer.findMany({ where: { mentorId: who.id, state: 'open' }, orderBy: { requestId: 'asc' } });
  for (const { requestId } of offers) {
    const outcome = await happen(hands, requestId, { is: 'refused', as: 'withdrawn' }, now);
    if (outcome) await planNext(db, requestId, outcome);
  }
  for (const intro of intros) {
    const outcome = await part(hands, intro, 'mentor', [], now);
    if (outcome && intro.requestId) await planNext(db, intro.requestId, outcome);
    await tell('mentee', intro.menteeId);
  }
}

/** Nobody is asked to go on with somebody in place of one of the two, or to be it. */
async function endHandovers({ db, who, now, tell }: Ending): Promise<void> {
  const theirs = { OR: [{ toId: who.id }, { pairing: { OR: [{ menteeId: who.id }, { mentorId: who.id }] } }] };
  const open = { openFor: { not: null }, ...theirs };
  for (const { id } of await db.handover.findMany({ where: open, orderBy: { id: 'asc' } })) {
    await plan(db, { kind: HANDOVER, subjectId: id }, now);
    const row = await db.handover.findFirst({ where: { id, ...open }, include: { pairing: true } });
    if (!row) continue;
    await tell('asked', row.toId);
    if (row.toId === who.id) await tell('asked', row.pairing.mentorId);
    if (row.toId === who.id && row.state === 'mentee') await tell('asked', row.pairing.menteeId);
  }
}

/** Whether the other one was to hear of an end that came before, and has not heard of it yet. */
async function isUntold(db: TenantDb, id: string, kind: string): Promise<boolean> {
  const due = await db.dueWork.count({ where: { id: workId({ kind, subjectId: id }) } });
  const sent = await db.delivery.count({ where: { subjectId: id, kind, state: 'sent' } });
  const queued = await db.delivery.count({ where: { subjectId: id, kind, state: 'queued' } });
  return queued > 0 || (due > 0 && sent === 0);
}

async function endPairs({ db, who, now, tell }: Ending): Promise<void> {
  const mine = { OR: [{ menteeId: who.id }, { mentorId: who.id }] };
  for (const pairing of await db.pairing.findMany({ where: mine, orderBy: { id: 'asc' } })) {
    const side = otherSide(sideOf(pairing, who.id));
    const isOpen = await closePairing(db, pairing, { tell: [] }, now);
    if (isOpen || (await isUntold(db, pairing.id, OVER[side]))) await tell(side, otherOf(pairing, who.id));
  }
}

/** What mentees marked for the member's eyes names them, sealed. What does not open is the mentees' all the same, and left. */
async function unmark({ db, cipher, who }: Ending): Promise<void> {
  const pairings = await db.pairing.findMany({ where: { mentorId: who.id }, select: { menteeId: true } });
  const of = { memberId: { in: pairings.map(({ menteeId }) => menteeId) } };
  const without = <D extends { shownTo: string[] }>(details: D): D => ({
    ...details,
    shownTo: details.shownTo.filter((id) => id !== who.id),
  });
  for (const row of await db.goal.findMany({ where: of })) {
    const details = ifOpens(() => openGoal(cipher, row));
    if (!details?.shownTo.includes(who.id)) continue;
    await db.goal.update({ where: { id: row.id }, data: { details: sealGoal(cipher, row.id, without(details)) } });
  }
  for (const row of await db.milestone.findMany({ where: of })) {
    const details = ifOpens(() => openDetails(cipher, row));
    if (!details?.shownTo.includes(who.id)) continue;
    await db.milestone.update({ where: { id: row.id }, data: { details: sealDetails(cipher, row.id, without(details)) } });
  }
}

async function unpick({ db, who }: Ending): Promise<void> {
  const rows = await db.pairingRequest.findMany({ where: { picks: { has: who.id } }, select: { id: true, picks: true } });
  for (const { id, picks } of rows)
    await db.pairingRequest.update({ where: { id }, data: { picks: picks.filter((one) => one !== who.id) } });
}

/**
 * Reports about the member go with them, and so do their words about others. What was upheld against somebody stays without who said
 * it. Coordinators hear that an open one is closed, not whose; but not one whom it was about, who never heard of it.
 */
async function endReports({ db, who, now, tell }: Ending): Promise<void> {
  const about = { OR: [{ reporterId: who.id }, { reportedId: who.id }] };
  const closed = await db.memberReport.findMany({ where: { state: 'open', ...about }, select: { reportedId: true } });
  const coordinators = closed.length > 0 ? await coordinatorsKnown(db, db.communityId, now) : [];
  for (const one of coordinators) if (closed.some(({ reportedId }) => reportedId !== one)) await tell('report', one);
  const mine = { reporterId: who.id };
  const reported = await db.memberReport.findMany({ where: { state: 'open', ...mine }, select: { reportedId: true } });
  await db.memberReport.deleteMany({ where: { state: { not: 'upheld' }, ...mine } });
  await db.memberReport.updateMany({ where: mine, data: { reporterId: null, details: null } });
  for (const { reportedId } of reported) {
    const stays = { reportedId, state: { in: ['open' as const, 'upheld' as const] } };
    if ((await db.memberReport.count({ where: stays })) > 0) continue;
    await db.mentorProfile.updateMany({ where: { memberId: reportedId }, data: { heldAt: null } });
  }
}

/** Everything between a member who is erased and those whom they asked, helped, or were helped by. */
export async function endPairings(ending: Ending): Promise<void> {
  await endRequest(ending);
  await endAsMentor(ending);
  await endHandovers(ending);
  await endPairs(ending);
  await endReports(ending);
  await unmark(ending);
  await unpick(ending);
}
