import { enter } from '../../src/core/members/enter.js';
import type { Scope } from '../../src/core/scope.js';
import type { TestWorld } from './world.js';

/** Lets somebody come in, by the name that is their account. */
export type ComeIn = (userId: string, admin?: boolean) => Promise<Scope>;

/** Opens a community of its own at each call. @param home the world, once there is one */
export function openCommunities(home: () => TestWorld): () => ComeIn {
  let count = 0;
  return () => {
    count += 1;
    const space = { id: `T${count}` };
    return (userId, admin = false) => {
      const { world, clock } = home();
      return enter(world, { platform: 'slack', userId, space, standing: async () => ({ admin, roles: [] }) }, clock.now());
    };
  };
}
