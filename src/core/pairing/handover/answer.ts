import { UserError } from '../../../chat/errors.js';
import type { Handover, Pairing } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import type { Scope } from '../../scope.js';
import { plan } from '../../work/plan.js';
import { closePairing } from '../close.js';
import { begin } from '../introduce.js';
import { hasPlace, mayBeAsked } from '../takes.js';
import { lookAtWaiting } from '../work.js';
import { ANSWER_WITHIN, HANDED, HANDOVER } from './work.js';

export type OpenHandover = Handover & { readonly pairing: Pairing };

/** One that waits for this member's answer. @throws UserError when it is over, or another's to answer */
export async function myHandover({ db, member }: Pick<Scope, 'db' | 'member'>, id: string): Promise<OpenHandover> {
  const row = await db.handover.findFirst({ where: { id, openFor: { not: null } }, include: { pairing: true } });
  const asked = row?.state === 'colleague' ? row.toId : row?.pairing.menteeId;
  if (!row || asked !== member.id || row.pairing.state !== 'active') throw new UserError('handover.over');
  return row;
}

async function end(tx: TenantDb, id: string, state: 'done' | 'declined', now: Date): Promise<void> {
  await tx.handover.update({ where: { id }, data: { state, openFor: null, endedAt: now } });
  await plan(tx, { kind: HANDED, subjectId: id }, now);
}

/** The mentee has a new mentor at the moment at which the old one is none any more. @returns whether there was a place */
async function move({ cipher, now }: Scope, tx: TenantDb, { id, toId, pairing }: OpenHandover): Promise<boolean> {
  const { communityId, menteeId, menteePace } = pairing;
  const isFree = await hasPlace(tx, toId, now);
  if (!isFree || !(await mayBeAsked({ db: tx, cipher }, { memberId: menteeId }, toId, now))) return false;
  if (!(await closePairing(tx, pairing, { tell: [] }, now))) return false;
  const yes = { menteeYesAt: now, mentorYesAt: now, introBy: now, createdAt: now };
  await begin(tx, await tx.pairing.create({ data: { communityId, menteeId, mentorId: toId, menteePace, ...yes } }), now);
  await end(tx, id, 'done', now);
  return true;
}

/** What came of an answer. `asked`: now the mentee is; `full`: there is no place, and all stays as it is. */
export type Answered = 'asked' | 'moved' | 'stays' | 'full';

/**
 * The colleague, or then the mentee, says whether they would. Nothing changes for the mentee before both did, and never without
 * a place for them. Who said no is told to nobody.
 * @throws UserError when it is over, or another's to answer
 */
export async function answerHandover(scope: Scope, id: string, says: 'yes' | 'no'): Promise<Answered> {
  const { db, member, now } = scope;
  return db.transact(async (tx) => {
    await lookAtWaiting(tx, now);
    await myHandover({ db: tx, member }, id);
    // Whoever else decides about it waits here, and then sees what was decided.
    await plan(tx, { kind: HANDOVER, subjectId: id }, now);
    const row = await myHandover({ db: tx, member }, id);
    if (says === 'no') {
      await end(tx, id, 'declined', now);
      return 'stays';
    }
    if (row.state === 'mentee') {
      if (await move(scope, tx, row)) return 'moved';
      await end(tx, id, 'declined', now);
      return 'full';
    }
    if (!(await hasPlace(tx, row.toId, now))) return 'full';
    const deadline = new Date(now.getTime() + ANSWER_WITHIN);
    await tx.handover.update({ where: { id }, data: { state: 'mentee', deadline } });
    return 'asked';
  });
}

/** The colleague said yes and would rather not, before the mentee answered. Twice is once. */
export async function stepBack({ db, member, now }: Scope, id: string): Promise<void> {
  await db.transact(async (tx) => {
    const where = { id, toId: member.id, state: 'mentee' as const, openFor: { not: null } };
    if ((await tx.handover.count({ where })) === 0) return;
    await plan(tx, { kind: HANDOVER, subjectId: id }, now);
    if ((await tx.handover.count({ where })) > 0) await end(tx, id, 'declined', now);
  });
}
