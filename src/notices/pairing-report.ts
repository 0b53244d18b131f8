import { coordinatorsKnown } from '../core/members/named.js';
import { reportsTogether } from '../core/pairing/together.js';
import { REPORT } from '../core/pairing/work.js';
import type { World } from '../core/scope.js';
import type { Kind } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { dueTo } from './due-to.js';
import { discreet } from './session-rsvp.js';

/** Milliseconds in which those who coordinate can be told of a report; it stays in their list. */
const TELL_WITHIN = 7 * 24 * 3_600_000;

/** Tells those who coordinate that a report came, and whether it is one of several; but not one who is reported, or who made it. */
export const pairingReport = (world: World): Kind => ({
  due: dueTo(REPORT, async (ids, tx, now) => {
    const reports = await tx.memberReport.findMany({ where: { id: { in: [...ids] }, state: 'open' } });
    const expiresAt = new Date(now.getTime() + TELL_WITHIN);
    const each = await Promise.all(
      reports.map(async ({ id: subjectId, communityId, reporterId, reportedId }) => {
        const found = await coordinatorsKnown(tx, communityId, now);
        const readers = found.filter((memberId) => memberId !== reportedId && memberId !== reporterId);
        return readers.map((memberId) => ({ subjectId, memberId, expiresAt }));
      }),
    );
    return each.flat();
  }),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const report = await ctx?.scope.db.memberReport.findFirst({ where: { id: delivery.subjectId }, select: { state: true } });
    if (!ctx || !report) return { drop: 'gone' };
    if (report.state !== 'open') return { drop: 'over' };
    const { about, by } = await reportsTogether(ctx.scope, [delivery.subjectId]);
    const words = about.length + by.length > 0 ? 'sponsor.told.reports' : 'sponsor.told.report';
    const text = ctx.rich(words, { command: { command: ['pairing', 'reports'] as const } });
    return discreet(ctx, ctx.t('sponsor.told.summary'), text, []);
  },
});
