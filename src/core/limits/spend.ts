import { Later } from '../../chat/errors.js';
import type { ActCount } from '../../db/generated/client.js';
import type { Scope } from '../scope.js';
import { workId } from '../work/id.js';
import { plan } from '../work/plan.js';
import { type Act, againAt, type CountedOnRows, countsSince, FLOOD, LIMITS, type Limit, TOLD_FOR } from './kinds.js';

type Counting = Pick<Scope, 'db' | 'now' | 'member' | 'community'>;
/** Whose acts are counted. */
type Whose = 'person' | 'community';

/** On rows of their own: of one member. Here only what everybody does together is counted. */
const ON_ROWS: ReadonlySet<Act> = new Set<CountedOnRows>(['request', 'report', 'serviceReport', 'relay']);

const countOf = ({ member, community }: Counting, act: Act, whose: Whose) =>
  workId({ kind: act, subjectId: whose === 'person' ? member.id : community.id });

/** Counts one more, in a new time when the last one is over. However many do so at the same moment, each is counted. */
async function countOne(scope: Counting, act: Act, whose: Whose, limit: Limit): Promise<ActCount> {
  const { db, member, community, now } = scope;
  const id = countOf(scope, act, whose);
  const since = countsSince(now, limit);
  for (;;) {
    const [more] = await db.actCount.updateManyAndReturn({
      where: { id, since: { gt: since } },
      data: { count: { increment: 1 } },
    });
    if (more) return more;
    const anew = await db.actCount.updateManyAndReturn({ where: { id, since: { lte: since } }, data: { since: now, count: 1 } });
    if (anew[0]) return anew[0];
    const row = { id, communityId: community.id, memberId: whose === 'person' ? member.id : null, act, since: now, count: 1 };
    const [first] = await db.actCount.createManyAndReturn({ data: [row], skipDuplicates: true });
    if (first) return first;
  }
}

/** Has facilitators told of it, once a day. */
async function tellOnce({ db, now }: Counting, id: string): Promise<void> {
  await db.transact(async (tx) => {
    const before = new Date(now.getTime() - TOLD_FOR);
    const isNew = { id, OR: [{ toldAt: null }, { toldAt: { lt: before } }] };
    const { count } = await tx.actCount.updateMany({ where: isNew, data: { toldAt: now } });
    if (count > 0) await plan(tx, { kind: FLOOD, subjectId: id }, now);
  });
}

/**
 * Counts an act of a member, and of their community.
 * @throws Later when it was done too often; then facilitators hear of it, once a day, without what or by whom
 */
export async function spend(scope: Counting, act: Act): Promise<void> {
  const limits: { readonly [W in Whose]?: Limit } = LIMITS[act];
  for (const whose of ['person', 'community'] as const) {
    const limit = limits[whose];
    if (!limit || (whose === 'person' && ON_ROWS.has(act))) continue;
    const { id, since, count } = await countOne(scope, act, whose, limit);
    if (count <= limit.most) continue;
    await tellOnce(scope, id);
    throw new Later(againAt(since, limit));
  }
}

/** Has facilitators told of a flood that was held back before anything was looked up. */
export async function noteFlood(scope: Counting, whose: Whose): Promise<void> {
  const { id } = await countOne(scope, 'command', whose, LIMITS.command[whose]);
  await tellOnce(scope, id);
}
