import type { Scope } from '../../scope.js';
import { lookForSomeone, type Round } from './rounds.js';
import { searchOf } from './search.js';

/** How the request of a member stands, for themselves. */
export interface MyRequest {
  readonly id: string;
  readonly state: Round['state'];
  readonly askedAt: Date;
  /** How many were asked, or are about to be. */
  readonly asked: number;
  /** When more are asked, if nobody says yes before; absent when there is nobody more at this moment. */
  readonly next?: Date;
  /** When it ends by itself. */
  readonly until: Date;
  /** Who said yes. */
  readonly volunteer?: string;
  /** Through which they can write to each other. */
  readonly relay?: string;
}

/** @returns undefined when they have none that is open */
export async function myRequest({ db, member, now }: Scope): Promise<MyRequest | undefined> {
  const row = await db.supportRequest.findFirst({ where: { openFor: member.id }, include: { asks: true } });
  if (!row) return undefined;
  const round = lookForSomeone(await searchOf(db, row, now));
  const reached = row.asks.filter(({ said }) => said !== 'unreached').length;
  const coming = 'ask' in round ? round.ask.length : 0;
  return {
    id: row.id,
    state: round.state,
    askedAt: row.askedAt,
    asked: reached + coming,
    ...('next' in round && round.state !== 'nobody' && { next: round.next }),
    until: row.until,
    ...(round.state === 'taken' && { volunteer: round.by }),
    ...(round.state === 'taken' && row.relayId !== null && { relay: row.relayId }),
  };
}
