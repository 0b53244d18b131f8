import type { Prisma, SupportAsk, SupportRequest } from '../../../db/generated/client.js';
import { apartFrom } from '../../members/apart.js';
import { type RosterReader, rosterOf } from '../oncall/roster.js';
import type { Search } from './rounds.js';

/** A community's handle, or a transaction over all of them. */
export type SearchReader = RosterReader & Pick<Prisma.TransactionClient, 'memberBlock' | 'separation'>;

export type RequestRow = Pick<SupportRequest, 'communityId' | 'memberId' | 'language' | 'since' | 'until'> & {
  readonly asks: readonly Pick<SupportAsk, 'memberId' | 'isCoordinator' | 'round' | 'askedAt' | 'said'>[];
};

/** Everything that decides who is asked next. */
export async function searchOf(db: SearchReader, row: RequestRow, now: Date): Promise<Search> {
  const { communityId, memberId: asker, language, since, until, asks } = row;
  const candidates = await rosterOf(db, communityId, now, language);
  return { asker, now, since, until, candidates, apart: await apartFrom(db, asker), asks };
}
