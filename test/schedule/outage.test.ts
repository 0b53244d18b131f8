import { openDatabase } from '../../src/db/open.js';
import { memoryLog } from '../support/db.js';
import { serverExists, startPostgres } from '../support/postgres-server.js';
import { FakePlatform } from './support/platform.js';
import { community, delivered, MINUTE, plan, rig, single, until } from './support/world.js';

const withServer = serverExists ? test : test.skip;
if (!serverExists) console.warn('No PostgreSQL server is installed here: an outage of it is not tested.');

withServer(
  'while the database is away nothing is lost, and it goes on when it is back, in the same process',
  async () => {
    const server = await startPostgres();
    const database = await openDatabase({ url: server.url }, memoryLog());
    const platform = new FakePlatform({ send: { perSecond: 50 } });
    const { engine, clock, log } = rig(database, [platform], { prompt: single }, { ticks: 'every-second' });
    await engine.start();
    const id = await community(database);
    await plan(database, id, 120, clock.now());
    await until(() => platform.arrived.length > 20);

    server.stop();
    await expect(engine.tick()).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    clock.advance(MINUTE);
    server.start();

    await delivered(database, 60_000);
    await plan(database, id, 10, clock.now());
    await until(() => platform.times().size === 130, 60_000);
    await delivered(database, 60_000);
    expect(platform.arrived).toHaveLength(130);
    await engine.stop();
    await database.close();
    server.remove();
    expect(log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      'What is due could not be looked at; it will be as soon as possible.',
    ]);
  },
  150_000,
);
