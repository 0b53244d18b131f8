import { randomUUID } from 'node:crypto';
import { enter } from '../../../src/core/members/enter.js';
import { answerOffer, myOffers } from '../../../src/core/pairing/answer.js';
import { sealWishes } from '../../../src/core/pairing/wishes.js';
import { REQUEST } from '../../../src/core/pairing/work.js';
import { plan } from '../../../src/core/work/plan.js';
import { type Database, openDatabase } from '../../../src/db/open.js';
import { tenantDb } from '../../../src/db/tenant.js';
import { startChild } from '../../support/child.js';
import { freshPostgres, memoryLog, testDatabase } from '../../support/db.js';
import { volunteer } from '../../support/mentors.js';
import { TEST_KEY, worldOn } from '../../support/world.js';

/** Fifty people were promised an answer by one mentor, who has one place left by now. */

const MANY = 50;
const SPACE = 'T1';
const server = process.env.TEST_DATABASE_URL;

/** Fifty open offers to one mentor, who lowered their places after they were made. */
async function crowd({ prisma }: Pick<Database, 'prisma'>) {
  const world = worldOn({ prisma });
  const now = new Date();
  const space = { id: SPACE };
  const mentor = await enter(world, { platform: 'slack', userId: 'mira', space }, now);
  const db = tenantDb(prisma, mentor.community.id);
  await volunteer(world, { communityId: db.communityId, memberId: mentor.member.id, now }, {}, { capacity: 1 });
  const deadline = new Date(now.getTime() + 3_600_000);
  for (let i = 0; i < MANY; i += 1) {
    const { member } = await enter(world, { platform: 'slack', userId: `asker${i}`, space }, now);
    const id = randomUUID();
    const about = { communityId: db.communityId, memberId: member.id, openFor: member.id };
    const details = sealWishes(world.cipher, id, { wishes: [], zone: 'UTC' });
    await db.pairingRequest.create({ data: { id, ...about, state: 'offered', details, tellBy: deadline, askedAt: now } });
    await db.pairingOffer.create({
      data: { communityId: db.communityId, requestId: id, mentorId: mentor.member.id, openFor: id, askedAt: now, deadline },
    });
    await plan(db, { kind: REQUEST, subjectId: id }, deadline);
  }
  return { world, mentor, db };
}

/** One has the place; all others go on, each with a next look, and none is lost. */
async function goesOn({ db }: Awaited<ReturnType<typeof crowd>>, came: readonly string[]) {
  expect(came.filter((one) => one === 'introduced')).toHaveLength(1);
  expect(came.filter((one) => one === 'full')).toHaveLength(MANY - 1);
  expect(await db.pairing.count()).toBe(1);
  const states = await db.pairingRequest.groupBy({ by: ['state'], _count: true, orderBy: { state: 'asc' } });
  expect(states.map(({ state, _count }) => [state, _count])).toEqual([
    ['waiting', MANY - 1],
    ['introduced', 1],
  ]);
  expect(await db.pairingOffer.count({ where: { state: 'open' } })).toBe(0);
  expect(await db.dueWork.count({ where: { kind: REQUEST } })).toBe(MANY);
}

test('fifty yeses at once for one place: one counts, and the others are told kindly and go on', async () => {
  const database = await testDatabase();
  const crowded = await crowd(database);
  const offers = await myOffers(crowded.mentor);
  const came = await Promise.all(
    offers.map(({ id }) => answerOffer(crowded.mentor, id, 'yes').then((answered) => answered.came)),
  );
  await goesOn(crowded, came);
  await database.close();
}, 60_000);

const onServer = server ? test : test.skip;

onServer(
  'the same from three processes at once',
  async () => {
    const fresh = await freshPostgres(server as string, process.env.TEST_POSTGRES_TEMPLATE);
    const database = await openDatabase({ url: fresh.url }, memoryLog());
    const crowded = await crowd(database);
    const program = 'test/core/pairing/programs/accept.mjs';
    const children = [1, 2, 3].map(() => startChild(program, fresh.url, TEST_KEY, SPACE, 'mira'));
    await Promise.all(children.map((child) => child.line('ready')));
    for (const { process } of children) process.stdin?.write('go\n');
    const lines = await Promise.all(children.map((child) => child.line('came')));
    const all = lines.map((line) => JSON.parse(line.slice('came '.length)) as string[]);
    // Each process answers all fifty: whoever comes second for one finds it answered.
    const closed = all.flat().filter((one) => one === 'sponsor.offer.closed');
    expect(closed).toHaveLength(2 * MANY);
    await goesOn(
      crowded,
      all.flat().filter((one) => one !== 'sponsor.offer.closed'),
    );
    await database.close();
    await fresh.drop();
  },
  120_000,
);
