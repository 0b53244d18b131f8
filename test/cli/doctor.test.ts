import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { digestOf } from '../../src/core/privacy/digest.js';
import { ensureSlipKey } from '../../src/core/slips/keys.js';
import { makeCipher } from '../../src/db/cipher.js';
import { parseKeys } from '../../src/db/keys.js';
import { openDatabase } from '../../src/db/open.js';
import { openFolder } from '../../src/db/pglite.js';
import { tenantDb } from '../../src/db/tenant.js';
import { prepareKeys } from '../../src/db/verify-keys.js';
import { journalAt } from '../../src/erasures.js';
import { layDatabase, memoryLog } from '../support/db.js';
import { homegroup } from '../support/process/program.js';
import { temporaryFolder } from '../support/temporary.js';
import { TEST_KEY } from '../support/world.js';

const home = temporaryFolder();
const doctor = (settings: Readonly<Record<string, string>> = {}) => homegroup(['doctor'], settings, home).ended;

test('before the first start there is nothing, and nothing is made', async () => {
  const { code, out } = await doctor();
  const lines = out.trimEnd().split('\n');
  expect(lines).toEqual([
    'ok    The settings can be read. They connect: the playground.',
    expect.stringMatching(/^ok {4}\d+ commands fit the limits of every platform\.$/u),
    expect.stringMatching(/^(?:ok|look) {2,4}\d+ crisis lines/u),
    'ok    There is no database yet; the first start makes one.',
  ]);
  expect(code).toBe(lines.some((line) => line.startsWith('look')) ? 1 : 0);
  expect(existsSync(path.join(home, 'data'))).toBe(false);
});

test('a database that a running bot holds is a finding; when it has stopped, all of it is looked at', async () => {
  const dataDir = path.join(home, 'data');
  const settings = { PORT: '0', DATA_DIR: dataDir };
  layDatabase(path.join(dataDir, 'db'));
  const running = homegroup(['start'], settings, home);
  await running.playground();
  const held = await doctor(settings);
  await running.signal('SIGTERM');
  expect(held.out).toMatch(/^look {2}The database in .+ is in use by another Homegroup process\. Stop that one first/mu);
  expect([held.code, held.err]).toEqual([1, '']);

  const { out } = await doctor(settings);
  expect(out.trimEnd().split('\n').slice(3)).toEqual([
    'ok    The database answers (embedded).',
    'ok    All migrations are applied.',
    `ok    1 encryption key, from ${path.join(dataDir, 'encryption.key')}.`,
    'ok    Communities: 0.',
    'ok    Messages of the last 7 days: 0 sent, dropped: none. 0 queued now.',
    'ok    No message was given up.',
  ]);
}, 120_000);

test('what waits, what was dropped and what was given up is counted by reason', async () => {
  const dir = path.join(home, 'counted');
  layDatabase(path.join(dir, 'db'));
  const db = await openDatabase({ dir: path.join(dir, 'db') }, memoryLog());
  const { id: communityId } = await db.prisma.community.create({ data: {} });
  const now = new Date();
  const made = (state: 'queued' | 'sent' | 'dropped' | 'dead', reason?: string) => {
    const once = randomUUID();
    const ended = state === 'queued' ? {} : { endedAt: now };
    return {
      communityId,
      kind: 'k',
      subjectId: once,
      platform: 'slack' as const,
      once,
      state,
      dueAt: now,
      expiresAt: now,
      rank: 0,
      ...ended,
      ...(reason && { reason }),
    };
  };
  const deliveries = [made('queued'), made('sent'), made('dropped', 'closed'), made('dropped', 'closed'), made('dead', 'busy')];
  await db.prisma.delivery.createMany({ data: deliveries });
  const removedAt = new Date('2027-03-01T12:00:00Z');
  await db.prisma.space.create({ data: { communityId, platform: 'slack', externalId: 'T1', removedAt } });
  await db.close();
  const { code, out } = await doctor({ DATA_DIR: dir });
  expect(out).toContain('ok    There is no encryption key yet; the first start makes one.');
  expect(out).toContain('ok    Messages of the last 7 days: 1 sent, dropped: closed 2. 1 queued now.');
  expect(out).toContain('look  Messages given up after many failures: busy 1.');
  expect(out).toContain('look  The bot was removed from a place on slack. What was said there is erased after 2027-03-31,');
  expect(code).toBe(1);
  expect(readdirSync(dir)).toEqual(['db']);
}, 120_000);

test('migrations that are missing are named, and not applied', async () => {
  const dir = path.join(home, 'older');
  const open = () => openFolder(path.join(dir, 'db'), memoryLog());
  layDatabase(path.join(dir, 'db'));
  const emptied = await open();
  await emptied.pool.query('DROP SCHEMA public CASCADE');
  await emptied.pool.query('CREATE SCHEMA public');
  await emptied.close();
  const { code, out } = await doctor({ DATA_DIR: dir });
  expect(out).toMatch(/^look {2}Not applied yet, the next start does it: \d+_first, /mu);
  expect(code).toBe(1);
  const { pool, close } = await open();
  expect((await pool.query("SELECT FROM pg_tables WHERE schemaname = 'public'")).rowCount).toBe(0);
  await close();
}, 120_000);

test('a database whose server does not answer is a finding, without the password', async () => {
  const { code, out, err } = await doctor({ DATABASE_URL: 'postgresql://homegroup:very-secret@127.0.0.1:9/homegroup' });
  expect(out).toMatch(
    /^look {2}PostgreSQL at 127\.0\.0\.1:9\/homegroup cannot be used \(.+\)\. Start it, or correct DATABASE_URL\.$/mu,
  );
  expect(out + err).not.toContain('very-secret');
  expect(code).toBe(1);
});

test('a lost key is a finding, and no new key is made in its place', async () => {
  const dataDir = path.join(home, 'used');
  layDatabase(path.join(dataDir, 'db'));
  const started = homegroup(['start'], { PORT: '0', DATA_DIR: dataDir }, home);
  const base = await started.playground();
  await fetch(`${base}/api/type`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: 'sam', where: 'direct', line: '/checkin now mood:5' }),
  });
  await started.signal('SIGTERM');
  const key = path.join(dataDir, 'encryption.key');
  rmSync(key);
  const { code, out } = await doctor({ DATA_DIR: dataDir });
  expect(out).toContain(`look  The key file ${key} is missing`);
  expect(code).toBe(1);
  expect(existsSync(key)).toBe(false);
}, 120_000);

test('the keys with which slips are signed are looked at, and one that cannot be read is a finding', async () => {
  const dataDir = path.join(home, 'slips');
  const file = path.join(dataDir, 'encryption.key');
  layDatabase(path.join(dataDir, 'db'));
  const here = { dir: path.join(dataDir, 'db') };
  const db = await openDatabase(here, memoryLog());
  const { keyring } = await prepareKeys(db.prisma, { file });
  const { id } = await db.prisma.community.create({ data: {} });
  await ensureSlipKey({ db: tenantDb(db.prisma, id), cipher: makeCipher(keyring) });
  await db.close();
  expect((await doctor({ DATA_DIR: dataDir })).out).toContain('ok    1 key with which attendance slips are signed, readable.');
  const again = await openDatabase(here, memoryLog());
  await again.prisma.slipKey.update({ where: { communityId: id }, data: { privateKey: Buffer.alloc(40) } });
  await again.close();
  const { code, out } = await doctor({ DATA_DIR: dataDir });
  expect(out).toContain('look  A key with which attendance slips are signed cannot be read.');
  expect(code).toBe(1);
}, 120_000);

test('somebody who was erased and came back with a backup is a finding', async () => {
  const dataDir = path.join(home, 'back');
  layDatabase(path.join(dataDir, 'db'));
  const settings = { DATA_DIR: dataDir, ENCRYPTION_KEY: TEST_KEY };
  const db = await openDatabase({ dir: path.join(dataDir, 'db') }, memoryLog());
  await prepareKeys(db.prisma, { setting: TEST_KEY });
  const { id: communityId } = await db.prisma.community.create({ data: {} });
  const { id } = await db.prisma.member.create({ data: { communityId } });
  await db.close();
  const journal = journalAt(path.join(dataDir, 'erasures.txt'), memoryLog());
  await journal.note([digestOf(makeCipher(parseKeys(TEST_KEY)), id)], new Date());
  expect((await doctor(settings)).out).toContain('look  Erased before and in the database again: 1 person.');
  const { code, out } = await homegroup(['erase', 'again'], settings, home).ended;
  expect([code, out]).toEqual([0, expect.stringContaining('1 person erased again.')]);
  expect((await doctor(settings)).out).toMatch(/^ok {4}1 erasing in .+, and nobody of them is in the database\.$/mu);
}, 120_000);
