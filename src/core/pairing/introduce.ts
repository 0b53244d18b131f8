import { UserError } from '../../chat/errors.js';
import type { Pairing } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { openRelay } from '../relay/open.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import type { Outcome } from './broker.js';
import { closePairing } from './close.js';
import type { Hands } from './hands.js';
import { happen, planNext } from './happen.js';
import { pairingBegan } from './rhythm.js';
import type { Pace } from './vocabulary.js';
import { holdRequest, lookAtWaiting, MET, type Side } from './work.js';

export const sideOf = ({ menteeId }: Pick<Pairing, 'menteeId'>, memberId: string): Side =>
  menteeId === memberId ? 'mentee' : 'mentor';
export const otherSide = (side: Side): Side => (side === 'mentee' ? 'mentor' : 'mentee');
/** The id of the other one of the two. */
export const otherOf = ({ menteeId, mentorId }: Pick<Pairing, 'menteeId' | 'mentorId'>, memberId: string): string =>
  menteeId === memberId ? mentorId : menteeId;

/** A pairing of the member's own that has not ended. @throws UserError where it has, or is not theirs */
export async function myPairing({ db, member }: Pick<Scope, 'db' | 'member'>, id: string): Promise<Pairing> {
  const row = await db.pairing.findFirst({
    where: { id, state: { not: 'ended' }, OR: [{ menteeId: member.id }, { mentorId: member.id }] },
  });
  if (!row) throw new UserError('sponsor.pairing.over');
  return row;
}

/** Holds the request of an introduction until the transaction ends. What was fulfilled is looked at no more. */
export async function holdIntroduction(tx: TenantDb, { state, requestId }: Pairing, now: Date): Promise<void> {
  if (state === 'introducing' && requestId) await holdRequest(tx, requestId, now);
}

/** Both said yes: they can write to each other, and hear how. Inside a transaction. */
export async function begin(tx: TenantDb, { id, menteeId, mentorId }: Pairing, now: Date): Promise<void> {
  const relayId = await openRelay(tx, { a: menteeId, b: mentorId, purpose: 'pairing' }, now);
  await tx.pairing.update({ where: { id }, data: { state: 'active', startedAt: now, relayId } });
  await pairingBegan(tx, id, now);
  await plan(tx, { kind: MET, subjectId: id }, now);
}

/** The same, and the request is fulfilled. */
async function meet({ cipher, now }: Scope, tx: TenantDb, pairing: Pairing): Promise<void> {
  const { requestId } = pairing;
  await begin(tx, pairing, now);
  if (!requestId) return;
  const outcome = await happen({ db: tx, cipher }, requestId, { is: 'met' }, now);
  if (outcome) await planNext(tx, requestId, outcome);
}

/**
 * One of the two would rather not, or said nothing: it ends, and for the asker it goes on. Inside a transaction.
 * @returns what follows for the request; undefined where there is none
 */
export async function part(
  hands: Hands,
  pairing: Pairing,
  because: Side,
  tell: readonly Side[],
  now: Date,
): Promise<Outcome | undefined> {
  await closePairing(hands.db, pairing, { tell }, now);
  if (!pairing.requestId) return undefined;
  const happening = { is: 'unmet', because: because === 'mentee' ? 'asker' : 'mentor' } as const;
  return happen(hands, pairing.requestId, happening, now);
}

/** The same by a word of one of them: the other hears that it came to nothing. */
export async function partBy(
  { db: tx, cipher, now }: Pick<Scope, 'db' | 'cipher' | 'now'>,
  pairing: Pairing,
  side: Side,
): Promise<void> {
  const outcome = await part({ db: tx, cipher }, pairing, side, [otherSide(side)], now);
  if (pairing.requestId && outcome) await planNext(tx, pairing.requestId, outcome);
  await lookAtWaiting(tx, now);
}

export type Introduced = 'met' | 'waits' | 'parted';

/**
 * What one of the two says to being introduced. When both said yes they meet. A no ends it; the other hears only that it came to
 * nothing.
 * @param pace how often they would like to talk
 * @throws UserError when it is over
 */
export async function answerIntroduction(scope: Scope, id: string, says: 'yes' | 'no', pace?: Pace): Promise<Introduced> {
  const { db, member, now } = scope;
  return db.transact(async (tx) => {
    const known = await myPairing({ db: tx, member }, id);
    await holdIntroduction(tx, known, now);
    const side = sideOf(known, member.id);
    const said = {
      mentee: { menteeYesAt: now, menteePace: pace ?? null },
      mentor: { mentorYesAt: now, mentorPace: pace ?? null },
    };
    const [pairing] = await tx.pairing.updateManyAndReturn({
      where: { id, state: 'introducing' },
      data: says === 'yes' ? said[side] : {},
    });
    if (!pairing) return 'met';
    if (says === 'no') {
      await partBy({ ...scope, db: tx }, pairing, side);
      return 'parted';
    }
    if (!pairing.menteeYesAt || !pairing.mentorYesAt) return 'waits';
    await meet(scope, tx, pairing);
    return 'met';
  });
}
