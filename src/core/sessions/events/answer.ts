import { UserError } from '../../../chat/errors.js';
import type { NativeEvent } from '../../../chat/events.js';
import type { SessionEvent } from '../../../db/generated/client.js';
import { withoutLinks } from '../../feeds/sessions.js';
import type { Scope } from '../../scope.js';
import { alter, altered, skipDate } from '../alter.js';
import { detailsOf, type OccurrenceChanges, openChanges, sealChanges } from '../details.js';
import { ensureOccurrence } from '../ensure.js';
import { SESSION_LIMITS } from '../kinds.js';
import { tellComers } from '../tell-comers.js';
import { readWhere, type SessionWhere } from '../where.js';
import { openFound } from './found.js';
import { openMirror, wantedBy } from './notice.js';
import { eventOf, forget, lookAgain } from './turn.js';
import { digestOf } from './wanted.js';

/** What somebody changed by hand, against what we would show. */
export interface ByHand {
  /** Names the date. */
  readonly local: string;
  readonly title?: string;
  readonly description?: string;
  readonly startsAt?: Date;
  /** In minutes. */
  readonly minutes?: number;
  readonly where?: NativeEvent['where'];
}

const minutesOf = ({ startsAt, endsAt }: NativeEvent) => Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000);

/** @throws UserError when the words are no place */
const placeOf = (where: NativeEvent['where']): SessionWhere =>
  where.kind === 'words' ? readWhere(where.text, undefined, 'discord') : { place: where.kind, channelId: where.channel };

const isPlace = (a: NativeEvent['where'], b: NativeEvent['where']) => JSON.stringify(a) === JSON.stringify(b);

/** What is other there than we would show, as far as a session can have it. Undefined: nothing, or it is not the next date any more. */
export async function changedByHand(scope: Scope, event: SessionEvent): Promise<ByHand | undefined> {
  const found = openFound(scope.cipher, event);
  const m = await openMirror(scope, event.sessionId);
  const wanted = m && (await wantedBy(m));
  if (!found || !wanted || wanted.local !== event.local) return undefined;
  const mine = wanted.event;
  const minutes = minutesOf(found);
  return {
    local: wanted.local,
    ...(found.title !== mine.title && { title: found.title }),
    ...(found.description !== undefined && found.description !== mine.description && { description: found.description }),
    ...(found.startsAt.getTime() !== mine.startsAt.getTime() && { startsAt: found.startsAt }),
    ...(minutes !== minutesOf(mine) && { minutes }),
    ...(!isPlace(found.where, mine.where) && { where: found.where }),
  };
}

/**
 * In a direct message the platform tells of no roles. Whoever turned it on was asked there, and may answer there.
 * @returns the scope in which they may
 */
const asAsked = (scope: Scope, event: Pick<SessionEvent, 'byId'> | null): Scope =>
  scope.space === undefined && event?.byId === scope.member.id
    ? { ...scope, roles: new Set([...scope.roles, 'facilitator' as const]) }
    : scope;

/** The open question about a session's event. @throws UserError when somebody answered it before */
async function question(scope: Scope, event: SessionEvent | null, sessionId: string) {
  await altered(scope, scope.db, sessionId);
  const { local = null, state } = event ?? {};
  if (!event || local === null || (state !== 'changed' && state !== 'deleted')) throw new UserError('event.answered');
  return { ...event, local };
}

/** A description in which a link was left out for the calendar stays: what came back would be less. */
const isWhole = (text: string | undefined) => text === undefined || withoutLinks(text) === text;

/** Makes the date be as it was made by hand. @throws UserError */
async function adopt(scope: Scope, event: SessionEvent, by: ByHand): Promise<void> {
  const { description, startsAt, minutes } = by;
  const title = by.title?.slice(0, SESSION_LIMITS.title);
  const where = by.where && placeOf(by.where);
  const { least, most } = SESSION_LIMITS.minutes;
  if (minutes !== undefined && (minutes < least || minutes > most)) throw new UserError('event.tooLong', { least, most });
  if (startsAt && startsAt <= scope.now) throw new UserError('session.problems.past');
  await alter(scope, { session: event.sessionId, local: by.local }, 'adopt', async (tx, session, date) => {
    const row = await ensureOccurrence(tx, session, date);
    const takes = description !== undefined && !session.isClosed && isWhole(detailsOf(scope.cipher, session, row).description);
    const { place: _place, link: _link, address: _address, ...kept } = openChanges(scope.cipher, row);
    const changes: OccurrenceChanges = {
      ...(where ? kept : openChanges(scope.cipher, row)),
      ...(title !== undefined && { title }),
      ...(takes && { description }),
      ...(where && { place: where.place }),
      ...(where?.link !== undefined && { link: where.link }),
      ...(where?.address !== undefined && { address: where.address }),
    };
    const data = {
      changes: sealChanges(scope.cipher, row.id, changes),
      ...(startsAt && { startsAt }),
      ...(minutes !== undefined && { minutes }),
      ...(where && { channelId: where.channelId ?? null }),
    };
    await tx.occurrence.update({ where: { id: row.id }, data });
    if (startsAt) await tellComers(tx, row, 'moved', scope);
    else if (where) await tellComers(tx, row, 'place', scope);
    return true;
  });
}

/**
 * Takes over into the session what was done by hand: the date becomes as it was changed, or is skipped when it was deleted.
 * Whoever comes is told.
 * @throws UserError
 */
export async function takeOver(asking: Scope, sessionId: string): Promise<'changed' | 'skipped'> {
  const known = await eventOf(asking, sessionId);
  const scope = asAsked(asking, known);
  const event = await question(scope, known, sessionId);
  if (event.state === 'deleted') {
    await skipDate(scope, { session: sessionId, local: event.local });
    return 'skipped';
  }
  const by = await changedByHand(scope, event);
  if (by) await adopt(scope, event, by);
  await settle(scope, event);
  return 'changed';
}

/** What stands there counts as ours from now on, and is changed to what we would show where it differs. */
async function settle(scope: Scope, event: SessionEvent): Promise<void> {
  const { id, sessionId } = event;
  const found = openFound(scope.cipher, event);
  const nothing = { ref: null, local: null, startsAt: null, endsAt: null, wrote: null };
  const there = found && { wrote: digestOf(found), startsAt: found.startsAt, endsAt: found.endsAt };
  const data = { ...(there ?? nothing), writing: null, found: null, state: 'kept' as const };
  await scope.db.sessionEvent.updateMany({ where: { id, ref: event.ref }, data });
  await lookAgain(scope, sessionId);
}

/** Undoes by our own means what was done by hand: what we would show stands there again. @throws UserError */
export async function putBack(asking: Scope, sessionId: string): Promise<void> {
  const known = await eventOf(asking, sessionId);
  const scope = asAsked(asking, known);
  await settle(scope, await question(scope, known, sessionId));
}

/** Shows it no longer, and leaves what stands there to whoever changed it. @throws UserError */
export async function leaveIt(asking: Scope, sessionId: string): Promise<void> {
  await forget(asAsked(asking, await eventOf(asking, sessionId)), sessionId);
}

/** Tries again what was in the way. @throws UserError */
export async function tryAgain(asking: Scope, sessionId: string): Promise<void> {
  await altered(asAsked(asking, await eventOf(asking, sessionId)), asking.db, sessionId);
  await lookAgain(asking, sessionId);
}

/** What is open about a session's event; undefined when it is as it should be. */
export async function openQuestion(scope: Scope, event: SessionEvent) {
  const { sessionId, state, startsAt } = event;
  const session = await scope.db.session.findFirst({ where: { id: sessionId } });
  if (!session || state === 'kept') return undefined;
  const row = event.local === null ? null : await scope.db.occurrence.findFirst({ where: { sessionId, local: event.local } });
  const { title } = detailsOf(scope.cipher, session, row ?? undefined);
  const by = state === 'changed' ? await changedByHand(scope, event) : undefined;
  return { session: sessionId, title, state, ...(startsAt && { startsAt }), ...(by && { by }) };
}
