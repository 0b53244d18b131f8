import type { SupportAsk, SupportRequest } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import { keptFrom } from '../oncall/kept-from.js';
import { rosterOf } from '../oncall/roster.js';
import type { Search } from './rounds.js';

export type RequestRow = Pick<SupportRequest, 'memberId' | 'language' | 'since' | 'until'> & {
  readonly asks: readonly Pick<SupportAsk, 'memberId' | 'isCoordinator' | 'round' | 'askedAt' | 'said'>[];
};

/** Everything that decides who is asked next. */
export async function searchOf(db: TenantDb, row: RequestRow, now: Date): Promise<Search> {
  const { memberId: asker, language, since, until, asks } = row;
  const candidates = await rosterOf(db, now, language);
  return { asker, now, since, until, candidates, apart: await keptFrom(db, asker, candidates, now), asks };
}
