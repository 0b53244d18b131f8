import { tenantDb } from '../../db/tenant.js';
import { partsOf } from '../members/parts.js';
import type { Scope, World } from '../scope.js';
import { newAddress, proves, readAddress } from '../secret-address.js';
import { begin, forgetIt, oneAtATime } from './begin.js';

/** Milliseconds in which a link can be used. */
export const LINK_HOLDS = 60 * 60_000;

/**
 * Makes the link for an export that was begun already, at `begun`. An earlier one ends.
 * @returns its secret part, which is told only now
 */
export async function linkInstead({ db, member, community, now }: Scope, begun = now): Promise<string> {
  const { token, ...address } = newAddress();
  const owner = { communityId: community.id, memberId: member.id };
  await db.transact(async (tx) => {
    await oneAtATime(tx, member.id);
    await tx.exportLink.deleteMany({ where: { memberId: member.id } });
    await tx.exportLink.create({
      data: { ...owner, ...address, createdAt: begun, expiresAt: new Date(now.getTime() + LINK_HOLDS) },
    });
  });
  return token;
}

/**
 * The same for one that was not begun. One that waits unused is replaced, as when its message is lost.
 * @throws UserError when there was an export within the hour
 */
export async function exportLink(scope: Scope): Promise<string> {
  return scope.db.transact(async (tx) => {
    const inOne = { ...scope, db: tx };
    await oneAtATime(tx, scope.member.id);
    const waiting = await tx.exportLink.findFirst({ where: { memberId: scope.member.id, expiresAt: { gt: scope.now } } });
    if (!waiting) await begin(inOne);
    return linkInstead(inOne, waiting?.createdAt);
  });
}

export const stopExportLink = ({ db, member }: Scope): Promise<unknown> =>
  db.exportLink.deleteMany({ where: { memberId: member.id } });

async function rowBehind({ prisma }: Pick<World, 'prisma'>, token: string, now: Date) {
  const given = readAddress(token);
  if (!given) return undefined;
  const row = await prisma.exportLink.findUnique({
    where: { id: given.id },
    include: { member: true, community: true },
  });
  return proves(given.secret, row) && row && row.expiresAt > now ? row : undefined;
}

/** Whether a link can be used now. Looking uses nothing up. */
export const linkWaits = async (world: Pick<World, 'prisma'>, token: string, now: Date): Promise<boolean> =>
  (await rowBehind(world, token, now)) !== undefined;

/** An export that somebody may fetch now, and never again. */
export interface Taken {
  readonly scope: Scope;
  /** It did not arrive: another can be asked for at once. */
  giveUp(): Promise<unknown>;
}

/** Uses a link up: of two at once, one gets it. */
export async function takeLink(world: World, token: string, now: Date): Promise<Taken | undefined> {
  const row = await rowBehind(world, token, now);
  if (!row) return undefined;
  const { id, secret, createdAt, communityId } = row;
  const db = tenantDb(world.prisma, communityId);
  if ((await db.exportLink.deleteMany({ where: { id, secret } })).count === 0) return undefined;
  const { cipher, places } = world;
  const parts = partsOf(row.community, row.member);
  const scope = { db, cipher, places, now, ...parts, roles: new Set<never>(), isAdmin: false };
  return { scope, giveUp: () => forgetIt({ ...scope, now: createdAt }) };
}
