import type { Reply, Span, Tap } from '../chat/index.js';
import { type BeginRow, beginningsOf } from '../core/live/beginnings.js';
import { BEGIN, EARLY, LATE } from '../core/live/kinds.js';
import { platformsOf } from '../core/members/reach.js';
import type { World } from '../core/scope.js';
import { detailsOf } from '../core/sessions/details.js';
import { within } from '../core/within.js';
import type { DueRow, Kind, NewDelivery } from '../schedule/kinds.js';
import { later } from '../time/later.js';
import { wordsFor } from '../words/index.js';
import { noticeTo } from './context.js';

/** The instants at which something is said before a session: to who chairs it, and at last to those who came. */
function nextLook({ startsAt, hasChair }: BeginRow, now: Date): Date | null {
  const looks = [later(startsAt, -EARLY), startsAt, ...(hasChair ? [later(startsAt, LATE)] : [])];
  return looks.find((at) => at > now) ?? null;
}

const onceOf = ({ id, startsAt }: BeginRow, whom: string) => `${BEGIN}:${id}:${startsAt.getTime()}:${whom}`;

function offers(row: DueRow, found: BeginRow, platforms: ReadonlyMap<string, NewDelivery['platform']>, now: Date): NewDelivery[] {
  const { communityId, subjectId, dueAt } = row;
  if (now < later(found.startsAt, -EARLY) || now >= found.endsAt) return [];
  const base = { communityId, kind: BEGIN, subjectId, dueAt, expiresAt: found.endsAt };
  const isAlone = now >= (found.hasChair ? later(found.startsAt, LATE) : found.startsAt);
  if (isAlone) return found.channel ? [{ ...base, platform: found.platform, once: onceOf(found, 'alone') }] : [];
  return found.chairs.flatMap((memberId) => {
    const platform = platforms.get(memberId);
    return platform ? [{ ...base, memberId, platform, once: onceOf(found, memberId) }] : [];
  });
}

function offer(words: ReturnType<typeof wordsFor>, occurrence: string, title: string, startsAt: Date, zone: string): Reply {
  const when: Span & object = { time: startsAt, style: 'time', zone };
  return {
    summary: words.t('live.begin.summary'),
    blocks: [
      { kind: 'text', text: words.rich<Span & object>('live.begin.text', { title, when }) },
      {
        kind: 'buttons',
        buttons: [
          { label: words.t('live.begin.button'), style: 'primary', act: { path: ['live', 'ready'], input: { occurrence } } },
        ],
      },
    ],
  };
}

function alone(words: ReturnType<typeof wordsFor>, occurrence: string, title: string): Reply {
  const act: Tap = { path: ['live', 'alone'], input: { occurrence }, by: 'anyone' };
  return {
    summary: words.t('live.alone.summary'),
    blocks: [
      { kind: 'heading', text: words.t('live.card.heading', { title }) },
      { kind: 'text', text: words.t('live.alone.text') },
      { kind: 'buttons', buttons: [{ label: words.t('live.alone.button'), style: 'primary', act }] },
    ],
  };
}

/** The start of a session: who chairs it is offered to begin, in private; when nobody does, those who came are told the truth. */
export const sessionBegin = (world: World): Kind => ({
  async due(rows, tx, now) {
    const found = await beginningsOf(
      tx,
      rows.map(({ subjectId }) => subjectId),
    );
    const platforms = await platformsOf(
      tx,
      [...found.values()].flatMap(({ chairs }) => chairs),
    );
    return {
      deliveries: rows.flatMap((row) => {
        const one = found.get(row.subjectId);
        return one ? offers(row, one, platforms, now) : [];
      }),
      next: new Map(
        rows.map(({ id, subjectId }) => {
          const one = found.get(subjectId);
          return [id, one ? nextLook(one, now) : null];
        }),
      ),
    };
  },
  async render(delivery, now) {
    const { communityId, subjectId, memberId } = delivery;
    const { db } = within(world, communityId);
    const dated = await db.occurrence.findFirst({
      where: { id: subjectId, state: 'planned' },
      include: { session: { include: { space: true } }, community: { select: { language: true } } },
    });
    if (!dated) return { drop: 'over' };
    const { session } = dated;
    const { title } = detailsOf(world.cipher, session, dated);
    if (memberId === undefined) {
      const channel = dated.channelId ?? session.channelId;
      if (channel === null) return { drop: 'nowhere' };
      const words = wordsFor(session.language ?? dated.community.language);
      return { to: { kind: 'channel', space: session.space.externalId, channel }, reply: alone(words, subjectId, title) };
    }
    const notice = await noticeTo(world, delivery, now);
    if (!notice || ![dated.chairId ?? session.chairId, session.coChairId].includes(memberId)) return { drop: 'over' };
    return { to: notice.to, reply: offer(notice, subjectId, title, dated.startsAt, notice.scope.member.zone) };
  },
});
