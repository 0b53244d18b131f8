import type { Scope } from '../../scope.js';
import { act, type Meanwhile } from './act.js';

type Which = { readonly id: string; readonly seen: number };

/** Shows a service before others that are worth as much, or no longer. */
export const pinResource = (scope: Scope, which: Which, pins: boolean): Promise<Meanwhile> =>
  act(scope, which, pins ? 'pinned' : 'unpinned', (tx, { id }) =>
    tx.resource.updateMany({ where: { id }, data: { pinnedAt: pins ? scope.now : null } }),
  );
