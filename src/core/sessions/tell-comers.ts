import type { Occurrence } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { plan } from '../work/plan.js';
import { TOLD, type WhatChanged } from './work.js';

/**
 * Tells everybody who comes to a date, may come or waits for a place, and who chairs it, that it was moved, is off (skipped or
 * cancelled: keep the row), happens after all, or is in another place. Pass the transaction that did so, after the change. Several changes within a
 * second are told as one. Call `replan` too.
 */
export async function tellComers(
  tx: TenantDb,
  { id }: Pick<Occurrence, 'id'>,
  what: WhatChanged,
  { now }: { readonly now: Date },
): Promise<void> {
  await plan(tx, { kind: TOLD[what], subjectId: id }, now);
  // A reminder of long before is not promised for the new time: what they are told now is one.
  if (what === 'moved') await tx.rsvp.updateMany({ where: { occurrenceId: id }, data: { since: now } });
}
