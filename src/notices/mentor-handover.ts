import { mentorCard } from '../cards/mentor-card.js';
import type { Block, Button, Span, Tap } from '../chat/index.js';
import { labelsOf } from '../core/communities/labels.js';
import { accountOf } from '../core/members/behind.js';
import { platformsOf } from '../core/members/reach.js';
import { myHandover, type OpenHandover } from '../core/pairing/handover/answer.js';
import { askedOf, lookAtHandovers } from '../core/pairing/handover/look.js';
import { HANDED, HANDOVER } from '../core/pairing/handover/work.js';
import { mentorPage } from '../core/pairing/mentor/profile.js';
import type { World } from '../core/scope.js';
import type { Delivery, Kind } from '../schedule/kinds.js';
import { type NoticeCtx, noticeTo } from './context.js';
import { dueTo } from './due-to.js';
import { toMember } from './once-each.js';
import { discreet } from './session-rsvp.js';

/** Milliseconds after which it is no news any more. */
const NEWS = 7 * 24 * 3_600_000;

const open = (ctx: NoticeCtx, id: string): Promise<OpenHandover | undefined> => myHandover(ctx.scope, id).catch(() => undefined);

const answers = ({ t }: NoticeCtx, handover: string, key: 'colleague' | 'mentee'): Extract<Block<Tap>, { kind: 'buttons' }> => {
  const act = (say: 'yes' | 'no'): Tap => ({ path: ['mentor', 'takeover'], input: { handover, say }, does: 'edit' });
  const buttons: Button<Tap>[] = [
    { label: t(`handover.${key}.yes`), style: 'primary', act: act('yes') },
    { label: t(`handover.${key}.no`), act: act('no') },
  ];
  return { kind: 'buttons', buttons };
};

async function question(
  ctx: NoticeCtx,
  { id, state, toId, pairing }: OpenHandover,
  { platform }: Delivery,
): Promise<Block<Tap>[]> {
  const { sponsor: word } = await labelsOf(ctx.scope);
  if (state === 'colleague') {
    const account = await accountOf(ctx.scope.db, pairing.mentorId, platform);
    const who = account === undefined ? ctx.t('session.somebody') : { mention: account };
    return [{ kind: 'text', text: ctx.rich<Span & object>('handover.colleague.ask', { who }) }, answers(ctx, id, 'colleague')];
  }
  const page = await mentorPage(ctx.scope, toId);
  return [
    { kind: 'text', text: ctx.t('handover.mentee.ask', { word }) },
    ...(page ? mentorCard(ctx, page.view) : []),
    { kind: 'note', text: ctx.t('handover.mentee.note') },
    answers(ctx, id, 'mentee'),
  ];
}

/** Asks the colleague whether they would, without a name of the mentee; then the mentee, without a why. */
export const mentorHandover = (world: World): Kind => ({
  async due(rows, tx, now) {
    const subjects = rows.map(({ subjectId }) => subjectId);
    const looks = await lookAtHandovers(tx, world.cipher, subjects, now);
    const platforms = await platformsOf(
      tx,
      looks.map(({ handover }) => askedOf(handover)),
    );
    const deliveries = looks.flatMap(({ handover, asks }) => {
      const { id: subjectId, communityId, state, deadline: expiresAt } = handover;
      const message = {
        communityId,
        kind: HANDOVER,
        subjectId,
        once: `${HANDOVER}:${subjectId}:${state}`,
        dueAt: now,
        expiresAt,
      };
      return asks ? toMember(platforms, askedOf(handover), message) : [];
    });
    const next = new Map(looks.map(({ handover, next }) => [handover.id, next]));
    return { deliveries, next: new Map(rows.map(({ id, subjectId }) => [id, next.get(subjectId) ?? null])) };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const handover = ctx && (await open(ctx, delivery.subjectId));
    if (!ctx || !handover || !delivery.once.endsWith(`:${handover.state}`)) return { drop: 'over' };
    return { to: ctx.to, reply: { summary: ctx.t('mentor.notice'), blocks: await question(ctx, handover, delivery) } };
  },
});

/** To the mentor who asked: they go on together, or all stays as it is. Never who said no. */
export const mentorHanded = (world: World): Kind => ({
  due: dueTo(HANDED, async (ids, tx, now) => {
    const rows = await tx.handover.findMany({ where: { id: { in: [...ids] } }, include: { pairing: true } });
    return rows.map(({ id: subjectId, pairing }) => ({
      ...{ subjectId, memberId: pairing.mentorId },
      expiresAt: new Date(now.getTime() + NEWS),
    }));
  }),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const row = await ctx?.scope.db.handover.findFirst({ where: { id: delivery.subjectId }, include: { pairing: true } });
    if (!ctx || !row) return { drop: 'gone' };
    const account = await accountOf(ctx.scope.db, row.pairing.menteeId, delivery.platform);
    const who = account === undefined ? ctx.t('session.somebody') : { mention: account };
    const key = row.state === 'done' ? 'handover.told.done' : 'handover.told.stays';
    return discreet(ctx, ctx.t('mentor.notice'), ctx.rich<Span & object>(key, { who }), []);
  },
});
