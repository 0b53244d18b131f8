import { UserError } from '../../chat/errors.js';
import type { Pairing } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { dateOf, instant } from '../checkins/schedules/kept.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { otherSide, sideOf } from './introduce.js';
import { idOf, PACED, placeOf, planKindly, planNudges, RHYTHM, wantsNudges } from './rhythm.js';
import { kindHourAfter } from './rhythm-times.js';
import type { Pace } from './vocabulary.js';
import type { Side } from './work.js';

/** A pairing of the member's own that goes on, and which of the two they are. */
export interface Mine {
  readonly pairing: Pairing;
  readonly side: Side;
}

const asMine = (pairing: Pairing, memberId: string): Mine => ({ pairing, side: sideOf(pairing, memberId) });

/** The pairings of the member that go on, the oldest first. */
export async function goingOn({ db, member }: Pick<Scope, 'db' | 'member'>): Promise<Mine[]> {
  const rows = await db.pairing.findMany({
    where: { state: 'active', OR: [{ menteeId: member.id }, { mentorId: member.id }] },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => asMine(row, member.id));
}

/**
 * One of them, held until the transaction ends: whoever changes something of it does so one after the other.
 * @throws UserError when it is over or was never theirs
 */
export async function holdMine(tx: TenantDb, { member }: Pick<Scope, 'member'>, id: string): Promise<Mine> {
  const mine = { id, state: 'active' as const, OR: [{ menteeId: member.id }, { mentorId: member.id }] };
  const [pairing] = await tx.pairing.updateManyAndReturn({ where: mine, data: { state: 'active' } });
  if (!pairing) throw new UserError('rhythm.problems.over');
  return asMine(pairing, member.id);
}

type Change = Partial<Pick<Pairing, 'menteePace' | 'mentorPace' | 'menteeNudged' | 'mentorNudged' | 'nudgeAt'>>;

async function change(scope: Scope, id: string, how: (mine: Mine) => Change): Promise<void> {
  const { db, now } = scope;
  await db.transact(async (tx) => {
    const mine = await holdMine(tx, scope, id);
    await planNudges(tx, await tx.pairing.update({ where: { id }, data: how(mine) }), now);
  });
}

/** How often the member would like to talk; the other hears of it. @throws UserError when it is over */
export async function setPace(scope: Scope, id: string, pace: Pace): Promise<void> {
  await scope.db.transact(async (tx) => {
    const { pairing, side } = await holdMine(tx, scope, id);
    await change({ ...scope, db: tx }, id, () => ({ [`${side}Pace`]: pace }));
    const other = otherSide(side);
    if (pairing[`${side}Pace`] !== pace) await planKindly(tx, PACED[other], id, idOf(pairing, other), scope.now);
  });
}

/** Nudges to the member, or none; the other's are theirs. @throws UserError when it is over */
export const setNudges = (scope: Scope, id: string, wanted: boolean): Promise<void> =>
  change(scope, id, ({ side }) => ({ [`${side}Nudged`]: wanted }));

/** The two talked: the rhythm counts from now on, for both. @throws UserError when it is over */
export const haveTalked = (scope: Scope, id: string): Promise<void> => change(scope, id, () => ({ nudgeAt: scope.now }));

/** The member is nudged again tomorrow. @throws UserError when it is over, or they want no nudges */
export async function nudgeTomorrow(scope: Scope, id: string): Promise<void> {
  const { db, member, now } = scope;
  await db.transact(async (tx) => {
    const { pairing, side } = await holdMine(tx, scope, id);
    if (!wantsNudges(pairing, side)) throw new UserError('rhythm.problems.off');
    const place = await placeOf(tx, member.id);
    // The next kind hour may be today's.
    const soon = instant(now).add({ hours: 12 });
    await plan(tx, { kind: RHYTHM[side], subjectId: id }, dateOf(kindHourAfter(soon, place)));
  });
}
