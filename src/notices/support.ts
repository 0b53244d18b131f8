import { askButton, askerButtons, crisisButton, crisisNote, withWhom } from '../cards/someone-now.js';
import type { Span, Tap } from '../chat/index.js';
import { languageName } from '../core/meetings/languages.js';
import { accountOf } from '../core/members/behind.js';
import type { World } from '../core/scope.js';
import type { OpenRequest } from '../core/support/now/hold.js';
import { askKey, type What, whatIn } from '../core/support/now/kinds.js';
import { lookAtRequests, notReached } from '../core/support/now/look.js';
import { askOf, isOnCall, requestOf, wasAsked } from '../core/support/now/told.js';
import type { Kind, Rendered } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { discreet } from './session-rsvp.js';

/** One request's time has come, or somebody said something. */
export const supportLook: Kind = {
  async due(rows, tx, now) {
    const looks = await lookAtRequests(
      tx,
      rows.map(({ subjectId }) => subjectId),
      now,
    );
    return {
      deliveries: rows.flatMap(({ subjectId }) => looks.get(subjectId)?.notices ?? []),
      next: new Map(rows.map(({ id, subjectId }) => [id, looks.get(subjectId)?.next ?? null])),
    };
  },
};

/** Asks whether somebody has time. Says that somebody is here and which language they speak; not who they are, nor what they wrote. */
export const supportAsk = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const ask = ctx && (await askOf(ctx.scope, delivery.subjectId));
    if (!ctx || !ask) return { drop: 'gone' };
    const { request, said } = ask;
    if (delivery.once !== askKey(ask)) return { drop: 'over' };
    // Who left the roster meanwhile is passed over, as who could not be reached.
    if (!ask.isCoordinator && !(await isOnCall(ctx.scope))) return { drop: 'off' };
    if (said !== null || request.endedAt || request.asks.some((one) => one.said === 'yes')) return { drop: 'over' };
    const language = languageName(request.language, ctx.language);
    const answer = (say: 'yes' | 'no'): Tap => ({ path: ['support', 'answer'], input: { ask: ask.id, say }, does: 'edit' });
    return {
      to: ctx.to,
      reply: {
        summary: ctx.t('support.volunteer.summary'),
        blocks: [
          {
            kind: 'text',
            text: ctx.t(ask.isCoordinator ? 'support.volunteer.askCaretaker' : 'support.volunteer.ask', { language }),
          },
          { kind: 'note', text: ctx.t('support.volunteer.how') },
          {
            kind: 'buttons',
            buttons: [
              { label: ctx.t('support.volunteer.yes'), style: 'primary', act: answer('yes') },
              { label: ctx.t('support.volunteer.no'), act: answer('no') },
            ],
          },
        ],
      },
    };
  },
  async failed({ communityId, subjectId }, { reason }, tx, now) {
    if (reason !== 'over') await notReached(tx, communityId, subjectId, now);
    return undefined;
  },
});

/** Whoever was asked and has not answered need not think of it any more. */
export const supportSettled = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const ask = ctx && (await askOf(ctx.scope, delivery.subjectId));
    if (!ctx || !ask) return { drop: 'gone' };
    const isTaken = ask.request.asks.some(({ said }) => said === 'yes');
    if (ask.said !== null || (!isTaken && !ask.request.endedAt)) return { drop: 'over' };
    if (!(await wasAsked(ctx.scope, ask))) return { drop: 'nothing' };
    const text = ctx.t(isTaken ? 'support.volunteer.taken' : 'support.volunteer.over');
    return discreet(ctx, ctx.t('support.volunteer.settled'), text, []);
  },
});

/** Somebody said yes, and the two did not find each other. */
export const supportMissed = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const ask = ctx && (await askOf(ctx.scope, delivery.subjectId));
    if (!ctx || ask?.said !== 'missed') return { drop: 'over' };
    return discreet(ctx, ctx.t('support.volunteer.settled'), ctx.t('support.volunteer.missed'), []);
  },
});

/** Whether what was to be told is still so. */
function isTrue(row: OpenRequest, what: What, nth: string): boolean {
  const yes = row.asks.find(({ said }) => said === 'yes');
  if (what === 'taken' || what === 'check') return yes?.id === nth && row.endedAt === null;
  if (what === 'over') return row.ended === 'over';
  return row.endedAt === null && yes === undefined && (what === 'more' || nth === String(row.since.getTime()));
}

/** Honest progress, to who asked. */
export const supportNews = (world: World): Kind => ({
  async render(delivery, now): Promise<Rendered> {
    const ctx = await noticeTo(world, delivery, now);
    const row = ctx && (await requestOf(ctx.scope, delivery.subjectId));
    const what = whatIn(delivery.once);
    if (!ctx || !row) return { drop: 'gone' };
    if (!isTrue(row, what, delivery.once.split(':').at(-2) ?? '')) return { drop: 'over' };
    const count = row.asks.filter(({ said }) => said !== 'unreached').length;
    const until: Span & object = { time: row.until, style: 'time', zone: ctx.scope.member.zone };
    const isWith = what === 'taken' || what === 'check';
    const volunteer = row.asks.find(({ said }) => said === 'yes')?.memberId;
    const account = volunteer && (await accountOf(ctx.scope.db, volunteer, delivery.platform));
    const buttons =
      what === 'over'
        ? [askButton(ctx), crisisButton(ctx)]
        : askerButtons(ctx, row.id, isWith ? (row.relayId ?? undefined) : undefined, isWith, 'reply');
    return {
      to: ctx.to,
      reply: {
        summary: ctx.t('support.news.summary'),
        blocks: [
          { kind: 'text', text: ctx.rich<Span & object>(`support.news.${what}`, { count, until }) },
          ...(isWith ? [withWhom(ctx, account)] : []),
          crisisNote(ctx),
          { kind: 'buttons', buttons },
        ],
      },
    };
  },
});
