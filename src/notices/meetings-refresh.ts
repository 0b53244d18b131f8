import { refreshSource } from '../core/meetings/refresh.js';
import type { World } from '../core/scope.js';
import type { Kind } from '../schedule/kinds.js';

/** The nightly look at a list of meetings elsewhere. Nobody is told; the operator finds what went wrong in the log. */
export const meetingsRefresh = (world: World): Kind => ({
  errand: (row, now, signal) => refreshSource(world, row, now, signal),
});
