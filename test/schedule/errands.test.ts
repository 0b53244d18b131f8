import { workId } from '../../src/core/work/id.js';
import type { Kinds } from '../../src/schedule/kinds.js';
import { type Database, testDatabase } from '../support/db.js';
import { community, HOUR, later, plan, rig, until } from './support/world.js';

/** What asks somebody far away is done beside the ticks, and waits for nothing else. */

let database: Database;
let home: string;
beforeAll(async () => {
  database = await testDatabase();
  home = await community(database);
});
afterAll(() => database.close());

const rowOf = (kind: string, subjectId: string) =>
  database.prisma.dueWork.findUniqueOrThrow({ where: { id: workId({ kind, subjectId }) } });

/** An errand that waits until it is let go. */
function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test('one kind does not wait for another one that takes long', async () => {
  const { open, opened } = gate();
  const done: string[] = [];
  const kinds: Kinds = {
    long: {
      async errand() {
        await opened;
        done.push('long');
        return { next: null };
      },
    },
    short: {
      async errand() {
        done.push('short');
        return { next: null };
      },
    },
  };
  const { engine, clock } = await rig(database, [], kinds);
  await plan(database, home, 1, later(clock.now(), -HOUR), 'long');
  await plan(database, home, 2, clock.now(), 'short');
  await engine.tick();
  await until(() => done.length === 2);
  open();
  await engine.idle();
  expect(done).toEqual(['short', 'short', 'long']);
});

test('what is planned anew while it is under way is done again, whatever the first had in mind', async () => {
  const { open, opened } = gate();
  let runs = 0;
  const kinds: Kinds = {
    look: {
      async errand(_, now) {
        runs += 1;
        if (runs === 1) await opened;
        return { next: runs === 1 ? null : later(now, HOUR) };
      },
    },
  };
  const { engine, clock } = await rig(database, [], kinds);
  const [subject = ''] = await plan(database, home, 1, clock.now(), 'look');
  await engine.tick();
  await until(() => runs === 1);
  const { id } = await rowOf('look', subject);
  await database.prisma.dueWork.update({ where: { id }, data: { dueAt: clock.now(), wakeAt: clock.now() } });
  open();
  await engine.idle();
  expect(runs).toBe(2);
  expect((await rowOf('look', subject)).dueAt.getTime()).toBeGreaterThan(clock.now().getTime());
});
