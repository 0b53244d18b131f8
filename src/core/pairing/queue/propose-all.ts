import { randomUUID } from 'node:crypto';
import { UserError } from '../../../chat/errors.js';
import { note } from '../../audit/note.js';
import type { Scope } from '../../scope.js';
import { hasPlace, mayBeAsked } from '../takes.js';
import { holdRequest } from '../work.js';
import { goOn } from './approve.js';
import { assign } from './assign.js';
import { everybody } from './everybody.js';
import { solveApart } from './solver.js';

/** Somebody who waits, and who would be asked for them. */
export interface Proposed {
  readonly requestId: string;
  readonly memberId: string;
  readonly mentorId: string;
  /** How much of what they wish for is fulfilled, from 0 to 100. */
  readonly points: number;
}

export interface Proposal {
  readonly id: string;
  readonly proposed: readonly Proposed[];
  /** How many go on waiting, because nobody is left who may be asked for them. */
  readonly without: number;
}

/**
 * The best assignment of everybody who waits but the facilitator, kept until it is approved or another one is made. Nobody is
 * asked by it.
 */
export async function proposeAll(scope: Scope): Promise<Proposal> {
  const { db } = scope;
  const { askers, mentors, table } = await everybody(scope);
  const assigned = await assign(table, solveApart);
  const proposed = assigned.flatMap((mentor, i): Proposed[] => {
    const asker = askers[i];
    const mentorId = mentor === undefined ? undefined : mentors[mentor]?.memberId;
    if (!asker || mentor === undefined || mentorId === undefined) return [];
    return [{ requestId: asker.requestId, memberId: asker.memberId, mentorId, points: table.points[i]?.[mentor] ?? 0 }];
  });
  const id = randomUUID();
  await db.transact(async (tx) => {
    await tx.pairingRequest.updateMany({ where: { proposalId: { not: null } }, data: { proposalId: null, proposedId: null } });
    for (const proposedId of new Set(proposed.map(({ mentorId }) => mentorId))) {
      const ids = proposed.filter(({ mentorId }) => mentorId === proposedId).map(({ requestId }) => requestId);
      await tx.pairingRequest.updateMany({ where: { id: { in: ids } }, data: { proposalId: id, proposedId } });
    }
    await note(tx, scope, 'pairing.proposeAll');
  });
  return { id, proposed, without: askers.length - proposed.length };
}

export interface Approved {
  readonly asked: number;
  /** What could not be any more: withdrawn or answered meanwhile, or the mentor is not free or may not be asked any more. */
  readonly leftOut: number;
}

type Came = keyof Approved | undefined;

async function approveOne(scope: Scope, proposalId: string, id: string): Promise<Came> {
  const { db, cipher, now } = scope;
  return db.transact(async (tx): Promise<Came> => {
    await holdRequest(tx, id, now);
    const row = await tx.pairingRequest.findFirst({ where: { id, proposalId } });
    // Somebody else approved it in the same moment.
    if (!row?.proposedId) return undefined;
    const isFree = (await mayBeAsked({ db: tx, cipher }, row, row.proposedId, now)) && (await hasPlace(tx, row.proposedId, now));
    if (isFree && (await goOn(scope, tx, id, [row.proposedId]))) return 'asked';
    await tx.pairingRequest.update({ where: { id }, data: { proposalId: null, proposedId: null } });
    return 'leftOut';
  });
}

/**
 * Has everybody asked as it was proposed, as far as it still can be; what was left out goes on waiting. Twice is once.
 * @throws UserError where it was approved before, or another proposal was made since
 */
export async function approveAll(scope: Scope, proposalId: string): Promise<Approved> {
  const { db } = scope;
  const rows = await db.pairingRequest.findMany({ where: { proposalId }, orderBy: { askedAt: 'asc' }, select: { id: true } });
  if (rows.length === 0) throw new UserError('queue.errors.old');
  const came: Came[] = [];
  for (const { id } of rows) came.push(await approveOne(scope, proposalId, id));
  await note(db, scope, 'pairing.approveAll');
  const count = (what: Came) => came.filter((one) => one === what).length;
  return { asked: count('asked'), leftOut: count('leftOut') };
}
