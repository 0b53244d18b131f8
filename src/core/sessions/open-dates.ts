import type { Prisma, Session } from '../../db/generated/client.js';
import { later } from '../../time/later.js';
import { BEGIN, EARLY } from '../live/kinds.js';
import { workRow } from '../work/id.js';
import { datesOf, type SessionDate } from './occurrences.js';
import { DATE, OPEN_BEFORE } from './work.js';

const DAY = 24 * 3_600_000;
/** How far to look for the next date: most sessions are weekly, few are yearly. */
const HORIZONS = [8, 35, 400, 3_700].map((days) => days * DAY);

/** The first date by the rule that starts after an instant; undefined when nothing comes in ten years. */
function nextByRule(session: Session, after: Date): SessionDate | undefined {
  for (const horizon of HORIZONS) {
    const [first] = datesOf(session, [], after, later(after, horizon));
    if (first) return first;
  }
  return undefined;
}

/** Dates by the rule that are open at an instant: they start within two days, or are under way. */
const openAt = (session: Session, now: Date) =>
  datesOf(session, [], later(now, -session.minutes * 60_000), later(now, OPEN_BEFORE));

/**
 * Gives a row to every date of these sessions that comes near, and has it looked after. After a downtime, dates that are over
 * are passed over. Twice is once.
 * @param tx over all communities
 * @returns by session, when the next one is to be opened; null when none comes
 */
export async function openDates(
  sessionIds: readonly string[],
  tx: Prisma.TransactionClient,
  now: Date,
): Promise<ReadonlyMap<string, Date | null>> {
  const sessions = await tx.session.findMany({ where: { id: { in: [...sessionIds] }, state: 'active' } });
  const near = sessions.flatMap((session) => openAt(session, now).map((date) => ({ session, date })));
  await tx.occurrence.createMany({
    data: near.map(({ session: { id, communityId, zone, minutes }, date: { local, startsAt } }) => ({
      communityId,
      sessionId: id,
      local,
      zone,
      startsAt,
      minutes,
    })),
    skipDuplicates: true,
  });
  const rows = await tx.occurrence.findMany({
    where: { OR: near.map(({ session, date }) => ({ sessionId: session.id, local: date.local })), state: 'planned' },
    select: { id: true, communityId: true, startsAt: true },
  });
  await tx.dueWork.createMany({
    data: rows.flatMap(({ id, communityId, startsAt }) => {
      const begin = later(startsAt, -EARLY);
      return [
        workRow({ communityId, kind: DATE, subjectId: id }, now),
        workRow({ communityId, kind: BEGIN, subjectId: id }, begin),
      ];
    }),
    skipDuplicates: true,
  });
  return new Map(
    sessions.map((session) => {
      const next = nextByRule(session, later(now, OPEN_BEFORE));
      return [session.id, next ? later(next.startsAt, -OPEN_BEFORE) : null];
    }),
  );
}
