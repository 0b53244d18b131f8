import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../chat/errors.js';
import type { TenantDb } from '../../db/tenant.js';
import { placeOf } from '../pairing/rhythm.js';
import { type FoundResource, SHOWN, shown } from '../resources/look.js';
import type { Scope } from '../scope.js';
import { workId } from '../work/id.js';
import { cancel, plan } from '../work/plan.js';
import { asShown, openSaved, type SavedDetails, sealSaved } from './details.js';
import { ASK } from './kinds.js';
import { askAt } from './times.js';

export const MOST_SAVED = 25;

export type Kept = SavedDetails & { readonly id: string };
/** What the member saved, beside the service as it is now. */
export type Saved = Kept & {
  /** Undefined when its list was taken away; it may be retired. */
  readonly now?: FoundResource;
  /** It is called, reached or found otherwise than when they saved it. */
  readonly isChanged: boolean;
};

/** The service alone, as somebody may be shown it. */
export type SavedService = Pick<Saved, 'id' | 'as' | 'now'>;
export const serviceOf = ({ id, as, now }: Saved): SavedService => ({ id, as, ...(now && { now }) });

/** What the member keeps, the latest first, without the services. */
export async function keptOf({ db, cipher, member }: Pick<Scope, 'db' | 'cipher' | 'member'>): Promise<Kept[]> {
  const rows = await db.savedResource.findMany({
    where: { memberId: member.id },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({ id: row.id, ...openSaved(cipher, row) }));
}

async function withServices({ db }: Pick<Scope, 'db'>, kept: readonly Kept[]): Promise<Saved[]> {
  const rows = await db.resource.findMany({ where: { id: { in: kept.map(({ resource }) => resource) } }, select: SHOWN });
  return kept.map((one) => {
    const row = rows.find(({ id }) => id === one.resource);
    if (!row) return { ...one, isChanged: false };
    const now = shown(row);
    return { ...one, now, isChanged: !isDeepStrictEqual(asShown(now.details), one.as) };
  });
}

/** The services that the member saved, the latest first. */
export const savedOf = async (scope: Pick<Scope, 'db' | 'cipher' | 'member'>): Promise<Saved[]> =>
  withServices(scope, await keptOf(scope));

/** One of them. @throws UserError when it is gone or was never theirs */
export async function oneSaved(scope: Pick<Scope, 'db' | 'cipher' | 'member'>, id: string): Promise<Saved> {
  const row = await scope.db.savedResource.findFirst({ where: { id, memberId: scope.member.id } });
  if (!row) throw new UserError('saved.gone', {}, { label: 'saved.all', tap: { path: ['resource', 'saved'] } });
  const [saved] = await withServices(scope, [{ id, ...openSaved(scope.cipher, row) }]);
  return saved as Saved;
}

/** Those about which the member was asked, and has not answered. */
export const unanswered = <K extends Kept>(kept: readonly K[]): K[] =>
  kept.filter(({ askedAt, said }) => askedAt !== undefined && said === undefined);

/**
 * Locks what the member saved, and the question about it that may fall due: whoever changes either does so one after the other. The work
 * is locked before the rows, as the engine does it. @param tx of a transaction
 */
export async function holdSaved(tx: TenantDb, { member }: Pick<Scope, 'member'>): Promise<void> {
  await tx.member.updateMany({ where: { id: member.id }, data: { communityId: tx.communityId } });
  await tx.dueWork.updateMany({ where: { id: workId({ kind: ASK, subjectId: member.id }) }, data: { kind: ASK } });
}

/** Plans the next question, or forgets it when there is none. Pass the transaction that changed what is kept. */
export async function planAsk(tx: TenantDb, scope: Pick<Scope, 'cipher' | 'member'>): Promise<void> {
  const { member } = scope;
  const self = await tx.member.findUniqueOrThrow({ where: { id: member.id } });
  const place = await placeOf(tx, member.id);
  const times = (await keptOf({ ...scope, db: tx })).flatMap((one) => askAt(one, place) ?? []);
  const work = { kind: ASK, subjectId: member.id };
  if (!self.asksAboutSaved || times.length === 0) return cancel(tx, work);
  return plan(tx, work, new Date(Math.min(...times.map((at) => at.getTime()))));
}

/**
 * Changes one of them as a whole. What follows for the question is planned anew.
 * @throws UserError when it is gone or was never theirs, and what `change` throws
 */
export async function changeSaved(
  scope: Scope,
  id: string,
  change: (details: SavedDetails, tx: TenantDb) => SavedDetails | Promise<SavedDetails>,
): Promise<void> {
  const { db, cipher, member } = scope;
  await db.transact(async (tx) => {
    await holdSaved(tx, scope);
    const row = await tx.savedResource.findFirst({ where: { id, memberId: member.id } });
    if (!row) throw new UserError('saved.gone', {}, { label: 'saved.all', tap: { path: ['resource', 'saved'] } });
    const details = sealSaved(cipher, id, await change(openSaved(cipher, row), tx));
    await tx.savedResource.update({ where: { id }, data: { details } });
    await planAsk(tx, scope);
  });
}
