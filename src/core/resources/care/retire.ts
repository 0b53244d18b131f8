import { UserError } from '../../../chat/errors.js';
import type { Scope } from '../../scope.js';
import { shiftWords } from '../vocabulary.js';
import { act, type Meanwhile } from './act.js';
import { settle, TROUBLES } from './settle.js';

type Which = { readonly id: string; readonly seen: number };

/** Takes a service out of what is found. Its source cannot bring it back. */
export const retireResource = (scope: Scope, which: Which): Promise<Meanwhile> =>
  act(scope, which, 'retired', async (tx, row) => {
    const { id, retiredAt, no } = row;
    await tx.resource.updateMany({ where: { id }, data: { retiredAt: scope.now, retiredBy: 'community' } });
    if (retiredAt === null) await shiftWords(tx, no, row, undefined);
    await settle(tx, id, 'retired', TROUBLES, scope.now);
  });

/**
 * Lets a service be found again that the community took out.
 * @throws UserError where its source does not have it any more
 */
export const returnResource = (scope: Scope, which: Which): Promise<Meanwhile> =>
  act(scope, which, 'returned', async (tx, row) => {
    const { id, retiredBy, no } = row;
    if (retiredBy !== 'community') throw new UserError('resource.gone');
    await tx.resource.updateMany({ where: { id }, data: { no, retiredAt: null, retiredBy: null } });
    await shiftWords(tx, no, undefined, row);
  });
