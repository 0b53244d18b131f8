import type { Address } from '../chat/index.js';
import { WORD } from '../core/leaving/kinds.js';
import { recipientOf } from '../core/members/recipient.js';
import type { Scope, World } from '../core/scope.js';
import type { Delivery } from '../schedule/kinds.js';
import { type Words, wordsFor } from '../words/index.js';

/** What a notice to one member is made from: their words, their place, and what is theirs. */
export interface NoticeCtx extends Words {
  readonly scope: Scope;
  /** The member's direct conversation. */
  readonly to: Address;
}

/** @returns undefined when there is nobody to write to any more; who left is told that and nothing else */
export async function noticeTo(world: World, delivery: Delivery, now: Date): Promise<NoticeCtx | undefined> {
  const { communityId, memberId, platform } = delivery;
  const found = memberId === undefined ? undefined : await recipientOf(world, { communityId, memberId, platform }, now);
  if (!found || (found.scope.member.isGone && delivery.kind !== WORD)) return undefined;
  const { scope, account } = found;
  const words = wordsFor(scope.member.language ?? scope.community.language);
  return { ...words, scope, to: { kind: 'direct', ...account } };
}
