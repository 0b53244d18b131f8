import type { EventRefused, Events, NativeEvent } from '../../../chat/events.js';
import type { Cipher } from '../../../db/cipher.js';
import type { Prisma, SessionEvent, Space } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import type { Calendars } from '../../scope.js';
import { plan } from '../../work/plan.js';
import { EVENT_ASK } from '../work.js';
import { openFound, sealFound } from './found.js';
import { digestOf, isSame, type WantedEvent, wantedOf } from './wanted.js';

/** One session's place in the calendar of a guild, at one moment. */
export interface Mirror {
  readonly db: TenantDb;
  readonly cipher: Cipher;
  readonly calendar: Events;
  readonly guild: Space;
  readonly language: string;
  readonly now: Date;
  event: SessionEvent;
}

type Parts = Pick<Mirror, 'db' | 'cipher' | 'now'> & { readonly calendars?: Calendars };

/** @returns undefined when the session is shown nowhere, or this process does not reach that platform */
export async function openMirror({ db, cipher, calendars, now }: Parts, sessionId: string): Promise<Mirror | undefined> {
  const event = await db.sessionEvent.findFirst({ where: { sessionId }, include: { space: { include: { community: true } } } });
  const calendar = event && calendars?.[event.space.platform];
  if (!calendar) return undefined;
  const { space: guild, ...row } = event;
  return { db, cipher, calendar, guild, language: guild.community.language, now, event: row };
}

export const wantedBy = (m: Mirror): Promise<WantedEvent | undefined> => wantedOf(m, m.event, m.guild, m.language, m.now);

/** @returns false when it was turned off meanwhile */
export async function save(m: Mirror, data: Prisma.SessionEventUncheckedUpdateManyInput): Promise<boolean> {
  const { count } = await m.db.sessionEvent.updateMany({ where: { id: m.event.id }, data });
  m.event = { ...m.event, ...(data as Partial<SessionEvent>) };
  return count > 0;
}

export const inOrder = (event: NativeEvent) =>
  ({
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    wrote: digestOf(event),
    writing: null,
    found: null,
    state: 'kept',
  }) as const;

/**
 * Writes down what is not as it should be, and has whoever turned it on told. Not when another process wrote something there
 * since we read what we knew of it.
 */
export async function mark(
  m: Mirror,
  data: { state: SessionEvent['state']; found?: Uint8Array<ArrayBuffer> | null },
): Promise<void> {
  const { id, ref, wrote, writing } = m.event;
  await m.db.transact(async (tx) => {
    const { count } = await tx.sessionEvent.updateMany({ where: { id, ref, wrote, writing }, data });
    if (count > 0) await plan(tx, { kind: EVENT_ASK, subjectId: id }, m.now);
  });
  m.event = { ...m.event, ...data };
}

/** What was found at the event that is shown now. `done`: there is nothing to compare at this moment. */
export type Noticed = 'ours' | 'as-wanted' | 'by-hand' | 'done' | EventRefused;

/**
 * Looks at what stands in the calendar, and writes down when somebody changed or deleted it by hand. Changes nothing there.
 * @param wanted the same date as is shown
 */
export async function notice(m: Mirror, wanted: WantedEvent): Promise<Noticed> {
  const { event, calendar, guild, now } = m;
  if (event.ref === null || event.state === 'deleted' || (event.startsAt && event.startsAt <= now)) return 'done';
  const read = await calendar.read(guild.externalId, event.ref);
  if (!read.ok) {
    if (read.why !== 'gone') return read;
    await mark(m, { state: 'deleted', found: null });
    return 'by-hand';
  }
  if (read.there.isUnderWay) return 'done';
  const there = digestOf(read.there.event);
  if (isSame(there, digestOf(wanted.event))) {
    await save(m, inOrder(wanted.event));
    return 'as-wanted';
  }
  if (isSame(event.wrote, there) || isSame(event.writing, there)) {
    if (event.state === 'changed') await save(m, { state: 'kept', found: null });
    return 'ours';
  }
  const known = event.state === 'changed' ? openFound(m.cipher, event) : undefined;
  if (!known || !isSame(digestOf(known), there))
    await mark(m, { state: 'changed', found: sealFound(m.cipher, event.id, read.there.event) });
  return 'by-hand';
}
