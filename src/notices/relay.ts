import { relayButtons } from '../cards/relay.js';
import { lookAtRelays } from '../core/relay/over.js';
import { notPassed, passOn, wordsOf } from '../core/relay/passing.js';
import type { World } from '../core/scope.js';
import type { DueRow, Kind } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { discreet } from './session-rsvp.js';

const byRow = (rows: readonly DueRow[], next: ReadonlyMap<string, Date | null>) =>
  new Map(rows.map(({ id, subjectId }) => [id, next.get(subjectId) ?? null]));

const subjectsOf = (rows: readonly DueRow[]) => rows.map(({ subjectId }) => subjectId);

/** What somebody wrote to somebody else through the bot. */
export const relayMessage = (world: World): Kind => ({
  async due(rows, tx, now) {
    const { deliveries, next } = await passOn(tx, subjectsOf(rows), now);
    return { deliveries, next: byRow(rows, next) };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const found = ctx && (await wordsOf(ctx.scope, delivery.subjectId));
    if (!ctx || !found) return { drop: 'over' };
    const { relay, purpose, from, words } = found;
    return {
      to: ctx.to,
      reply: {
        summary: ctx.t('relay.summary'),
        blocks: [
          { kind: 'text', text: ctx.t(`relay.from.${purpose}.${from}`) },
          { kind: 'text', text: words },
          { kind: 'note', text: ctx.t('relay.how') },
          relayButtons(ctx, relay, { label: ctx.t('relay.writeBack') }),
        ],
      },
    };
  },
  failed: ({ subjectId }, _how, tx, now) => notPassed(tx, subjectId, now).then((notices) => [...notices]),
});

/** Nobody believes that words arrived which did not. */
export const relayLost = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    return ctx ? discreet(ctx, ctx.t('relay.lost'), ctx.t('relay.lostText'), []) : { drop: 'gone' };
  },
});

/** The end of it, told to whoever did not end it themselves. */
export const relayOver = (world: World): Kind => ({
  async due(rows, tx, now) {
    const { deliveries, next } = await lookAtRelays(tx, subjectsOf(rows), now);
    return { deliveries, next: byRow(rows, next) };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    return ctx ? discreet(ctx, ctx.t('relay.summary'), ctx.t('relay.over'), []) : { drop: 'gone' };
  },
});
