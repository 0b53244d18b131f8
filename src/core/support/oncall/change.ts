import { UserError } from '../../../chat/errors.js';
import type { Scope } from '../../scope.js';
import { serve } from './serve.js';

/** What a volunteer may change about being asked; what is left out stays. */
export interface OncallChange {
  /** ISO 639, at least one. */
  readonly languages?: readonly string[];
  /** Whether others read in the roster that they are on it. */
  readonly isListed?: boolean;
  /** Asked nothing until then; null: until they resume. */
  readonly pauseUntil?: Date | null;
  readonly resume?: true;
}

/** @throws UserError when the pause would be over already, or they hold no role for it */
export async function changeOncall(scope: Scope, { languages, isListed, pauseUntil, resume }: OncallChange): Promise<void> {
  const { db, member, now } = scope;
  if (pauseUntil && pauseUntil <= now) throw new UserError('schedule.pastPause');
  await db.transact(async (tx) => {
    await serve(tx, scope);
    await tx.oncallVolunteer.updateMany({
      where: { memberId: member.id },
      data: {
        ...(languages && { languages: [...languages] }),
        ...(isListed !== undefined && { isListed }),
        ...(pauseUntil !== undefined && { pausedAt: now, pausedUntil: pauseUntil }),
        ...(resume && { pausedAt: null, pausedUntil: null }),
      },
    });
  });
}

/** Others do not read in the roster any more that the member is on it, whatever roles they hold by now. Twice is once. */
export async function unlist({ db, member }: Scope): Promise<void> {
  await db.oncallVolunteer.updateMany({ where: { memberId: member.id }, data: { isListed: false } });
}
