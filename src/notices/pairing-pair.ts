import { relayButtons } from '../cards/relay.js';
import type { Block, Span, Tap } from '../chat/index.js';
import { apartFrom } from '../core/members/apart.js';
import { accountOf } from '../core/members/behind.js';
import { farewellBinding } from '../core/pairing/close.js';
import { otherOf, sideOf } from '../core/pairing/introduce.js';
import { INTRODUCTION, MET, OVER, type Side } from '../core/pairing/work.js';
import type { World } from '../core/scope.js';
import type { Pairing } from '../db/generated/client.js';
import type { Delivery, Kind } from '../schedule/kinds.js';
import { type NoticeCtx, noticeTo } from './context.js';
import { dueTo } from './due-to.js';
import { at, discreet } from './session-rsvp.js';

const WEEK = 7 * 24 * 3_600_000;

/** Each of the two, about a pairing that still stands as it should. */
const both = (kind: string, state: Pairing['state'], until: (pairing: Pairing, now: Date) => Date): NonNullable<Kind['due']> =>
  dueTo(kind, async (ids, tx, now) => {
    const rows = await tx.pairing.findMany({ where: { id: { in: [...ids] }, state } });
    return rows.flatMap((row) =>
      [row.menteeId, row.mentorId].map((memberId) => ({ subjectId: row.id, memberId, expiresAt: until(row, now) })),
    );
  });

async function pairingOf(world: World, delivery: Delivery, now: Date) {
  const ctx = await noticeTo(world, delivery, now);
  const pairing = await ctx?.scope.db.pairing.findFirst({ where: { id: delivery.subjectId } });
  return ctx && pairing ? { ctx, pairing } : undefined;
}

/** Somebody said yes: before the two meet, each looks at what both will see. */
export const pairingIntroduction = (world: World): Kind => ({
  due: both(INTRODUCTION, 'introducing', ({ introBy }) => introBy),
  async render(delivery, now) {
    const found = await pairingOf(world, delivery, now);
    if (!found) return { drop: 'gone' };
    const { ctx, pairing } = found;
    const side = sideOf(pairing, ctx.scope.member.id);
    const saidYes = side === 'mentee' ? pairing.menteeYesAt : pairing.mentorYesAt;
    if (pairing.state !== 'introducing' || saidYes) return { drop: 'over' };
    const look: Tap = { path: ['sponsor', 'meet'], input: { pairing: pairing.id } };
    const text = ctx.rich<Span & object>('sponsor.told.introduction', { until: at(ctx, pairing.introBy) });
    return discreet(ctx, ctx.t('sponsor.told.summary'), text, [{ label: ctx.t('sponsor.see'), style: 'primary', act: look }]);
  },
});

async function metBlocks(ctx: NoticeCtx, pairing: Pairing, platform: Delivery['platform']): Promise<Block<Tap>[]> {
  const { member, db } = ctx.scope;
  const side = sideOf(pairing, member.id);
  const account = await accountOf(db, otherOf(pairing, member.id), platform);
  const ideas = ctx.t(`sponsor.ideas.${side}`).split('\n');
  return [
    {
      kind: 'text',
      text:
        account === undefined
          ? ctx.t('sponsor.told.metThrough')
          : ctx.rich<Span & object>('sponsor.told.met', { who: { mention: account } }),
    },
    { kind: 'text', text: ctx.t('sponsor.told.first') },
    { kind: 'list', items: ideas },
    ...(pairing.relayId ? [relayButtons(ctx, pairing.relayId)] : []),
    { kind: 'buttons', buttons: [{ label: ctx.t('sponsor.see'), act: { path: ['sponsor', 'status'] } }] },
  ];
}

/** Both said yes. */
export const pairingMet = (world: World): Kind => ({
  due: both(MET, 'active', (_pairing, now) => new Date(now.getTime() + WEEK)),
  async render(delivery, now) {
    const found = await pairingOf(world, delivery, now);
    if (!found) return { drop: 'gone' };
    if (found.pairing.state !== 'active') return { drop: 'over' };
    const blocks = await metBlocks(found.ctx, found.pairing, delivery.platform);
    return { to: found.ctx.to, reply: { summary: found.ctx.t('sponsor.told.summary'), blocks } };
  },
});

/** It ended: whoever did not end it hears that, and the words that were left for them, which are forgotten a week later. */
export const pairingOver = (world: World, side: Side): Kind => ({
  async due(rows, tx, now) {
    const pairings = await tx.pairing.findMany({ where: { id: { in: rows.map(({ subjectId }) => subjectId) }, state: 'ended' } });
    const fresh = new Map(pairings.map((row) => [row.id, row]));
    const isNew = ({ endedAt }: Pairing) => endedAt !== null && now.getTime() < endedAt.getTime() + WEEK;
    const told = await dueTo(OVER[side], async () =>
      pairings.filter(isNew).map(({ id, menteeId, mentorId, endedAt }) => ({
        subjectId: id,
        memberId: side === 'mentee' ? menteeId : mentorId,
        expiresAt: new Date((endedAt ?? now).getTime() + WEEK),
      })),
    )(rows, tx, now);
    const old = pairings.filter((row) => !isNew(row)).map(({ id }) => id);
    await tx.pairing.updateMany({ where: { id: { in: old } }, data: { farewell: null } });
    const next = rows.map(({ id, subjectId }): [string, Date | null] => {
      const row = fresh.get(subjectId);
      return [id, row?.farewell && row.endedAt && isNew(row) ? new Date(row.endedAt.getTime() + WEEK) : null];
    });
    return { ...told, next: new Map(next) };
  },
  async render(delivery, now) {
    const found = await pairingOf(world, delivery, now);
    if (!found) return { drop: 'gone' };
    const { ctx, pairing } = found;
    const { db, cipher, member } = ctx.scope;
    // Whoever asked never to be brought together with the other again is left no words by them.
    const isApart = (await apartFrom(db, member.id)).has(otherOf(pairing, member.id));
    const words = pairing.farewell && !isApart && cipher.open(pairing.farewell, farewellBinding(pairing.id));
    const key = pairing.startedAt ? 'ended' : 'cameToNothing';
    const blocks: Block<Tap>[] = [
      { kind: 'text', text: ctx.t(`sponsor.told.${key}.${side}`) },
      ...(words
        ? [
            { kind: 'text' as const, text: ctx.t('sponsor.told.farewell') },
            { kind: 'list' as const, items: [words] },
          ]
        : []),
      { kind: 'buttons', buttons: [{ label: ctx.t('sponsor.see'), act: { path: ['sponsor', 'status'] } }] },
    ];
    return { to: ctx.to, reply: { summary: ctx.t('sponsor.told.summary'), blocks } };
  },
});
