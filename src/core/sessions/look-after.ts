import { createHash } from 'node:crypto';
import type { Prisma } from '../../db/generated/client.js';
import { platformsOf } from '../members/reach.js';
import type { PlatformName } from '../names.js';
import type { Notice } from '../notice.js';
import { lookAtChair } from './chair-look.js';
import { changedPlaces, DATE_PARTS, type DateRow, endOf, habitsOf, isMeant, roomOf } from './date-row.js';
import type { Looked, SessionNotice } from './looked.js';
import { settlePlaces } from './places.js';
import { type Reminder, remindersOf, remindNow } from './reminders.js';
import { cardKey, DATE_CARD, LAPSED, OFFER, OPEN_BEFORE, offerKey, REMINDER, reminderKey } from './work.js';

type Tx = Prisma.TransactionClient;

/** Milliseconds in which a change of the card has its point; the next change brings all of it anyway. */
const CHANGE_WITHIN = 24 * 3_600_000;
/** Milliseconds in which somebody is told that their place went on. */
const TELL_WITHIN = 12 * 3_600_000;

/** Offers that are over go on, what is free is offered; and whoever it concerns is told. */
async function lookAtPlaces(tx: Tx, row: DateRow, now: Date): Promise<Looked> {
  const places = settlePlaces(row.rsvps, roomOf(row, now));
  for (const { id, state, offeredAt, offeredUntil } of changedPlaces(row.rsvps, places))
    await tx.rsvp.update({ where: { id }, data: { state, offeredAt, offeredUntil } });
  row.rsvps = places;
  const notices: SessionNotice[] = [];
  const next: Date[] = [];
  for (const { id: subjectId, memberId, state, offeredAt, offeredUntil } of places) {
    if (!offeredAt || !offeredUntil) continue;
    const about = { subjectId, memberId };
    if (state === 'offered') {
      next.push(...[offeredAt, offeredUntil].filter((at) => at > now));
      if (offeredAt <= now)
        notices.push({
          ...about,
          kind: OFFER,
          once: offerKey(OFFER, subjectId, offeredUntil),
          dueAt: offeredAt,
          expiresAt: offeredUntil,
        });
    }
    // Somebody who could not be told has no time that ran out.
    if (state === 'lapsed' && offeredUntil <= now) {
      const expiresAt = new Date(offeredUntil.getTime() + TELL_WITHIN);
      const once = offerKey(LAPSED, subjectId, offeredUntil);
      if (expiresAt > now) notices.push({ ...about, kind: LAPSED, once, dueAt: offeredUntil, expiresAt });
    }
  }
  return { notices, next };
}

function lookAtReminders(row: DateRow, now: Date): Looked {
  const muted = new Set(row.session.mutes.map(({ memberId }) => memberId));
  const notices: SessionNotice[] = [];
  const next: Date[] = [];
  for (const rsvp of row.rsvps) {
    const { id: subjectId, memberId, state, isMuted, since } = rsvp;
    if (state !== 'going' || isMuted || muted.has(memberId)) continue;
    const all = remindersOf(row.startsAt, row.session.reminders, { since, ...habitsOf(row, rsvp) });
    const { send, next: later } = remindNow(all, now);
    if (later) next.push(later);
    if (send) notices.push(reminderOf(row, subjectId, memberId, send));
  }
  return { notices, next };
}

const reminderOf = (
  { startsAt }: DateRow,
  subjectId: string,
  memberId: string,
  { minutes, at, until }: Reminder,
): SessionNotice => ({
  kind: REMINDER,
  subjectId,
  memberId,
  once: reminderKey(subjectId, startsAt, minutes),
  dueAt: at,
  expiresAt: until,
});

/** Where its card is: the platform's channel id; null where it is in no channel. */
const channelOf = ({ channelId, session }: DateRow) => channelId ?? session.channelId;

/** Changes when, and only when, the card has something else to show. */
function digestOf(row: DateRow, now: Date): string {
  const { state, startsAt, minutes, chairId, changes, session, rsvps } = row;
  const counts = ['going', 'waiting'].map((wanted) => rsvps.filter((rsvp) => rsvp.state === wanted).length);
  const phase = now < startsAt ? 'before' : now < endOf(row) ? 'during' : 'after';
  const shown = [state, isMeant(row), phase, startsAt.getTime(), minutes, chairId, session.updatedAt.getTime(), ...counts];
  const hash = createHash('sha256').update(shown.join('|'));
  return hash.update(changes ?? '').digest('base64url');
}

async function lookAtCard(tx: Tx, row: DateRow, dueAt: Date, now: Date): Promise<Looked> {
  const opensAt = new Date(row.startsAt.getTime() - OPEN_BEFORE);
  const channel = channelOf(row);
  const isNew = row.shown === null;
  if (isNew && (now < opensAt || now >= endOf(row) || !isMeant(row)))
    return { notices: [], next: now < opensAt ? [opensAt] : [] };
  const [before, digest] = row.shown?.split(' ') ?? [];
  const shown = `${channel ?? ''} ${digestOf(row, now)}`;
  if (row.shown === shown) return { notices: [], next: [] };
  await tx.occurrence.update({ where: { id: row.id }, data: { shown } });
  const card = (key: string, expiresAt: Date): SessionNotice => ({
    kind: DATE_CARD,
    subjectId: row.id,
    once: key,
    dueAt,
    expiresAt,
  });
  const soon = new Date(now.getTime() + CHANGE_WITHIN);
  const change = (where: string) => card(`${cardKey(row.id, where)}:${dueAt.getTime()}`, soon);
  const isElsewhere = before !== (channel ?? '');
  const wasShown = before !== undefined && before !== '' && digest !== undefined;
  return {
    notices: [
      ...(channel !== null && isElsewhere ? [card(cardKey(row.id, channel), endOf(row))] : []),
      ...(wasShown ? [change(before)] : []),
    ],
    next: [],
  };
}

const NOTHING: Looked = { notices: [], next: [] };

async function look(tx: Tx, row: DateRow, dueAt: Date, platforms: ReadonlyMap<string, PlatformName>, now: Date) {
  const isAhead = row.state === 'planned' && isMeant(row) && now < endOf(row);
  const places = isAhead ? await lookAtPlaces(tx, row, now) : NOTHING;
  const reminders = isAhead ? lookAtReminders(row, now) : NOTHING;
  const chair = isAhead ? await lookAtChair(tx, row, platforms, now) : NOTHING;
  const card = await lookAtCard(tx, row, dueAt, now);
  const all = [places, reminders, chair, card];
  const ends = [row.startsAt, endOf(row)];
  const next = [...all.flatMap((one) => one.next), ...(isMeant(row) ? ends : [])].filter((at) => at > now);
  return {
    notices: all.flatMap((one) => one.notices),
    next: next.length > 0 ? new Date(Math.min(...next.map((at) => at.getTime()))) : null,
  };
}

const peopleOf = ({ rsvps, session, chairId }: DateRow): string[] =>
  [
    ...rsvps.map(({ memberId }) => memberId),
    ...session.backups.map(({ memberId }) => memberId),
    chairId,
    session.chairId,
    session.coChairId,
    session.createdById,
  ].filter((id) => id !== null);

export interface LookedAfter {
  readonly notices: readonly Notice[];
  /** By the id of the occurrence; null when nothing is left to do. */
  readonly next: ReadonlyMap<string, Date | null>;
}

/**
 * Everything that a date needs at this moment, worked out from what is kept: whose place it is, who is reminded, who is asked
 * to chair, what its card shows. Looking twice says nothing twice, and a look that comes late says only what still has a point.
 * @param dates those that fell due, with the promised instant
 * @param tx over all communities; holds the due work of these dates, so that nobody else changes them meanwhile
 */
export async function lookAfter(
  dates: readonly { readonly id: string; readonly dueAt: Date }[],
  tx: Tx,
  now: Date,
): Promise<LookedAfter> {
  const rows: DateRow[] = await tx.occurrence.findMany({
    where: { id: { in: dates.map(({ id }) => id) } },
    include: DATE_PARTS,
  });
  const platforms = await platformsOf(tx, rows.flatMap(peopleOf));
  const notices: LookedAfter['notices'][number][] = [];
  const next = new Map<string, Date | null>();
  for (const row of rows) {
    const dueAt = dates.find(({ id }) => id === row.id)?.dueAt ?? now;
    const looked = await look(tx, row, dueAt, platforms, now);
    next.set(row.id, looked.next);
    for (const notice of looked.notices) {
      const platform = notice.memberId === undefined ? row.session.space.platform : platforms.get(notice.memberId);
      if (platform) notices.push({ ...notice, communityId: row.communityId, platform });
    }
  }
  const sent = await tx.delivery.findMany({
    where: { once: { in: notices.map(({ once }) => once) } },
    select: { once: true },
  });
  const known = new Set(sent.map(({ once }) => once));
  return { notices: notices.filter(({ once }) => !known.has(once)), next };
}
