import type { Kind } from '../../src/schedule/kinds.js';
import { enqueue } from '../../src/schedule/outbox.js';
import { makeQueue } from '../../src/schedule/queue.js';
import { counts } from '../../src/schedule/report.js';
import { upkeep } from '../../src/schedule/upkeep.js';
import { type Database, memoryLog, testDatabase } from '../support/db.js';
import { down, FakePlatform } from './support/platform.js';
import { community, delivered, HOUR, later, letterTo, MINUTE, plan, promptFor, rig, single, until } from './support/world.js';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await database.prisma.community.deleteMany();
});

const ends = async () =>
  (await database.prisma.delivery.findMany({ orderBy: { createdAt: 'asc' } })).map(({ state, reason }) => [state, reason]);

async function withOne(kind: Kind, platform: FakePlatform, more: Parameters<typeof promptFor>[1] = {}) {
  const set = rig(database, [platform], { prompt: { ...single, ...kind } });
  await set.engine.start();
  const communityId = await community(database);
  const message = promptFor({ id: '', communityId, subjectId: communityId, dueAt: set.clock.now() }, more);
  const put = () => database.prisma.$transaction((tx) => set.engine.enqueue(tx, [message]));
  return { ...set, communityId, message, put };
}

test('a platform that asks for patience is given it, then gets the message once', async () => {
  const platform = new FakePlatform();
  const calls: number[] = [];
  platform.answer = () => {
    calls.push(performance.now());
    return calls.length === 1 ? down(2_000) : undefined;
  };
  const { engine, put } = await withOne({}, platform);
  await put();
  await delivered(database);
  expect(calls).toHaveLength(2);
  expect((calls[1] ?? 0) - (calls[0] ?? 0)).toBeGreaterThanOrEqual(2_000);
  expect(await ends()).toEqual([['sent', null]]);
  const [row] = await database.prisma.delivery.findMany();
  expect(row).toMatchObject({ tries: 1, faults: 0, ref: 'ref-1' });
  await engine.stop();
});

test('a platform that is down for an hour gets what still has a point, the rest is dropped and counted', async () => {
  const platform = new FakePlatform();
  platform.answer = () => down();
  const { engine, clock } = rig(database, [platform], { prompt: single });
  await engine.start();
  const since = clock.now();
  const id = await community(database);
  const old = new Set(await plan(database, id, 40, later(clock.now(), -90 * MINUTE)));
  const fresh = new Set(await plan(database, id, 40, later(clock.now(), -10 * MINUTE)));
  await engine.tick();
  await until(() => platform.calls > 0);
  // It stops trying everything in vain.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(platform.calls).toBeLessThan(200);
  expect((await counts(database.prisma, { since })).queued).toBe(80);

  clock.advance(HOUR);
  platform.answer = () => undefined;
  await engine.tick();
  await delivered(database);
  expect(new Set(platform.arrived.map(({ to }) => to.kind === 'direct' && to.user))).toEqual(fresh);
  expect(platform.arrived).toHaveLength(40);
  expect(await counts(database.prisma, { since, communityId: id })).toEqual({
    queued: 0,
    sent: 40,
    dropped: { late: old.size },
    dead: {},
    parked: 0,
  });
  await engine.stop();
});

test('a message that fails by its own fault is given up after some tries, without a word of it in the log', async () => {
  const platform = new FakePlatform();
  const told: unknown[] = [];
  const kind: Kind = {
    render: () => Promise.reject(new Error('what somebody wrote')),
    failed: async (delivery, how) => void told.push([delivery.kind, how]) as undefined,
  };
  const { engine, clock, log, put, communityId } = await withOne(kind, platform);
  await put();
  await until(async () => {
    clock.advance(5 * MINUTE);
    await engine.tick();
    return (await database.prisma.delivery.count({ where: { state: 'queued' } })) === 0;
  });
  expect(await ends()).toEqual([['dead', 'broken']]);
  expect(told).toEqual([['prompt', { state: 'dead', reason: 'broken' }]]);
  expect(platform.calls).toBe(0);
  expect((await counts(database.prisma, { communityId, since: new Date(0) })).dead).toEqual({ broken: 1 });
  expect(JSON.stringify(log.lines)).not.toContain('what somebody wrote');
  await engine.stop();
});

test('somebody who cannot be reached is not tried again, and the kind may name another way', async () => {
  const platform = new FakePlatform();
  platform.answer = ({ once }) => (once.startsWith('other') ? undefined : { ok: false, why: 'closed' });
  const { engine, message, put } = await withOne(
    { failed: async (_, { reason }) => (reason === 'closed' ? [{ ...message, once: 'other way' }] : undefined) },
    platform,
  );
  await put();
  await until(async () => (await database.prisma.delivery.count({ where: { state: 'sent' } })) === 1);
  expect(await ends()).toEqual([
    ['dropped', 'closed'],
    ['sent', null],
  ]);
  expect(platform.calls).toBe(2);
  await engine.stop();
});

test('what became pointless between the promise and the sending is dropped', async () => {
  const platform = new FakePlatform();
  const { engine, put } = await withOne({ render: async () => ({ drop: 'answered' }) }, platform);
  await put();
  await delivered(database);
  expect(await ends()).toEqual([['dropped', 'answered']]);
  expect(platform.calls).toBe(0);
  await engine.stop();
});

test('a member who is erased before the sending gets nothing, and nothing is left', async () => {
  const platform = new FakePlatform();
  const communityId = await community(database);
  const member = await database.prisma.member.create({ data: { communityId } });
  const queue = makeQueue(database, memoryLog());
  await queue.start();
  const { engine, clock } = rig(database, [platform], { prompt: single });
  const message = promptFor({ id: '', communityId, subjectId: member.id, dueAt: clock.now() }, { memberId: member.id });
  expect(await database.prisma.$transaction((tx) => enqueue(tx, queue, [message], clock.now()))).toBe(1);
  await database.prisma.member.delete({ where: { id: member.id } });
  await engine.start();
  const jobs = () => database.pool.query("SELECT 1 FROM pgboss.job WHERE name = 'deliver-playground'");
  await until(async () => (await jobs()).rowCount === 0);
  expect(await database.prisma.delivery.count()).toBe(0);
  expect(platform.calls).toBe(0);
  await engine.stop();
  await queue.stop();
});

describe('deliveries and jobs agree again after', () => {
  test('a process died with jobs in its hands', async () => {
    const platform = new FakePlatform();
    const dead = rig(database, [], { prompt: single });
    await dead.engine.start();
    await plan(database, await community(database), 30, dead.clock.now());
    await dead.engine.tick();
    await dead.engine.stop();
    // As if it had taken them and then died.
    const queue = makeQueue(database, memoryLog());
    await queue.start();
    expect(await queue.take('playground', 20, false)).toHaveLength(20);
    await queue.stop();

    const next = rig(database, [platform], { prompt: single });
    await next.engine.start();
    await delivered(database, 45_000);
    expect([...platform.times().values()]).toEqual(Array.from({ length: 30 }, () => 1));
    await next.engine.stop();
  }, 60_000);

  test('a job was lost', async () => {
    const platform = new FakePlatform();
    const { engine, clock, log, message } = await withOne({}, platform);
    await engine.stop();
    const queue = makeQueue(database, memoryLog());
    await queue.start();
    const parts = { prisma: database.prisma, queue, kinds: { prompt: single }, log };
    await database.prisma.delivery.create({ data: { ...message, rank: 1, createdAt: later(clock.now(), -HOUR) } });
    expect(await queue.take('playground', 10, false)).toEqual([]);
    await upkeep(parts, clock, clock);
    const again = rig(database, [platform], { prompt: single });
    await again.engine.start();
    await delivered(database);
    expect(platform.arrived).toHaveLength(1);
    await upkeep(parts, clock, clock);
    expect(await queue.take('playground', 10, false)).toEqual([]);
    await again.engine.stop();
    await queue.stop();
  });

  test('a delivery for a platform that nobody is connected to any more', async () => {
    const { engine, clock, log, message } = await withOne({}, new FakePlatform());
    await engine.stop();
    const queue = makeQueue(database, memoryLog());
    await queue.start();
    await database.prisma.delivery.create({ data: { ...message, platform: 'slack', rank: 1 } });
    clock.advance(3 * HOUR);
    await upkeep({ prisma: database.prisma, queue, kinds: { prompt: single }, log }, clock, clock);
    expect(await ends()).toEqual([['dropped', 'late']]);
    await queue.stop();
  });
});

test('a process that is told to stop finishes what is under way and keeps the rest', async () => {
  const platform = new FakePlatform();
  platform.slow = 300;
  const first = rig(database, [platform], { prompt: single });
  await first.engine.start();
  await plan(database, await community(database), 200, first.clock.now());
  await first.engine.tick();
  await until(() => platform.arrived.length > 0);
  await first.engine.stop();
  const sent = await database.prisma.delivery.count({ where: { state: 'sent' } });
  expect(sent).toBe(platform.arrived.length);
  expect(sent).toBeLessThan(200);

  platform.slow = 0;
  const second = rig(database, [platform], { prompt: single });
  await second.engine.start();
  await delivered(database);
  expect([...platform.times().values()]).toEqual(Array.from({ length: 200 }, () => 1));
  await second.engine.stop();
});

test('the text is made when it is sent, not before', async () => {
  const platform = new FakePlatform();
  let words = 'old words';
  const { engine, put } = await withOne(
    { render: async (delivery) => ({ ...letterTo(delivery), reply: { summary: words, blocks: [] } }) },
    platform,
  );
  let refused = false;
  platform.answer = () => {
    if (refused) return undefined;
    refused = true;
    words = 'new words';
    return down(100);
  };
  await put();
  await delivered(database);
  expect(platform.arrived.map(({ text }) => text)).toEqual(['new words']);
  const jobs = await database.pool.query('SELECT data, output FROM pgboss.job');
  expect(JSON.stringify(jobs.rows)).not.toContain('words');
  await engine.stop();
});
