import { FLOOD } from '../core/limits/kinds.js';
import { facilitatorsKnown } from '../core/members/named.js';
import type { World } from '../core/scope.js';
import type { Kind } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { dueTo } from './due-to.js';
import { discreet } from './session-rsvp.js';

/** Milliseconds after which it is no news. */
const TELL_WITHIN = 24 * 3_600_000;

/** Tells those who facilitate that something was held back because it was too much; never whose it was, nor what. */
export const flood = (world: World): Kind => ({
  due: dueTo(FLOOD, async (ids, tx, now) => {
    const counts = await tx.actCount.findMany({ where: { id: { in: [...ids] } } });
    const expiresAt = new Date(now.getTime() + TELL_WITHIN);
    const each = await Promise.all(
      counts.map(async ({ id: subjectId, communityId, memberId: whose }) => {
        const known = await facilitatorsKnown(tx, communityId, now);
        return known.filter((memberId) => memberId !== whose).map((memberId) => ({ subjectId, memberId, expiresAt }));
      }),
    );
    return each.flat();
  }),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const count = await ctx?.scope.db.actCount.findFirst({ where: { id: delivery.subjectId }, select: { memberId: true } });
    if (!ctx || !count) return { drop: 'gone' };
    const commands = {
      report: { command: ['sponsor', 'report'] as const },
      crisis: { command: ['crisis'] as const },
      support: { command: ['support', 'now'] as const },
    };
    const { report, ...always } = commands;
    const text = count.memberId === null ? ctx.rich('chat.flood.community', always) : ctx.rich('chat.flood.person', { report });
    return discreet(ctx, ctx.t('chat.flood.summary'), text, []);
  },
});
