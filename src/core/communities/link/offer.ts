import { note } from '../../audit/note.js';
import { newCode, writeCode } from '../../code.js';
import type { Scope } from '../../scope.js';
import { digestOf } from './code.js';
import { mustBeAlone } from './place.js';

/** How long a code holds, in minutes. */
export const CODE_MINUTES = 15;
const MINUTE = 60_000;

/**
 * Makes the code with which a guild or workspace of another platform joins this community, in place of any that was made before.
 * Audited.
 * @returns the code as people type it, and until when it holds
 * @throws UserError outside of a guild or workspace, and when the community has two of them already
 */
export async function makeLinkCode(scope: Scope): Promise<{ readonly code: string; readonly until: Date }> {
  const { db, cipher, community, now } = scope;
  await mustBeAlone(db, scope);
  const code = newCode();
  const until = new Date(now.getTime() + CODE_MINUTES * MINUTE);
  const data = { digest: digestOf(cipher, code), expiresAt: until };
  await db.transact(async (tx) => {
    const communityId = community.id;
    await tx.linkCode.upsert({ where: { communityId }, create: { communityId, ...data }, update: data });
    await note(tx, scope, 'community.link.code');
  });
  return { code: writeCode(code), until };
}
