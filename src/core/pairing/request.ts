import { UserError } from '../../chat/errors.js';
import { isUniqueViolation } from '../../db/unique.js';
import { countsSince, LIMITS } from '../limits/kinds.js';
import type { Scope } from '../scope.js';
import { cancel, plan } from '../work/plan.js';
import { beginning } from './broker.js';
import { find, planNext } from './happen.js';
import { mustBeFree } from './restrict.js';
import { pairingSettings } from './settings.js';
import { sealWishes, type Wishes } from './wishes.js';
import { APPROVAL, REQUEST, WORD } from './work.js';

const { person: OFTEN } = LIMITS.request;

/** What an asker decided. */
export interface Asking {
  /** Of the request; the same when it is tried again. */
  readonly id: string;
  readonly wishes: Wishes;
  readonly urgency: 'today' | 'week' | 'month';
  /** Members to be asked first, in this order; none: whoever fits best. */
  readonly picks: readonly string[];
}

const see = { label: 'sponsor.see', tap: { path: ['sponsor', 'status'] } } as const;

/**
 * Begins a request: somebody is asked at once, unless the community wants a facilitator's yes first. Twice with the same id is
 * once.
 * @throws UserError when one is open already, after five in a week, or while the community marks age bands and theirs is unknown
 */
export async function beginRequest(scope: Scope, { id, wishes, urgency, picks }: Asking): Promise<void> {
  const { db, cipher, member, now } = scope;
  const rules = await pairingSettings(db);
  const [self, mine] = await Promise.all([
    db.member.findUniqueOrThrow({ where: { id: member.id }, select: { ageBand: true } }),
    db.pairingRequest.findMany({
      where: { memberId: member.id, OR: [{ openFor: { not: null } }, { askedAt: { gt: countsSince(now, OFTEN) } }] },
      select: { id: true, openFor: true },
    }),
  ]);
  if (mine.some((one) => one.id === id)) return;
  if (mine.some(({ openFor }) => openFor !== null)) throw new UserError('sponsor.errors.already', {}, see);
  if (mine.length >= OFTEN.most) throw new UserError('sponsor.errors.often', { most: OFTEN.most });
  await mustBeFree(scope, 'ask');
  if (rules.ageBands.length > 0 && self.ageBand === null) throw new UserError('sponsor.errors.band');
  const begins = beginning(rules, now);
  try {
    await db.transact(async (tx) => {
      const hands = { db: tx, cipher };
      await plan(tx, { kind: REQUEST, subjectId: id }, now);
      await tx.pairingRequest.create({
        data: {
          ...{ id, communityId: db.communityId, memberId: member.id, openFor: member.id },
          ...{ state: begins.state, urgency, picks: [...picks], askedAt: now, tellBy: begins.tellBy },
          details: sealWishes(cipher, id, wishes),
        },
      });
      await planNext(tx, id, begins.seek ? await find(hands, id, rules, now) : begins);
      if (begins.tells.includes('facilitators')) await plan(tx, { kind: APPROVAL, subjectId: id }, now);
      // The answer to it says how it stands.
      await cancel(tx, { kind: WORD, subjectId: id });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new UserError('sponsor.errors.already', {}, see);
    throw error;
  }
}
