import { openDatabase } from '../../src/db/open.js';
import { freshPostgres, memoryLog } from '../support/db.js';
import { FakePlatform } from './support/platform.js';
import { community, DAY, daily, delivered, plan, rig, until } from './support/world.js';

const server = process.env.TEST_DATABASE_URL;
const onServer = server ? test : test.skip;

onServer(
  'three processes share the work: each message comes once, and each of them does some of it',
  async () => {
    const fresh = await freshPostgres(server as string, process.env.TEST_POSTGRES_TEMPLATE);
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase({ url: fresh.url }, memoryLog())));
    const [first] = databases;
    if (!first) throw new Error('no database');
    const platforms = databases.map(() => new FakePlatform());
    for (const platform of platforms) platform.slow = 5;
    const rigs = databases.map((database, index) =>
      rig(database, [platforms[index] as FakePlatform], { prompt: daily }, { ticks: 'every-second' }),
    );
    await Promise.all(rigs.map(({ engine }) => engine.start()));
    const now = rigs[0]?.clock.now() as Date;
    for (let turn = 0; turn < 3; turn += 1) await plan(first, await community(first), 700, now);

    const ticked = await Promise.all(rigs.map(({ engine }) => engine.tick()));
    await until(async () => (await first.prisma.delivery.count()) === 2100);
    await delivered(first, 40_000);
    for (const { clock } of rigs) clock.advance(DAY);
    await Promise.all(rigs.map(({ engine }) => engine.tick()));
    await until(async () => (await first.prisma.delivery.count()) === 4200);
    await delivered(first, 40_000);

    expect(ticked.reduce((sum, { due }) => sum + due, 0)).toBeLessThanOrEqual(2100);
    const arrived = platforms.flatMap((platform) => platform.arrived);
    expect(arrived).toHaveLength(4200);
    expect(new Set(arrived.map(({ once }) => once)).size).toBe(4200);
    for (const platform of platforms) expect(platform.arrived.length).toBeGreaterThan(100);
    await Promise.all(rigs.map(({ engine }) => engine.stop()));
    await Promise.all(databases.map((database) => database.close()));
    await fresh.drop();
  },
  120_000,
);
