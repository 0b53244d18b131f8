import fs from 'node:fs';
import path from 'node:path';
import { makeCipher } from '../../src/db/cipher.js';
import { DatabaseProblem } from '../../src/db/errors.js';
import { loadKeys, parseKeys, writeKeyFile } from '../../src/db/keys.js';
import { prepareKeys, verifyKeys } from '../../src/db/verify-keys.js';
import { type Database, testDatabase } from '../support/db.js';
import { temporaryFolder } from '../support/temporary.js';

const base64 = (fill: number, bytes = 32) => Buffer.alloc(bytes, fill).toString('base64');
const folder = temporaryFolder();
let count = 0;
const newFile = () => path.join(folder, `home-${++count}`, 'encryption.key');

function problemOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof DatabaseProblem) return error.message;
    throw error;
  }
  return 'none';
}

describe('ENCRYPTION_KEY', () => {
  test('one key, several, with spaces, without padding, twice the same', () => {
    expect(parseKeys(base64(1))).toHaveLength(1);
    expect(parseKeys(` ${base64(1)} ,\n${base64(2)},`).map(({ id }) => id)).toEqual([
      parseKeys(base64(1))[0].id,
      parseKeys(base64(2))[0].id,
    ]);
    expect(parseKeys(base64(250).replaceAll('+', '-').replaceAll('/', '_').replace('=', ''))[0].id).toBe(
      parseKeys(base64(250))[0].id,
    );
    expect(parseKeys(`${base64(1)},${base64(1)}`)).toHaveLength(1);
  });

  test.each([
    ['a short one', base64(7, 31), 'ENCRYPTION_KEY holds 31 bytes: expected base64 of 32 random bytes'],
    ['a long one', base64(7, 33), 'ENCRYPTION_KEY holds 33 bytes'],
    ['hexadecimal', '07'.repeat(32), 'ENCRYPTION_KEY holds 48 bytes'],
    ['a pass phrase', 'correct!horse!battery!staple', 'ENCRYPTION_KEY is not base64 (28 characters)'],
    ['a bad second', `${base64(1)},${base64(7, 9)}`, 'ENCRYPTION_KEY, key 2 of 2, holds 9 bytes'],
    ['commas only', ',,', 'ENCRYPTION_KEY is empty'],
  ])('%s is refused, and not shown', (_name, text, message) => {
    const said = problemOf(() => parseKeys(text));
    expect(said).toContain(message);
    for (const part of text.split(',').filter(Boolean)) expect(said).not.toContain(part.slice(0, 9));
    expect(said).toContain('openssl rand -base64 32');
  });
});

describe('the key file', () => {
  test('is made once, whole, for its owner only', () => {
    const file = newFile();
    const made = loadKeys({ file, mayCreate: true });
    expect(made).toMatchObject({ file, created: true });
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    expect(fs.readdirSync(path.dirname(file))).toEqual(['encryption.key']);
    expect(Buffer.from(fs.readFileSync(file, 'utf8'), 'base64')).toHaveLength(32);

    const again = loadKeys({ file, mayCreate: true });
    expect(again).toMatchObject({ file, created: false });
    expect(again.keyring[0].id).toBe(made.keyring[0].id);
    expect(loadKeys({ file: newFile(), mayCreate: true }).keyring[0].id).not.toBe(made.keyring[0].id);
  });

  test('never takes the place of one that another process made meanwhile', () => {
    const file = newFile();
    fs.mkdirSync(path.dirname(file));
    fs.writeFileSync(file, base64(5), { mode: 0o600 });
    expect(writeKeyFile(file)).toBe(false);
    expect(fs.readFileSync(file, 'utf8')).toBe(base64(5));
    expect(fs.readdirSync(path.dirname(file))).toEqual(['encryption.key']);
  });

  test.each([0o640, 0o604, 0o660, 0o700 | 0o010])('with mode %o is refused', (mode) => {
    const file = newFile();
    loadKeys({ file, mayCreate: true });
    fs.chmodSync(file, mode);
    expect(problemOf(() => loadKeys({ file, mayCreate: true }))).toContain(`Run: chmod 600 ${file}`);
  });

  test('that is missing though values were sealed is not made anew', () => {
    const file = newFile();
    const said = problemOf(() => loadKeys({ file, mayCreate: false }));
    expect(said).toContain(file);
    expect(said).toContain('ENCRYPTION_KEY');
    expect(fs.existsSync(file)).toBe(false);
  });

  test('that is empty or cut is refused', () => {
    const file = newFile();
    loadKeys({ file, mayCreate: true });
    for (const text of ['', base64(9).slice(0, 20)]) {
      fs.writeFileSync(file, text);
      expect(problemOf(() => loadKeys({ file, mayCreate: true }))).toContain(file);
    }
  });

  test('is not looked at when the setting is there', () => {
    const file = newFile();
    expect(loadKeys({ setting: base64(1), file, mayCreate: true })).toEqual({ keyring: parseKeys(base64(1)), created: false });
    expect(fs.existsSync(file)).toBe(false);
  });

  test('without file and setting, the setting is asked for', () => {
    expect(problemOf(() => loadKeys({ mayCreate: true }))).toContain('ENCRYPTION_KEY is not set');
  });
});

describe('a database and its keys', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.prisma.encryptionKey.deleteMany();
  });
  const ids = async () => (await database.prisma.encryptionKey.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);

  test('a new database registers its key, and starts again with it', async () => {
    const ring = parseKeys(base64(1));
    await verifyKeys(database.prisma, ring);
    await Promise.all([verifyKeys(database.prisma, ring), verifyKeys(database.prisma, ring)]);
    expect(await ids()).toEqual([ring[0].id]);
  });

  test('what the database knows of a key is not the key', async () => {
    await verifyKeys(database.prisma, parseKeys(base64(1)));
    const kept = JSON.stringify(await database.prisma.encryptionKey.findMany(), (_, value) =>
      value instanceof Uint8Array || value?.type === 'Buffer' ? Buffer.from(value.data ?? value).toString('base64') : value,
    );
    expect(kept).toContain('"check":"');
    for (let cut = 0; cut < 3; cut += 1)
      expect(kept).not.toContain(
        Buffer.from(base64(1), 'base64')
          .subarray(cut, 24 + cut)
          .toString('base64'),
      );
  });

  test('another key is refused by the name of the setting, and registers nothing', async () => {
    await verifyKeys(database.prisma, parseKeys(base64(1)));
    const before = await database.prisma.encryptionKey.findMany();
    const said = await verifyKeys(database.prisma, parseKeys(base64(2))).catch((error: unknown) => error);
    expect(said).toBeInstanceOf(DatabaseProblem);
    expect((said as Error).message).toContain('ENCRYPTION_KEY');
    expect((said as Error).message).toContain(before[0]?.id);
    expect(await database.prisma.encryptionKey.findMany()).toEqual(before);
  });

  test('a rotation registers the new key beside the old one; then both are needed', async () => {
    await verifyKeys(database.prisma, parseKeys(base64(1)));
    const both = parseKeys(`${base64(2)},${base64(1)}`);
    await verifyKeys(database.prisma, both);
    expect(await ids()).toEqual(both.map(({ id }) => id).sort());
    await expect(verifyKeys(database.prisma, parseKeys(base64(2)))).rejects.toBeInstanceOf(DatabaseProblem);
  });

  test('a key whose proof was exchanged is refused', async () => {
    const [one, two] = parseKeys(`${base64(1)},${base64(2)}`);
    if (!two) throw new Error('two keys were given');
    await database.prisma.encryptionKey.create({
      data: { id: one.id, check: makeCipher<string>([two]).seal('homegroup', `EncryptionKey.check:${one.id}`) },
    });
    await expect(verifyKeys(database.prisma, [one, two])).rejects.toBeInstanceOf(DatabaseProblem);
  });

  test('a file is made for a new database, and missed by one that was used', async () => {
    const file = newFile();
    expect(await prepareKeys(database.prisma, { file })).toMatchObject({ created: true, file });
    expect(await prepareKeys(database.prisma, { file })).toMatchObject({ created: false, file });
    fs.rmSync(file);
    await expect(prepareKeys(database.prisma, { file })).rejects.toThrow(`The key file ${file} is missing`);
    expect(fs.existsSync(file)).toBe(false);
  });
});
