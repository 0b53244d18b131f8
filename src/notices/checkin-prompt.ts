import { randomUUID } from 'node:crypto';
import type { Button, Tap } from '../chat/index.js';
import { settlePrompts } from '../core/checkins/due-prompts.js';
import { AGAIN, PROMPT } from '../core/checkins/kinds.js';
import { watchSilence } from '../core/checkins/missed/watch.js';
import { deferPast } from '../core/checkins/quiet-hours.js';
import { dateOf, instant, nextOf, openRow, quietOf } from '../core/checkins/schedules/kept.js';
import { SNOOZES, snoozeUntil } from '../core/checkins/snooze.js';
import { answeredBy } from '../core/checkins/templates/answering.js';
import { platformsOf } from '../core/members/reach.js';
import { zoneOf } from '../core/members/zone.js';
import type { World } from '../core/scope.js';
import { workRow } from '../core/work/id.js';
import type { Delivery, Due, DueRow, Kind, NewDelivery, Rendered, Tx } from '../schedule/kinds.js';
import { type NoticeCtx, noticeTo } from './context.js';

const MINUTE = 60_000;

interface NewPrompt {
  readonly id: string;
  readonly communityId: string;
  readonly memberId: string;
  readonly scheduleId: string;
  readonly local: string;
  readonly zone: string;
  readonly dueAt: Date;
  readonly state: 'waiting' | 'dropped';
  readonly endedAt: Date | null;
}

/** What one tick decides, for all schedules together. */
interface Decided {
  readonly prompts: (NewPrompt & { readonly window: number })[];
  readonly settled: { readonly id: string; readonly settled: string }[];
  readonly next: Map<string, Date | null>;
}

type Found = Awaited<ReturnType<typeof findSchedules>>[number];

const findSchedules = (tx: Tx, rows: readonly DueRow[]) =>
  tx.checkInSchedule.findMany({
    where: { id: { in: rows.map(({ subjectId }) => subjectId) } },
    include: {
      member: { select: { zone: true, toldZone: true, quietFrom: true, quietTo: true } },
      community: { select: { zone: true } },
    },
  });

function decide(found: Found, row: DueRow, now: Date, into: Decided): void {
  const { communityId, memberId, id: scheduleId, window, member } = found;
  const zone = zoneOf(member, found.community);
  const opened = openRow(found, zone, now);
  if (opened.paused) {
    const next = nextOf(opened, now);
    into.next.set(row.id, next ? dateOf(next.at) : null);
    return;
  }
  const quiet = quietOf(member);
  const { prompts, settled, next } = settlePrompts({ ...opened, ...(quiet && { quiet }) }, instant(row.dueAt), instant(now));
  into.next.set(row.id, next ? dateOf(next) : null);
  into.settled.push({ id: scheduleId, settled });
  for (const { local, dueAt, state } of prompts) {
    const endedAt = state === 'dropped' ? now : null;
    const prompt = { communityId, memberId, scheduleId, local, zone, state, endedAt, window };
    into.prompts.push({ ...prompt, id: randomUUID(), dueAt: dateOf(dueAt) });
  }
}

/** A prompt that nobody will see is given out as one whose time is over, so that it is counted. */
const deliveryOf = (
  prompt: Pick<NewPrompt, 'id' | 'communityId' | 'memberId' | 'dueAt' | 'state'> & { window: number; snoozes?: number },
  platform: NewDelivery['platform'],
  now: Date,
): NewDelivery => ({
  communityId: prompt.communityId,
  kind: PROMPT,
  subjectId: prompt.id,
  memberId: prompt.memberId,
  platform,
  once: `${PROMPT}:${prompt.id}:${prompt.snoozes ?? 0}`,
  dueAt: prompt.dueAt,
  expiresAt: prompt.state === 'dropped' ? now : new Date(prompt.dueAt.getTime() + prompt.window * MINUTE),
});

/** Has the missed-check-in plans of these members looked at when the windows are over. */
const watch = (tx: Tx, prompts: readonly Pick<Decided['prompts'][number], 'memberId' | 'dueAt' | 'state' | 'window'>[]) =>
  watchSilence(
    tx,
    prompts
      .filter(({ state }) => state === 'waiting')
      .map(({ memberId, dueAt, window }) => ({ memberId, closesAt: new Date(dueAt.getTime() + window * MINUTE) })),
  );

/** Writes prompts that are new, and plans those that quiet hours put off. @returns those that are to be sent now */
async function keep(tx: Tx, prompts: Decided['prompts'], now: Date): Promise<Decided['prompts']> {
  const made = await tx.checkInPrompt.createManyAndReturn({
    data: prompts.map(({ window: _, ...prompt }) => prompt),
    skipDuplicates: true,
    select: { id: true },
  });
  const isMade = new Set(made.map(({ id }) => id));
  const fresh = prompts.filter(({ id }) => isMade.has(id));
  const later = fresh.filter(({ dueAt, state }) => state === 'waiting' && dueAt > now);
  await tx.dueWork.createMany({
    data: later.map(({ id, communityId, dueAt }) => workRow({ communityId, kind: AGAIN, subjectId: id }, dueAt)),
  });
  await watch(tx, fresh);
  return fresh.filter((prompt) => !later.includes(prompt));
}

/** Goes on from here; a pause that has an end is over when its first prompt falls due. */
async function settle(tx: Tx, settled: Decided['settled']): Promise<void> {
  if (settled.length === 0) return;
  await tx.$executeRaw`
    UPDATE "CheckInSchedule" AS s SET "settled" = n.settled, "state" = 'active', "resumeAt" = NULL
    FROM unnest(${settled.map(({ id }) => id)}::uuid[], ${settled.map(({ settled }) => settled)}::text[]) AS n(id, settled)
    WHERE s."id" = n.id`;
}

async function due(rows: readonly DueRow[], tx: Tx, now: Date): Promise<Due> {
  const schedules = new Map((await findSchedules(tx, rows)).map((row) => [row.id, row]));
  const decided: Decided = { prompts: [], settled: [], next: new Map() };
  for (const row of rows) {
    const found = schedules.get(row.subjectId);
    if (found) decide(found, row, now, decided);
    else decided.next.set(row.id, null);
  }
  const ready = await keep(tx, decided.prompts, now);
  await settle(tx, decided.settled);
  const platforms = await platformsOf(
    tx,
    ready.map(({ memberId }) => memberId),
  );
  const deliveries = ready.flatMap((prompt) => {
    const platform = platforms.get(prompt.memberId);
    return platform ? [deliveryOf(prompt, platform, now)] : [];
  });
  return { deliveries, next: decided.next };
}

/** A prompt that was put off, by its member or by quiet hours. */
async function dueAgain(rows: readonly DueRow[], tx: Tx, now: Date): Promise<Due> {
  const prompts = await tx.checkInPrompt.findMany({
    where: { id: { in: rows.map(({ subjectId }) => subjectId) }, state: 'waiting' },
    include: { schedule: { select: { window: true } } },
  });
  await watch(
    tx,
    prompts.map(({ memberId, dueAt, schedule }) => ({ memberId, dueAt, state: 'waiting', window: schedule.window })),
  );
  const platforms = await platformsOf(
    tx,
    prompts.map(({ memberId }) => memberId),
  );
  const deliveries = prompts.flatMap(({ schedule, ...prompt }) => {
    const platform = platforms.get(prompt.memberId);
    return platform ? [deliveryOf({ ...prompt, state: 'waiting', window: schedule.window }, platform, now)] : [];
  });
  return { deliveries, next: new Map(rows.map(({ id }) => [id, null])) };
}

function openTap(template: string, prompt: string): Tap {
  const { sub, form } = answeredBy(template);
  return { path: ['checkin', sub], input: form ? { prompt } : { prompt, template }, does: form ? 'form' : 'edit' };
}

async function buttons(ctx: NoticeCtx, promptId: string, template: string, now: Date): Promise<Button<Tap>[]> {
  const { scope } = ctx;
  const quiet = quietOf(await scope.db.member.findUniqueOrThrow({ where: { id: scope.member.id } }));
  const offered = SNOOZES.filter((snooze) => snoozeUntil(snooze, instant(now), scope.member.zone, quiet));
  return [
    { label: ctx.t('prompt.open'), style: 'primary', act: openTap(template, promptId) },
    ...offered.map(
      (snooze): Button<Tap> => ({
        label: ctx.t(`prompt.later.${snooze}`),
        act: { path: ['checkin', 'later'], input: { prompt: promptId, snooze }, does: 'edit' },
      }),
    ),
    { label: ctx.t('prompt.skip'), act: { path: ['checkin', 'skip'], input: { prompt: promptId }, does: 'edit' } },
  ];
}

/** Whether something else became of it between falling due and being sent. */
async function whyNot({ scope }: NoticeCtx, delivery: Delivery, now: Date) {
  const { db, member } = scope;
  const prompt = await db.checkInPrompt.findFirst({
    where: { id: delivery.subjectId },
    include: { schedule: true, member: true },
  });
  if (!prompt) return { drop: 'gone' };
  if (prompt.state !== 'waiting') return { drop: prompt.state };
  if (openRow(prompt.schedule, member.zone, now).paused) return { drop: 'paused' };
  if (prompt.snoozes > 0) return { prompt };
  const newer = { scheduleId: prompt.scheduleId, local: { gt: prompt.local }, state: 'waiting' as const, dueAt: { lte: now } };
  if (await db.checkInPrompt.findFirst({ where: newer, select: { id: true } })) return { drop: 'replaced' };
  const isQuiet = dateOf(deferPast(quietOf(prompt.member), instant(now), member.zone)) > now;
  return isQuiet ? { drop: 'quiet' } : { prompt };
}

/** Says nothing of what it is about: the preview is on a phone that others see. The questions open on a tap. */
async function render(world: World, delivery: Delivery, now: Date): Promise<Rendered> {
  const ctx = await noticeTo(world, delivery, now);
  if (!ctx) return { drop: 'gone' };
  const found = await whyNot(ctx, delivery, now);
  if ('drop' in found) return { drop: found.drop as string };
  const { id, schedule } = found.prompt;
  const text = ctx.t('prompt.nudge');
  return {
    to: ctx.to,
    reply: {
      summary: text,
      blocks: [
        { kind: 'text', text },
        { kind: 'buttons', buttons: await buttons(ctx, id, schedule.template, now) },
      ],
    },
  };
}

/** Asks a member what they asked to be asked. */
export const checkInPrompt = (world: World): Kind => ({
  due,
  render: (delivery, now) => render(world, delivery, now),
  async failed({ subjectId }, _how, tx, now) {
    await tx.checkInPrompt.updateMany({
      where: { id: subjectId, state: 'waiting' },
      data: { state: 'dropped', endedAt: now },
    });
    return undefined;
  },
});

export const checkInAgain: Kind = { due: dueAgain };
