import type { Scope } from '../scope.js';
import { type Booked, type Conflict, conflictsOf } from './conflicts.js';
import { openDetails } from './details.js';
import type { SessionDraft } from './draft.js';
import { datesOfAll } from './list.js';
import { datesOf } from './occurrences.js';
import type { DatedSession } from './view.js';

const WEEKS = 8 * 7 * 24 * 3_600_000;

export interface NamedConflict extends Conflict {
  readonly title: string;
}

const bookedOf = ({ session, date: { startsAt, endsAt, row } }: DatedSession): Booked => {
  const channel = row?.channelId ?? session.channelId;
  const leaders = [row?.chairId ?? session.chairId, session.coChairId].filter((one) => one !== null);
  return { id: session.id, startsAt, endsAt, ...(channel !== null && { channel }), leaders };
};

async function against({ db, cipher, now }: Scope, wanted: readonly Booked[]): Promise<NamedConflict[]> {
  const sessions = await db.session.findMany({ where: { state: 'active' } });
  const last = Math.max(now.getTime() + WEEKS, ...wanted.map(({ endsAt }) => endsAt.getTime()));
  const dates = await datesOfAll(db, sessions, new Date(now.getTime() - 24 * 3_600_000), new Date(last));
  const others = dates.filter(({ date }) => date.row?.state !== 'cancelled').map(bookedOf);
  const titles = new Map(sessions.map((session) => [session.id, openDetails(cipher, session).title]));
  return conflictsOf(wanted, others).map((one) => ({ ...one, title: titles.get(one.id) ?? '' }));
}

/** What a session, as it is wanted, would be in the way of in the next eight weeks. @param chairs members who would lead it */
export function conflictsOfDraft(scope: Scope, draft: SessionDraft, leaders: readonly string[]): Promise<NamedConflict[]> {
  const { id, times, zone, minutes, channelId: channel } = draft;
  const rule = { ...times, zone, minutes, skips: [], state: 'active' as const };
  const dates = datesOf(rule, [], scope.now, new Date(scope.now.getTime() + WEEKS));
  const common = { id, leaders, ...(channel !== undefined && { channel }) };
  return against(
    scope,
    dates.map(({ startsAt, endsAt }) => ({ ...common, startsAt, endsAt })),
  );
}

/** What one date would be in the way of at another time. */
export function conflictsOfMove(scope: Scope, dated: DatedSession, startsAt: Date): Promise<NamedConflict[]> {
  const lasts = dated.date.endsAt.getTime() - dated.date.startsAt.getTime();
  return against(scope, [{ ...bookedOf(dated), startsAt, endsAt: new Date(startsAt.getTime() + lasts) }]);
}
