import type { Cipher } from '../../db/cipher.js';
import type { PairingRequest } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { dayOf } from '../../time/local.js';
import { openFacts } from './facts.js';
import { slotsLike } from './hours.js';
import { isLong } from './offerable.js';
import { type Asker, better, type Suggestion, weigh } from './rank.js';
import { refusalKey, refusals } from './refusals.js';
import { pairingSettings } from './settings.js';
import { type Listed, mentorZones, shortlist, type Terms } from './shortlist.js';
import { openWishes } from './wishes.js';

/** How many are listed first, and how many times more where that does not show who is best. */
const FIRST = 64;
const MORE = 16;

/** A community's handle, also one inside of a transaction, and what opens what is sealed. */
interface Hands {
  readonly db: TenantDb;
  readonly cipher: Cipher;
}

type Asked = Pick<PairingRequest, 'id' | 'memberId' | 'details'>;

async function termsOf({ db, cipher }: Hands, request: Asked, now: Date): Promise<Terms> {
  const wishes = openWishes(cipher, request);
  const settings = await pairingSettings(db);
  const isBanded = settings.ageBands.length > 0;
  const member = isBanded ? await db.member.findFirst({ where: { id: request.memberId }, select: { ageBand: true } }) : null;
  const hasHours = wishes.wishes.some(({ what }) => what === 'hours');
  const zones = hasHours ? await mentorZones(db) : [];
  const community = settings.minimum.training ? await db.community.findFirst({ select: { zone: true } }) : null;
  const asker: Asker = { requestId: request.id, memberId: request.memberId, ageBand: member?.ageBand ?? null, wishes };
  const keys = await refusals(db, now, request.memberId);
  const refused = [...keys].map((key) => key.slice(refusalKey(request.memberId, '').length));
  return {
    ...{ asker, settings, now, cipher, zones, refused, like: slotsLike(now) },
    today: dayOf(now, community?.zone ?? 'UTC').toString(),
  };
}

/** What a mentor is once their own words were opened; undefined where the index took them for somebody who may be offered. */
function opened(row: Listed, { asker, settings, like }: Terms, cipher: Cipher): Suggestion | undefined {
  const facts = openFacts(cipher, row);
  return isLong(facts.recovery, settings.minimum.recovery) ? weigh(asker, { ...row, facts }, settings, like) : undefined;
}

/** The best of a list, as far as it is needed to know them; undefined where somebody beyond its end may be better. */
function bestOf(rows: readonly Listed[], terms: Terms, cipher: Cipher, most: number, isAll: boolean): Suggestion[] | undefined {
  const order = better(terms.asker.requestId);
  const best: Suggestion[] = [];
  for (const row of rows) {
    const last = best[most - 1];
    // Nobody from here on can be better than their bound.
    if (last && order(last, { mentorId: row.memberId, score: row.bound, taken: row.taken }) < 0) return best.slice(0, most);
    const suggestion = opened(row, terms, cipher);
    if (suggestion) best.push(suggestion);
    best.sort(order);
  }
  return isAll ? best.slice(0, most) : undefined;
}

/**
 * Whom this asker may be offered now, the best first: the same as if everybody's profile was opened and ranked.
 * @param most how many are wanted
 */
export async function suggest(hands: Hands, request: Asked, now: Date, most: number): Promise<Suggestion[]> {
  const terms = await termsOf(hands, request, now);
  for (let length = Math.max(FIRST, 2 * most); ; length *= MORE) {
    const rows = await shortlist(hands.db, terms, length);
    const best = bestOf(rows, terms, hands.cipher, most, rows.length < length);
    if (best) return best;
  }
}

/** The member who should be asked next; undefined where nobody may be asked now. */
export async function nextFor(hands: Hands, request: Asked, now: Date): Promise<string | undefined> {
  const [best] = await suggest(hands, request, now, 1);
  return best?.mentorId;
}
