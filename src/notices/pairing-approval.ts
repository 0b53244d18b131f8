import { caretakers, coordinatorsKnown } from '../core/members/named.js';
import { APPROVAL } from '../core/pairing/work.js';
import type { World } from '../core/scope.js';
import type { Kind } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { dueTo } from './due-to.js';
import { discreet } from './session-rsvp.js';

/** Milliseconds until they are told again, where the request still waits. */
const TELL_WITHIN = 3 * 24 * 3_600_000;

/** Tells those who look after the community that somebody waits for their yes, but for whoever asks. Who that is stands in the queue. */
export const pairingApproval = (world: World): Kind => ({
  due: dueTo(APPROVAL, async (ids, tx, now) => {
    const requests = await tx.pairingRequest.findMany({ where: { id: { in: [...ids] }, state: 'approval' } });
    const expiresAt = new Date(now.getTime() + TELL_WITHIN);
    const each = await Promise.all(
      requests.map(async ({ id: subjectId, communityId, memberId: asker }) => {
        const known = [...(await caretakers(tx, communityId)), ...(await coordinatorsKnown(tx, communityId, now))];
        return [...new Set(known)].filter((one) => one !== asker).map((memberId) => ({ subjectId, memberId, expiresAt }));
      }),
    );
    return each.flat();
  }),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const request = await ctx?.scope.db.pairingRequest.findFirst({ where: { id: delivery.subjectId }, select: { state: true } });
    if (!ctx || !request) return { drop: 'gone' };
    if (request.state !== 'approval') return { drop: 'over' };
    const text = ctx.rich('sponsor.told.approval', { command: { command: ['pairing', 'queue'] as const } });
    return discreet(ctx, ctx.t('sponsor.told.summary'), text, []);
  },
});
