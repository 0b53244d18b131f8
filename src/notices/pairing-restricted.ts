import { RESTRICTED } from '../core/pairing/work.js';
import type { World } from '../core/scope.js';
import type { Kind } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { dueTo } from './due-to.js';
import { discreet } from './session-rsvp.js';

/** Milliseconds in which they can be told. */
const TELL_WITHIN = 7 * 24 * 3_600_000;

/** Tells a member whose request ended that they cannot ask for a time, and whom to talk to. */
export const pairingRestricted = (world: World): Kind => ({
  due: dueTo(RESTRICTED, async (ids, tx, now) => {
    const rows = await tx.restriction.findMany({ where: { id: { in: [...ids] } } });
    const expiresAt = new Date(now.getTime() + TELL_WITHIN);
    return rows.map(({ id: subjectId, memberId }) => ({ subjectId, memberId, expiresAt }));
  }),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const row = await ctx?.scope.db.restriction.findFirst({ where: { id: delivery.subjectId }, select: { until: true } });
    if (!ctx || !row) return { drop: 'gone' };
    if (row.until <= now) return { drop: 'over' };
    return discreet(ctx, ctx.t('sponsor.told.summary'), ctx.t('sponsor.restrict.you.ask'), []);
  },
});
