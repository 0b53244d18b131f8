import type { Kind } from '../../src/schedule/kinds.js';
import { makeQueue } from '../../src/schedule/queue.js';
import { tick } from '../../src/schedule/tick.js';
import { type Database, memoryLog, testDatabase } from '../support/db.js';
import { FakePlatform } from './support/platform.js';
import { community, daily, delivered, later, MINUTE, plan, promptFor, rig, single } from './support/world.js';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await database.prisma.community.deleteMany();
});

const SECRET = 'what somebody wrote';

/** Fails for these subjects in one of the ways that happen. */
function failing(bad: ReadonlySet<string>, how: (tx: Parameters<NonNullable<Kind['due']>>[1]) => Promise<unknown>): Kind {
  return {
    ...single,
    async due(rows, tx, now) {
      if (rows.some(({ subjectId }) => bad.has(subjectId))) await how(tx);
      return (single.due as NonNullable<Kind['due']>)(rows, tx, now);
    },
  };
}

const ways: readonly [string, Parameters<typeof failing>[1]][] = [
  ['throws', () => Promise.reject(new TypeError(SECRET))],
  ['breaks the transaction', (tx) => tx.$queryRawUnsafe(`SELECT '${SECRET}'::int`)],
];

test.each(ways)('a row whose work %s stops no other, waits longer each time and keeps its promised time', async (_, how) => {
  const platform = new FakePlatform();
  const bad = new Set<string>();
  const { engine, clock, log } = rig(database, [platform], { prompt: failing(bad, how), other: daily });
  await engine.start();
  const id = await community(database);
  const dueAt = clock.now();
  const subjects = await plan(database, id, 60, dueAt);
  await plan(database, id, 5, dueAt, 'other');
  for (const index of [0, 31, 59]) bad.add(subjects[index] as string);

  expect(await engine.tick()).toEqual({ due: 65, queued: 62, parked: 3 });
  await delivered(database);
  expect(platform.arrived).toHaveLength(62);
  expect((await engine.tick()).due).toBe(0);

  clock.advance(31_000);
  expect(await engine.tick()).toMatchObject({ due: 3, parked: 3 });
  clock.advance(31_000);
  expect((await engine.tick()).due).toBe(0);
  bad.clear();
  clock.advance(30_000);
  expect(await engine.tick()).toMatchObject({ due: 3, queued: 3 });
  await delivered(database);
  expect(platform.arrived).toHaveLength(65);
  const keys = new Set(platform.arrived.map(({ once }) => once));
  expect([...subjects].every((subject) => keys.has(`${subject} ${dueAt.toISOString()}`))).toBe(true);
  await engine.stop();

  const told = log.lines.filter(({ level }) => level === 'error');
  expect(told).toHaveLength(6);
  expect(told[0]?.fields).toMatchObject({ kind: 'prompt', failures: 1 });
  expect(JSON.stringify(log.lines)).not.toContain(SECRET);
});

test('work that is not moved on, or not answered, is parked instead of coming back at once', async () => {
  const stuck: Kind = { due: async (rows) => ({ deliveries: [], next: new Map(rows.map(({ id, dueAt }) => [id, dueAt])) }) };
  const silent: Kind = { due: async () => ({ deliveries: [], next: new Map() }) };
  const { engine, clock } = rig(database, [], { stuck, silent });
  await engine.start();
  const id = await community(database);
  await plan(database, id, 2, clock.now(), 'stuck');
  await plan(database, id, 2, clock.now(), 'silent');
  expect(await engine.tick()).toEqual({ due: 4, queued: 0, parked: 4 });
  expect((await engine.tick()).due).toBe(0);
  await engine.stop();
});

test('a message that the database refuses is the fault of its row alone', async () => {
  const platform = new FakePlatform();
  const stranger = '33333333-3333-4333-8333-333333333333';
  let first: string | undefined;
  const kind: Kind = {
    ...single,
    due: async (rows) => ({
      deliveries: rows.map((row) => promptFor(row, row.subjectId === first ? { memberId: stranger } : {})),
      next: new Map(rows.map(({ id }) => [id, null])),
    }),
  };
  const { engine, clock } = rig(database, [platform], { prompt: kind });
  await engine.start();
  const subjects = await plan(database, await community(database), 20, clock.now());
  first = subjects[7];
  expect(await engine.tick()).toEqual({ due: 20, queued: 19, parked: 1 });
  await delivered(database);
  expect(platform.arrived).toHaveLength(19);
  await engine.stop();
});

test('work of a kind that this process does not know waits for one that does', async () => {
  const platform = new FakePlatform();
  const old = rig(database, [platform], { prompt: single });
  await old.engine.start();
  const id = await community(database);
  await plan(database, id, 3, old.clock.now(), 'new');
  await plan(database, id, 3, later(old.clock.now(), -MINUTE));
  expect((await old.engine.tick()).due).toBe(3);
  await delivered(database);
  await old.engine.stop();
  const next = rig(database, [platform], { prompt: single, new: single });
  await next.engine.start();
  await next.engine.tick();
  await delivered(database);
  expect(await database.prisma.delivery.count({ where: { state: 'sent' } })).toBe(6);
  await next.engine.stop();
});

test('work that takes too long is done in smaller parts, and what is too long by itself is parked', async () => {
  const queue = makeQueue(database, memoryLog());
  await queue.start();
  let slow: string | undefined;
  const kind: Kind = {
    ...single,
    async due(rows, tx, now) {
      // Grows with the rows, as a query too many for each of them does.
      const wait = rows.some(({ subjectId }) => subjectId === slow) ? 600 : rows.length * 5;
      await new Promise((resolve) => setTimeout(resolve, wait));
      return (single.due as NonNullable<Kind['due']>)(rows, tx, now);
    },
  };
  const log = memoryLog();
  const parts = { prisma: database.prisma, queue, kinds: { prompt: kind }, log, patience: 400 };
  const now = new Date('2030-01-01T08:00:00Z');
  const id = await community(database);
  await plan(database, id, 120, now);
  expect(await tick(parts, now)).toEqual({ due: 120, queued: 120, parked: 0 });

  [slow] = await plan(database, id, 3, now);
  expect(await tick(parts, now)).toEqual({ due: 2, queued: 2, parked: 1 });
  expect(log.lines.map(({ fields }) => fields)).toEqual([expect.objectContaining({ kind: 'prompt', failures: 1 })]);
  expect(await database.prisma.dueWork.findMany()).toMatchObject([{ subjectId: slow, dueAt: now, failures: 1 }]);
  await queue.stop();
});
