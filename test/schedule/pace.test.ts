import { makePace, type Pace } from '../../src/schedule/pace.js';
import { type Database, testDatabase } from '../support/db.js';
import { FakePlatform } from './support/platform.js';
import { community, delivered, letterTo, plan, rig, single } from './support/world.js';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await database.prisma.community.deleteMany();
  await database.prisma.pace.deleteMany();
});

/** The most that came within any second, or another time in milliseconds. */
function busiest(times: readonly number[], within = 1000): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(...sorted.map((from, index) => sorted.slice(index).filter((at) => at < from + within).length));
}

test('no second has more messages than the platform allows', async () => {
  const platform = new FakePlatform({ send: { perSecond: 20 } });
  const { engine, clock } = rig(database, [platform], { prompt: single });
  await engine.start();
  await plan(database, await community(database), 80, clock.now());
  await engine.tick();
  await delivered(database);
  expect(platform.arrived).toHaveLength(80);
  expect(busiest(platform.arrived.map(({ at }) => at))).toBeLessThanOrEqual(20);
  await engine.stop();
});

test('a message that takes several requests has a turn for each', async () => {
  const platform = new FakePlatform({ send: { perSecond: 20 } });
  platform.requests = 3;
  platform.slow = 150;
  const { engine, clock } = rig(database, [platform], { prompt: single });
  await engine.start();
  await plan(database, await community(database), 30, clock.now());
  await engine.tick();
  await delivered(database);
  expect(platform.arrived).toHaveLength(30);
  expect(platform.asked).toHaveLength(90);
  expect(busiest(platform.asked)).toBeLessThanOrEqual(20);
  await engine.stop();
});

test('a request counts from its answer, because nobody knows when on the way the platform counted it', async () => {
  const pace = makePace(database.prisma, 'discord', { perSecond: 5 });
  const to = { kind: 'direct', space: 's', user: 'u' } as const;
  const spans = await Promise.all(
    Array.from({ length: 15 }, () =>
      pace.run(to, async (turn) => {
        await turn();
        const from = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 400));
        return { from, to: performance.now() };
      }),
    ),
  );
  // The sixth request after one left when that one had been answered for almost a second.
  for (const [index, { from }] of spans.entries()) {
    const before = spans.slice(0, index).filter((span) => span.to > from - 1_000 + 200);
    expect(before.length).toBeLessThan(5);
  }
});

test('several processes keep to the rate together', async () => {
  const paces = Array.from({ length: 3 }, () => makePace(database.prisma, 'discord', { perSecond: 40 }));
  const times: number[] = [];
  let longest = 0;
  const take = async (pace: Pace) => {
    const asked = performance.now();
    const waits = await pace.turns(10);
    const told = performance.now();
    longest = Math.max(longest, told - asked);
    times.push(...waits.map((wait) => told + wait));
  };
  for (let round = 0; round < 4; round += 1) await Promise.all(paces.map(take));
  // A turn was given at some moment between the question and its answer, so times may lie that much nearer than the turns.
  expect(busiest(times, 1_000 - longest)).toBeLessThanOrEqual(40);
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(2_800 - longest);
});

test('one conversation that is spoken for does not hold the others up, and what is over when its turn comes is not sent', async () => {
  const platform = new FakePlatform({ platform: 'slack', send: { perSecond: 50, perChannelPerSecond: 1 } });
  const kind = {
    ...single,
    due: async (rows: Parameters<NonNullable<typeof single.due>>[0], ...rest: [never, Date]) => {
      const due = await (single.due as NonNullable<typeof single.due>)(rows, ...rest);
      return { ...due, deliveries: due.deliveries.map((delivery) => ({ ...delivery, platform: 'slack' as const })) };
    },
  };
  const of = (name: string) =>
    platform.arrived
      .filter(({ to }) => to.kind === 'channel' && (to.channel === 'crowded') === (name === 'crowded'))
      .map(({ at }) => at);
  const channels = new Map<string, string>();
  const { engine, clock } = rig(database, [platform], {
    prompt: {
      ...kind,
      async render(delivery) {
        const channel = channels.get(delivery.subjectId) ?? delivery.subjectId;
        // The seventh waits for its turn when what it tells is over.
        if (channel === 'crowded' && of('crowded').length >= 6) return { drop: 'over' };
        return { ...letterTo(delivery), to: { kind: 'channel', space: 'space', channel } };
      },
    },
  });
  await engine.start();
  const id = await community(database);
  for (const subject of await plan(database, id, 7, clock.now())) channels.set(subject, 'crowded');
  await plan(database, id, 30, clock.now());
  await engine.tick();
  await delivered(database, 40_000);
  expect([of('crowded').length, of('others').length]).toEqual([6, 30]);
  expect(busiest(of('crowded'))).toBeLessThanOrEqual(1);
  expect(Math.max(...of('others'))).toBeLessThan(Math.max(...of('crowded')));
  const lanes = await database.prisma.pace.findMany();
  expect(lanes.some(({ lane }) => lane.includes('crowded'))).toBe(false);
  await engine.stop();
}, 60_000);
