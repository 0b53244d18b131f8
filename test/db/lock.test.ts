import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseProblem } from '../../src/db/errors.js';
import { lockFolder } from '../../src/db/lock.js';
import { openDatabase } from '../../src/db/open.js';
import { startChild } from '../support/child.js';
import { layDatabase, memoryLog } from '../support/db.js';
import { temporaryFolder } from '../support/temporary.js';

const folder = temporaryFolder();
const hold = (dir: string) => startChild('test/db/programs/hold.mjs', dir);

test('a second process is refused, told what to do, and let in after the first was killed', async () => {
  const dir = path.join(folder, 'held');
  const first = hold(dir);
  await first.line('holds');

  const second = hold(dir);
  expect(await second.line('refused')).toBe(
    `refused The database in ${dir} is in use by another Homegroup process. Stop that one first, or set DATABASE_URL to a PostgreSQL server: many processes can share that.`,
  );
  await expect(openDatabase({ dir }, memoryLog())).rejects.toBeInstanceOf(DatabaseProblem);

  await first.kill();
  const release = await lockFolder(dir);
  await release();
});

test('whoever comes at the same moment after a kill, one gets it', async () => {
  const dir = path.join(folder, 'raced');
  const dead = hold(dir);
  await dead.line('holds');
  await dead.kill();

  const rivals = [hold(dir), hold(dir), hold(dir)];
  const said = await Promise.all(
    rivals.map((child) => Promise.race([child.line('holds'), child.line('refused')].map((line) => line.catch(() => '')))),
  );
  expect(said.filter((line) => line === 'holds')).toHaveLength(1);
  await Promise.all(rivals.map((child) => child.kill()));
});

test('a name too long for a socket is locked all the same', async () => {
  const parent = path.join(folder, 'long'.repeat(30));
  mkdirSync(parent);
  const dir = path.join(parent, 'db');
  const release = await lockFolder(dir);
  await expect(lockFolder(dir)).rejects.toThrow('is in use by another Homegroup process');
  await release();
  await (await lockFolder(dir))();
});

test('the same directory under another name is the same', async () => {
  const dir = path.join(folder, 'twice');
  layDatabase(dir);
  const database = await openDatabase({ dir }, memoryLog());
  await expect(openDatabase({ dir: path.join(folder, '.', 'x', '..', 'twice') }, memoryLog())).rejects.toThrow('is in use');
  await database.close();
  await database.close();
  const again = await openDatabase({ dir }, memoryLog());
  await again.ping();
  await again.close();
});
