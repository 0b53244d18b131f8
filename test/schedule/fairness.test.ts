import type { Kind } from '../../src/schedule/kinds.js';
import { type Database, testDatabase } from '../support/db.js';
import { FakePlatform } from './support/platform.js';
import { community, delivered, later, letterTo, plan, rig, single } from './support/world.js';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await database.prisma.community.deleteMany();
  await database.prisma.pace.deleteMany();
});

const named: Kind = {
  ...single,
  render: async (delivery) => ({ ...letterTo(delivery), reply: { summary: delivery.communityId, blocks: [] } }),
};

test('a small community is not behind a large one that came first, and neither starves', async () => {
  const platform = new FakePlatform();
  const { engine, clock } = rig(database, [], { prompt: named });
  await engine.start();
  const large = await community(database);
  await plan(database, large, 400, later(clock.now(), -1000));
  await engine.tick();
  const middle = await community(database);
  await plan(database, middle, 50, clock.now());
  await engine.tick();
  const small = await community(database);
  await plan(database, small, 5, clock.now());
  await engine.tick();
  await engine.stop();

  const sender = rig(database, [platform], { prompt: named });
  await sender.engine.start();
  await delivered(database);
  const order = platform.arrived.map(({ text }) => text);
  expect(order).toHaveLength(455);
  // In turns, give or take the messages that are under way at the same time.
  expect(order.lastIndexOf(small)).toBeLessThan(5 * 3 + 64);
  expect(order.lastIndexOf(middle)).toBeLessThan(50 * 2 + 5 + 64);
  expect(order.indexOf(large)).toBeLessThan(64);
  expect(order.slice(0, 155).filter((name) => name === large).length).toBeGreaterThan(40);
  await sender.engine.stop();
});

test('a community that was silent has saved up nothing', async () => {
  const { engine, clock } = rig(database, [], { prompt: named });
  await engine.start();
  const busy = await community(database);
  const quiet = await community(database);
  await plan(database, busy, 100, clock.now());
  await engine.tick();
  // As if 90 of them had been sent while the other one was silent.
  const first = await database.prisma.delivery.findMany({ orderBy: { rank: 'asc' }, take: 90 });
  await database.prisma.delivery.updateMany({ where: { id: { in: first.map(({ id }) => id) } }, data: { state: 'sent' } });
  await plan(database, quiet, 3, clock.now());
  await engine.tick();
  const ranks = await database.prisma.delivery.findMany({ where: { communityId: quiet }, orderBy: { rank: 'asc' } });
  expect(ranks.map(({ rank }) => rank)).toEqual([92, 93, 94]);
  await engine.stop();
});
