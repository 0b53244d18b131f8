import { LOOK, lookAtMilestones } from '../core/milestones/daily.js';
import { milestonesOf } from '../core/milestones/mine.js';
import type { World } from '../core/scope.js';
import type { Kind } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { dailyNote } from './daily-note.js';
import { discreet } from './session-rsvp.js';

/** The daily look at somebody's milestones, and a discreet note when there is something to see. */
export const milestonesDay = (world: World): Kind =>
  dailyNote(
    LOOK,
    (looks, tx, now) => lookAtMilestones(looks, tx, world.cipher, now),
    async (delivery, now) => {
      const ctx = await noticeTo(world, delivery, now);
      if (!ctx) return { drop: 'gone' };
      const milestones = await milestonesOf(ctx.scope);
      if (milestones.every(({ fresh }) => fresh.length === 0)) return { drop: 'nothing' };
      const summary = ctx.t('milestone.note');
      return discreet(ctx, summary, summary, [{ label: ctx.t('milestone.open'), act: { path: ['milestone', 'show'] } }]);
    },
  );
