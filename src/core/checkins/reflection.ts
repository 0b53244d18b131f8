import { Temporal } from 'temporal-polyfill';
import { dayOf, instantOf, localAt } from '../../time/local.js';
import type { Scope } from '../scope.js';
import { cancel, plan } from '../work/plan.js';
import type { Answers } from './answers.js';
import { checkInsSince, type Day, daysOf } from './look-back.js';

/** A look back on Sunday; the subject is the member. */
export const REFLECTION = 'checkin.reflection';

const SUNDAY = 7;
const EVENING = Temporal.PlainTime.from('18:00');
const DAYS = 7;

/** Sunday at 18:00 where the member is: the latest one until now, and the one after it. */
export function sundaysAround(now: Date, zone: string): { readonly last: Date; readonly next: Date; readonly lastDay: string } {
  const here = localAt(Temporal.Instant.fromEpochMilliseconds(now.getTime()), zone);
  const thisSunday = here.toPlainDate().add({ days: SUNDAY - here.dayOfWeek });
  const at = (day: Temporal.PlainDate) => new Date(instantOf(day.toPlainDateTime(EVENING), zone).epochMilliseconds);
  const lastDay = at(thisSunday) <= now ? thisSunday : thisSunday.subtract({ days: DAYS });
  return { last: at(lastDay), next: at(lastDay.add({ days: DAYS })), lastDay: lastDay.toString() };
}

export async function wantsReflection({ db, member }: Scope): Promise<boolean> {
  const { reflection } = await db.member.findUniqueOrThrow({ where: { id: member.id }, select: { reflection: true } });
  return reflection;
}

/** Asks for a look back every Sunday, or for no more of them. */
export async function setReflection({ db, member, now }: Scope, wanted: boolean): Promise<void> {
  const work = { kind: REFLECTION, subjectId: member.id };
  await db.transact(async (tx) => {
    await tx.member.update({ where: { id: member.id }, data: { reflection: wanted } });
    if (wanted) await plan(tx, work, sundaysAround(now, member.zone).next);
    else await cancel(tx, work);
  });
}

export interface Week {
  /** Days with a check-in, of the last seven. */
  readonly days: readonly Day[];
  /** What the member wrote as what went well or what they are grateful for, oldest first. */
  readonly good: readonly string[];
}

/** Questions whose answers are about something good. */
const GOOD = ['went-well', 'gratitude'] as const;

const goodIn = (answers: Answers): string[] =>
  GOOD.flatMap((question) => {
    const answer = answers[question];
    return typeof answer === 'string' && answer.trim() !== '' ? [answer.trim()] : [];
  });

/** The member's last seven days, today included. */
export async function lastWeek(scope: Scope): Promise<Week> {
  const { member, now } = scope;
  const from = dayOf(now, member.zone).subtract({ days: DAYS - 1 });
  const since = new Date(from.subtract({ days: 1 }).toZonedDateTime(member.zone).epochMilliseconds);
  const kept = (await checkInsSince(scope, since)).filter(({ at, zone }) => dayOf(at, zone).toString() >= from.toString());
  return { days: daysOf(kept), good: kept.flatMap(({ answers }) => goodIn(answers)) };
}
