import { seeButton } from '../cards/rsvp-buttons.js';
import type { Span, Tap } from '../chat/index.js';
import type { World } from '../core/scope.js';
import { coverOf } from '../core/sessions/chair-look.js';
import { type DateRow, isMeant } from '../core/sessions/date-row.js';
import { askOf, dateOfId, notReached } from '../core/sessions/notice-parts.js';
import type { Kind } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { at, discreet } from './session-rsvp.js';

const nameOf = ({ sessionId, local }: DateRow) => ({ session: sessionId, local });
const isAhead = (date: DateRow) => date.state === 'planned' && isMeant(date);

/** Asks the chair whether they will be there, and others whether they can step in. Who cannot be reached is not waited for. */
export const sessionChair = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const found = ctx && (await askOf(ctx.scope, delivery.subjectId));
    if (!ctx || !found) return { drop: 'gone' };
    const { ask, date } = found;
    if (ask.said !== null || !isAhead(date) || coverOf(date, now).state === 'confirmed') return { drop: 'over' };
    const say = (answer: string): Tap => ({
      path: ['session', 'chairing'],
      input: { ask: ask.id, say: answer },
      does: 'edit',
    });
    const when = at(ctx, date.startsAt);
    const text = ctx.rich<Span & object>(ask.isCover ? 'rsvp.chair.cover' : 'rsvp.chair.ask', { when });
    return discreet(ctx, ctx.t('rsvp.chair.summary'), text, [
      { label: ctx.t(ask.isCover ? 'rsvp.chair.stepIn' : 'rsvp.chair.yes'), style: 'primary', act: say('yes') },
      { label: ctx.t('rsvp.chair.no'), act: say('no') },
      seeButton(ctx, nameOf(date)),
    ]);
  },
  async failed({ communityId, subjectId }, { reason }, tx, now) {
    if (reason !== 'over') await notReached(tx, communityId, subjectId, now);
    return undefined;
  },
});

/** Somebody else does it: who was asked need not think of it any more. */
export const sessionTaken = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const found = ctx && (await askOf(ctx.scope, delivery.subjectId));
    if (!ctx || !found) return { drop: 'gone' };
    const { ask, date } = found;
    const { chairs } = coverOf(date, now);
    if (chairs === undefined || chairs === ask.memberId || ask.said !== null) return { drop: 'over' };
    return discreet(ctx, ctx.t('rsvp.chair.takenNotice'), ctx.t('rsvp.chair.takenNotice'), [seeButton(ctx, nameOf(date))]);
  },
});

/** Everybody said that they cannot: whoever made the session hears it before those who come. */
export const sessionUncovered = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const date = ctx && (await dateOfId(ctx.scope, delivery.subjectId));
    if (!ctx || !date) return { drop: 'gone' };
    if (!isAhead(date) || coverOf(date, now).state !== 'seeking') return { drop: 'over' };
    const text = ctx.rich<Span & object>('rsvp.chair.uncovered', { when: at(ctx, date.startsAt) });
    return discreet(ctx, ctx.t('rsvp.chair.summary'), text, [seeButton(ctx, nameOf(date))]);
  },
});

/** It is time, and nobody chairs: those who come are told the truth. */
export const sessionLeaderless = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const date = ctx && (await dateOfId(ctx.scope, delivery.subjectId));
    if (!ctx || !date) return { drop: 'gone' };
    if (!isAhead(date) || coverOf(date, now).state !== 'open') return { drop: 'over' };
    const text = `${ctx.t('rsvp.chair.leaderless')} ${ctx.t('rsvp.chair.leaderlessHow')}`;
    const begin: Tap = { path: ['live', 'alone'], input: { occurrence: date.id } };
    return discreet(ctx, ctx.t('rsvp.told.summary'), text, [
      { label: ctx.t('live.alone.button'), act: begin },
      seeButton(ctx, nameOf(date)),
    ]);
  },
});
