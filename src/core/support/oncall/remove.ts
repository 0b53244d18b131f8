import { note } from '../../audit/note.js';
import type { Scope } from '../../scope.js';

/** Takes one shift away, or without one the member off the roster altogether. Twice is once. */
export async function removeShift({ db, member }: Scope, shift?: string): Promise<void> {
  await db.transact(async (tx) => {
    await tx.oncallShift.deleteMany({ where: { memberId: member.id, ...(shift !== undefined && { id: shift }) } });
    if (shift === undefined) await tx.oncallVolunteer.deleteMany({ where: { memberId: member.id } });
  });
}

/** A coordinator takes somebody else off the roster. They are not asked any more, from the next round on. */
export async function takeOff(scope: Scope, memberId: string): Promise<void> {
  await scope.db.transact(async (tx) => {
    await tx.oncallShift.deleteMany({ where: { memberId } });
    const { count } = await tx.oncallVolunteer.deleteMany({ where: { memberId } });
    if (count === 0) return;
    await note(tx, scope, 'support.roster.remove');
  });
}
