import { eventQuestion } from '../cards/event-ask.js';
import type { World } from '../core/scope.js';
import { openQuestion } from '../core/sessions/events/answer.js';
import { mirror } from '../core/sessions/events/mirror.js';
import { EVENT_ASK } from '../core/sessions/work.js';
import type { Kind, NewDelivery } from '../schedule/kinds.js';
import { noticeTo } from './context.js';

/** Milliseconds after which it is asked no more; whoever looks at the session is asked still. */
const WINDOW = 7 * 24 * 3_600_000;

/** Keeps the next date of a session in the calendar of a guild. */
export const sessionMirror = (world: World): Kind => ({
  errand: (row, now) => mirror(world, row, now),
});

/** Asks whoever turned it on, alone, what is meant by a change by hand; or says what is in the way. */
export const sessionEventAsk = (world: World): Kind => ({
  async due(rows, tx, now) {
    const events = await tx.sessionEvent.findMany({
      where: { id: { in: rows.map(({ subjectId }) => subjectId) } },
      include: { space: { select: { platform: true } } },
    });
    const expiresAt = new Date(now.getTime() + WINDOW);
    const deliveries = rows.flatMap(({ subjectId, communityId, dueAt }): NewDelivery[] => {
      const event = events.find(({ id }) => id === subjectId);
      if (!event || event.byId === null) return [];
      const { byId: memberId, space } = event;
      const once = `${EVENT_ASK}:${subjectId}:${dueAt.getTime()}`;
      return [{ communityId, kind: EVENT_ASK, subjectId, memberId, platform: space.platform, once, dueAt: now, expiresAt }];
    });
    return { deliveries, next: new Map(rows.map(({ id }) => [id, null])) };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const event = await ctx?.scope.db.sessionEvent.findFirst({ where: { id: delivery.subjectId } });
    if (!ctx || !event) return { drop: 'over' };
    const { calendars } = world;
    const question = await openQuestion({ ...ctx.scope, ...(calendars && { calendars }) }, event);
    if (!question) return { drop: 'over' };
    const blocks = eventQuestion({ ...ctx, zone: ctx.scope.member.zone }, question);
    return { to: ctx.to, reply: { summary: ctx.t('event.ask'), blocks } };
  },
});
