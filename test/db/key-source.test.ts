import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readConfig } from '../../src/config.js';
import { DatabaseProblem } from '../../src/db/errors.js';
import { lookAtKeys, prepareKeys } from '../../src/db/verify-keys.js';
import { askForKeys, keySourceOf } from '../../src/key-source.js';
import { splitWords } from '../../src/words-of.js';
import { type Database, testDatabase } from '../support/db.js';
import { temporaryFolder } from '../support/temporary.js';

const KEY = Buffer.alloc(32, 1).toString('base64');
const folder = temporaryFolder();
let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await database.prisma.encryptionKey.deleteMany();
});

const node = (script: string) => [process.execPath, '-e', script] as const;

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (problem: unknown) => problem,
  );
  expect(error).toBeInstanceOf(DatabaseProblem);
  return (error as Error).message;
}

describe('a command', () => {
  test('gives what it says on its standard output, one key or several', async () => {
    const said = await askForKeys(node(`console.error('noise'); console.log('${KEY},'); console.log('${KEY}')`));
    expect(said.trim().split(/[,\s]+/u)).toEqual([KEY, KEY]);
  });

  test('gets its arguments as they are: no shell reads them', async () => {
    const odd = `$HOME; touch ${path.join(folder, 'made')} | cat && \`id\``;
    expect(await askForKeys([process.execPath, '-e', 'console.log(process.argv[1])', odd])).toBe(`${odd}\n`);
    expect(fs.existsSync(path.join(folder, 'made'))).toBe(false);
  });

  test.each([
    ['ends with a code', node(`console.log('${KEY}'); console.error('${KEY}'); process.exit(3)`), 'it ended with the code 3'],
    ['says nothing', node('0'), 'it said nothing'],
    ['does not end', node(`console.log('${KEY}'); setInterval(() => 0, 1000)`), 'it took longer than'],
    ['says too much', node(`process.stdout.write('A'.repeat(1e6))`), 'it said more than 64 KiB'],
    ['is not there', ['/no/such/program'] as const, 'there is no such program'],
    ['is no program', [folder] as const, 'this program may not be run'],
  ])('that %s is told of, without what it said', async (_, command, reason) => {
    const said = await problemOf(askForKeys(command, 2_000));
    expect(said).toContain('ENCRYPTION_KEY_COMMAND');
    expect(said).toContain(reason);
    expect(said).not.toContain(KEY);
    expect(said).not.toContain('AAAAAAAA');
  });

  test('whose words are no key is named, and what it said is not', async () => {
    const config = readConfig({ ENCRYPTION_KEY_COMMAND: `'${process.execPath}' -e 'console.log("correct!horse")'` });
    const said = await problemOf(keySourceOf(config).then((source) => prepareKeys(database.prisma, source)));
    expect(said).toContain('What ENCRYPTION_KEY_COMMAND said is not base64 (13 characters)');
    expect(said).not.toContain('correct');
  });

  test('gives the keys of a start', async () => {
    const config = readConfig({ ENCRYPTION_KEY_COMMAND: `'${process.execPath}' -e 'console.log("${KEY}")'` });
    const { keyring, created } = await prepareKeys(database.prisma, await keySourceOf(config));
    expect([keyring.length, created]).toEqual([1, false]);
    expect(await database.prisma.encryptionKey.count()).toBe(1);
  });
});

describe('a file that the operator named', () => {
  const sourceOf = (file: string) => keySourceOf(readConfig({ ENCRYPTION_KEY_FILE: file, DATABASE_URL: 'postgresql://u:p@h/d' }));

  test('is read, also beside PostgreSQL', async () => {
    const file = path.join(folder, 'named.key');
    fs.writeFileSync(file, `${KEY}\n`, { mode: 0o400 });
    expect(await prepareKeys(database.prisma, await sourceOf(file))).toMatchObject({ file, created: false });
  });

  test('is never made: neither on a database that is new, nor to look at it', async () => {
    const file = path.join(folder, 'missing.key');
    const source = await sourceOf(file);
    for (const work of [prepareKeys, lookAtKeys])
      expect(await problemOf(work(database.prisma, source))).toContain(`The key file ${file} (ENCRYPTION_KEY_FILE) is missing.`);
    expect(fs.existsSync(file)).toBe(false);
    expect(await database.prisma.encryptionKey.count()).toBe(0);
  });

  test('that others can read, or that is a folder, is refused', async () => {
    const file = path.join(folder, 'open.key');
    fs.writeFileSync(file, KEY, { mode: 0o644 });
    expect(await problemOf(prepareKeys(database.prisma, await sourceOf(file)))).toContain(`Run: chmod 600 ${file}`);
    expect(await problemOf(prepareKeys(database.prisma, await sourceOf(folder)))).toContain('is not a file');
  });
});

test('words in quotes are the words, whatever is in them', () => {
  const quoted = (word: string) => `"${word.replace(/["\\]/gu, String.raw`\$&`)}"`;
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 }), (words) => {
      expect(splitWords(words.map(quoted).join('  '))).toEqual(words);
    }),
  );
  fc.assert(fc.property(fc.string(), (line) => void splitWords(line)));
  for (const line of ['', '  ', "'", 'a "b', String.raw`"a\x"`]) expect(splitWords(line)).toBeUndefined();
});
