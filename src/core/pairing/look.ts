import type { Cipher } from '../../db/cipher.js';
import type { Prisma } from '../../db/generated/client.js';
import { tenantDb } from '../../db/tenant.js';
import type { Hands } from './hands.js';
import { happen, planNext } from './happen.js';
import { part } from './introduce.js';
import { introductionOf, openOffer, type RequestRow, requestRow } from './request-row.js';
import { mayBeAsked } from './takes.js';
import { holdRequest } from './work.js';

type Tx = Prisma.TransactionClient;

interface Due {
  readonly communityId: string;
  readonly subjectId: string;
}

/** The two had their time to say yes to each other. Whoever was silent is not waited for. */
async function endIntroduction(hands: Hands, row: RequestRow, now: Date) {
  const intro = introductionOf(row);
  if (!intro || intro.introBy > now) return undefined;
  const because = intro.menteeYesAt ? 'mentor' : 'mentee';
  const outcome = await part(hands, intro, because, because === 'mentor' ? ['mentee', 'mentor'] : ['mentor'], now);
  return outcome ?? { next: null };
}

async function look(hands: Hands, id: string, now: Date): Promise<Date | null> {
  const row = await requestRow(hands.db, id);
  if (!row) return null;
  const ended = await endIntroduction(hands, row, now);
  if (ended) return ended.next;
  const offer = openOffer(row);
  // Whoever is being asked may have paused, or one of the two may not want to meet the other, since then.
  const isOff = offer && !(await mayBeAsked(hands, row, offer.mentorId, now));
  const outcome = await happen(hands, id, isOff ? { is: 'refused', as: 'withdrawn' } : { is: 'time' }, now);
  return outcome?.next ?? null;
}

/** Looks after requests whose time has come, the most urgent and then the longest waiting first. By id: when each is due next. */
export async function lookAtRequests(
  tx: Tx,
  cipher: Cipher,
  due: readonly Due[],
  now: Date,
): Promise<ReadonlyMap<string, Date | null>> {
  const rows = await tx.pairingRequest.findMany({
    where: { id: { in: due.map(({ subjectId }) => subjectId) } },
    orderBy: [{ urgency: 'asc' }, { askedAt: 'asc' }],
    select: { id: true, communityId: true },
  });
  const next = new Map<string, Date | null>(due.map(({ subjectId }) => [subjectId, null]));
  for (const { id, communityId } of rows) next.set(id, await look({ db: tenantDb(tx, communityId), cipher }, id, now));
  return next;
}

/** Somebody who was asked cannot be written to: they are not waited for. */
export async function notReached(tx: Tx, cipher: Cipher, { communityId, subjectId }: Due, now: Date): Promise<void> {
  const db = tenantDb(tx, communityId);
  const offer = await db.pairingOffer.findFirst({ where: { id: subjectId, state: 'open' }, select: { requestId: true } });
  if (!offer) return;
  await holdRequest(db, offer.requestId, now);
  const outcome = await happen({ db, cipher }, offer.requestId, { is: 'refused', as: 'unreached' }, now);
  if (outcome) await planNext(db, offer.requestId, outcome);
}
