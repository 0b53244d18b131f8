import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { jest } from '@jest/globals';
import { openDatabase } from '../../src/db/open.js';
import { type Child, startChild } from '../support/child.js';
import { memoryLog } from '../support/db.js';
import { temporaryFolder } from '../support/temporary.js';

const folder = temporaryFolder();
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** One for all tests, because to make another takes seconds. */
const dir = path.join(folder, 'killed');
const write = (): Child => startChild('test/db/programs/write.mjs', dir);

test('nothing that was acknowledged is lost when the process is killed, at whatever moment', async () => {
  let acknowledged = 0;

  // The first ones die while the database is being made.
  for (const moment of [randomInt(200, 1500), randomInt(1500, 4000)]) {
    const child = write();
    await pause(moment);
    await child.kill();
    acknowledged = Math.max(acknowledged, child.lines.filter((line) => line.startsWith('saved')).length);
  }

  for (let round = 0; round < 5; round += 1) {
    const child = write();
    const kept = JSON.parse((await child.line('kept')).slice('kept '.length)) as number[];
    // One that was written may not have been acknowledged; one that was acknowledged must be there, and all before it.
    expect(kept.length).toBeGreaterThanOrEqual(acknowledged);
    expect(kept).toEqual(kept.map((_, index) => index + 1));
    await child.line('saved');
    await pause(randomInt(0, 600));
    await child.kill();
    acknowledged = Number(child.lines.findLast((line) => line.startsWith('saved'))?.slice('saved '.length));
    expect(acknowledged).toBeGreaterThan(kept.length);
  }

  const database = await openDatabase({ dir }, memoryLog());
  expect(await database.prisma.setting.count()).toBeGreaterThanOrEqual(acknowledged);
  await database.close();
}, 600_000);

test('a write is on the disk before it is acknowledged', async () => {
  const database = await openDatabase({ dir }, memoryLog());
  const { rows } = await database.pool.query(
    "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit",
  );
  expect(rows).toEqual([{ fsync: 'on', commit: 'on' }]);

  const sync = jest.spyOn(fs, 'fsyncSync');
  for (let writes = 1; writes <= 5; writes += 1) {
    sync.mockClear();
    await database.prisma.community.create({ data: {} });
    expect(sync.mock.calls.length).toBeGreaterThan(0);
  }
  sync.mockRestore();
  await database.close();
}, 600_000);

test('others on the machine cannot look into the directory', async () => {
  expect(fs.statSync(dir).mode & 0o077).toBe(0);
});
