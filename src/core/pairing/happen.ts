import { randomUUID } from 'node:crypto';
import type { TenantDb } from '../../db/tenant.js';
import { plan } from '../work/plan.js';
import { type Happening, type Outcome, type Rules, transition } from './broker.js';
import type { Hands } from './hands.js';
import { openOffer, type RequestRow, requestNow, requestRow } from './request-row.js';
import { pairingSettings } from './settings.js';
import { nextFor } from './suggest.js';
import { hasPlace, mayBeAsked } from './takes.js';
import { APPROVAL, NUDGE, OFFER, REQUEST, WORD } from './work.js';

/** Writes down what follows, and plans what is to be said. */
async function apply({ db: tx }: Hands, row: RequestRow, outcome: Outcome, now: Date): Promise<void> {
  const offer = openOffer(row);
  if (outcome.ends && offer)
    await tx.pairingOffer.updateMany({ where: { id: offer.id }, data: { state: outcome.ends, openFor: null, endedAt: now } });
  if (outcome.asks) {
    const { mentorId, deadline } = outcome.asks;
    const asked = { id: randomUUID(), communityId: tx.communityId, requestId: row.id, mentorId, openFor: row.id };
    await tx.pairingOffer.create({ data: { ...asked, askedAt: now, deadline } });
    await plan(tx, { kind: OFFER, subjectId: asked.id }, now);
  }
  const isOver = outcome.next === null;
  await tx.pairingRequest.update({
    where: { id: row.id },
    data: {
      state: outcome.state,
      tellBy: outcome.tellBy,
      ...(outcome.asks && { picks: row.picks.filter((id) => id !== outcome.asks?.mentorId) }),
      ...(outcome.waitingAt && { waitingAt: outcome.waitingAt }),
      ...(isOver && { openFor: null, endedAt: now }),
    },
  });
  if (outcome.tells.includes('asker')) await plan(tx, { kind: WORD, subjectId: row.id }, now);
  if (outcome.tells.includes('facilitators')) await plan(tx, { kind: APPROVAL, subjectId: row.id }, now);
  if (outcome.tells.includes('nudge') && offer) await plan(tx, { kind: NUDGE, subjectId: offer.id }, now);
}

/** How often somebody else is looked for when the last place went to another request in the same moment. */
const TRIES = 5;

/** Who is asked next: first those who were picked, and may be asked now; then whoever fits best. */
async function candidate(hands: Hands, row: RequestRow, now: Date): Promise<string | undefined> {
  const wasAsked = new Set(row.offers.map(({ mentorId }) => mentorId));
  for (const mentorId of row.picks) {
    if (wasAsked.has(mentorId) || !(await mayBeAsked(hands, row, mentorId, now))) continue;
    if (await hasPlace(hands.db, mentorId, now)) return mentorId;
  }
  for (let tries = 0; tries < TRIES; tries += 1) {
    const best = await nextFor(hands, row, now);
    if (best === undefined || (await hasPlace(hands.db, best, now))) return best;
  }
  return undefined;
}

/**
 * Something happened to a request: writes down what follows, and looks for the next to be asked where that is it. Whoever
 * calls it planned the request's look in the same transaction before, which makes everybody else wait.
 * @returns undefined where it cannot happen as the request stands
 */
export async function happen(hands: Hands, id: string, happening: Happening, now: Date): Promise<Outcome | undefined> {
  const rules: Rules = await pairingSettings(hands.db);
  const row = await requestRow(hands.db, id);
  const outcome = row ? transition(requestNow(row), happening, now, rules) : undefined;
  if (!row || !outcome) return undefined;
  await apply(hands, row, outcome, now);
  return outcome.seek ? find(hands, id, rules, now) : outcome;
}

/** Looks for the next who may be asked; `found` or `none` always follows from it. */
export async function find(hands: Hands, id: string, rules: Rules, now: Date): Promise<Outcome> {
  const row = await requestRow(hands.db, id);
  if (!row) throw new Error('A request went away while it was looked at.');
  const mentorId = await candidate(hands, row, now);
  const found: Happening = mentorId === undefined ? { is: 'none' } : { is: 'found', mentorId };
  const outcome = transition(requestNow(row), found, now, rules);
  if (!outcome) throw new Error('A request that waits can find somebody or nobody.');
  await apply(hands, row, outcome, now);
  return outcome;
}

/** Plans the next look at a request as its broker wants it. */
export async function planNext(tx: TenantDb, id: string, { next }: Outcome): Promise<void> {
  if (next) await plan(tx, { kind: REQUEST, subjectId: id }, next);
  else await tx.dueWork.deleteMany({ where: { kind: REQUEST, subjectId: id } });
}
