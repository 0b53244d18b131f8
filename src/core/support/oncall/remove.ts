import type { TenantDb } from '../../../db/tenant.js';
import { note } from '../../audit/note.js';
import { remember } from '../../privacy/consent.js';
import type { Scope } from '../../scope.js';

/** @returns whether they were on it */
async function offRoster(tx: TenantDb, memberId: string, now: Date): Promise<boolean> {
  const rows = await tx.oncallVolunteer.findMany({ where: { memberId } });
  await remember(tx, 'support.oncall', rows, now);
  return (await tx.oncallVolunteer.deleteMany({ where: { memberId } })).count > 0;
}

/** Takes one shift away, or without one the member off the roster altogether. Twice is once. */
export async function removeShift({ db, member, now }: Scope, shift?: string): Promise<void> {
  await db.transact(async (tx) => {
    await tx.oncallShift.deleteMany({ where: { memberId: member.id, ...(shift !== undefined && { id: shift }) } });
    if (shift === undefined) await offRoster(tx, member.id, now);
  });
}

/** A coordinator takes somebody else off the roster. They are not asked any more, from the next round on. */
export async function takeOff(scope: Scope, memberId: string): Promise<void> {
  await scope.db.transact(async (tx) => {
    await tx.oncallShift.deleteMany({ where: { memberId } });
    if (!(await offRoster(tx, memberId, scope.now))) return;
    await note(tx, scope, 'support.roster.remove');
  });
}
