import { randomUUID } from 'node:crypto';
import { meetCaretakers } from '../../members/named.js';
import type { Scope } from '../../scope.js';
import { plan } from '../../work/plan.js';
import { KEPT, LOOK, LOOKS_FOR, MOST_A_DAY, wordsBinding } from './kinds.js';
import { lookForSomeone } from './rounds.js';
import { searchOf } from './search.js';

export interface Wish {
  /** ISO 639. */
  readonly language: string;
  /** For whoever says yes. */
  readonly words?: string;
}

/** `open`: one is open already; `nobody`: there is nobody to be asked; `often`: they asked as often as one may in a day. */
export type Started = 'asking' | 'open' | 'nobody' | 'often';

/**
 * The member would like to talk to somebody now. When this says `asking`, people are asked within a second, whatever happens to
 * this process. Two at once are one request.
 */
export async function askForSomeone(scope: Scope, { language, words }: Wish): Promise<Started> {
  const { db, cipher, community, member, now } = scope;
  await meetCaretakers(scope);
  const until = new Date(now.getTime() + LOOKS_FOR);
  const row = { memberId: member.id, language, since: now, until };
  const first = lookForSomeone(await searchOf(db, { ...row, asks: [] }, now));
  return db.transact(async (tx) => {
    if ((await tx.supportRequest.count({ where: { openFor: member.id } })) > 0) return 'open';
    if (first.state === 'nobody') return 'nobody';
    const since = new Date(now.getTime() - KEPT);
    if ((await tx.supportRequest.count({ where: { memberId: member.id, askedAt: { gt: since } } })) >= MOST_A_DAY) return 'often';
    const id = randomUUID();
    const sealed = words === undefined ? null : cipher.seal(words, wordsBinding(id));
    const data = [{ id, communityId: community.id, ...row, openFor: member.id, words: sealed, askedAt: now }];
    const { count } = await tx.supportRequest.createMany({ data, skipDuplicates: true });
    if (count === 0) return 'open';
    await plan(tx, { kind: LOOK, subjectId: id }, now);
    return 'asking';
  });
}
