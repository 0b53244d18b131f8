import type { Path } from '../chat/index.js';
import { ENDED, type Ended } from '../core/privacy/ending.js';
import { ERASE, eraseMember } from '../core/privacy/erase.js';
import { removeDirect } from '../core/privacy/remove-direct.js';
import { TAKE_BACK } from '../core/privacy/take-back.js';
import { awaited, TAKE_OUT } from '../core/privacy/take-out.js';
import type { World } from '../core/scope.js';
import { within } from '../core/within.js';
import type { Retraction } from '../db/generated/client.js';
import type { Kind, Kinds, Tx } from '../schedule/kinds.js';
import { wordsFor } from '../words/index.js';
import { noticeTo } from './context.js';
import { dueTo } from './due-to.js';
import { AGAIN } from './on-the-way.js';
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

/** The retractions of which the message is known by now, those that wait for it, and those that are over. */
async function retractionsOf(ids: readonly string[], tx: Tx, now: Date) {
  const rows = await tx.retraction.findMany({ where: { id: { in: [...ids] } } });
  const waiting = rows.filter(({ ref }) => ref === null).map(({ id }) => awaited(id));
  const sent = await tx.delivery.findMany({ where: { once: { in: waiting } } });
  const [known, waits, over]: [Retraction[], string[], string[]] = [[], [], []];
  for (const row of rows) {
    const message = sent.find(({ once }) => once === awaited(row.id));
    const isOld = row.createdAt.getTime() + TAKE_OUT_WITHIN <= now.getTime();
    if (!isOld && message?.state === 'queued') waits.push(row.id);
    else if (isOld || (row.ref === null && !message?.ref)) over.push(row.id);
    else {
      if (row.ref === null) await tx.retraction.update({ where: { id: row.id }, data: { ref: message?.ref ?? null } });
      known.push(row);
    }
  }
  return { known, waits, over };
}

/** What somebody said is taken out of a channel; then nothing leads to that message any more. */
const takeOut = ({ prisma }: World): Kind => ({
  async due(rows, tx, now) {
    const subjects = rows.map(({ subjectId }) => subjectId);
    const { known, waits, over } = await retractionsOf(subjects, tx, now);
    await tx.retraction.deleteMany({ where: { id: { in: over } } });
    await tx.delivery.deleteMany({ where: { subjectId: { in: over } } });
    return {
      deliveries: known.map(({ id, communityId, platform, createdAt }) => ({
        ...{ communityId, kind: TAKE_OUT, subjectId: id, platform, once: `${TAKE_OUT}:${id}`, dueAt: createdAt },
        expiresAt: new Date(createdAt.getTime() + TAKE_OUT_WITHIN),
      })),
      next: new Map(
        rows.map(({ id, subjectId }) => {
          const row = known.find((one) => one.id === subjectId);
          if (row) return [id, new Date(row.createdAt.getTime() + TAKE_OUT_WITHIN)];
          return [id, waits.includes(subjectId) ? new Date(now.getTime() + AGAIN) : null];
        }),
      ),
    };
  },
  async render({ subjectId, communityId }) {
    const row = await prisma.retraction.findUnique({ where: { id: subjectId } });
    if (!row?.ref || row.space === null || row.channel === null) return { drop: 'gone' };
    const { language } = await prisma.community.findUniqueOrThrow({ where: { id: communityId } });
    const text = wordsFor(language).t('ended.words');
    const to = { kind: 'channel' as const, space: row.space, channel: row.channel };
    return { to, edit: row.ref, reply: { summary: text, blocks: [{ kind: 'note', text }] } };
  },
});

/** What was sent to somebody alone is deleted there, at the platform's pace and beside what is delivered. */
const takeBack = (world: World): Kind => ({
  errand: ({ communityId }, now, signal) => removeDirect(world, communityId, now, signal),
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
  [TAKE_BACK]: takeBack(world),
  [ERASE]: memberErase(world),
});
