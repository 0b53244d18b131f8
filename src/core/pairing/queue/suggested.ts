import { noteReads } from '../../audit/note.js';
import type { Scope } from '../../scope.js';
import { type MentorFacts, openFacts } from '../facts.js';
import { slotsLike } from '../hours.js';
import { type Reason, type Suggestion, weigh } from '../rank.js';
import { pairingSettings } from '../settings.js';
import { suggest } from '../suggest.js';
import { openWishes } from '../wishes.js';

/** How many a facilitator can pick from. */
const MOST = 5;

/** Whom a request could go to now, the best first. Its asker is told that it was read. */
export async function suggestedFor(scope: Scope, requestId: string): Promise<Suggestion[]> {
  const { db, cipher, now } = scope;
  const request = await db.pairingRequest.findFirstOrThrow({ where: { id: requestId } });
  await noteReads(db, scope, 'request.read', [request.memberId]);
  return suggest({ db, cipher }, request, now, MOST);
}

/** Two of a proposal, and what speaks for it. */
export interface ProposedPair {
  readonly memberId: string;
  readonly mentorId: string;
  readonly reasons: readonly Reason[];
}

/** A part of a proposal, those first who wait longest. Empty: it was approved, or another one was made since. */
export async function proposalPage(
  scope: Scope,
  proposalId: string,
  from: number,
  most: number,
): Promise<{ readonly pairs: readonly ProposedPair[]; readonly total: number }> {
  const { db, cipher, now } = scope;
  const where = { proposalId, proposedId: { not: null } };
  const [rows, total, settings] = [
    await db.pairingRequest.findMany({ where, orderBy: [{ askedAt: 'asc' }, { id: 'asc' }], skip: from, take: most }),
    await db.pairingRequest.count({ where }),
    await pairingSettings(db),
  ];
  const profiles = await db.mentorProfile.findMany({
    where: { memberId: { in: rows.flatMap(({ proposedId }) => proposedId ?? []) } },
  });
  const facts = new Map<string, MentorFacts>(profiles.map((row) => [row.memberId, openFacts(cipher, row)]));
  const like = slotsLike(now);
  const pairs = rows.flatMap((row): ProposedPair[] => {
    const mentorId = row.proposedId;
    const own = mentorId === null ? undefined : facts.get(mentorId);
    if (mentorId === null || !own) return [];
    const wishes = openWishes(cipher, row);
    const weighed = weigh({ wishes }, { memberId: mentorId, facts: own, capacity: 0, taken: 0 }, settings, like);
    return [{ memberId: row.memberId, mentorId, reasons: weighed?.reasons ?? [] }];
  });
  const ids = pairs.map(({ memberId }) => memberId);
  await noteReads(db, scope, 'request.read', ids);
  return { pairs, total };
}
