import { UserError } from '../../chat/errors.js';
import type { Scope } from '../scope.js';
import { dateNamed } from './find.js';
import type { DateName } from './rsvp.js';

/** What whoever chairs a date may see of who comes. */
export interface Comers {
  /** Platform ids on the reader's platform, of those who let the chair see it; undefined: they are known elsewhere only. */
  readonly named: readonly (string | undefined)[];
  /** How many more come. */
  readonly others: number;
}

/** Whether the member chairs or co-chairs this date, and the session shows names to them. */
export async function maySeeComers({ db, member }: Scope, { session: id, local }: DateName): Promise<boolean> {
  const session = await db.session.findFirst({ where: { id } });
  if (!session?.namesToChair) return false;
  const row = await db.occurrence.findFirst({ where: { sessionId: id, local }, select: { chairId: true } });
  return [row?.chairId ?? session.chairId, session.coChairId].includes(member.id);
}

/** @throws UserError unless the reader chairs it, and its members are asked whether they want to be seen */
export async function comersOf(scope: Scope, name: DateName): Promise<Comers> {
  const { db, space } = scope;
  const session = await db.session.findFirst({ where: { id: name.session } });
  const date = session && (await dateNamed(db, session, name.local));
  if (!date || !(await maySeeComers(scope, name))) throw new UserError('rsvp.chair.onlyChair');
  const rows = await db.rsvp.findMany({
    where: { occurrence: { sessionId: name.session, local: name.local }, state: 'going' },
    orderBy: { queue: 'asc' },
  });
  const named = rows.filter(({ isNamed }) => isNamed);
  const accounts = await db.identity.findMany({
    where: { memberId: { in: named.map(({ memberId }) => memberId) }, ...(space && { platform: space.platform }) },
    orderBy: { createdAt: 'desc' },
  });
  const accountOf = new Map(accounts.map(({ memberId, externalId }) => [memberId, externalId]));
  return { named: named.map(({ memberId }) => accountOf.get(memberId)), others: rows.length - named.length };
}
