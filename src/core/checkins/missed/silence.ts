import type { Prisma } from '../../../db/generated/client.js';
import { platformsOf } from '../../members/reach.js';
import type { Scope } from '../../scope.js';
import { downBetween } from '../../uptime.js';
import { ladderPlanOf, type PlanRow } from './plan.js';
import type { Silence } from './replay.js';

/** A transaction across communities: plans of many of them fall due at once. */
type Tx = Prisma.TransactionClient;

export interface Found {
  readonly plan: PlanRow;
  /** When the member was last heard of. Later than the plan's `since`: what was taken belongs to an earlier silence. */
  readonly heardAt: Date;
  readonly silence: Silence;
  /** When to look again for the sake of prompts that have not been sent yet. */
  readonly lookAgain?: Date;
}

const MINUTE = 60_000;
/** How much later than promised a prompt can have been sent, in milliseconds: its window, at most. */
const LATEST = 2 * 24 * 60 * MINUTE;
/** Milliseconds between looks at a prompt that still waits in the queue. */
const PATIENCE = 10 * MINUTE;
/** More prompts than any plan can count. */
const ENOUGH = 100;

const latest = (dates: readonly (Date | null | undefined)[]): Date =>
  new Date(Math.max(...dates.map((date) => date?.getTime() ?? 0)));

const SCHEDULE = { window: true, state: true, resumeAt: true } as const;

type PromptRow = Prisma.CheckInPromptGetPayload<{ include: { schedule: { select: typeof SCHEDULE } } }>;

const isPaused = ({ schedule: { state, resumeAt } }: PromptRow, now: Date) =>
  state === 'paused' && !(resumeAt && resumeAt <= now);

function promptsOf(tx: Tx, plans: readonly PlanRow[]): Promise<PromptRow[]> {
  return tx.checkInPrompt.findMany({
    where: {
      OR: plans.map(({ communityId, memberId, since }) => ({
        communityId,
        memberId,
        dueAt: { gte: new Date(since.getTime() - LATEST) },
      })),
    },
    include: { schedule: { select: SCHEDULE } },
    orderBy: { dueAt: 'asc' },
  });
}

/** When each prompt reached the member for the last time, and which ones wait in the queue. */
async function sendings(tx: Tx, prompts: readonly PromptRow[]) {
  const rows = await tx.delivery.findMany({
    where: { subjectId: { in: prompts.map(({ id }) => id) }, state: { in: ['sent', 'queued'] } },
    select: { subjectId: true, state: true, endedAt: true },
  });
  const sent = new Map<string, Date>();
  for (const { subjectId, endedAt } of rows) if (endedAt && endedAt > (sent.get(subjectId) ?? 0)) sent.set(subjectId, endedAt);
  return { sent, queued: new Set(rows.filter(({ state }) => state === 'queued').map(({ subjectId }) => subjectId)) };
}

type Sendings = Awaited<ReturnType<typeof sendings>>;

function lookAgainAt(prompts: readonly PromptRow[], { sent, queued }: Sendings, now: Date): Date | undefined {
  const times = prompts.flatMap((prompt) => {
    const { id, state, dueAt, schedule } = prompt;
    if (state !== 'waiting' || isPaused(prompt, now) || (sent.get(id) ?? 0) >= dueAt) return [];
    const closes = new Date(dueAt.getTime() + schedule.window * MINUTE);
    if (closes > now) return [closes.getTime()];
    return queued.has(id) ? [now.getTime() + PATIENCE] : [];
  });
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

/** When each of these members could not be heard, because the bot or the platform where it writes to them was down. */
async function downFor(tx: Tx, members: readonly string[], since: Date, now: Date) {
  const platforms = await platformsOf(tx, members);
  const downs = new Map<string | undefined, Silence['down']>();
  for (const platform of new Set(members.map((member) => platforms.get(member)))) {
    const spans = await downBetween(tx, since, now, platform);
    downs.set(
      platform,
      spans.map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() })),
    );
  }
  return (member: string) => downs.get(platforms.get(member)) ?? [];
}

/**
 * What is known of the silences of these plans' members. A prompt counts when it was sent, and was not answered, put aside or
 * put off since; prompts of a schedule that is paused now count as nothing.
 */
export async function silencesOf(tx: Tx, cipher: Scope['cipher'], planIds: readonly string[], now: Date): Promise<Found[]> {
  const plans = await tx.missedPlan.findMany({ where: { id: { in: [...planIds] } }, include: { steps: true } });
  if (plans.length === 0) return [];
  const members = plans.map(({ memberId }) => memberId);
  const communities = plans.map(({ communityId }) => communityId);
  const prompts = await promptsOf(tx, plans);
  const sends = await sendings(tx, prompts);
  const checkIns = await tx.checkIn.groupBy({
    by: ['memberId'],
    where: { communityId: { in: communities }, memberId: { in: members } },
    _max: { at: true },
  });
  const oldest = new Date(Math.min(...plans.map(({ since }) => since.getTime())));
  const downOf = await downFor(tx, members, oldest, now);

  return plans.map((plan) => {
    const mine = prompts.filter(({ memberId }) => memberId === plan.memberId);
    const acted = mine.filter(({ state }) => state === 'answered' || state === 'skipped').map(({ endedAt }) => endedAt);
    const lastCheckIn = checkIns.find(({ memberId }) => memberId === plan.memberId)?._max.at;
    const heardAt = latest([plan.since, lastCheckIn, ...acted]);
    const counted = mine
      .filter((prompt) => (prompt.state === 'waiting' || prompt.state === 'missed') && !isPaused(prompt, now))
      .flatMap(({ id, dueAt, schedule }) => {
        const sentAt = sends.sent.get(id);
        if (!sentAt || sentAt < dueAt || sentAt < heardAt) return [];
        return [{ id, sentAt: sentAt.getTime(), windowMinutes: schedule.window }];
      });
    const accepted = plan.steps.flatMap(({ recipientId, acceptedAt, declinedAt }) =>
      recipientId && acceptedAt && !declinedAt ? [{ who: recipientId, at: acceptedAt.getTime() }] : [],
    );
    const lookAgain = lookAgainAt(mine, sends, now);
    return {
      plan,
      heardAt,
      silence: {
        plan: ladderPlanOf(plan, cipher),
        accepted,
        since: heardAt.getTime(),
        prompts: counted.slice(0, ENOUGH),
        down: downOf(plan.memberId),
      },
      ...(lookAgain && { lookAgain }),
    };
  });
}
