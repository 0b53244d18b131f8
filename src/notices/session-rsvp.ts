import { rsvpTap, seeButton } from '../cards/rsvp-buttons.js';
import type { Button, Span, Tap } from '../chat/index.js';
import { platformsOf } from '../core/members/reach.js';
import type { World } from '../core/scope.js';
import { isMeant } from '../core/sessions/date-row.js';
import { concernedBy, dateOfId, passOver, rsvpOf } from '../core/sessions/notice-parts.js';
import { LAPSED, offerKey, reminderKey, TOLD, type WhatChanged } from '../core/sessions/work.js';
import type { Kind, NewDelivery, Rendered } from '../schedule/kinds.js';
import { type NoticeCtx, noticeTo } from './context.js';

/** Milliseconds in which it helps to hear of a change, at least. */
const TELL_WITHIN = 3_600_000;

export const at = (ctx: NoticeCtx, time: Date): Span & object => ({
  time,
  style: 'datetime',
  zone: ctx.scope.member.zone,
});

/** A message that says nothing of what it is about: that opens on a tap. */
export const discreet = (
  { to }: NoticeCtx,
  summary: string,
  text: string | Span[],
  buttons: readonly Button<Tap>[],
): Rendered => ({
  to,
  reply: {
    summary,
    blocks: [{ kind: 'text', text }, ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : [])],
  },
});

/** To who said yes, at the times that their session has. */
export const sessionReminder = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const found = ctx && (await rsvpOf(ctx.scope, delivery.subjectId));
    if (!ctx || !found) return { drop: 'gone' };
    const { rsvp, date } = found;
    const { session, startsAt, local } = date;
    if (rsvp.state !== 'going' || date.state !== 'planned' || !isMeant(date)) return { drop: 'over' };
    if (rsvp.isMuted || session.mutes.some(({ memberId }) => memberId === rsvp.memberId)) return { drop: 'muted' };
    const keys = session.reminders.map((minutes) => reminderKey(rsvp.id, startsAt, minutes));
    if (!keys.includes(delivery.once)) return { drop: 'moved' };
    const name = { session: session.id, local };
    const mute: Tap = { path: ['session', 'mute'], input: { id: session.id, local, what: 'session' }, does: 'edit' };
    return discreet(
      ctx,
      ctx.t('rsvp.reminder.summary'),
      ctx.rich<Span & object>('rsvp.reminder.text', { when: at(ctx, startsAt) }),
      [
        { ...seeButton(ctx, name), style: 'primary' },
        { label: ctx.t('rsvp.no'), act: rsvpTap(name, 'no', { does: 'edit' }) },
        { label: ctx.t('rsvp.mute.session'), act: mute },
      ],
    );
  },
});

/** A place is free for who waited longest. Who cannot be told does not hold others up. */
export const sessionOffer = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const found = ctx && (await rsvpOf(ctx.scope, delivery.subjectId));
    if (!ctx || !found) return { drop: 'gone' };
    const { rsvp, date } = found;
    const { offeredUntil } = rsvp;
    if (rsvp.state !== 'offered' || !offeredUntil || !isMeant(date)) return { drop: 'over' };
    if (delivery.once !== offerKey(delivery.kind, rsvp.id, offeredUntil)) return { drop: 'over' };
    const name = { session: date.sessionId, local: date.local };
    const text = ctx.rich<Span & object>('rsvp.offer.text', { until: at(ctx, offeredUntil) });
    return discreet(ctx, ctx.t('rsvp.offer.summary'), text, [
      { label: ctx.t('rsvp.offer.take'), style: 'primary', act: rsvpTap(name, 'going', { does: 'edit' }) },
      { label: ctx.t('rsvp.offer.leave'), act: rsvpTap(name, 'no', { does: 'edit' }) },
      seeButton(ctx, name),
    ]);
  },
  async failed({ communityId, subjectId }, { reason }, tx, now) {
    if (reason !== 'over') await passOver(tx, communityId, subjectId, now);
    return undefined;
  },
});

/** Nobody waits in silence: a place that was theirs went on. */
export const sessionLapsed = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const found = ctx && (await rsvpOf(ctx.scope, delivery.subjectId));
    if (!ctx || !found) return { drop: 'gone' };
    const { rsvp, date } = found;
    const isStill = rsvp.state === 'lapsed' && delivery.once === offerKey(LAPSED, rsvp.id, rsvp.offeredUntil ?? now);
    if (!isStill || !isMeant(date) || now >= date.startsAt) return { drop: 'over' };
    const name = { session: date.sessionId, local: date.local };
    return discreet(ctx, ctx.t('rsvp.told.summary'), ctx.t('rsvp.lapsed'), [
      { label: ctx.t('rsvp.going'), act: rsvpTap(name, 'going', { does: 'edit' }) },
      seeButton(ctx, name),
    ]);
  },
});

/** A date was moved, called off, or is somewhere else: whoever planned with it hears it. */
export const sessionTold = (world: World, what: WhatChanged): Kind => ({
  async due(rows, tx, now) {
    const concerned = await concernedBy(
      rows.map(({ subjectId }) => subjectId),
      tx,
    );
    const platforms = await platformsOf(
      tx,
      [...concerned.values()].flatMap(({ members }) => members),
    );
    const deliveries = rows.flatMap((row) => {
      const { communityId, subjectId, dueAt } = row;
      const kind = TOLD[what];
      const found = concerned.get(subjectId);
      const until = Math.max(found?.startsAt.getTime() ?? 0, now.getTime() + TELL_WITHIN);
      return (found?.members ?? []).flatMap((memberId): NewDelivery[] => {
        const platform = platforms.get(memberId);
        const once = `${kind}:${subjectId}:${memberId}:${dueAt.getTime()}`;
        return platform ? [{ communityId, kind, subjectId, memberId, platform, once, dueAt, expiresAt: new Date(until) }] : [];
      });
    });
    return { deliveries, next: new Map(rows.map(({ id }) => [id, null])) };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const date = ctx && (await dateOfId(ctx.scope, delivery.subjectId));
    if (!ctx || !date) return { drop: 'gone' };
    // Called off and put back, or moved and then called off: the last word is told.
    if (isMeant(date) === (what === 'off')) return { drop: 'over' };
    const text = ctx.rich<Span & object>(`rsvp.told.${what}`, { when: at(ctx, date.startsAt) });
    return discreet(ctx, ctx.t('rsvp.told.summary'), text, [seeButton(ctx, { session: date.sessionId, local: date.local })]);
  },
});
