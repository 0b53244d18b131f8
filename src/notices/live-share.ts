import type { Block, Reply, Span, Tap } from '../chat/index.js';
import { firstShare, MINUTE, SHARE, shareBinding } from '../core/live/kinds.js';
import { accountOf } from '../core/members/behind.js';
import type { World } from '../core/scope.js';
import { within } from '../core/within.js';
import type { Kind, NewDelivery } from '../schedule/kinds.js';
import { type Words, wordsFor } from '../words/index.js';
import { AGAIN, onTheirWay } from './on-the-way.js';

/** Milliseconds in which a share in writing has its point. */
const WITHIN = 30 * MINUTE;

function draw({ t, rich }: Words, share: string, words: string, who: Span | undefined): Reply {
  const heading: Block<Tap> = {
    kind: 'text',
    text: who === undefined ? t('live.share.unnamed') : rich<Span & object>('live.share.named', { person: who as Span & object }),
  };
  return {
    summary: t('live.share.summary'),
    blocks: [
      heading,
      { kind: 'text', text: words },
      {
        kind: 'buttons',
        buttons: [{ label: t('live.share.takeDown'), act: { path: ['live', 'down'], input: { share }, by: 'anyone' } }],
      },
    ],
  };
}

/** A share in writing, as its writer chose: with their name, or nobody's. Taken down, it says so in its place. */
export const liveShare = ({ prisma, cipher }: World): Kind => ({
  async due(rows, tx, now) {
    const shares = await tx.share.findMany({
      where: { id: { in: rows.map(({ subjectId }) => subjectId) } },
      select: { id: true, isDown: true, live: { select: { space: { select: { platform: true } } } } },
    });
    const down = shares.filter(({ isDown }) => isDown).map(({ id }) => firstShare(id));
    const waiting = await onTheirWay(tx, down);
    const deliveries = rows.flatMap(({ communityId, subjectId, dueAt }): NewDelivery[] => {
      const share = shares.find(({ id }) => id === subjectId);
      if (!share || waiting.has(firstShare(subjectId))) return [];
      const once = share.isDown ? `${firstShare(subjectId)}:down` : firstShare(subjectId);
      const expiresAt = new Date(now.getTime() + WITHIN);
      return [{ communityId, kind: SHARE, subjectId, platform: share.live.space.platform, once, dueAt, expiresAt }];
    });
    // What is on its way is taken down once it is there.
    const again = new Date(now.getTime() + AGAIN);
    const next = new Map(rows.map(({ id, subjectId }) => [id, waiting.has(firstShare(subjectId)) ? again : null]));
    return { deliveries, next };
  },
  async render({ communityId, subjectId, once, platform }) {
    const { db } = within({ prisma, cipher }, communityId);
    const [share, first] = await Promise.all([
      db.share.findFirst({
        where: { id: subjectId },
        include: { live: { include: { space: true } }, community: { select: { language: true } } },
      }),
      db.delivery.findFirst({ where: { once: firstShare(subjectId) } }),
    ]);
    if (!share) return { drop: 'gone' };
    const words = wordsFor(share.community.language);
    const to = { kind: 'channel' as const, space: share.live.space.externalId, channel: share.live.channelId };
    if (once === firstShare(subjectId)) {
      if (share.isDown) return { drop: 'down' };
      const account = share.memberId === null ? undefined : await accountOf(db, share.memberId, platform);
      const who: Span | undefined =
        share.memberId === null ? undefined : account === undefined ? words.t('live.somebodyElsewhere') : { mention: account };
      return { to, reply: draw(words, subjectId, cipher.open(share.body, shareBinding(subjectId)), who) };
    }
    if (!first?.ref) return { drop: 'nothing' };
    const text = words.t('live.share.down');
    return { to, edit: first.ref, reply: { summary: text, blocks: [{ kind: 'note', text }] } };
  },
});
