import { closest } from 'fastest-levenshtein';
import type { Occurrence, Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import { openDetails, type SessionDetails } from './details.js';
import { datesOf, type SessionDate, startByRule } from './occurrences.js';

/** A session with the date that somebody means who names no date. */
export interface FoundSession {
  readonly session: Session;
  readonly details: SessionDetails;
  /** The one that goes on now, else the next; absent when nothing of it comes any more. */
  readonly next?: SessionDate<Occurrence>;
}

/** `several` and `none` come with what may have been meant, the nearest first. `none` with nothing: there is no session. */
export type Find =
  | { readonly kind: 'one'; readonly found: FoundSession }
  | { readonly kind: 'several' | 'none'; readonly candidates: readonly FoundSession[] };

/** How far ahead the next date of a session is looked for: more than a year, for what happens once a year. */
const AHEAD = 400 * 24 * 3_600_000;
/** A session that began this long ago may still go on: the longest lasts not longer. */
const LONGEST = 12 * 3_600_000;

/** As people type it: no capitals, no accents, single blanks. */
export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();

/** The date that a local time by the rule names, wherever it was moved to; undefined when the session has no such date. */
export async function dateNamed(db: TenantDb, session: Session, local: string): Promise<SessionDate<Occurrence> | undefined> {
  const row = await db.occurrence.findFirst({ where: { sessionId: session.id, local } });
  const at = startByRule({ local, zone: row?.zone ?? session.zone });
  if (row) return { local, startsAt: row.startsAt, endsAt: new Date(row.startsAt.getTime() + row.minutes * 60_000), row };
  return datesOf<Occurrence>(session, [], new Date(at.getTime() - 1), at).find((date) => date.local === local);
}

/** The dates of a session after `after` and until `until`, with all the rows that say something of them. */
export async function datesIn(db: TenantDb, session: Session, after: Date, until: Date): Promise<SessionDate<Occurrence>[]> {
  const rows = await db.occurrence.findMany({ where: { sessionId: session.id } });
  return datesOf(session, rows, after, until);
}

const isStillMeant = ({ endsAt, row }: SessionDate<Occurrence>, now: Date) =>
  row?.state === 'live' || (endsAt > now && row?.state !== 'cancelled' && row?.state !== 'over');

/** @param ids these sessions only */
async function withNext({ db, cipher, now }: Scope, ids?: readonly string[]): Promise<FoundSession[]> {
  const sessions = await db.session.findMany({ where: { state: 'active', ...(ids && { id: { in: [...ids] } }) } });
  const rows = await db.occurrence.findMany({ where: { sessionId: { in: sessions.map(({ id }) => id) } } });
  const found = sessions.map((session): FoundSession => {
    const own = rows.filter(({ sessionId }) => sessionId === session.id);
    const dates = datesOf(session, own, new Date(now.getTime() - LONGEST), new Date(now.getTime() + AHEAD));
    const next = dates.find((date) => isStillMeant(date, now));
    return { session, details: openDetails(cipher, session), ...(next && { next }) };
  });
  const at = ({ next }: FoundSession) => next?.startsAt.getTime() ?? Number.POSITIVE_INFINITY;
  return found.sort((a, b) => at(a) - at(b));
}

/** One session by its id, whatever its state. */
export async function sessionById(scope: Scope, id: string): Promise<FoundSession | undefined> {
  const [active] = await withNext(scope, [id]);
  if (active) return active;
  const session = await scope.db.session.findFirst({ where: { id } });
  return session ? { session, details: openDetails(scope.cipher, session) } : undefined;
}

/**
 * The session that somebody means: by its title or a part of it, in any case and without accents. Without words, the one whose
 * date is next.
 */
export async function findSession(scope: Scope, text?: string): Promise<Find> {
  const all = await withNext(scope);
  const wanted = folded(text ?? '');
  if (wanted === '') {
    const [next] = all;
    return next?.next ? { kind: 'one', found: next } : { kind: 'none', candidates: all };
  }
  const titleOf = ({ details }: FoundSession) => folded(details.title);
  const exact = all.filter((one) => titleOf(one) === wanted);
  const near = exact.length > 0 ? exact : all.filter((one) => titleOf(one).includes(wanted));
  const [only, ...others] = near;
  if (only && others.length === 0) return { kind: 'one', found: only };
  if (only) return { kind: 'several', candidates: near };
  const titles = all.map(titleOf);
  const best = titles.length > 0 ? closest(wanted, titles) : undefined;
  return { kind: 'none', candidates: [...all].sort((a, b) => Number(titleOf(b) === best) - Number(titleOf(a) === best)) };
}
