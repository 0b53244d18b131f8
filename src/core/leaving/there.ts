import type { TenantDb } from '../../db/tenant.js';
import type { PlatformName } from '../names.js';
import type { World } from '../scope.js';
import { removed } from './removed.js';

interface Account {
  readonly platform: PlatformName;
  readonly externalId: string;
}

/** `unknown`: none of the member's platforms could say it. `after`: milliseconds, where one asked us to wait. */
export type There = { readonly is: 'there' | 'gone' | 'unknown' } | { readonly is: 'busy'; readonly after: number };

/** Milliseconds to wait for a platform that does not say how long. */
const WAIT = 60_000;

/**
 * Asks the platforms whether somebody is still in one of the community's guilds or workspaces. A place that the bot itself was
 * removed from says nothing, and is noted.
 * @param banned the platform's id of a place of which it is known that they are not there
 */
export async function isThere(
  world: World,
  db: TenantDb,
  accounts: readonly Account[],
  now: Date,
  banned?: string,
): Promise<There> {
  const spaces = await db.space.findMany({ where: { removedAt: null } });
  let said = 0;
  for (const { platform, externalId: account } of accounts) {
    const membership = world.memberships?.[platform];
    for (const space of membership ? spaces.filter((one) => one.platform === platform) : []) {
      const isBanned = space.externalId === banned;
      const answer = isBanned ? ({ ok: true, isMember: false } as const) : await membership?.isMember(space.externalId, account);
      if (answer?.ok && answer.isMember) return { is: 'there' };
      if (answer?.ok) said += 1;
      else if (answer?.why === 'busy') return { is: 'busy', after: answer.after ?? WAIT };
      else if (answer?.why === 'removed') await removed(world, { platform, externalId: space.externalId }, now);
    }
  }
  return { is: said > 0 ? 'gone' : 'unknown' };
}
