import { UserError } from '../../chat/errors.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import { chairOf, coverOf } from './chair-look.js';
import { DATE_PARTS, type DateRow, endOf, isMeant } from './date-row.js';
import { detailsOf } from './details.js';
import { hold } from './replan.js';
import type { DateName } from './rsvp.js';

export interface Chairing {
  /** `taken`: somebody else chairs it already. */
  readonly outcome: 'chairs' | 'taken' | 'freed';
  readonly name: DateName;
  readonly title: string;
  readonly startsAt: Date;
}

/** Somebody who chaired it cannot after all: it is theirs no more, and those who had not answered are asked anew. */
async function giveUp(tx: TenantDb, row: DateRow, memberId: string): Promise<void> {
  const wasTheirs = coverOf(row, new Date(0)).chairs === memberId;
  await tx.chairAsk.updateMany({ where: { occurrenceId: row.id, memberId }, data: { said: 'no' } });
  if (!wasTheirs) return;
  await tx.chairAsk.deleteMany({ where: { occurrenceId: row.id, said: null } });
  if (row.chairId === memberId) await tx.occurrence.update({ where: { id: row.id }, data: { chairId: null } });
}

/**
 * Answers whether the member chairs one date that they were asked about. The first who says yes does; both answers can be
 * changed until it is over.
 * @param ask the id of what they were asked
 * @throws UserError when the question is not open any more: the date was moved, called off or is over
 */
export async function answerChairAsk(scope: Scope, ask: string, says: 'yes' | 'no'): Promise<Chairing> {
  const { db, cipher, member, now } = scope;
  return db.transact(async (tx) => {
    const asked = await tx.chairAsk.findFirst({ where: { id: ask, memberId: member.id } });
    if (!asked) throw new UserError('rsvp.chair.closed');
    await hold(tx, asked.occurrenceId, now);
    const row: DateRow = await tx.occurrence.findUniqueOrThrow({ where: { id: asked.occurrenceId }, include: DATE_PARTS });
    const mine = row.asks.find(({ id }) => id === ask);
    const isOpen = mine?.startsAt.getTime() === row.startsAt.getTime() && isMeant(row) && row.state === 'planned';
    if (!isOpen || now >= endOf(row)) throw new UserError('rsvp.chair.closed');
    const { sessionId: session, local, startsAt } = row;
    const about = { name: { session, local }, title: detailsOf(cipher, row.session, row).title, startsAt };
    if (says === 'no') {
      await giveUp(tx, row, member.id);
      return { outcome: 'freed', ...about };
    }
    const { chairs } = coverOf(row, now);
    if (chairs !== undefined && chairs !== member.id) return { outcome: 'taken', ...about };
    await tx.chairAsk.updateMany({ where: { id: ask }, data: { said: 'yes' } });
    if (chairOf(row) !== member.id) await tx.occurrence.update({ where: { id: row.id }, data: { chairId: member.id } });
    return { outcome: 'chairs', ...about };
  });
}
