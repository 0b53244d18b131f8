import { randomUUID } from 'node:crypto';
import { UserError } from '../../chat/errors.js';
import { describeSchedule, type ScheduleParts } from '../../time/describe-schedule.js';
import { latestLocalAt, localAt } from '../../time/local.js';
import { localKey, type Schedule } from '../../time/recurrence.js';
import { saySchedule } from '../../time/say-schedule.js';
import { note } from '../audit/note.js';
import { beginSchedule, keepSchedule, upcoming } from '../checkins/schedule-rule.js';
import { dateOf, instant } from '../checkins/schedules/kept.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { GROUP_LIMITS, OPEN, questionBinding } from './kinds.js';

const NOW = /^\s*(?:now|right now|ahora|ya)\s*$/iu;

/** When a group check-in opens: once, now; or again and again. */
export type GroupTimes = 'now' | { readonly parts: ScheduleParts; readonly next: readonly Date[] };

function begin({ community, now }: Scope, when: string | undefined): Schedule | undefined {
  if (when === undefined || NOW.test(when)) return undefined;
  const said = saySchedule(when, community.zone);
  if (!said.ok) throw new UserError(`schedule.problems.${said.why}`, { word: said.word ?? '' });
  const begun = beginSchedule(said, community.zone, instant(now));
  if (!begun.ok) throw new UserError(`schedule.problems.${begun.why}`);
  return begun.schedule;
}

/** Reads when it is to open, in the community's zone, because it is for all of them. Saves nothing. @throws UserError */
export function understandTimes(scope: Scope, when: string | undefined): GroupTimes {
  const schedule = begin(scope, when);
  if (!schedule) return 'now';
  return { parts: describeSchedule(schedule), next: upcoming(schedule, instant(scope.now), 3).map(({ at }) => dateOf(at)) };
}

export interface NewGroup {
  /** Made with the preview: the same one again does nothing. */
  readonly id: string;
  readonly question: string;
  readonly when?: string;
  /** How long it stays open. */
  readonly hours: number;
  /** The platform's id. */
  readonly channel: string;
}

/** Begins a group check-in in a channel. The first card comes within seconds, or at the first of its times. @throws UserError */
export async function startGroup(scope: Scope, { id, question, when, hours, channel }: NewGroup): Promise<void> {
  const { db, cipher, community, member, space, now } = scope;
  if (!space) throw new UserError('group.inChannel');
  const schedule = begin(scope, when);
  const { zone } = community;
  const here = localAt(instant(now), zone);
  const once = { start: here.toPlainDate().toString(), times: [here.toPlainTime().toString({ smallestUnit: 'minute' })] };
  const { rrule, start, times } = schedule ? keepSchedule(schedule) : { rrule: null, ...once };
  const first = schedule ? upcoming(schedule, instant(now), 1)[0]?.at : instant(now);
  if (!first) throw new UserError('schedule.problems.never');
  const settled = localKey(latestLocalAt(instant(now), zone));
  await db.transact(async (tx) => {
    if (await tx.groupCheckIn.findFirst({ where: { id }, select: { id: true } })) return;
    const running = await tx.groupCheckIn.count({ where: { spaceId: space.id, state: 'active', rrule: { not: null } } });
    if (schedule && running >= GROUP_LIMITS.running) throw new UserError('group.tooMany', { most: GROUP_LIMITS.running });
    const place = { communityId: community.id, spaceId: space.id, channelId: channel, createdById: member.id };
    const sealed = cipher.seal(question, questionBinding(id));
    const data = { id, ...place, question: sealed, rrule, start, times, zone, closesAfter: hours * 60, settled };
    await tx.groupCheckIn.create({ data });
    await plan(tx, { kind: OPEN, subjectId: id }, dateOf(first));
    await note(tx, scope, 'group.start');
  });
}

export const newGroupId = (): string => randomUUID();
