import type { Block, Tap } from '../src/chat/index.js';
import { askReply, linesReply } from './crisis-reply.js';
import type { AppCtx, OfflineCtx } from './define.js';

/** The local lines, as `/crisis` shows them, within another answer. */
export function crisisBlocks(ctx: AppCtx): readonly Block<Tap>[] {
  const { country } = ctx.scope.community;
  const standing = { held: ctx.scope.roles, isAdmin: ctx.scope.isAdmin };
  const offline: OfflineCtx = { ...ctx, country: () => country, roles: async () => standing };
  const { blocks } = country
    ? linesReply(country, undefined, 'crisis.place.community', offline)
    : askReply('crisis.place.ask', offline);
  return blocks;
}
