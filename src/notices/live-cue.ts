import type { Span, Tap } from '../chat/index.js';
import type { Cue } from '../core/live/by-clock.js';
import { cuesDue, type DueCue } from '../core/live/due.js';
import { CUE, MINUTE, SEAT } from '../core/live/kinds.js';
import { platformsOf } from '../core/members/reach.js';
import type { World } from '../core/scope.js';
import type { DueRow, Kind, NewDelivery } from '../schedule/kinds.js';
import { noticeTo } from './context.js';

/** Milliseconds after the end of the time in which saying so has its point. */
const AFTER_END = 2 * MINUTE;

const onceOf = ({ hand, what, until }: DueCue) => `${CUE}:${hand}:${what}${what === 'turn' ? '' : `:${until.getTime()}`}`;
const whatIn = (once: string) => once.split(':')[2] as Cue;

type Platforms = Awaited<ReturnType<typeof platformsOf>>;

function cueFor({ communityId, subjectId }: DueRow, cue: DueCue, platforms: Platforms): NewDelivery[] {
  const platform = platforms.get(cue.member);
  if (!platform) return [];
  const expiresAt = cue.what === 'end' ? new Date(cue.until.getTime() + AFTER_END) : cue.until;
  return [{ communityId, kind: CUE, subjectId, memberId: cue.member, platform, once: onceOf(cue), dueAt: cue.at, expiresAt }];
}

const tap = (sub: string, live: string): Tap => ({ path: ['live', sub], input: { live }, by: 'anyone' });

/** What whoever shares is told in private: their turn, a minute left, the end. Nobody else hears it, and nobody is cut off. */
export const liveCue = (world: World): Kind => ({
  async due(rows, tx, now) {
    const found = await cuesDue(
      tx,
      rows.map(({ subjectId }) => subjectId),
      now,
    );
    const members = [...found.values()].flatMap(({ cue }) => cue?.member ?? []);
    const platforms = await platformsOf(tx, members);
    return {
      deliveries: rows.flatMap((row) => {
        const cue = found.get(row.subjectId)?.cue;
        return cue ? cueFor(row, cue, platforms) : [];
      }),
      next: new Map(rows.map(({ id, subjectId }) => [id, found.get(subjectId)?.next ?? null])),
    };
  },
  async render(delivery, now) {
    const notice = await noticeTo(world, delivery, now);
    const live = delivery.subjectId;
    const memberId = delivery.memberId ?? '';
    const hand = await notice?.scope.db.hand.findFirst({ where: { liveId: live, memberId }, include: { live: true } });
    if (!notice || !hand?.until || hand.live.endedAt || hand.live.pausedAt) return { drop: 'over' };
    const what = whatIn(delivery.once);
    if (what !== 'turn' && !delivery.once.endsWith(`:${hand.until.getTime()}`)) return { drop: 'over' };
    const { t, rich, scope } = notice;
    const until: Span & object = { time: hand.until, style: 'time', zone: scope.member.zone };
    return {
      to: notice.to,
      reply: {
        summary: t(`live.cue.${what}.summary`),
        blocks: [
          { kind: 'text', text: rich<Span & object>(`live.cue.${what}.text`, { until }) },
          {
            kind: 'buttons',
            buttons: [
              { label: t('live.done'), act: tap('done', live) },
              { label: t('live.pass'), act: tap('pass', live) },
            ],
          },
        ],
      },
    };
  },
});

/** Somebody was handed the chair: they are told, because everybody relies on them now. */
export const liveSeat = (world: World): Kind => ({
  async due(rows, tx, now) {
    const lives = await tx.liveSession.findMany({ where: { id: { in: rows.map(({ subjectId }) => subjectId) }, endedAt: null } });
    const platforms = await platformsOf(
      tx,
      lives.flatMap(({ chairId }) => chairId ?? []),
    );
    const deliveries = rows.flatMap(({ communityId, subjectId, dueAt }): NewDelivery[] => {
      const memberId = lives.find(({ id }) => id === subjectId)?.chairId;
      const platform = memberId ? platforms.get(memberId) : undefined;
      if (!memberId || !platform) return [];
      const once = `${SEAT}:${subjectId}:${dueAt.getTime()}`;
      return [
        { communityId, kind: SEAT, subjectId, memberId, platform, once, dueAt, expiresAt: new Date(now.getTime() + 15 * MINUTE) },
      ];
    });
    return { deliveries, next: new Map(rows.map(({ id }) => [id, null])) };
  },
  async render(delivery, now) {
    const notice = await noticeTo(world, delivery, now);
    const live = await notice?.scope.db.liveSession.findFirst({ where: { id: delivery.subjectId } });
    if (!notice || !live || live.endedAt || live.chairId !== delivery.memberId) return { drop: 'over' };
    const { t } = notice;
    return {
      to: notice.to,
      reply: {
        summary: t('live.seat.summary'),
        blocks: [
          { kind: 'text', text: t('live.seat.text') },
          { kind: 'buttons', buttons: [{ label: t('live.lead'), style: 'primary', act: tap('panel', live.id) }] },
        ],
      },
    };
  },
});
