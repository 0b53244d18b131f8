import { randomUUID } from 'node:crypto';
import { UserError } from '../../chat/errors.js';
import { lookAtResource } from '../resources/look.js';
import type { Scope } from '../scope.js';
import { cancel } from '../work/plan.js';
import { asShown, type SavedDetails, sealSaved } from './details.js';
import { REMIND } from './kinds.js';
import { holdSaved, keptOf, MOST_SAVED, planAsk } from './mine.js';

/**
 * Keeps a service for the member. What they keep already is not kept again.
 * @param from the mentor who sent it, by id
 * @returns its id among what they saved, and whether it is new there
 * @throws UserError when the service is gone, or they keep too many
 */
export async function saveResource(scope: Scope, resource: string, from?: string): Promise<{ id: string; isNew: boolean }> {
  const { db, cipher, community, member, now } = scope;
  return db.transact(async (tx) => {
    await holdSaved(tx, scope);
    const kept = await keptOf({ ...scope, db: tx });
    const known = kept.find((one) => one.resource === resource);
    if (known) return { id: known.id, isNew: false };
    const found = await lookAtResource({ ...scope, db: tx }, resource);
    if (!found || found.retiredAt) throw new UserError('resource.gone');
    if (kept.length >= MOST_SAVED)
      throw new UserError(
        'saved.problems.tooMany',
        { most: MOST_SAVED },
        { label: 'saved.all', tap: { path: ['resource', 'saved'] } },
      );
    const id = randomUUID();
    const savedAt = now.toISOString();
    const details: SavedDetails = { resource, as: asShown(found.details), savedAt, shownTo: [], ...(from && { from }) };
    const row = { id, communityId: community.id, memberId: member.id, createdAt: now };
    await tx.savedResource.create({ data: { ...row, details: sealSaved(cipher, id, details) } });
    await planAsk(tx, scope);
    return { id, isNew: true };
  });
}

/** Forgets one of them, with its note, its reminder and the question about it. Twice is once. */
export async function removeSaved(scope: Scope, id: string): Promise<void> {
  await scope.db.transact(async (tx) => {
    await holdSaved(tx, scope);
    const { count } = await tx.savedResource.deleteMany({ where: { id, memberId: scope.member.id } });
    if (count === 0) return;
    await cancel(tx, { kind: REMIND, subjectId: id });
    await tx.delivery.deleteMany({ where: { kind: REMIND, subjectId: id, endedAt: { not: null } } });
    await planAsk(tx, scope);
  });
}
