import { UserError } from '../../../chat/errors.js';
import type { TenantDb } from '../../../db/tenant.js';
import { apartFrom } from '../../members/apart.js';
import { openRelay } from '../../relay/open.js';
import type { Scope } from '../../scope.js';
import { heldBack } from '../oncall/kept-from.js';
import { lookAnew } from './anew.js';
import { hold, type OpenRequest } from './hold.js';
import { STAYS_TAKEN, wordsBinding } from './kinds.js';

/** Whom somebody who said yes is with. */
export interface TakenBy {
  readonly asker: string;
  /** ISO 639. */
  readonly language: string;
  readonly words?: string;
  readonly relay: string;
}

/** `taken`: somebody else was first; `over`: it is not needed any more; `no`: noted; `back`: they had said yes, others are looked for. */
export type Answered =
  | { readonly outcome: 'yes'; readonly with: TakenBy }
  | { readonly outcome: 'taken' | 'over' | 'no' | 'back' };

function withWhom({ cipher }: Scope, row: OpenRequest, relay: string): Answered {
  const words = row.words === null ? undefined : cipher.open(row.words, wordsBinding(row.id));
  return {
    outcome: 'yes',
    with: { asker: row.memberId, language: row.language, relay, ...(words !== undefined && { words }) },
  };
}

async function take(tx: TenantDb, scope: Scope, row: OpenRequest, ask: string): Promise<Answered> {
  const { member, now } = scope;
  const isApart = (await apartFrom(tx, member.id)).has(row.memberId);
  if (isApart || (await heldBack(tx, now)).has(member.id)) return { outcome: 'over' };
  const until = new Date(now.getTime() + STAYS_TAKEN);
  const relay = await openRelay(tx, { a: row.memberId, b: member.id, purpose: 'support', until }, now);
  await tx.supportAsk.updateMany({ where: { id: ask }, data: { said: 'yes', saidAt: now } });
  await tx.supportRequest.updateMany({ where: { id: row.id }, data: { relayId: relay, until } });
  return withWhom(scope, row, relay);
}

/**
 * Answers whether the member has time for somebody. The first who says yes is with them; a yes can be taken back, a no can become
 * a yes while nobody else said it.
 * @param askId the id of what they were asked
 * @throws UserError when they were asked nothing of the kind, or it is long over
 */
export async function answerAsk(scope: Scope, askId: string, says: 'yes' | 'no'): Promise<Answered> {
  const { db, member, now } = scope;
  return db.transact(async (tx): Promise<Answered> => {
    const asked = await tx.supportAsk.findFirst({ where: { id: askId, memberId: member.id } });
    const row = asked ? await hold(tx, asked.requestId, now) : undefined;
    const mine = row?.asks.find(({ id }) => id === askId);
    if (!row || !mine) throw new UserError('support.volunteer.gone');
    if (row.endedAt || now >= row.until || mine.said === 'missed') return { outcome: 'over' };
    const taken = row.asks.find(({ said }) => said === 'yes');
    if (says === 'no') {
      if (taken?.id === askId) {
        await lookAnew(tx, row, 'no', now);
        return { outcome: 'back' };
      }
      await tx.supportAsk.updateMany({ where: { id: askId }, data: { said: 'no', saidAt: now } });
      return { outcome: 'no' };
    }
    if (taken?.id === askId && row.relayId) return withWhom(scope, row, row.relayId);
    return taken ? { outcome: 'taken' } : take(tx, scope, row, askId);
  });
}
