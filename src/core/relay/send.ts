import { UserError } from '../../chat/errors.js';
import type { TenantDb } from '../../db/tenant.js';
import { idOfAttempt } from '../attempt.js';
import { apartFrom } from '../members/apart.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { bodyBinding, MOST_CHARACTERS, MOST_MESSAGES, otherOf, RELAY, WITHIN_MINUTES } from './kinds.js';

/** `closed`: by one of the two, or by time; `often`: they wrote as much as one may for now. */
export type Sent = 'passed' | 'closed' | 'often';

/** Whether it is open to this member; until the transaction ends, nobody closes it. */
async function takeOpen(tx: TenantDb, id: string, memberId: string): Promise<boolean> {
  const [relay] = await tx.relay.updateManyAndReturn({
    where: { id, closedAt: null, OR: [{ aId: memberId }, { bId: memberId }] },
    data: { closedAt: null },
  });
  return relay !== undefined && !(await apartFrom(tx, memberId)).has(otherOf(relay, memberId));
}

/**
 * Passes words on to the other one of the two. When this says `passed` they are on disk, encrypted, and are sent once; whoever
 * wrote them hears when that cannot be done.
 * @param attempt the same when the person tries again: then they are passed on once
 * @throws UserError when they are too long
 */
export async function sendThrough(scope: Scope, id: string, words: string, attempt: string): Promise<Sent> {
  const { db, cipher, community, member, now } = scope;
  const { length } = words;
  if (length > MOST_CHARACTERS) throw new UserError('relay.tooLong', { max: MOST_CHARACTERS, length });
  return db.transact(async (tx) => {
    if (!(await takeOpen(tx, id, member.id))) return 'closed';
    const messageId = idOfAttempt(member.id, attempt);
    if ((await tx.relayMessage.count({ where: { id: messageId } })) > 0) return 'passed';
    const since = new Date(now.getTime() - WITHIN_MINUTES * 60_000);
    const written = await tx.relayMessage.count({ where: { fromId: member.id, sentAt: { gt: since } } });
    if (written >= MOST_MESSAGES) return 'often';
    const body = cipher.seal(words, bodyBinding(messageId));
    await tx.relayMessage.create({
      data: { id: messageId, communityId: community.id, relayId: id, fromId: member.id, body, sentAt: now },
    });
    await plan(tx, { kind: RELAY, subjectId: messageId }, now);
    return 'passed';
  });
}
