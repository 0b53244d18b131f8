import { caretakers } from '../members/named.js';
import type { Ending } from '../privacy/ending.js';
import { coverOf } from './chair-look.js';
import { DATE_PARTS } from './date-row.js';
import { hold, replan } from './replan.js';
import { giveUpPlace } from './rsvp.js';

/** Dates that the member said they would chair: those who had not answered are asked anew. */
async function endChairing({ db, who, now }: Ending): Promise<void> {
  const theirs = { state: 'planned' as const, OR: [{ chairId: who.id }, { asks: { some: { memberId: who.id } } }] };
  for (const { id } of await db.occurrence.findMany({ where: theirs, select: { id: true }, orderBy: { id: 'asc' } })) {
    await hold(db, id, now);
    const row = await db.occurrence.findFirst({ where: { id }, include: DATE_PARTS });
    if (!row) continue;
    if (coverOf(row, new Date(0)).chairs === who.id) await db.chairAsk.deleteMany({ where: { occurrenceId: id, said: null } });
    await db.chairAsk.deleteMany({ where: { occurrenceId: id, memberId: who.id } });
    if (row.chairId === who.id) await db.occurrence.update({ where: { id }, data: { chairId: null } });
  }
}

/** Who looks after a session that has no chair now: who made it, else those who look after the community. */
async function endSeats({ db, who, now, tell }: Ending): Promise<void> {
  const mine = { OR: [{ chairId: who.id }, { coChairId: who.id }, { backups: { some: { memberId: who.id } } }] };
  const sessions = await db.session.findMany({ where: { state: 'active', ...mine }, orderBy: { id: 'asc' } });
  for (const session of sessions) {
    const { id, chairId, coChairId, createdById } = session;
    await db.sessionBackup.deleteMany({ where: { sessionId: id, memberId: who.id } });
    await db.session.update({
      where: { id },
      data: { ...(chairId === who.id && { chairId: null }), ...(coChairId === who.id && { coChairId: null }) },
    });
    await replan(db, { now }, session);
    if (chairId !== who.id) continue;
    const maker = createdById === null || createdById === who.id ? undefined : createdById;
    const isThere = maker !== undefined && (await db.member.count({ where: { id: maker } })) > 0;
    for (const one of isThere ? [maker] : await caretakers(db, db.communityId)) await tell('chair', one);
  }
}

/** Cards of dates that are over name who chaired them: they are drawn once more, as they are without the member. */
async function unnameCards({ db, who, now }: Ending): Promise<void> {
  const chaired = { OR: [{ chairId: who.id }, { chairId: null, session: { chairId: who.id } }] };
  const shown = await db.occurrence.findMany({
    where: { shown: { not: null }, startsAt: { lte: now }, ...chaired },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of shown) await hold(db, id, now);
}

/** A member who is erased comes to nothing, and chairs nothing any more. */
export async function endSessions(ending: Ending): Promise<void> {
  const { db, who, now } = ending;
  const coming = { memberId: who.id, occurrence: { state: 'planned' as const, startsAt: { gt: now } } };
  const rsvps = await db.rsvp.findMany({ where: coming, select: { occurrenceId: true }, orderBy: { occurrenceId: 'asc' } });
  for (const { occurrenceId } of rsvps) await giveUpPlace(db, occurrenceId, who.id, now);
  await unnameCards(ending);
  await endChairing(ending);
  await endSeats(ending);
}
