import { AGAIN, PROMPT } from '../core/checkins/kinds.js';
import { ASKING, SILENCE } from '../core/checkins/missed/plan.js';
import type { World } from '../core/scope.js';
import type { Kinds } from '../schedule/kinds.js';
import { checkInAsked } from './checkin-asked.js';
import { checkInMissed } from './checkin-missed.js';
import { checkInAgain, checkInPrompt } from './checkin-prompt.js';

/** Everything that is said unasked, by kind of work. */
export const makeNotices = (world: World): Kinds => ({
  [PROMPT]: checkInPrompt(world),
  [AGAIN]: checkInAgain,
  [ASKING]: checkInAsked(world),
  [SILENCE]: checkInMissed(world),
});
