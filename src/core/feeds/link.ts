import type { TenantDb } from '../../db/tenant.js';
import { note } from '../audit/note.js';
import { remember } from '../privacy/consent.js';
import type { Scope, World } from '../scope.js';
import { newAddress, proves, readAddress } from '../secret-address.js';

/** A member's own calendar link, as far as it can still be told: the address itself is told once. */
export interface CalendarLink {
  readonly isDiscreet: boolean;
  readonly since: Date;
}

/** @returns how many */
async function endLinks(tx: TenantDb, where: { readonly memberId?: string }, now: Date): Promise<number> {
  await remember(tx, 'feed.link', await tx.feed.findMany({ where }), now);
  return (await tx.feed.deleteMany({ where })).count;
}

export async function calendarLink({ db, member }: Scope): Promise<CalendarLink | undefined> {
  const row = await db.feed.findFirst({ where: { memberId: member.id } });
  return row ? { isDiscreet: row.isDiscreet, since: row.createdAt } : undefined;
}

/** Makes the member's calendar link; an earlier one ends. @returns its secret part, which is told only now */
export async function makeLink({ db, member, community, now }: Scope, isDiscreet: boolean): Promise<string> {
  const { id, secret, token } = newAddress();
  const data = { id, secret, isDiscreet, createdAt: now };
  const owner = { communityId: community.id, memberId: member.id };
  await db.transact(async (tx) => {
    await endLinks(tx, { memberId: member.id }, now);
    await tx.feed.create({ data: { ...owner, ...data } });
  });
  return token;
}

/** Ends the member's calendar link. @returns whether there was one */
export async function stopLink({ db, member, now }: Scope): Promise<boolean> {
  return (await db.transact((tx) => endLinks(tx, { memberId: member.id }, now))) > 0;
}

/** Ends the calendar links of everybody, as after one has leaked. @returns how many */
export async function stopAllLinks(scope: Scope): Promise<number> {
  return scope.db.transact(async (tx) => {
    const count = await endLinks(tx, {}, scope.now);
    await note(tx, scope, 'feed.stopAll');
    return count;
  });
}

/** Whose link it is; of who is gone it leads nowhere until they are back. Takes as long for a wrong secret as for the right one. */
export async function feedBehind(
  { prisma }: Pick<World, 'prisma'>,
  token: string,
): Promise<{ readonly communityId: string; readonly language: string; readonly isDiscreet: boolean } | undefined> {
  const given = readAddress(token);
  if (!given) return undefined;
  const row = await prisma.feed.findUnique({
    where: { id: given.id },
    include: { member: { select: { language: true, leftAt: true } }, community: { select: { language: true } } },
  });
  if (!proves(given.secret, row) || !row || row.member.leftAt) return undefined;
  return { communityId: row.communityId, language: row.member.language ?? row.community.language, isDiscreet: row.isDiscreet };
}
