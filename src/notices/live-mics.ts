import { MICS_REFUSED, MINUTE } from '../core/live/kinds.js';
import { giveBack } from '../core/live/mics/back.js';
import { hush } from '../core/live/mics/hush.js';
import { platformsOf } from '../core/members/reach.js';
import type { World } from '../core/scope.js';
import type { Kind, NewDelivery } from '../schedule/kinds.js';
import { noticeTo } from './context.js';

/** Milliseconds in which who chairs is told; later they know. */
const WITHIN = 15 * MINUTE;

/** Turns the microphones of a live session off and back. */
export const liveMics = (world: World): Kind => ({
  errand: (row, now) => hush(world, row, now),
});

/** Gives somebody who is erased their microphone back at once. */
export const liveMicBack = (world: World): Kind => ({
  errand: (row, now) => giveBack(world, row, now),
});

/** Tells who chairs, once a session, what is missing; in private, because it is nobody else's to mend. */
export const liveMicsRefused = (world: World): Kind => ({
  async due(rows, tx, now) {
    const lives = await tx.liveSession.findMany({ where: { id: { in: rows.map(({ subjectId }) => subjectId) } } });
    const chairs = lives.flatMap(({ chairId }) => chairId ?? []);
    const platforms = await platformsOf(tx, chairs);
    const deliveries = lives.flatMap(({ id, communityId, chairId }): NewDelivery[] => {
      const platform = chairId === null ? undefined : platforms.get(chairId);
      if (chairId === null || !platform) return [];
      const [once, expiresAt] = [`${MICS_REFUSED}:${id}`, new Date(now.getTime() + WITHIN)];
      return [{ communityId, kind: MICS_REFUSED, subjectId: id, memberId: chairId, platform, once, dueAt: now, expiresAt }];
    });
    return { deliveries, next: new Map(rows.map(({ id }) => [id, null])) };
  },
  async render(delivery, now) {
    const notice = await noticeTo(world, delivery, now);
    if (!notice) return { drop: 'over' };
    const { t, to } = notice;
    const text = t('live.mics.text', { button: t('live.panel.quiet') });
    return { to, reply: { summary: t('live.mics.summary'), blocks: [{ kind: 'text', text }] } };
  },
});
