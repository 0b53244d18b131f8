import { UserError } from '../../../chat/errors.js';
import type { Resource } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import { dayOf } from '../../../time/local.js';
import type { Scope } from '../../scope.js';
import { claimNumbers } from '../vocabulary.js';
import { type Change, type Changed, changedMeanwhile, noteChange } from './changed.js';
import { holdFixes } from './hold.js';

/** Undefined: it was done. Else what somebody else had done meanwhile, and nothing was. */
export type Meanwhile = Changed | undefined;

/** Today, YYYY-MM-DD, as the community has it. */
export const todayIn = ({ community, now }: Pick<Scope, 'community' | 'now'>): string => dayOf(now, community.zone).toString();

/**
 * Changes a service that nobody else changed since the reader was shown it, and writes down who did.
 * @param seen how much had been done to it when they were shown it
 * @throws UserError where there is no such service
 */
export function act(
  scope: Scope,
  { id, seen }: { readonly id: string; readonly seen: number },
  change: Change,
  work: (tx: TenantDb, row: Resource & { readonly no: number }) => Promise<unknown>,
): Promise<Meanwhile> {
  return scope.db.transact(async (tx) => {
    // Before any row is held, as an import does: nobody waits for each other.
    const no = await claimNumbers(tx);
    if ((await holdFixes(tx, id)) === undefined) throw new UserError('resource.gone');
    const meanwhile = await changedMeanwhile(tx, scope, id, seen);
    if (meanwhile) return meanwhile;
    const row = await tx.resource.findFirstOrThrow({ where: { id } });
    await work(tx, { ...row, no: row.no ?? no });
    await noteChange(tx, scope, id, change);
    return undefined;
  });
}
