import { UserError } from '../../../chat/errors.js';
import type { ResourceTrouble } from '../../../db/generated/enums.js';
import type { SealedAt } from '../../../db/sealed.js';
import { idOfAttempt } from '../../attempt.js';
import { countsSince, LIMITS } from '../../limits/kinds.js';
import type { Scope } from '../../scope.js';
import { plan } from '../../work/plan.js';
import { tellOfNews } from './news.js';
import { STILL, stillAt } from './work.js';

/** Characters of a member's own words. */
export const MOST_WORDS = 500;
const { person: OFTEN } = LIMITS.serviceReport;

export const wordsBinding = (id: string): SealedAt => `ResourceReport.words:${id}`;

/**
 * Says what is wrong with a service. Facilitators read it without who it was. The same again, while it is open, is one report,
 * with the newer words.
 * @throws UserError where it is gone, or after ten in a day
 */
export async function reportResource(
  { db, cipher, member, now }: Scope,
  resourceId: string,
  { what, words, attempt }: { readonly what: ResourceTrouble; readonly words?: string | undefined; readonly attempt: string },
): Promise<void> {
  const id = idOfAttempt(member.id, attempt);
  await db.transact(async (tx) => {
    const resource = await tx.resource.findFirst({ where: { id: resourceId, retiredAt: null }, select: { id: true } });
    if (!resource) throw new UserError('resource.gone');
    const mine = { memberId: member.id };
    const open = await tx.resourceReport.findFirst({ where: { ...mine, resourceId, openFor: what }, select: { id: true } });
    const sealed = (reportId: string) => (words === undefined ? {} : { words: cipher.seal(words, wordsBinding(reportId)) });
    if (open) {
      await tx.resourceReport.updateMany({ where: { id: open.id }, data: sealed(open.id) });
      return;
    }
    const since = countsSince(now, OFTEN);
    const today = await tx.resourceReport.count({ where: { ...mine, createdAt: { gt: since } } });
    if (today >= OFTEN.most) throw new UserError('resource.report.often');
    await tellOfNews(tx, now);
    const row = { id, communityId: tx.communityId, resourceId, ...mine, what, openFor: what, createdAt: now };
    // At the same moment from another device: one of them is enough.
    const { count } = await tx.resourceReport.createMany({ data: [{ ...row, ...sealed(id) }], skipDuplicates: true });
    if (count > 0) await plan(tx, { kind: STILL, subjectId: id }, stillAt(now));
  });
}
