import { UserError } from '../../../chat/errors.js';
import type { Prisma } from '../../../db/generated/client.js';
import { tenantDb } from '../../../db/tenant.js';
import { addTrail, takeTrail } from '../../audit/move.js';
import { note } from '../../audit/note.js';
import { verifyAudit } from '../../audit/verify.js';
import type { PlatformName } from '../../names.js';
import type { Scope, World } from '../../scope.js';
import type { LocalLine } from '../../support/local/line.js';
import { localLines } from '../../support/local/load.js';
import { type Then, whatThen } from './left.js';
import { findCode, mustBeAbleToJoin } from './look.js';
import { mustBeAlone, placeOf } from './place.js';

/** Milliseconds. Every member who comes along is moved in all tables. */
const PATIENCE = 60_000;

export interface Joined {
  /** On which the community was before. */
  readonly platform: PlatformName;
  readonly then: Then;
}

type Tx = Prisma.TransactionClient;

/**
 * Locks the two communities, always in the same order, so that whatever is being written in either is waited for, and waits.
 * @throws UserError when one of them is gone
 */
async function holdBoth(tx: Tx, ids: readonly string[]): Promise<void> {
  const rows = await tx.$queryRaw<object[]>`
    SELECT id FROM "Community" WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  if (rows.length < new Set(ids).size) throw new UserError('link.already');
}

/**
 * The place, its roles, its people and these crisis lines belong to the community that stays; the one that they leave is deleted with
 * its work.
 */
async function move(tx: Tx, from: string, to: string, lines: readonly LocalLine[]): Promise<void> {
  const [where, data] = [{ communityId: from }, { communityId: to }];
  await tx.delivery.deleteMany({ where });
  // Who was seen to coordinate the one may not coordinate the other. What refers to a place or to a member follows by ON UPDATE CASCADE.
  await tx.space.updateMany({ where, data: { ...data, wrongCodes: 0, wrongSince: null, removedAt: null } });
  await tx.member.updateMany({ where, data: { ...data, ageBand: null, coordinatesAt: null, leftAt: null } });
  await tx.tap.updateMany({ where, data });
  await tx.localLine.updateMany({ where: { ...where, id: { in: lines.map(({ id }) => id) } }, data });
  await tx.community.delete({ where: { id: from } });
}

/**
 * The guild or workspace in which it is said joins the community that made the code, for good. All of it or nothing, once.
 * Audited; what was audited before comes along.
 * @throws UserError when that cannot be (any more), or the code is not one (any more)
 */
export async function joinCommunity(world: World, scope: Scope, typed: string): Promise<Joined> {
  const { community, places, now } = scope;
  const space = placeOf(scope);
  const { kept, then, lines } = await world.prisma.$transaction(
    async (tx) => {
      await mustBeAlone(tx, scope);
      const code = await findCode(world, tx, typed);
      if (!code) throw new UserError('link.unknown');
      if (code.expiresAt <= now) throw new UserError('link.over');
      const { communityId: to } = code;
      await holdBoth(tx, [community.id, to]);
      if ((await tx.linkCode.deleteMany({ where: { id: code.id, digest: code.digest } })).count === 0)
        throw new UserError('link.unknown');
      await mustBeAbleToJoin(tx, scope, to);
      const kept = await tx.community.findUniqueOrThrow({ where: { id: to }, include: { spaces: true } });
      const here = tenantDb(tx, community.id);
      const { broken } = await verifyAudit({ db: here, cipher: world.cipher });
      const trail = await takeTrail(here);
      const then = await whatThen(world, tx, community.id, to);
      await move(tx, community.id, to, then.lines.carried);
      const there = tenantDb(tx, to);
      await addTrail(there, world.cipher, trail);
      await note(there, scope, 'community.link.join');
      // Chained anew, it would pass for whole.
      if (broken.length > 0) await note(there, scope, 'community.link.broken', { byItself: true });
      return { kept, then, lines: await localLines({ db: there, cipher: world.cipher }) };
    },
    { timeout: PATIENCE },
  );
  places.learn(space.platform, space.externalId, kept);
  places.keepLines(kept.id, lines);
  return { platform: kept.spaces[0]?.platform ?? space.platform, then };
}
