import type { Path } from '../chat/index.js';
import { ENDED, type Ended } from '../core/privacy/ending.js';
import { ERASE, eraseMember } from '../core/privacy/erase.js';
import { TAKE_OUT } from '../core/privacy/take-out.js';
import type { World } from '../core/scope.js';
import { within } from '../core/within.js';
import type { Kind, Kinds } from '../schedule/kinds.js';
import { wordsFor } from '../words/index.js';
import { noticeTo } from './context.js';
import { dueTo } from './due-to.js';
import { discreet } from './session-rsvp.js';

const WEEK = 7 * 24 * 3_600_000;
/** Milliseconds in which a message in a channel can be emptied. */
const TAKE_OUT_WITHIN = 2 * 24 * 3_600_000;

/** Where they can see how things stand now. */
const SEE: Readonly<Partial<Record<Ended, Path>>> = {
  mentee: ['sponsor', 'status'],
  plan: ['checkin', 'plan'],
  report: ['pairing', 'reports'],
  chair: ['session', 'list'],
};

/** Somebody was erased or left, and this is what others hear: that it ended. */
const ended = (world: World, what: Ended): Kind => ({
  due: dueTo(ENDED[what], async (ids, _tx, now) =>
    ids.map((id) => ({ subjectId: id, memberId: id, expiresAt: new Date(now.getTime() + WEEK) })),
  ),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    if (!ctx) return { drop: 'gone' };
    const see = SEE[what];
    const buttons = see ? [{ label: ctx.t('ended.see'), act: { path: see } }] : [];
    return discreet(ctx, ctx.t('ended.summary'), ctx.t(`ended.${what}`), buttons);
  },
});

/** Words of who was erased are taken out of a channel; then nothing leads to that message any more. */
const takeOut = ({ prisma }: World): Kind => ({
  async due(rows, tx, now) {
    const found = await tx.retraction.findMany({ where: { id: { in: rows.map(({ subjectId }) => subjectId) } } });
    const old = found.filter(({ createdAt }) => createdAt.getTime() + TAKE_OUT_WITHIN <= now.getTime()).map(({ id }) => id);
    await tx.retraction.deleteMany({ where: { id: { in: old } } });
    const fresh = found.filter(({ id }) => !old.includes(id));
    return {
      deliveries: fresh.map(({ id, communityId, platform, createdAt }) => ({
        ...{ communityId, kind: TAKE_OUT, subjectId: id, platform, once: `${TAKE_OUT}:${id}`, dueAt: createdAt },
        expiresAt: new Date(createdAt.getTime() + TAKE_OUT_WITHIN),
      })),
      next: new Map(
        rows.map(({ id, subjectId }) => {
          const row = fresh.find((one) => one.id === subjectId);
          return [id, row ? new Date(row.createdAt.getTime() + TAKE_OUT_WITHIN) : null];
        }),
      ),
    };
  },
  async render({ subjectId, communityId }) {
    const row = await prisma.retraction.findUnique({ where: { id: subjectId } });
    if (!row) return { drop: 'gone' };
    const { language } = await prisma.community.findUniqueOrThrow({ where: { id: communityId } });
    const text = wordsFor(language).t('ended.words');
    const to = { kind: 'channel' as const, space: row.space, channel: row.channel };
    return { to, edit: row.ref, reply: { summary: text, blocks: [{ kind: 'note', text }] } };
  },
});

/** Does what was begun and broken off, or what was promised for after a time of grace. */
const memberErase = (world: World): Kind => ({
  async errand({ communityId, subjectId }, now) {
    await eraseMember(within(world, communityId), subjectId, now);
    return { next: null };
  },
});

/** What is said and done when a member is erased. */
export const endedKinds = (world: World): Kinds => ({
  ...Object.fromEntries((Object.keys(ENDED) as Ended[]).map((what) => [ENDED[what], ended(world, what)])),
  [TAKE_OUT]: takeOut(world),
  [ERASE]: memberErase(world),
});
