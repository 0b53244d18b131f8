import { workRow } from '../../src/core/work/id.js';
import type { Kind } from '../../src/schedule/kinds.js';
import { pass } from '../../src/schedule/pass.js';
import { type Database, testDatabase } from '../support/db.js';
import { FakePlatform } from './support/platform.js';
import { community, HOUR, later, plan, rig, single } from './support/world.js';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await database.prisma.community.deleteMany();
});

/** Has something else fall due at the same instant. */
const leadsTo = (kind: string): Kind => ({
  async due(rows, tx, now) {
    await tx.dueWork.createMany({
      data: rows.map(({ communityId, subjectId }) => workRow({ communityId, kind, subjectId }, now)),
    });
    return { deliveries: [], next: new Map(rows.map(({ id }) => [id, null])) };
  },
});
const kinds = { one: leadsTo('two'), two: leadsTo('prompt'), prompt: single };

test('time that passes leaves nothing behind that is due, also what follows from something at its very end', async () => {
  const platform = new FakePlatform();
  const { engine, clock } = rig(database, [platform], kinds);
  await engine.start();
  await plan(database, await community(database), 1, later(clock.now(), HOUR), 'one');
  expect(await pass({ prisma: database.prisma, clock, engine }, HOUR)).toBe(true);
  expect(platform.arrived).toHaveLength(1);
  expect(await database.prisma.dueWork.count()).toBe(0);
});

test('what is still not sent when patience is over is said', async () => {
  const { engine, clock } = rig(database, [], kinds);
  await engine.start();
  await plan(database, await community(database), 1, later(clock.now(), HOUR), 'prompt');
  expect(await pass({ prisma: database.prisma, clock, engine, patience: 100 }, HOUR)).toBe(false);
});
