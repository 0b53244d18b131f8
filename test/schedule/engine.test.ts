import { cancel, plan as schedule } from '../../src/core/work/plan.js';
import { tenantDb } from '../../src/db/tenant.js';
import { type Database, testDatabase } from '../support/db.js';
import { FakePlatform } from './support/platform.js';
import { community, DAY, daily, delivered, HOUR, later, plan, promptFor, rig, single } from './support/world.js';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await database.prisma.community.deleteMany();
});

test('what falls due is sent once, and again when the clock was moved by a day', async () => {
  const platform = new FakePlatform();
  const { engine, clock, log } = rig(database, [platform], { prompt: daily });
  await engine.start();
  const subjects = await plan(database, await community(database), 600, clock.now());
  expect(await engine.tick()).toEqual({ due: 600, queued: 600, parked: 0 });
  await delivered(database);
  expect([...platform.times().values()]).toEqual(subjects.map(() => 1));

  clock.advance(DAY);
  await engine.tick();
  await delivered(database);
  expect(platform.arrived).toHaveLength(1200);
  expect(platform.times().size).toBe(1200);
  expect(new Set(platform.arrived.map(({ text }) => text))).toEqual(new Set(subjects.map((id) => `for ${id}`)));
  await engine.stop();
  expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
});

test('nobody has to ask: the clock itself looks every second', async () => {
  const platform = new FakePlatform();
  const { engine, clock } = rig(database, [platform], { prompt: single }, { ticks: 'every-second' });
  await engine.start();
  const [subject] = await plan(database, await community(database), 1, later(clock.now(), 1500));
  await delivered(database);
  while (platform.arrived.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(platform.arrived.map(({ text }) => text)).toEqual([`for ${subject}`]);
  expect(await database.prisma.dueWork.count()).toBe(0);
  await engine.stop();
});

test('a second in which nothing is due costs no transaction, however many kinds there are', async () => {
  let transactions = 0;
  const prisma = new Proxy(database.prisma, {
    get(client, key) {
      if (key === '$transaction') transactions += 1;
      return Reflect.get(client, key);
    },
  });
  const errand = { errand: async () => ({ next: null }) };
  const { engine, clock } = rig({ ...database, prisma }, [new FakePlatform()], { prompt: daily, one: errand, other: errand });
  await engine.start();
  await plan(database, await community(database), 3, later(clock.now(), HOUR));
  const cost = async () => {
    transactions = 0;
    await engine.tick();
    await engine.idle();
    return transactions;
  };
  // What is done at the start may still go on.
  let least = await cost();
  for (let again = 0; again < 20 && least > 0; again += 1) least = Math.min(least, await cost());
  expect(least).toBe(0);
  clock.advance(HOUR);
  expect(await cost()).toBeGreaterThan(0);
  await engine.stop();
});

test('a clock that was moved by days skips what became pointless, and accounts for it', async () => {
  const platform = new FakePlatform();
  const { engine, clock } = rig(database, [platform], { prompt: daily });
  await engine.start();
  const id = await community(database);
  await plan(database, id, 2, later(clock.now(), HOUR));
  clock.advance(3 * DAY + 2 * HOUR);
  // Each day was promised: the last one is an hour old and still has its point, the three before it are late.
  for (let due = 1; due > 0; ) ({ due } = await engine.tick());
  await delivered(database);
  const rows = await database.prisma.delivery.groupBy({ by: ['state', 'reason'], _count: true, orderBy: { state: 'asc' } });
  expect(rows).toEqual([
    { state: 'sent', reason: null, _count: 2 },
    { state: 'dropped', reason: 'late', _count: 6 },
  ]);
  expect(platform.arrived).toHaveLength(2);
  await engine.stop();
});

test('planning the same work again moves it, and cancelling forgets it', async () => {
  const platform = new FakePlatform();
  const { engine, clock } = rig(database, [platform], { prompt: single });
  await engine.start();
  const tx = tenantDb(database.prisma, await community(database));
  const work = { kind: 'prompt', subjectId: '11111111-1111-4111-8111-111111111111' };
  await schedule(tx, work, later(clock.now(), HOUR));
  await schedule(tx, work, later(clock.now(), 3 * HOUR));
  clock.advance(2 * HOUR);
  expect((await engine.tick()).due).toBe(0);
  await cancel(tx, work);
  clock.advance(2 * HOUR);
  expect((await engine.tick()).due).toBe(0);
  await schedule(tx, work, clock.now());
  expect((await engine.tick()).due).toBe(1);
  await delivered(database);
  expect(platform.arrived).toHaveLength(1);
  await engine.stop();
});

test('the same key is the same message, whoever asks for it', async () => {
  const platform = new FakePlatform();
  const { engine, clock } = rig(database, [platform], { prompt: single });
  await engine.start();
  const communityId = await community(database);
  const subjectId = '22222222-2222-4222-8222-222222222222';
  const message = promptFor({ id: '', communityId, subjectId, dueAt: clock.now() });
  const counts = [];
  for (let turn = 0; turn < 3; turn += 1) {
    counts.push(await database.prisma.$transaction((tx) => engine.enqueue(tx, [message, message])));
  }
  expect(counts).toEqual([1, 0, 0]);
  await delivered(database);
  expect(platform.arrived).toHaveLength(1);
  await engine.stop();
});

test('a message whose transaction is undone is never sent', async () => {
  const platform = new FakePlatform();
  const { engine, clock } = rig(database, [platform], { prompt: single });
  await engine.start();
  const communityId = await community(database);
  const message = promptFor({ id: '', communityId, subjectId: communityId, dueAt: clock.now() });
  const undone = database.prisma.$transaction(async (tx) => {
    expect(await engine.enqueue(tx, [message])).toBe(1);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(platform.calls).toBe(0);
  expect(await database.prisma.delivery.count()).toBe(0);
  await engine.stop();
});
