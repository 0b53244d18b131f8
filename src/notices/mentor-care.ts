import type { Button, Tap } from '../chat/index.js';
import { accountOf } from '../core/members/behind.js';
import { caretakers } from '../core/members/named.js';
import { platformsOf } from '../core/members/reach.js';
import { type Confirming, lookAtConfirming } from '../core/pairing/mentor/reconfirm.js';
import { CONFIRM_WITHIN, LAPSED, RECONFIRM, SILENT } from '../core/pairing/mentor/work.js';
import type { World } from '../core/scope.js';
import type { Delivery, Kind, NewDelivery, Tx } from '../schedule/kinds.js';
import { type NoticeCtx, noticeTo } from './context.js';
import { toMember } from './once-each.js';
import { discreet } from './session-rsvp.js';

/** Milliseconds after which it is no news any more. */
const NEWS = CONFIRM_WITHIN;

const profileOf = ({ scope }: NoticeCtx, { subjectId: id }: Delivery) => scope.db.mentorProfile.findFirst({ where: { id } });

/** Who hears of silence: the mentor, and whoever looks after the community. */
async function silence(tx: Tx, { profile }: Confirming, now: Date): Promise<NewDelivery[]> {
  const { id: subjectId, communityId, memberId } = profile;
  const carers = (await caretakers(tx, communityId)).filter((one) => one !== memberId);
  const platforms = await platformsOf(tx, [memberId, ...carers]);
  const expiresAt = new Date(now.getTime() + NEWS);
  const common = { communityId, subjectId, dueAt: now, expiresAt };
  const key = `${subjectId}:${profile.askedAt?.getTime()}`;
  return [
    ...toMember(platforms, memberId, { ...common, kind: LAPSED, once: `${LAPSED}:${key}` }),
    ...carers.flatMap((one) => toMember(platforms, one, { ...common, kind: SILENT, once: `${SILENT}:${key}:${one}` })),
  ];
}

const answers = ({ t }: NoticeCtx): Button<Tap>[] => [
  { label: t('mentor.reconfirm.yes'), style: 'primary', act: { path: ['mentor', 'confirm'], does: 'edit' } },
  { label: t('mentor.reconfirm.change'), act: { path: ['mentor', 'volunteer'] } },
  { label: t('mentor.pause'), act: { path: ['mentor', 'pause'], does: 'form' } },
  { label: t('mentor.stop'), act: { path: ['mentor', 'stop'], does: 'edit' } },
];

/** "Does all of it still hold?", once a month. Who is silent rests, until a tap of theirs. */
export const mentorReconfirm = (world: World): Kind => ({
  async due(rows, tx, now) {
    const looked = await lookAtConfirming(
      tx,
      rows.map(({ subjectId }) => subjectId),
      now,
    );
    const platforms = await platformsOf(
      tx,
      looked.map(({ profile }) => profile.memberId),
    );
    const deliveries: NewDelivery[] = [];
    for (const one of looked) {
      const { id: subjectId, communityId, memberId } = one.profile;
      if (one.step.does === 'lapse') deliveries.push(...(await silence(tx, one, now)));
      if (one.step.does !== 'ask' || !one.step.next) continue;
      const message = { communityId, kind: RECONFIRM, subjectId, dueAt: now, expiresAt: one.step.next };
      deliveries.push(...toMember(platforms, memberId, { ...message, once: `${RECONFIRM}:${subjectId}:${now.getTime()}` }));
    }
    const next = new Map(looked.map(({ profile, step }) => [profile.id, step.next]));
    return { deliveries, next: new Map(rows.map(({ id, subjectId }) => [id, next.get(subjectId) ?? null])) };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const profile = ctx && (await profileOf(ctx, delivery));
    if (!ctx || !profile) return { drop: 'gone' };
    if (!profile.askedAt || profile.lapsedAt || profile.endedAt) return { drop: 'over' };
    return discreet(ctx, ctx.t('mentor.notice'), ctx.t('mentor.reconfirm.ask'), answers(ctx));
  },
});

export const mentorLapsed = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const profile = ctx && (await profileOf(ctx, delivery));
    if (!ctx || !profile?.lapsedAt) return { drop: 'over' };
    return discreet(ctx, ctx.t('mentor.notice'), ctx.t('mentor.reconfirm.lapsed'), answers(ctx));
  },
});

/** To coordinators: somebody should ask how this mentor is. Says nothing of whom they help. */
export const mentorSilent = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const profile = ctx && (await profileOf(ctx, delivery));
    if (!ctx || !profile?.lapsedAt) return { drop: 'over' };
    const account = await accountOf(ctx.scope.db, profile.memberId, delivery.platform);
    const who = account === undefined ? ctx.t('session.somebody') : { mention: account };
    return discreet(ctx, ctx.t('mentor.notice'), ctx.rich('mentor.reconfirm.silent', { who }), []);
  },
});
