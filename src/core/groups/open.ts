import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { GroupCheckIn, Prisma } from '../../db/generated/client.js';
import { localAt } from '../../time/local.js';
import { localKey, nextOccurrence, type Occurrence, occurrencesBetween } from '../../time/recurrence.js';
import { openSchedule } from '../checkins/schedule-rule.js';
import { dateOf, instant } from '../checkins/schedules/kept.js';
import { workRow } from '../work/id.js';
import { CLOSE } from './kinds.js';

export interface Opening {
  readonly groupId: string;
  readonly dueAt: Date;
}

export interface NewRound {
  readonly id: string;
  readonly communityId: string;
  readonly groupId: string;
  /** Of the channel. */
  readonly platform: 'discord' | 'slack' | 'playground';
  readonly local: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
}

export interface Opened {
  /** The round that is open now; absent when all that fell due are over already. */
  readonly round?: NewRound;
  /** Rounds that are over before they could open: accounted for, and never shown. */
  readonly late: readonly NewRound[];
  readonly next: Date | null;
}

/** Everything that fell due, and what comes afterwards. */
function occurrences(group: GroupCheckIn, dueAt: Date, now: Date): { due: Occurrence[]; next?: Occurrence } {
  const at = instant(dueAt);
  if (group.rrule === null) return { due: [{ at, local: localAt(at, group.zone) }] };
  const { rrule, start, times, zone } = group;
  const schedule = openSchedule({ rrule, start, times, zone });
  const due = [...occurrencesBetween(schedule, at.subtract({ milliseconds: 1 }), instant(now))];
  const next = nextOccurrence(schedule, instant(now));
  return { due, ...(next && { next }) };
}

const earlier = (a: Temporal.Instant, b: Temporal.Instant | undefined) => (b && Temporal.Instant.compare(b, a) < 0 ? b : a);

function roundsOf(group: GroupCheckIn & { space: { platform: NewRound['platform'] } }, dueAt: Date, now: Date): Opened {
  const { id: groupId, communityId, closesAfter, space } = group;
  const { due, next } = occurrences(group, dueAt, now);
  const rounds = due.map(({ at, local }, i): NewRound => {
    // One round ends when the next begins, so that a channel never has two cards of the same question to answer.
    const closes = earlier(at.add({ minutes: closesAfter }), (due[i + 1] ?? next)?.at);
    const times = { local: localKey(local), opensAt: dateOf(at), closesAt: dateOf(closes) };
    return { id: randomUUID(), communityId, groupId, platform: space.platform, ...times };
  });
  const last = rounds.at(-1);
  const round = last && last.closesAt > now ? last : undefined;
  return { ...(round && { round }), late: rounds.filter((one) => one !== round), next: next ? dateOf(next.at) : null };
}

/**
 * Opens the rounds of many group check-ins and plans their ends. After a downtime only the latest opens, if it is not over.
 * @param tx over all communities
 * @returns by the id of the group check-in; those that ended are left out
 */
export async function openRounds(openings: readonly Opening[], tx: Prisma.TransactionClient, now: Date) {
  const ids = openings.map(({ groupId }) => groupId);
  const groups = await tx.groupCheckIn.findMany({
    where: { id: { in: ids }, state: 'active' },
    include: { space: { select: { platform: true } } },
  });
  const byId = new Map(groups.map((group) => [group.id, group]));
  const opened = new Map(
    openings.flatMap(({ groupId, dueAt }): [string, Opened][] => {
      const group = byId.get(groupId);
      return group ? [[groupId, roundsOf(group, dueAt, now)]] : [];
    }),
  );
  const rounds = [...opened.values()].flatMap(({ round }) => (round ? [round] : []));
  await tx.groupRound.createMany({ data: rounds.map(({ platform: _, ...round }) => round) });
  await tx.dueWork.createMany({
    data: rounds.map(({ id, communityId, closesAt }) => workRow({ communityId, kind: CLOSE, subjectId: id }, closesAt)),
  });
  return opened;
}
