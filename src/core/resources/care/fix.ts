import { UserError } from '../../../chat/errors.js';
import type { Resource } from '../../../db/generated/client.js';
import type { ResourceTrouble } from '../../../db/generated/enums.js';
import type { Scope } from '../../scope.js';
import type { ResourceDetails } from '../resource.js';
import { shiftWords } from '../vocabulary.js';
import { act, type Meanwhile, todayIn } from './act.js';
import { careColumns, fixedColumns } from './columns.js';
import { FIXABLE, type Fixable, type Fixes, type Published, readFix, readFixes, saidOf, sameFor, withFixes } from './fixes.js';
import { settle } from './settle.js';

/** Says that there is none any more. */
const NONE = '-';

/** What a fix of a field settles. */
const SETTLES: Readonly<Record<Fixable, readonly ResourceTrouble[]>> = {
  phone: ['number'],
  address: ['moved'],
  schedule: ['other', 'full'],
  start: ['other', 'full'],
  cost: ['other'],
};

/** What facilitators wrote, by field. What is left out stays; a dash: there is none any more. */
export type Given = { readonly [F in Fixable]?: string | undefined };

function readGiven(given: Given): Partial<Record<Fixable, string | null>> {
  const read: Partial<Record<Fixable, string | null>> = {};
  for (const field of FIXABLE) {
    const text = given[field]?.trim();
    if (text === undefined || text === '') continue;
    const to = text === NONE ? null : readFix(field, text);
    if (to === undefined) throw new UserError(field === 'phone' ? 'resource.fix.noPhone' : 'resource.fix.unread');
    read[field] = to;
  }
  return read;
}

/** What the source of a service itself says of it. */
export const publishedBy = (row: Resource): Published =>
  (row.published as unknown as Published | null) ?? { ...row, details: row.details as unknown as ResourceDetails };

/** The fixes with these over them. What the source says anyway needs none; what is shown already keeps its day. */
function fixesWith(row: Resource, read: Partial<Record<Fixable, string | null>>, today: string) {
  const fixes: { [F in Fixable]?: { to: string | null; since: string } } = { ...readFixes(row.fixes) };
  const source = publishedBy(row).details;
  const now = row.details as unknown as ResourceDetails;
  const changed = (Object.entries(read) as [Fixable, string | null][]).filter(
    ([field, to]) => !sameFor(field, to ?? undefined, saidOf(now, field)),
  );
  for (const [field, to] of changed) {
    if (sameFor(field, to ?? undefined, saidOf(source, field))) delete fixes[field];
    else fixes[field] = { to, since: today };
  }
  return { fixes: fixes as Fixes, changed: changed.map(([field]) => field) };
}

/**
 * Says what the community knows better than the source: it is shown and found at once, and stays when the list is brought in
 * again. Whoever reported it is told.
 * @throws UserError for what cannot be read, or says nothing new
 */
export async function fixResource(scope: Scope, which: { id: string; seen: number }, given: Given): Promise<Meanwhile> {
  const read = readGiven(given);
  return act(scope, which, 'fixed', async (tx, row) => {
    const { fixes, changed } = fixesWith(row, read, todayIn(scope));
    if (changed.length === 0) throw new UserError('resource.fix.nothing');
    const published = publishedBy(row);
    const fixed = withFixes(published, fixes);
    const data = { no: row.no, ...fixedColumns(fixed), ...careColumns(published, fixes), checkedOn: todayIn(scope) };
    await tx.resource.updateMany({ where: { id: row.id }, data });
    if (row.retiredAt === null) await shiftWords(tx, row.no, row, { ...fixed, names: row.names });
    await settle(tx, row.id, 'fixed', [...new Set(changed.flatMap((field) => SETTLES[field]))], scope.now);
  });
}
