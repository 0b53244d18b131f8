import type { Clock } from '../../src/clock.js';
import { downBetween } from '../../src/core/uptime.js';
import { makePulse } from '../../src/schedule/pulse.js';
import { type Database, testDatabase } from '../support/db.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-03-02T09:00:00Z');
const at = (ms: number) => new Date(START + ms);

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => database.prisma.uptime.deleteMany());

/** A machine whose clock, and the clock that may be moved, stand where the test puts them. */
function machine() {
  const times = { real: 0, clock: 0 };
  const clock = (name: keyof typeof times): Clock => ({ now: () => at(times[name]) });
  const pulse = (...listeners: Parameters<typeof makePulse>[2]) =>
    makePulse(database.prisma, clock('clock'), listeners.length > 0 ? listeners : [{ platform: 'playground' }], clock('real'));
  const pass = (ms: number) => {
    times.real += ms;
    times.clock += ms;
  };
  return { times, pass, start: pulse };
}

const down = async (from: number, to: number, platform?: 'discord' | 'slack') =>
  (await downBetween(database.prisma, at(from), at(to), platform)).map((span) => [
    span.from.getTime() - START,
    span.to.getTime() - START,
  ]);

test('a process that lives is never down, however rarely it looks', async () => {
  const { pass, start } = machine();
  const pulse = start();
  for (let i = 0; i <= 20; i++) {
    await pulse.beat();
    pass(50 * SECOND);
  }
  expect(await down(0, 20 * 50 * SECOND)).toEqual([]);
  expect(await database.prisma.uptime.count()).toBe(1);
});

test('while one platform was not connected, nobody there could be heard', async () => {
  const { pass, start } = machine();
  let connected = true;
  const pulse = start({ platform: 'discord', listens: () => connected }, { platform: 'slack' });
  const run = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 10 * SECOND) {
      await pulse.beat();
      pass(10 * SECOND);
    }
    await pulse.beat();
  };
  await run(10 * MINUTE);
  connected = false;
  await run(HOUR);
  connected = true;
  await run(10 * MINUTE);
  expect(await down(0, 80 * MINUTE, 'slack')).toEqual([]);
  expect(await down(0, 80 * MINUTE, 'discord')).toEqual([[10 * MINUTE, 70 * MINUTE]]);
  expect(await down(0, 80 * MINUTE)).toEqual([]);
});

test('what an earlier version wrote down holds for every platform', async () => {
  await database.prisma.uptime.create({ data: { since: at(0), until: at(HOUR) } });
  expect(await down(0, HOUR, 'slack')).toEqual([]);
});

test('between two processes nobody listened', async () => {
  const { pass, start } = machine();
  await start().beat();
  pass(HOUR);
  const second = start();
  await second.beat();
  pass(30 * SECOND);
  await second.beat();
  expect(await down(0, HOUR + 30 * SECOND)).toEqual([[0, HOUR]]);
});

test('a machine that slept, or whose database was away, did not listen', async () => {
  const { pass, start } = machine();
  const pulse = start();
  await pulse.beat();
  pass(3 * HOUR);
  await pulse.beat();
  expect(await down(0, 3 * HOUR)).toEqual([[0, 3 * HOUR]]);
});

test('a clock that was put forward is no downtime', async () => {
  const { times, pass, start } = machine();
  const pulse = start();
  await pulse.beat();
  times.clock += 5 * HOUR;
  pass(SECOND);
  await pulse.beat();
  expect(await down(0, 5 * HOUR)).toEqual([]);
});

test('one of several processes is enough', async () => {
  const { pass, start } = machine();
  const [one, two] = [start(), start()];
  await one.beat();
  await two.beat();
  for (let i = 0; i < 6; i++) {
    pass(30 * SECOND);
    await two.beat();
  }
  expect(await down(0, 3 * MINUTE)).toEqual([]);
});

test('it writes little: one row is put forward every few seconds', async () => {
  const { pass, start } = machine();
  const pulse = start();
  await pulse.beat();
  pass(5 * SECOND);
  await pulse.beat();
  const [row] = await database.prisma.uptime.findMany();
  expect(row?.until).toEqual(at(0));
});

test('a time before anything was written down, and one that is not written yet, are unknown', async () => {
  const { pass, start } = machine();
  pass(HOUR);
  await start().beat();
  expect(await down(0, 2 * HOUR)).toEqual([
    [0, HOUR],
    [HOUR, 2 * HOUR],
  ]);
});
