import type { EventRefused } from '../../../chat/events.js';
import { tenantDb } from '../../../db/tenant.js';
import type { World } from '../../scope.js';
import { inOrder, type Mirror, mark, notice, openMirror, save, wantedBy } from './notice.js';
import { digestOf, isSame, type WantedEvent } from './wanted.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Milliseconds after which something that somebody must first put right is tried again. */
const LATER = 6 * HOUR;

/** When to look again, and what was in the way, in one word. */
export interface Looked {
  readonly next: Date | null;
  readonly trouble?: string;
}

const NOTHING = {
  ref: null,
  local: null,
  startsAt: null,
  endsAt: null,
  wrote: null,
  writing: null,
  found: null,
  state: 'kept',
} as const;

const after = (m: Mirror, ms: number) => new Date(m.now.getTime() + ms);
/** Looked at every hour, and when it ends. */
const nextLook = (m: Mirror): Date => {
  const end = m.event.endsAt && m.event.endsAt > m.now ? m.event.endsAt.getTime() + SECOND : Number.POSITIVE_INFINITY;
  return new Date(Math.min(end, after(m, HOUR).getTime()));
};

async function refused(m: Mirror, { why, after: wait }: EventRefused): Promise<Looked> {
  if (why === 'busy') return { next: after(m, Math.max(wait ?? 0, MINUTE)) };
  // What it was about is not there: the next look finds out what that means.
  if (why === 'gone') return { next: after(m, SECOND) };
  const state = why === 'full' ? 'full' : 'refused';
  if (m.event.state !== state) await mark(m, { state });
  return { next: after(m, LATER), trouble: why };
}

/** Takes an event down, unless it is gone; or, of a date that has gone by, still goes on. */
async function takeDown({ event, calendar, guild, now }: Mirror, ref: string): Promise<EventRefused | undefined> {
  if (event.endsAt && event.endsAt <= now) {
    const read = await calendar.read(guild.externalId, ref);
    if (!read.ok) return read.why === 'gone' ? undefined : read;
    if (read.there.isUnderWay) return undefined;
  }
  const removed = await calendar.remove(guild.externalId, ref);
  return removed.ok || removed.why === 'gone' ? undefined : removed;
}

/** Shows a date no longer that is not the next one any more. */
async function dismiss(m: Mirror): Promise<EventRefused | undefined> {
  const { ref, state } = m.event;
  const kept = ref === null || state === 'deleted' ? undefined : await takeDown(m, ref);
  if (!kept) await save(m, NOTHING);
  return kept;
}

/** What a process made that was ended before it could write it down. */
async function adopt(m: Mirror, wanted: WantedEvent): Promise<string | EventRefused | undefined> {
  const listed = await m.calendar.list(m.guild.externalId);
  if (!listed.ok) return listed;
  const known = await m.db.sessionEvent.findMany({
    where: { ref: { in: listed.all.map(({ ref }) => ref) } },
    select: { ref: true },
  });
  const isKnown = new Set(known.map(({ ref }) => ref));
  const found = listed.all.find(({ ref, event, isOurs }) => {
    const there = digestOf(event);
    return isOurs && !isKnown.has(ref) && (isSame(m.event.writing, there) || isSame(digestOf(wanted.event), there));
  });
  if (!found) return undefined;
  const isWanted = isSame(digestOf(wanted.event), digestOf(found.event));
  await save(m, { ref: found.ref, ...inOrder(found.event), local: isWanted ? wanted.local : m.event.local });
  return found.ref;
}

async function create(m: Mirror, wanted: WantedEvent): Promise<Looked> {
  const adopted = await adopt(m, wanted);
  if (typeof adopted === 'object') return refused(m, adopted);
  if (adopted !== undefined) return { next: after(m, SECOND) };
  const { startsAt, endsAt } = wanted.event;
  await save(m, { local: wanted.local, startsAt, endsAt, writing: digestOf(wanted.event) });
  const made = await m.calendar.create(m.guild.externalId, wanted.event);
  if (!made.ok) return refused(m, made.why === 'gone' ? { ok: false, why: 'forbidden' } : made);
  const isStillOn = await save(m, { ref: made.ref, ...inOrder(wanted.event) });
  if (!isStillOn) await m.calendar.remove(m.guild.externalId, made.ref);
  return { next: isStillOn ? nextLook(m) : null };
}

async function change(m: Mirror, wanted: WantedEvent): Promise<Looked> {
  await save(m, { writing: digestOf(wanted.event) });
  const edited = await m.calendar.edit(m.guild.externalId, m.event.ref ?? '', wanted.event);
  if (!edited.ok) return refused(m, edited);
  await save(m, inOrder(wanted.event));
  return { next: nextLook(m) };
}

async function look(m: Mirror): Promise<Looked> {
  const wanted = await wantedBy(m);
  if (m.event.ref !== null && m.event.local !== wanted?.local) {
    const kept = await dismiss(m);
    if (kept) return refused(m, kept);
  }
  if (!wanted) return { next: after(m, 24 * HOUR) };
  if (m.event.ref === null) return create(m, wanted);
  const noticed = await notice(m, wanted);
  if (typeof noticed === 'object') return refused(m, noticed);
  return noticed === 'ours' ? change(m, wanted) : { next: nextLook(m) };
}

/**
 * Has the calendar of a guild show the next date of a session as it is now: makes the event, changes it, takes it down, goes on
 * to the next date. What somebody changed by hand it leaves, and has them asked. May be ended at any moment and done again.
 */
export async function mirror(world: World, row: { communityId: string; subjectId: string }, now: Date): Promise<Looked> {
  const db = tenantDb(world.prisma, row.communityId);
  const parts = { db, cipher: world.cipher, now, ...(world.calendars && { calendars: world.calendars }) };
  const m = await openMirror(parts, row.subjectId);
  if (!m) return { next: null };
  const version = () => db.session.findFirst({ where: { id: row.subjectId }, select: { sequence: true, state: true } });
  const before = await version();
  const looked = await look(m);
  const isSameStill = JSON.stringify(before) === JSON.stringify(await version());
  return isSameStill ? looked : { next: after(m, SECOND) };
}
