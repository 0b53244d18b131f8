import type { PlatformName } from '../../names.js';

/** A community that is to become one with another. */
export interface Side {
  readonly id: string;
  /** One for each of its guilds and workspaces. */
  readonly platforms: readonly PlatformName[];
}

/** Names the sentence that says it. */
export type WhyNot = 'already' | 'own' | 'full' | 'samePlatform' | 'used';

/**
 * Why the guild or workspace of one community cannot join another; undefined: it can. A community has at most one of a platform,
 * because a message to a member goes to the one of their platform.
 */
export function whyNotJoin(moving: Side & { readonly hasTraces: boolean }, staying: Side): WhyNot | undefined {
  if (moving.platforms.length > 1) return 'already';
  if (moving.id === staying.id) return 'own';
  if (staying.platforms.some((platform) => moving.platforms.includes(platform))) return 'samePlatform';
  if (staying.platforms.length > 1) return 'full';
  return moving.hasTraces ? 'used' : undefined;
}
