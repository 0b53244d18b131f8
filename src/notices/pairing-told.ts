import type { Span } from '../chat/index.js';
import { agreedPace } from '../core/pairing/pace.js';
import { PACED, UNPLANNED } from '../core/pairing/rhythm.js';
import type { Side } from '../core/pairing/work.js';
import type { World } from '../core/scope.js';
import type { Kind } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { dueToSide } from './pairing-due.js';
import { discreet } from './session-rsvp.js';

/** Milliseconds in which it helps to hear of it. */
const WITHIN = 3 * 24 * 3_600_000;

const once = (kind: string, side: Side, state: 'active' | 'ended'): NonNullable<Kind['due']> =>
  dueToSide({
    kind,
    side,
    state,
    within: WITHIN,
    decide: (_found, _place, _now, dueAt) => ({ once: String(dueAt.getTime()), next: null }),
  });

/** The other one said something else about how often they talk; what holds by now. The subject is the pairing. */
export const pairingPaced = (world: World, side: Side): Kind => ({
  due: once(PACED[side], side, 'active'),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const pairing = await ctx?.scope.db.pairing.findFirst({ where: { id: delivery.subjectId, state: 'active' } });
    const pace = pairing && agreedPace(pairing);
    if (!ctx || !pace) return { drop: 'gone' };
    const text = ctx.rich<Span & object>('rhythm.paced', { pace: { bold: ctx.t(`pairing.paces.${pace}`) } });
    return discreet(ctx, ctx.t('rhythm.nudge.summary'), text, [
      {
        label: ctx.t('rhythm.button'),
        style: 'primary',
        act: { path: ['sponsor', 'pace'], input: { pairing: delivery.subjectId } },
      },
    ]);
  },
});

/** Somebody whom a plan named is told nothing any more, and its writer should know. The subject is the pairing that ended. */
export const pairingUnplanned = (world: World): Kind => ({
  due: once(UNPLANNED, 'mentee', 'ended'),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    if (!ctx) return { drop: 'gone' };
    return discreet(ctx, ctx.t('share.plan.summary'), ctx.t('share.plan.lost'), [
      { label: ctx.t('plan.see'), style: 'primary', act: { path: ['checkin', 'plan'] } },
    ]);
  },
});
