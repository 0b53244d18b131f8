import { randomUUID } from 'node:crypto';
import { answerOffer, myOffers } from '../../../src/core/pairing/answer.js';
import { choicesFor } from '../../../src/core/pairing/choices.js';
import { AGAIN_AFTER } from '../../../src/core/pairing/handover/work.js';
import { everybody } from '../../../src/core/pairing/queue/everybody.js';
import { beginRequest } from '../../../src/core/pairing/request.js';
import { withdrawRequest } from '../../../src/core/pairing/withdraw.js';
import type { Scope } from '../../../src/core/scope.js';
import { volunteer } from '../../support/mentors.js';
import { openCommunities } from '../../support/newcomers.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

/** Nel asks, and asks again; Mira is the only one who serves, and does not know who asks. */

const DAY = 24 * 3_600_000;
const WEEK = 7 * DAY;
let home: TestWorld;
const newCommunity = openCommunities(() => home);
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

async function cast() {
  const as = newCommunity();
  const now = home.clock.now();
  const at = async (userId: string): Promise<Scope> => ({ ...(await as(userId)), now });
  const [nel, mira, olga] = [await at('nel'), await at('mira'), await at('olga')];
  const { db } = nel;
  await volunteer(home.world, { communityId: db.communityId, memberId: mira.member.id, now }, {}, { capacity: 2 });
  return { nel, mira, olga };
}

const at = (scope: Scope, ms: number): Scope => ({ ...scope, now: new Date(scope.now.getTime() + ms) });
const wishes = (words: string) => ({ wishes: [], zone: 'UTC', words });

/** Begins a request, by an old card of Mira's as well. @returns whether she is asked */
async function ask(nel: Scope, mira: Scope, words: string): Promise<boolean> {
  const before = await nel.db.pairingOffer.count();
  await beginRequest(nel, { id: randomUUID(), wishes: wishes(words), urgency: 'month', picks: [mira.member.id] });
  return (await mira.db.pairingOffer.count()) > before;
}

const choices = (nel: Scope) => choicesFor(nel, { id: randomUUID(), wishes: wishes(''), urgency: 'month' });

/** How many could be proposed to whoever waits. */
async function proposable(scope: Scope): Promise<number> {
  const { table } = await everybody(scope);
  return table.points.reduce((sum, row) => sum + row.filter((points) => points >= 0).length, 0);
}

test('a no holds for a month, whatever a new request says and by whichever way she would be asked', async () => {
  const { nel, mira, olga } = await cast();
  expect(await ask(nel, mira, 'Please help me.')).toBe(true);
  const [offer] = await myOffers(mira);
  await answerOffer(mira, offer?.id ?? '', 'no');
  await withdrawRequest(nel);
  const soon = at(nel, DAY);
  expect(await ask(soon, mira, 'You have to.')).toBe(false);
  expect(await proposable(at(olga, DAY))).toBe(0);
  expect(await choices(soon)).toEqual([]);
  expect(await choices(olga)).toHaveLength(1);
  await withdrawRequest(soon);
  expect(await ask(at(nel, AGAIN_AFTER - 1), mira, 'Still.')).toBe(false);
  expect(await proposable(at(olga, AGAIN_AFTER))).toBe(1);
  await withdrawRequest(at(nel, AGAIN_AFTER - 1));
  expect(await ask(at(nel, AGAIN_AFTER), mira, 'A month later.')).toBe(true);
});

test('a silence holds for a week', async () => {
  const { nel, mira } = await cast();
  await ask(nel, mira, 'Please help me.');
  await nel.db.pairingOffer.updateMany({ where: {}, data: { state: 'lapsed', openFor: null, endedAt: at(nel, DAY).now } });
  await nel.db.pairingRequest.updateMany({ where: {}, data: { state: 'waiting' } });
  await withdrawRequest(at(nel, DAY));
  expect(await ask(at(nel, DAY + WEEK - 1), mira, 'And now?')).toBe(false);
  await withdrawRequest(at(nel, DAY + WEEK - 1));
  expect(await ask(at(nel, DAY + WEEK), mira, 'And now?')).toBe(true);
});

test('what was taken back may be asked once more, and not a third time within a week', async () => {
  const { nel, mira, olga } = await cast();
  for (const words of ['One', 'Two']) {
    expect(await ask(nel, mira, words)).toBe(true);
    await withdrawRequest(nel);
  }
  expect(await ask(nel, mira, 'Three')).toBe(false);
  expect(await ask(olga, mira, 'Somebody else')).toBe(true);
});
