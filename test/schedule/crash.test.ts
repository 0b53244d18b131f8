import { randomInt } from 'node:crypto';
import path from 'node:path';
import { openDatabase } from '../../src/db/open.js';
import { OPEN } from '../../src/schedule/lane.js';
import type { Child } from '../support/child.js';
import { type Database, freshPostgres, layDatabase, memoryLog } from '../support/db.js';
import { temporaryFolder } from '../support/temporary.js';
import { type Counter, pause, startCounter, startEngine } from './support/crash.js';
import { community, plan, until } from './support/world.js';

/** `KILLS=100 npm test -- test/schedule/crash` is the long form of this test. */
const KILLS = Number(process.env.KILLS ?? 4);
const PROMPTS = 500 + KILLS * 20;
const PATIENCE = 60_000 + KILLS * 8_000;

const folder = temporaryFolder();
const DUE = new Date('2030-01-01T08:00:00Z');

async function fill(database: Database): Promise<Set<string>> {
  const subjects = [];
  for (let left = PROMPTS; left > 0; left -= 260)
    subjects.push(...(await plan(database, await community(database), Math.min(left, 260), DUE)));
  return new Set(subjects.map((subject) => `${subject} ${DUE.toISOString()}`));
}

/** Everything came; nothing was left behind in any state but sent; whatever came twice was under way when a process died. */
async function judge(database: Database, platform: Counter, promised: ReadonlySet<string>, name: string): Promise<void> {
  const states = await database.prisma.delivery.groupBy({ by: ['state', 'reason'], _count: true });
  expect(states).toEqual([{ state: 'sent', reason: null, _count: promised.size }]);
  expect(new Set(platform.times.keys())).toEqual(promised);
  const again = [...platform.times.values()].reduce((sum, times) => sum + times - 1, 0);
  console.info(`${name}: ${KILLS} kills, ${promised.size} messages, 0 lost, ${again} came twice`);
  expect(again).toBeLessThanOrEqual(KILLS * OPEN);
}

const server = process.env.TEST_DATABASE_URL;
const onServer = server ? test : test.skip;
const onEmbedded = server ? test.skip : test;

onEmbedded(
  'the only process is killed again and again, and nothing is lost',
  async () => {
    const dir = path.join(folder, 'embedded');
    layDatabase(dir);
    const platform = await startCounter(10);
    const before = await openDatabase({ dir }, memoryLog());
    const promised = await fill(before);
    await before.close();

    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = startEngine(dir, platform, DUE);
      await child.line('running');
      await pause(randomInt(0, 1500));
      await child.kill();
    }
    const last = startEngine(dir, platform, DUE);
    await until(() => platform.times.size === promised.size, PATIENCE);
    await pause(500);
    await last.kill();
    const after = await openDatabase({ dir }, memoryLog());
    await judge(after, platform, promised, 'embedded, one process');
    await after.close();
    platform.close();
  },
  PATIENCE * 2,
);

onServer(
  'one of three processes on PostgreSQL is killed again and again, and nothing is lost',
  async () => {
    const fresh = await freshPostgres(server as string, process.env.TEST_POSTGRES_TEMPLATE);
    const platform = await startCounter(10);
    const database = await openDatabase({ url: fresh.url }, memoryLog());
    const promised = await fill(database);

    const start = () => startEngine(fresh.url, platform, DUE);
    const children: Child[] = [start(), start(), start()];
    await Promise.all(children.map((child) => child.line('running')));
    for (let kill = 0; kill < KILLS; kill += 1) {
      const index = randomInt(children.length);
      await pause(randomInt(0, 400));
      await children[index]?.kill();
      children[index] = start();
      if (kill % 2 === 1) await children[index].line('running');
    }
    const queued = () => database.prisma.delivery.count({ where: { state: 'queued' } });
    await until(async () => platform.times.size === promised.size && (await queued()) === 0, PATIENCE);
    await judge(database, platform, promised, 'PostgreSQL, three processes');
    await Promise.all(children.map((child) => child.kill()));
    await database.close();
    await fresh.drop();
    platform.close();
  },
  PATIENCE * 2,
);
