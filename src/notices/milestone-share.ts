import type { Block, Tap, Text } from '../chat/index.js';
import { openDetails, type Share } from '../core/milestones/details.js';
import { SHARE, SHARE_WITHIN, saidKey } from '../core/milestones/share.js';
import type { World } from '../core/scope.js';
import type { Delivery, Kind, NewDelivery } from '../schedule/kinds.js';
import { type Words, wordsFor } from '../words/index.js';
import { noticeTo } from './context.js';
import { AGAIN, onTheirWay } from './on-the-way.js';

/** Told to the member alone, when their words could not be said. */
export const UNSHARED = 'milestone.unshared';

const saying = ({ consent }: Share) => saidKey(consent);
const takingBack = (share: Share) => `${saying(share)}:back`;

/** Exactly what the preview showed. */
function reply(words: Words, { words: said, mention, called }: Share) {
  const who: Text = mention !== undefined ? [{ mention }, ': ', said] : called === undefined ? said : `${called}: ${said}`;
  const blocks: Block<Tap>[] = [{ kind: 'text', text: who }];
  return { summary: words.t('milestone.share.summary'), blocks };
}

function back(words: Words) {
  const text = words.t('milestone.share.wasTakenBack');
  return { summary: text, blocks: [{ kind: 'note' as const, text }] };
}

/** What a member chose to say in a channel, and that they took it back. */
export function milestoneShare(world: World): Kind {
  const { prisma, cipher } = world;

  async function find(delivery: Delivery): Promise<Share | undefined> {
    const row = await prisma.milestone.findUnique({ where: { id: delivery.subjectId } });
    const shares = row ? openDetails(cipher, row).shares : [];
    return shares.find((share) => delivery.once === saying(share) || delivery.once === takingBack(share));
  }

  function deliveriesOf(row: { communityId: string; subjectId: string }, shares: readonly Share[], now: Date): NewDelivery[] {
    return shares.flatMap((share) => {
      const common = { communityId: row.communityId, kind: SHARE, subjectId: row.subjectId, platform: share.platform };
      const one = (once: string, at: number) =>
        at + SHARE_WITHIN > now.getTime()
          ? [{ ...common, once, dueAt: new Date(at), expiresAt: new Date(at + SHARE_WITHIN) }]
          : [];
      return share.backAt === undefined ? one(saying(share), share.at) : one(takingBack(share), share.backAt);
    });
  }

  return {
    async due(rows, tx, now) {
      const found = await tx.milestone.findMany({ where: { id: { in: rows.map(({ subjectId }) => subjectId) } } });
      const byId = new Map(found.map((row) => [row.id, openDetails(cipher, row)]));
      const back = [...byId.values()].flatMap(({ shares }) => shares.filter(({ backAt }) => backAt !== undefined).map(saying));
      const waiting = await onTheirWay(tx, back);
      const looks = rows.map((row) => {
        const details = byId.get(row.subjectId);
        // What is on its way is taken back once it is there.
        const waits = details?.shares.some((share) => waiting.has(saying(share))) === true;
        const shares = details?.shares.filter((share) => !waiting.has(saying(share))) ?? [];
        return { row, deliveries: deliveriesOf(row, shares, now), next: waits ? new Date(now.getTime() + AGAIN) : null };
      });
      const next = new Map(looks.map(({ row, next }) => [row.id, next]));
      return { deliveries: looks.flatMap(({ deliveries }) => deliveries), next };
    },
    async render(delivery) {
      const share = await find(delivery);
      if (!share) return { drop: 'gone' };
      const { language } = await prisma.community.findUniqueOrThrow({ where: { id: delivery.communityId } });
      const words = wordsFor(language);
      const to = { kind: 'channel' as const, space: share.space, channel: share.channel };
      if (delivery.once === saying(share)) {
        return share.backAt === undefined ? { to, reply: reply(words, share) } : { drop: 'withdrawn' };
      }
      const said = await prisma.delivery.findUnique({ where: { once: saying(share) } });
      return said?.ref ? { to, reply: back(words), edit: said.ref } : { drop: 'nothing' };
    },
    async failed(delivery, { reason }, tx, now) {
      const row = await tx.milestone.findUnique({ where: { id: delivery.subjectId } });
      if (!row || reason === 'withdrawn' || delivery.once.endsWith(':back')) return undefined;
      const { communityId, subjectId, platform, once } = delivery;
      const expiresAt = new Date(now.getTime() + SHARE_WITHIN);
      const note = { communityId, kind: UNSHARED, subjectId, memberId: row.memberId, platform };
      return [{ ...note, once: `${once}:failed`, dueAt: now, expiresAt }];
    },
  };
}

export const milestoneUnshared = (world: World): Kind => ({
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    if (!ctx) return { drop: 'gone' };
    const text = ctx.t('milestone.share.failed');
    return { to: ctx.to, reply: { summary: text, blocks: [{ kind: 'text', text }] } };
  },
});
