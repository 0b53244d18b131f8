import type { Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import type { SessionFormat } from './kinds.js';
import { datesOf } from './occurrences.js';
import type { DatedSession } from './view.js';

/** Which dates are wanted. */
export interface ListFilter {
  readonly format?: SessionFormat;
  /** BCP 47; sessions that name none are in the community's. */
  readonly language?: string;
  /** Only what the member chairs, backs up or said yes or maybe to. */
  readonly isMine?: boolean;
}

export interface ListedDates {
  /** Rising. What was called off is among them only where the member had said that they come. */
  readonly dates: readonly DatedSession[];
  /** From where the next page goes on. */
  readonly more: Date;
  /** The first date after the page, when the page is empty and there is one. */
  readonly later?: DatedSession;
}

const WEEK = 7 * 24 * 3_600_000;
/** How far ahead something is looked for when the week is empty. */
const AHEAD = 400 * 24 * 3_600_000;
/** A select of the strictest platform takes 25. */
const PAGE = 20;
/** A session that began this long ago may still go on. */
const LONGEST = 12 * 3_600_000;

/** The dates of many sessions in a span, rising. */
export async function datesOfAll(db: TenantDb, sessions: readonly Session[], after: Date, until: Date): Promise<DatedSession[]> {
  const rows = await db.occurrence.findMany({ where: { sessionId: { in: sessions.map(({ id }) => id) } } });
  return sessions
    .flatMap((session) => {
      const own = rows.filter(({ sessionId }) => sessionId === session.id);
      return datesOf(session, own, after, until).map((date) => ({ session, date }));
    })
    .sort((a, b) => a.date.startsAt.getTime() - b.date.startsAt.getTime());
}

const primary = (tag: string) => tag.toLowerCase().split('-')[0];

function fits({ community }: Scope, session: Session, { format, language }: ListFilter): boolean {
  return (
    (format === undefined || session.format === format) &&
    (language === undefined || primary(session.language ?? community.language) === primary(language))
  );
}

/** What the member said of dates, by the row of the date. */
const saidBy = async ({ db, member }: Scope): Promise<ReadonlyMap<string, string>> => {
  const rows = await db.rsvp.findMany({ where: { memberId: member.id }, select: { occurrenceId: true, state: true } });
  return new Map(rows.map(({ occurrenceId, state }) => [occurrenceId, state]));
};

/**
 * What comes in a week, or what is on right now.
 * @param from where an earlier page ended; absent: now
 */
export async function listDates(scope: Scope, filter: ListFilter, from?: Date): Promise<ListedDates> {
  const { db, member, now } = scope;
  const [sessions, said, backups] = await Promise.all([
    db.session.findMany({ where: {} }),
    saidBy(scope),
    db.sessionBackup.findMany({ where: { memberId: member.id }, select: { sessionId: true } }),
  ]);
  const serves = new Set(backups.map(({ sessionId }) => sessionId));
  const isMine = ({ session, date }: DatedSession) =>
    [session.chairId, session.coChairId, date.row?.chairId].includes(member.id) ||
    serves.has(session.id) ||
    !['no', undefined].includes(said.get(date.row?.id ?? ''));
  const isListed = (dated: DatedSession) => {
    const { state, id } = dated.date.row ?? {};
    if (dated.date.endsAt <= now || state === 'over') return false;
    if (state === 'cancelled' && !['going', 'offered', 'waiting', 'maybe'].includes(said.get(id ?? '') ?? '')) return false;
    return filter.isMine !== true || isMine(dated);
  };
  const wanted = sessions.filter((session) => fits(scope, session, filter));
  const after = from ?? new Date(now.getTime() - LONGEST);
  const until = new Date((from ?? now).getTime() + WEEK);
  const week = (await datesOfAll(db, wanted, after, until)).filter(isListed);
  const last = week[PAGE - 1]?.date.startsAt;
  const dates = last ? week.filter(({ date }) => date.startsAt <= last) : week;
  const rest = dates.length > 0 ? [] : await datesOfAll(db, wanted, until, new Date(until.getTime() + AHEAD));
  const later = rest.find((dated) => isListed(dated) && dated.date.row?.state !== 'cancelled');
  return { dates, more: dates.length < week.length && last ? last : until, ...(later && { later }) };
}
