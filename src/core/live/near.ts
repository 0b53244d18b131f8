import type { Occurrence, Session } from '../../db/generated/client.js';
import type { Scope } from '../scope.js';
import { openDetails } from '../sessions/details.js';
import { folded } from '../sessions/find.js';
import { datesOf, type SessionDate } from '../sessions/occurrences.js';

const HOUR = 3_600_000;
/** How long ago a date may have begun, and how far it may lie ahead, to be started now. */
const BEFORE = 6 * HOUR;
const AHEAD = 12 * HOUR;

export interface NearDate {
  readonly session: Session;
  readonly date: SessionDate<Occurrence>;
  readonly title: string;
}

/** Dates that may be on now, the nearest start first. @param text the title or a part of it */
export async function nearDates({ db, cipher, now }: Scope, text?: string): Promise<NearDate[]> {
  const from = new Date(now.getTime() - BEFORE);
  const until = new Date(now.getTime() + AHEAD);
  const [sessions, rows] = await Promise.all([
    db.session.findMany({ where: { state: 'active' } }),
    // Also those whose date by the rule lies in the span and that were moved out of it.
    db.occurrence.findMany({ where: { startsAt: { gte: new Date(from.getTime() - 60 * 24 * HOUR) } } }),
  ]);
  const wanted = folded(text ?? '');
  return sessions
    .map((session) => ({ session, title: openDetails(cipher, session).title }))
    .filter(({ title }) => folded(title).includes(wanted))
    .flatMap(({ session, title }) => {
      const own = rows.filter(({ sessionId }) => sessionId === session.id);
      return datesOf(session, own, from, until)
        .filter(({ row }) => row === undefined || row.state === 'planned' || row.state === 'live')
        .map((date) => ({ session, date, title }));
    })
    .sort((a, b) => Math.abs(a.date.startsAt.getTime() - now.getTime()) - Math.abs(b.date.startsAt.getTime() - now.getTime()));
}
