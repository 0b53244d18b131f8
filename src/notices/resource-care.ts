import { facilitatorsKnown } from '../core/members/named.js';
import { DECIDED, SETTLED, STILL, WAITING } from '../core/resources/care/work.js';
import type { World } from '../core/scope.js';
import type { Kind, Tx } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { dueTo } from './due-to.js';
import { discreet } from './session-rsvp.js';

/** Milliseconds in which it helps to be told. */
const TELL_WITHIN = 7 * 24 * 3_600_000;

const until = (now: Date) => new Date(now.getTime() + TELL_WITHIN);

/** How much waits for the facilitators of a community. */
async function waits(tx: Pick<Tx, 'resourceReport' | 'resourceSuggestion'>, communityId: string): Promise<boolean> {
  const reports = await tx.resourceReport.count({ where: { communityId, openFor: { not: null } } });
  return reports > 0 || (await tx.resourceSuggestion.count({ where: { communityId, closedAt: null } })) > 0;
}

const toFacilitators = dueTo(WAITING, async (ids, tx, now) => {
  const each = await Promise.all(
    ids.map(async (subjectId) => {
      if (!(await waits(tx, subjectId))) return [];
      const known = await facilitatorsKnown(tx, subjectId, now);
      return known.map((memberId) => ({ subjectId, memberId, expiresAt: until(now) }));
    }),
  );
  return each.flat();
});

/** Tells those who look after the services that something waits, not what. */
export const resourceWaiting = (world: World): Kind => ({
  due: toFacilitators,
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    if (!ctx) return { drop: 'gone' };
    if (!(await waits(ctx.scope.db, ctx.scope.community.id))) return { drop: 'over' };
    const text = ctx.rich('resource.told.waiting', { command: { command: ['resource', 'review'] as const } });
    return discreet(ctx, ctx.t('resource.told.summary'), text, []);
  },
});

/** What of these nobody has decided about, and who sent it. */
async function undecided(tx: Pick<Tx, 'resourceReport' | 'resourceSuggestion'>, ids: readonly string[]) {
  const id = { in: [...ids] };
  const select = { id: true, memberId: true };
  const reports = await tx.resourceReport.findMany({ where: { id, openFor: { not: null } }, select });
  return [...reports, ...(await tx.resourceSuggestion.findMany({ where: { id, closedAt: null }, select }))];
}

const toSenders = dueTo(STILL, async (ids, tx, now) =>
  (await undecided(tx, ids)).map(({ id: subjectId, memberId }) => ({ subjectId, memberId, expiresAt: until(now) })),
);

/** Nobody waits in silence: who sent something hears that it still waits, and facilitators that something does. */
export const resourceStill = (world: World): Kind => ({
  async due(rows, tx, now) {
    const { deliveries, next } = await toSenders(rows, tx, now);
    const communities = new Map(rows.map((row) => [row.communityId, { ...row, subjectId: row.communityId }]));
    const again = await toFacilitators([...communities.values()], tx, now);
    return { deliveries: [...deliveries, ...again.deliveries], next };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    if (!ctx || (await undecided(ctx.scope.db, [delivery.subjectId])).length === 0) return { drop: 'over' };
    return discreet(ctx, ctx.t('resource.told.summary'), ctx.t('resource.told.still'), []);
  },
});

/** Tells a member what became of what they reported. The facilitator does not know who is told. */
export const resourceSettled = (world: World): Kind => ({
  due: dueTo(SETTLED, async (ids, tx, now) => {
    const reports = await tx.resourceReport.findMany({ where: { id: { in: [...ids] }, outcome: { not: null } } });
    return reports.map(({ id: subjectId, memberId }) => ({ subjectId, memberId, expiresAt: until(now) }));
  }),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const report = await ctx?.scope.db.resourceReport.findFirst({ where: { id: delivery.subjectId } });
    if (!ctx || !report?.outcome) return { drop: 'gone' };
    const see = {
      label: ctx.t('resource.told.see'),
      act: { path: ['resource', 'look'] as const, input: { id: report.resourceId } },
    };
    const text = ctx.t(`resource.told.${report.outcome}`);
    return discreet(ctx, ctx.t('resource.told.summary'), text, report.outcome === 'retired' ? [] : [see]);
  },
});

/** Tells a member what became of the service that they suggested. */
export const resourceDecided = (world: World): Kind => ({
  due: dueTo(DECIDED, async (ids, tx, now) => {
    const rows = await tx.resourceSuggestion.findMany({ where: { id: { in: [...ids] }, outcome: { not: null } } });
    return rows.map(({ id: subjectId, memberId }) => ({ subjectId, memberId, expiresAt: until(now) }));
  }),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const row = await ctx?.scope.db.resourceSuggestion.findFirst({ where: { id: delivery.subjectId } });
    if (!ctx || !row?.outcome) return { drop: 'gone' };
    if (!row.resourceId) return discreet(ctx, ctx.t('resource.told.summary'), ctx.t('resource.told.declined'), []);
    const see = {
      label: ctx.t('resource.told.see'),
      act: { path: ['resource', 'look'] as const, input: { id: row.resourceId } },
    };
    return discreet(ctx, ctx.t('resource.told.summary'), ctx.t('resource.told.added'), [see]);
  },
});

/** What was settled or decided a month ago is deleted. Nobody is told. */
export const resourceForget: Kind = {
  async due(rows, tx) {
    const where = { id: { in: rows.map(({ subjectId }) => subjectId) }, closedAt: { not: null } };
    await tx.resourceReport.deleteMany({ where });
    await tx.resourceSuggestion.deleteMany({ where });
    return { deliveries: [], next: new Map(rows.map(({ id }) => [id, null])) };
  },
};
