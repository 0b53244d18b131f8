import { UserError } from '../../../chat/errors.js';
import type { Community, LinkCode, Prisma, Space } from '../../../db/generated/client.js';
import { tenantDb } from '../../../db/tenant.js';
import type { PlatformName } from '../../names.js';
import type { Scope, World } from '../../scope.js';
import { digestsOf } from './code.js';
import { type Then, whatThen } from './left.js';
import { mustBeAlone, placeOf } from './place.js';
import { hasTraces } from './traces.js';
import { type Side, whyNotJoin } from './why-not.js';

/** How many wrong codes are answered in one guild or workspace, within so many minutes. */
export const WRONG_CODES = { most: 5, minutes: 15 } as const;
const MINUTE = 60_000;

/** The two that would become one. */
export interface Joining {
  /** The community that stays. */
  readonly staying: Community & { readonly spaces: readonly Space[] };
  /** The place of it that is there already. */
  readonly platform: PlatformName;
  /** Members who would come along. */
  readonly people: number;
  readonly then: Then;
}

type Tx = Prisma.TransactionClient;

/** The code behind what was typed, also when it is over; null when nobody made it, and when it was used or replaced. */
export async function findCode({ cipher }: World, tx: Tx, typed: string): Promise<LinkCode | null> {
  const digests = digestsOf(cipher, typed);
  return digests ? tx.linkCode.findFirst({ where: { digest: { in: digests } } }) : null;
}

async function sideOf(tx: Tx, id: string): Promise<Side> {
  const spaces = await tx.space.findMany({ where: { communityId: id }, select: { platform: true } });
  return { id, platforms: spaces.map(({ platform }) => platform) };
}

/**
 * @param id of the community that stays
 * @throws UserError when the two cannot become one, which says what can be done
 */
export async function mustBeAbleToJoin(tx: Tx, { community }: Scope, id: string): Promise<void> {
  const [moving, staying] = [await sideOf(tx, community.id), await sideOf(tx, id)];
  const why = whyNotJoin({ ...moving, hasTraces: await hasTraces(tenantDb(tx, community.id)) }, staying);
  if (why) throw new UserError(`link.${why}`);
}

/** Counts a wrong code of the locked row of the place. */
async function countWrong(tx: Tx, { id, wrongSince }: Space, before: number, now: Date): Promise<void> {
  await tx.space.update({ where: { id }, data: { wrongCodes: before + 1, wrongSince: before === 0 ? now : wrongSince } });
}

/** What the code is for; undefined: nobody made it, which is counted. */
async function examine(world: World, scope: Scope, typed: string): Promise<Joining | undefined> {
  const { now, community } = scope;
  const { id, externalId } = placeOf(scope);
  return world.prisma.$transaction(async (tx) => {
    const space = await tx.space.update({ where: { id }, data: { externalId } });
    await mustBeAlone(tx, scope);
    const since = now.getTime() - WRONG_CODES.minutes * MINUTE;
    const wrong = space.wrongSince && space.wrongSince.getTime() > since ? space.wrongCodes : 0;
    if (wrong >= WRONG_CODES.most) throw new UserError('link.tooMany', { minutes: WRONG_CODES.minutes });
    const code = await findCode(world, tx, typed);
    if (!code) {
      await countWrong(tx, space, wrong, now);
      return undefined;
    }
    if (code.expiresAt <= now) throw new UserError('link.over');
    await mustBeAbleToJoin(tx, scope, code.communityId);
    const staying = await tx.community.findUniqueOrThrow({ where: { id: code.communityId }, include: { spaces: true } });
    const people = await tx.member.count({ where: { communityId: community.id } });
    const [there] = staying.spaces;
    const then = await whatThen(world, tx, community.id, staying.id);
    return there && { staying, platform: there.platform, people, then };
  });
}

/**
 * What would happen if the place in which it is said joined the community that made the code. Changes nothing.
 * @throws UserError when that cannot be, when the code is wrong or over, and after {@link WRONG_CODES} of them
 */
export async function lookAtJoin(world: World, scope: Scope, typed: string): Promise<Joining> {
  const joining = await examine(world, scope, typed);
  if (!joining) throw new UserError('link.unknown');
  return joining;
}
