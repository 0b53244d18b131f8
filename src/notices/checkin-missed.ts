import { agreedOf, type PlanRow, SILENCE, wordsBinding } from '../core/checkins/missed/plan.js';
import { replay } from '../core/checkins/missed/replay.js';
import { type Found, silencesOf } from '../core/checkins/missed/silence.js';
import { deferPast } from '../core/checkins/quiet-hours.js';
import { dateOf, instant, quietOf } from '../core/checkins/schedules/kept.js';
import { accountOf } from '../core/members/behind.js';
import { platformsOf } from '../core/members/reach.js';
import { zoneOf } from '../core/members/zone.js';
import type { World } from '../core/scope.js';
import type { Delivery, DueRow, Kind, NewDelivery, Rendered, Tx } from '../schedule/kinds.js';
import { type NoticeCtx, noticeTo } from './context.js';

/** Milliseconds after which words for somebody who was silent are pointless. */
const WINDOW = 24 * 60 * 60_000;

interface Person {
  readonly id: string;
  readonly platform: Delivery['platform'];
  /** When they may be written to, from now on. */
  readonly from: Date;
}

async function peopleOf(tx: Tx, plans: readonly PlanRow[], now: Date): Promise<ReadonlyMap<string, Person>> {
  const ids = plans.flatMap(({ memberId, steps }) => [memberId, ...steps.flatMap(({ recipientId }) => recipientId ?? [])]);
  const platforms = await platformsOf(tx, ids);
  const members = await tx.member.findMany({ where: { id: { in: ids } }, include: { community: { select: { zone: true } } } });
  return new Map(
    members.flatMap((member) => {
      const platform = platforms.get(member.id);
      const from = dateOf(deferPast(quietOf(member), instant(now), zoneOf(member, member.community)));
      return platform ? [[member.id, { id: member.id, platform, from }]] : [];
    }),
  );
}

/** One look at one plan: what is told now, and when to look again. */
async function look(tx: Tx, { plan, heardAt, silence, lookAgain }: Found, people: ReadonlyMap<string, Person>, now: Date) {
  const isNew = heardAt > plan.since;
  const taken = new Set(isNew ? [] : plan.taken);
  const { reached, done, missed, next } = replay(silence, now.getTime());
  const deliveries: NewDelivery[] = [];
  const later: Date[] = [];
  const turned = new Set([...taken, ...done]);
  for (const { step: position, at } of reached) {
    const step = plan.steps.find((one) => one.position === position);
    const person = people.get(step?.recipientId ?? plan.memberId);
    if (!step || !person || taken.has(position)) continue;
    if (person.from > now) {
      turned.delete(position);
      later.push(person.from);
      continue;
    }
    deliveries.push({
      communityId: plan.communityId,
      kind: SILENCE,
      subjectId: step.id,
      memberId: person.id,
      platform: person.platform,
      once: `${SILENCE} ${step.id} ${heardAt.getTime()}`,
      dueAt: new Date(at),
      expiresAt: new Date(now.getTime() + WINDOW),
    });
  }
  await tx.missedPlan.update({ where: { id: plan.id }, data: { since: heardAt, taken: [...turned].sort((a, b) => a - b) } });
  await tx.checkInPrompt.updateMany({
    where: { id: { in: [...missed] }, state: 'waiting' },
    data: { state: 'missed', endedAt: now },
  });
  const looks = [...later, lookAgain, next === undefined ? undefined : new Date(next)].filter((at) => at !== undefined);
  const isOver = turned.size === plan.steps.length;
  const first = looks.length > 0 && !isOver ? new Date(Math.min(...looks.map((at) => at.getTime()))) : null;
  return { deliveries, next: first };
}

const authorOf = async ({ scope }: NoticeCtx, memberId: string, platform: Delivery['platform']) => {
  const account = await accountOf(scope.db, memberId, platform);
  return account === undefined ? undefined : { mention: account };
};

type Step = PlanRow['steps'][number] & { plan: PlanRow };

/** What the recipient agreed to, and nothing else. */
async function toRecipient(ctx: NoticeCtx, step: Step, platform: Delivery['platform']): Promise<Rendered> {
  const { plan, planId } = step;
  const from = await authorOf(ctx, plan.memberId, platform);
  return {
    to: ctx.to,
    reply: {
      summary: ctx.t('plan.told.summary'),
      blocks: [
        { kind: 'text', text: ctx.rich('plan.told.from', { from: from ?? ctx.t('plan.somebody') }) },
        { kind: 'text', text: ctx.scope.cipher.open(step.words, wordsBinding(step.id)) },
        { kind: 'note', text: ctx.t('plan.told.why') },
        { kind: 'note', text: ctx.rich('plan.told.crisis', { crisis: { command: ['crisis'] as const } }) },
        {
          kind: 'buttons',
          buttons: [
            {
              label: ctx.t('plan.stepBack'),
              act: { path: ['checkin', 'plan-answer'], input: { plan: planId, say: 'no' }, does: 'edit' },
            },
          ],
        },
      ],
    },
  };
}

function toMember(ctx: NoticeCtx, step: Step): Rendered {
  return {
    to: ctx.to,
    reply: {
      summary: ctx.t('plan.nudge.summary'),
      blocks: [
        { kind: 'text', text: ctx.scope.cipher.open(step.words, wordsBinding(step.id)) },
        { kind: 'note', text: ctx.t('plan.nudge.why') },
        { kind: 'note', text: ctx.rich('checkin.support', { crisis: { command: ['crisis'] as const } }) },
        {
          kind: 'buttons',
          buttons: [
            { label: ctx.t('checkin.checkInNow'), style: 'primary', act: { path: ['checkin', 'now'], does: 'form' } },
            { label: ctx.t('plan.see'), act: { path: ['checkin', 'plan'] } },
          ],
        },
      ],
    },
  };
}

/** Looks at silences, and says what their members planned for them. The subject of the work is a plan, of a message a step. */
export function checkInMissed(world: World): Kind {
  return {
    async due(rows: readonly DueRow[], tx: Tx, now: Date) {
      const found = await silencesOf(
        tx,
        world.cipher,
        rows.map(({ subjectId }) => subjectId),
        now,
      );
      const people = await peopleOf(
        tx,
        found.map(({ plan }) => plan),
        now,
      );
      const deliveries: NewDelivery[] = [];
      const next = new Map<string, Date | null>();
      for (const { id, subjectId } of rows) {
        const mine = found.find(({ plan }) => plan.id === subjectId);
        const looked = mine && (await look(tx, mine, people, now));
        deliveries.push(...(looked?.deliveries ?? []));
        next.set(id, looked?.next ?? null);
      }
      return { deliveries, next };
    },

    async render(delivery: Delivery, now: Date): Promise<Rendered> {
      const ctx = await noticeTo(world, delivery, now);
      if (!ctx) return { drop: 'gone' };
      const { db } = ctx.scope;
      const step = await db.missedStep.findFirst({
        where: { id: delivery.subjectId },
        include: { plan: { include: { steps: true } } },
      });
      if (!step?.plan.taken.includes(step.position)) return { drop: 'over' };
      const { plan } = step;
      const heard = await db.checkIn.count({ where: { memberId: plan.memberId, at: { gt: plan.since } } });
      if (heard > 0) return { drop: 'over' };
      if (step.recipientId === null) return toMember(ctx, step);
      return agreedOf(step) === 'accepted' ? toRecipient(ctx, step, delivery.platform) : { drop: 'declined' };
    },
  };
}
