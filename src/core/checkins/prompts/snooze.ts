import { UserError } from '../../../chat/errors.js';
import type { Scope } from '../../scope.js';
import { plan } from '../../work/plan.js';
import { AGAIN } from '../kinds.js';
import { heardFrom } from '../missed/heard.js';
import { dateOf, instant, quietOf } from '../schedules/kept.js';
import { type Snooze, snoozeUntil } from '../snooze.js';
import { myPrompt } from './mine.js';

/** Puts a prompt off. @returns until when @throws UserError when it was answered already, or tonight is over */
export async function snoozePrompt(scope: Scope, id: string, snooze: Snooze): Promise<Date> {
  const { db, member, now } = scope;
  return db.transact(async (tx) => {
    const { state } = await myPrompt(tx, scope, id);
    if (state === 'answered') throw new UserError('prompt.answered');
    const quiet = quietOf(await tx.member.findUniqueOrThrow({ where: { id: member.id } }));
    const until = snoozeUntil(snooze, instant(now), member.zone, quiet);
    if (!until) throw new UserError('prompt.tonightOver');
    const dueAt = dateOf(until);
    const data = { dueAt, state: 'waiting' as const, endedAt: null, snoozes: { increment: 1 } };
    await tx.checkInPrompt.update({ where: { id }, data });
    await heardFrom(tx, member.id, now);
    await plan(tx, { kind: AGAIN, subjectId: id }, dueAt);
    return dueAt;
  });
}
