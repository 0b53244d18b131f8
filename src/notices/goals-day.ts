import { isFresh, LOOK, lookAtGoals } from '../core/goals/daily.js';
import { goalsOf } from '../core/goals/mine.js';
import { todayOf } from '../core/members/day.js';
import type { World } from '../core/scope.js';
import type { Kind } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { dailyNote } from './daily-note.js';
import { discreet } from './session-rsvp.js';

/** The daily look at somebody's goals, and a discreet note when they wanted a nudge. */
export const goalsDay = (world: World): Kind =>
  dailyNote(
    LOOK,
    (looks, tx, now) => lookAtGoals(looks, tx, world.cipher, now),
    async (delivery, now) => {
      const ctx = await noticeTo(world, delivery, now);
      if (!ctx) return { drop: 'gone' };
      const today = todayOf(ctx.scope);
      const open = (await goalsOf(ctx.scope)).filter(({ done }) => done === undefined);
      const isWanted = open.some((goal) => [goal, ...goal.steps].some((one) => isFresh(one, today)));
      if (!isWanted) return { drop: 'nothing' };
      const summary = ctx.t('goal.note');
      return discreet(ctx, summary, summary, [{ label: ctx.t('goal.open'), style: 'primary', act: { path: ['goal', 'list'] } }]);
    },
  );
