import { UserError } from '../../chat/errors.js';
import { todayOf } from '../members/day.js';
import { placeOf } from '../pairing/rhythm.js';
import { countMember } from '../resources/counts/count.js';
import { topicsOf } from '../resources/counts/topics.js';
import type { Scope } from '../scope.js';
import { sealSaved } from './details.js';
import type { Reached } from './kinds.js';
import { changeSaved, holdSaved, keptOf, planAsk, unanswered } from './mine.js';
import { inWeeks } from './times.js';

/** What the community's counts call it. */
const COUNTED_AS = { yes: 'reached', 'no-answer': 'unanswered', waiting: 'waiting', 'not-for-me': 'unfit' } as const;

/** Weeks after which somebody who waits can be asked again. */
export const AGAIN_WEEKS = [2, 4, 8] as const;

/**
 * The member says how it went with what they saved. The first answer to a question counts, so that pressing twice is pressing once.
 * Whoever reached a service has checked it for everybody: the day is kept with the service, and not by whom. Numbers of the community count it.
 * @returns whether it was the first
 * @throws UserError when what was saved is gone
 */
export async function answer(scope: Scope, id: string, said: Reached): Promise<boolean> {
  let isFirst = false;
  await changeSaved(scope, id, async (details, tx) => {
    isFirst = details.said === undefined;
    if (!isFirst) return details;
    const service = await tx.resource.findFirst({ where: { id: details.resource }, select: { terms: true } });
    if (said !== 'skip') await countMember({ ...scope, db: tx }, COUNTED_AS[said], topicsOf(service?.terms ?? []));
    if (said === 'yes') {
      const today = todayOf(scope).toString();
      await tx.resource.updateMany({ where: { id: details.resource, retiredAt: null }, data: { checkedOn: today } });
    }
    return { ...details, said };
  });
  return isFirst;
}

/** Whoever is on a waiting list is asked again, because they chose it. @throws UserError when they said something else, or it is gone */
export async function askAgain(scope: Scope, id: string, weeks: number): Promise<Date> {
  const at = inWeeks(weeks, scope.now, await placeOf(scope.db, scope.member.id));
  await changeSaved(scope, id, (details) => {
    if (details.said !== 'waiting') throw new UserError('saved.problems.notWaiting');
    return { ...details, againAt: at.toISOString() };
  });
  return at;
}

/** Whether the member is asked about what they save. Turned off, what was asked and not answered is not asked any more either. */
export async function setAsks(scope: Scope, isWanted: boolean): Promise<void> {
  const { db, cipher, member } = scope;
  await db.transact(async (tx) => {
    await holdSaved(tx, scope);
    await tx.member.update({ where: { id: member.id }, data: { asksAboutSaved: isWanted } });
    for (const { id, ...details } of isWanted ? [] : unanswered(await keptOf({ ...scope, db: tx })))
      await tx.savedResource.update({ where: { id }, data: { details: sealSaved(cipher, id, { ...details, said: 'skip' }) } });
    await planAsk(tx, scope);
  });
}

/** Whether the member is asked about what they save. */
export const wantsAsks = async ({ db, member }: Scope): Promise<boolean> =>
  (await db.member.findUniqueOrThrow({ where: { id: member.id }, select: { asksAboutSaved: true } })).asksAboutSaved;
