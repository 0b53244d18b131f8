import type { Scope } from '../../scope.js';
import { act, type Meanwhile, todayIn } from './act.js';
import { settle, TROUBLES } from './settle.js';

type Which = { readonly id: string; readonly seen: number };

/** Somebody looked: it is as it is shown. Says nothing of how people are met there. */
export const assureResource = (scope: Scope, which: Which): Promise<Meanwhile> =>
  act(scope, which, 'right', async (tx, { id }) => {
    await tx.resource.updateMany({ where: { id }, data: { checkedOn: todayIn(scope) } });
    const told = TROUBLES.filter((trouble) => trouble !== 'unkind');
    await settle(tx, id, 'right', told, scope.now);
  });

/** What members said was read, and is done with. */
export const thankReporters = (scope: Scope, which: Which): Promise<Meanwhile> =>
  act(scope, which, 'thanked', (tx, { id }) => settle(tx, id, 'accepted', TROUBLES, scope.now));
