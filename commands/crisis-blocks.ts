import type { Block, Tap } from '../src/chat/index.js';
import { crisisReply } from './crisis-reply.js';
import type { AppCtx, OfflineCtx } from './define.js';

/** The local lines, as `/crisis` shows them, within another answer. */
export function crisisBlocks(ctx: AppCtx): readonly Block<Tap>[] {
  const country = ctx.scope.community.country ?? undefined;
  const standing = { held: ctx.scope.roles, isAdmin: ctx.scope.isAdmin };
  const { places, space } = ctx.scope;
  const lines = () => (space ? places.linesOf(space.platform, space.externalId) : []);
  const offline: OfflineCtx = { ...ctx, country: () => country, lines, roles: async () => standing };
  const place = country ? 'crisis.place.community' : 'crisis.place.ask';
  return crisisReply({ country }, { place, isWithin: true }, offline).blocks;
}
