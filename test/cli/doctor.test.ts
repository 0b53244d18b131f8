import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { homegroup } from '../support/process/program.js';
import { temporaryFolder } from '../support/temporary.js';

const home = temporaryFolder();
const doctor = (settings: Readonly<Record<string, string>> = {}) => homegroup(['doctor'], settings, home).ended;

test('looks at settings, commands, crisis lines, database and key', async () => {
  const { code, out } = await doctor();
  const lines = out.trimEnd().split('\n');
  expect(lines).toEqual([
    'ok    The settings can be read. They connect: the playground.',
    expect.stringMatching(/^ok {4}\d+ commands fit the limits of every platform\.$/u),
    expect.stringMatching(/^(?:ok|look) {2,4}\d+ crisis lines/u),
    'ok    The database answers (embedded, 0 communities).',
    `ok    1 encryption key, from ${path.join('data', 'encryption.key')}.`,
  ]);
  expect(code).toBe(lines.some((line) => line.startsWith('look')) ? 1 : 0);
  expect(existsSync(path.join(home, 'data', 'encryption.key'))).toBe(true);
});

test('a database that a running bot holds is a sentence', async () => {
  const settings = { PORT: '0', DATA_DIR: path.join(home, 'data') };
  const running = homegroup(['start'], settings, home);
  await running.playground();
  const { code, err } = await doctor(settings);
  await running.signal('SIGTERM');
  expect(err).toMatch(/^\nThe database in .+ is in use by another Homegroup process\. Stop that one first/u);
  expect(code).toBe(1);
});

test('a database whose server does not answer is a sentence, without the password', async () => {
  const { code, err } = await doctor({ DATABASE_URL: 'postgresql://homegroup:very-secret@127.0.0.1:9/homegroup' });
  expect(err).toMatch(
    /^\nPostgreSQL at 127\.0\.0\.1:9\/homegroup cannot be used \(.+\)\. Start it, or correct DATABASE_URL\.\n\n$/u,
  );
  expect(err).not.toContain('very-secret');
  expect(code).toBe(1);
});

test('a lost key is a sentence, and no new key is made in its place', async () => {
  const dataDir = path.join(home, 'used');
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
  const { code, err } = await doctor({ DATA_DIR: dataDir });
  expect(err).toContain(`The key file ${key} is missing`);
  expect(code).toBe(1);
  expect(existsSync(key)).toBe(false);
});
