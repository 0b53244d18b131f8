import type { Span } from '../chat/index.js';
import { closePlace } from '../core/leaving/close.js';
import { forgetWhoLeft } from '../core/leaving/forget.js';
import { graceOver, WORD } from '../core/leaving/kinds.js';
import { lookWhoIsThere } from '../core/leaving/look.js';
import type { World } from '../core/scope.js';
import type { Kind } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { dueTo } from './due-to.js';
import { discreet } from './session-rsvp.js';

/** The nightly look at who is still there. */
export const leavingLook = (world: World): Kind => ({
  errand: async (row, now, signal) => ({ next: await lookWhoIsThere(world, row, now, signal) }),
});

/** Who left is told what becomes of what they said, where the platform still lets us write to them. */
export const leavingWord = (world: World): Kind => ({
  due: dueTo(WORD, async (ids, tx) => {
    // Who was only named by somebody else said nothing here.
    const members = await tx.member.findMany({
      where: { id: { in: [...ids] }, leftAt: { not: null }, greetedAt: { not: null } },
    });
    return members.flatMap(({ id, leftAt }) => (leftAt ? [{ subjectId: id, memberId: id, expiresAt: graceOver(leftAt) }] : []));
  }),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const member = await ctx?.scope.db.member.findFirst({ where: { id: delivery.subjectId } });
    if (!ctx || !member?.leftAt) return { drop: 'over' };
    const { t, rich, scope } = ctx;
    const day = { time: graceOver(member.leftAt), style: 'date', zone: scope.member.zone } as const;
    const text = rich<Span & object>('leaving.text', { day });
    return discreet(ctx, t('leaving.notice'), text, [{ label: t('leaving.now'), act: { path: ['privacy', 'erase'] } }]);
  },
});

export const leavingErase = (world: World): Kind => ({
  errand: async (row, now) => ({ next: await forgetWhoLeft(world, row, now) }),
});

export const leavingClose = (world: World): Kind => ({
  errand: async (row, now) => ({ next: await closePlace(world, row, now) }),
});
