import { lookDaily } from '../core/milestones/daily.js';
import { LOOK } from '../core/milestones/look.js';
import { milestonesOf } from '../core/milestones/mine.js';
import type { World } from '../core/scope.js';
import type { Kind, NewDelivery } from '../schedule/kinds.js';
import { noticeTo } from './context.js';

/** Milliseconds after which a note of the morning is pointless. */
const WITHIN = 12 * 3_600_000;

/** The daily look at somebody's milestones, and a discreet note when there is something to see. */
export const milestonesDay = (world: World): Kind => ({
  async due(rows, tx, now) {
    const looks = rows.map(({ id, subjectId, dueAt }) => ({ id, memberId: subjectId, dueAt }));
    const looked = await lookDaily(looks, tx, world.cipher, now);
    const deliveries = rows.flatMap(({ id, communityId, subjectId, dueAt }): NewDelivery[] => {
      const tell = looked.get(id)?.tell;
      if (!tell) return [];
      const { platform, day } = tell;
      const expiresAt = new Date(now.getTime() + WITHIN);
      const once = `${LOOK}:${subjectId}:${day}`;
      return [{ communityId, kind: LOOK, subjectId, memberId: subjectId, platform, once, dueAt, expiresAt }];
    });
    const next = rows.map(({ id }): [string, Date | null] => {
      const at = looked.get(id)?.next;
      return [id, at ? new Date(at.epochMilliseconds) : null];
    });
    return { deliveries, next: new Map(next) };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    if (!ctx) return { drop: 'gone' };
    const milestones = await milestonesOf(ctx.scope);
    if (milestones.every(({ fresh }) => fresh.length === 0)) return { drop: 'nothing' };
    const summary = ctx.t('milestone.note');
    return {
      to: ctx.to,
      reply: {
        summary,
        blocks: [
          { kind: 'text', text: summary },
          { kind: 'buttons', buttons: [{ label: ctx.t('milestone.open'), act: { path: ['milestone', 'show'] } }] },
        ],
      },
    };
  },
});
