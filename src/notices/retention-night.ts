import { forgetOld } from '../core/retention/night.js';
import type { World } from '../core/scope.js';
import type { Kind } from '../schedule/kinds.js';

/** The nightly look at what was kept long enough. Nobody is told; how much went is counted. */
export const retentionNight = (world: World): Kind => ({
  errand: (row, now, signal) => forgetOld(world, row, now, signal),
});
