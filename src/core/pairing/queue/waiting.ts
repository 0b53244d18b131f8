import { UserError } from '../../../chat/errors.js';
import type { PairingRequest } from '../../../db/generated/client.js';
import { noteReads } from '../../audit/note.js';
import type { Scope } from '../../scope.js';
import { openWishes, type Wishes } from '../wishes.js';

/** In these, a facilitator can say who is to be asked: nobody is asked at the moment. */
export const PROPOSABLE = ['approval', 'waiting'] as const;
/** Requests that are not over. */
const OPEN = ['approval', 'waiting', 'choosing', 'offered', 'introduced'] as const;

/** Somebody who waits, as facilitators see them: what matters to them, and never what they wrote in their own words. */
export interface Waiting extends Pick<PairingRequest, 'id' | 'memberId' | 'urgency' | 'askedAt'> {
  /** `choosing`: it is for the asker to say something. Who was asked, and what they said, is nobody's to see. */
  readonly state: (typeof OPEN)[number];
  readonly wishes: Omit<Wishes, 'words'>;
}

function shown(scope: Pick<Scope, 'cipher'>, row: PairingRequest): Waiting {
  const { words: _own, ...wishes } = openWishes(scope.cipher, row);
  const { id, memberId, urgency, askedAt } = row;
  return { id, memberId, urgency, askedAt, state: row.state as Waiting['state'], wishes };
}

/** Everybody but the reader who waits for somebody, the most urgent and then the longest waiting first. Each is told that it was read. */
export async function waitingList(scope: Scope, from: number, most: number): Promise<{ waiting: Waiting[]; total: number }> {
  const { db, member } = scope;
  const where = { state: { in: [...OPEN] }, memberId: { not: member.id } };
  const rows = await db.pairingRequest.findMany({
    where,
    orderBy: [{ urgency: 'asc' }, { askedAt: 'asc' }, { id: 'asc' }],
    skip: from,
    take: most,
  });
  const ids = rows.map(({ memberId }) => memberId);
  await noteReads(db, scope, 'request.read', ids);
  return { waiting: rows.map((row) => shown(scope, row)), total: await db.pairingRequest.count({ where }) };
}

/** @throws UserError for the reader's own, and for one that is over or of which somebody is being asked now */
export async function proposable(scope: Scope, by: { readonly id: string } | { readonly memberId: string }): Promise<Waiting> {
  const row = await scope.db.pairingRequest.findFirst({ where: { ...by, openFor: { not: null } } });
  if (row?.memberId === scope.member.id) throw new UserError('queue.errors.own');
  if (!row) throw new UserError('queue.errors.none');
  if (!PROPOSABLE.some((state) => state === row.state)) throw new UserError('queue.errors.underway');
  return shown(scope, row);
}
