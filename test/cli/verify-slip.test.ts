import { randomUUID } from 'node:crypto';
import { appendFileSync, copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tellSlip } from '../../src/cli/verify-slip.js';
import { newCode, writeCode } from '../../src/core/code.js';
import { ensureSlipKey } from '../../src/core/slips/keys.js';
import { stampFile } from '../../src/core/slips/stamp.js';
import { digestOf, signSlip } from '../../src/core/slips/token.js';
import { lookupOf, sealToken } from '../../src/core/slips/vault.js';
import { tenantDb } from '../../src/db/tenant.js';
import { printSlip } from '../../src/pictures/slip.js';
import { layDatabase } from '../support/db.js';
import { homegroup } from '../support/process/program.js';
import { temporaryFolder } from '../support/temporary.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

/** What an operator sees who checks a slip, and somebody far away who has only the key. */

const NO = 'refused: This is no valid slip.';
const VALID = 'Valid. 2026-05-05, 55 minutes. Compare both with what is printed.';
const home = temporaryFolder();
const elsewhere = temporaryFolder();
const inHome = (name: string) => path.join(home, name);
let world: TestWorld;
let code: string;
let token: string;
let here: string;
let there: string;

async function run(...args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  try {
    await tellSlip(world.world, args, (line) => void lines.push(line));
  } catch (error) {
    const { name, message } = error as Error;
    return [...lines, name === 'OperatorError' ? `refused: ${message}` : String(error)].join('\n');
  }
  return lines.join('\n');
}

beforeAll(async () => {
  world = await makeTestWorld();
  const { prisma, cipher } = world.world;
  here = (await prisma.community.create({ data: {} })).id;
  there = (await prisma.community.create({ data: {} })).id;
  expect(await run('--print-key')).toBe('refused: There is no key yet: it is made with the first slip.');
  const key = await ensureSlipKey({ db: tenantDb(prisma, here), cipher });
  await ensureSlipKey({ db: tenantDb(prisma, there), cipher });
  const secret = newCode();
  code = writeCode(secret);
  token = signSlip({ code: secret, date: '2026-05-05', minutes: 55, digest: digestOf(secret, 'Ana', 'Steps') }, here, key);
  await prisma.slip.create({ data: { communityId: here, lookup: lookupOf(secret), token: sealToken(secret, token) } });
  const paper = {
    title: 'Slip',
    facts: [{ label: 'Name', value: 'Ana' }],
    notes: [],
    qr: token,
    qrAlt: 'QR',
    token,
    language: 'en',
  };
  const file = await printSlip({ ...paper, madeAt: new Date('2026-05-05T20:00:00Z') });
  writeFileSync(inHome('slip.pdf'), stampFile(file, here, key));
  writeFileSync(inHome('bare.pdf'), file);
  writeFileSync(
    inHome('other.pdf'),
    await printSlip({ ...paper, facts: [{ label: 'Name', value: 'Ben' }], madeAt: new Date(0) }),
  );
  copyFileSync(inHome('slip.pdf'), inHome('edited.pdf'));
  appendFileSync(inHome('edited.pdf'), '% one byte more');
  writeFileSync(inHome('foreign.pdf'), stampFile(file, there, await ensureSlipKey({ db: tenantDb(prisma, there), cipher })));
});
afterAll(() => world.close());

test('by its code, its token, its address and its file it is valid, and nothing more is told', async () => {
  for (const said of [code, token, `https://bot.example.org/verify/${token}`, inHome('slip.pdf')])
    expect(await run(said)).toBe(VALID);
});

test('a file that was edited, made around a genuine token, or stamped elsewhere is answered as an unknown code is', async () => {
  const answers = [writeCode(newCode()), ...['edited', 'bare', 'other', 'foreign'].map((name) => inHome(`${name}.pdf`))];
  const told = await Promise.all(answers.map((said) => run(said)));
  expect(told[0]).toContain(NO);
  expect(new Set(told).size).toBe(1);
});

test('says what it needs, each in a sentence', async () => {
  expect(await run()).toContain('refused: Usage:');
  expect(await run(code, '--name', 'Ana')).toContain('refused: Usage:');
  expect(await run(code, '--print-key')).toContain('refused: Usage:');
  expect(await run(inHome('missing.pdf'))).toBe('refused: There is no file of that name here.');
  expect(await run(code, '--community', 'ours')).toContain('refused: --community takes the id');
  expect(await run(code, '--key', 'x')).toContain('refused: --key takes a line as --print-key prints it');
  expect(await run(code, '--community', randomUUID())).toContain(NO);
});

test('with the printed key alone, far from the database, a file can be checked; another key says no', async () => {
  const keys = (await run('--print-key')).split('\n');
  expect(keys.map((line) => line.split('.')[0])).toEqual([here, there]);
  const [ours = '', other = ''] = keys;
  expect(await run('--print-key', '--community', there)).toBe(other);
  const afar = (...args: string[]) => homegroup(['verify-slip', ...args], {}, elsewhere).ended;
  const good = await afar(inHome('slip.pdf'), '--key', ours, '--name', 'ana', '--group', 'steps');
  expect(good).toMatchObject({ code: 0, err: '' });
  expect(good.out).toContain(VALID);
  expect(good.out).toContain('It was made for this name and group.');
  expect(good.out).toContain('only whoever runs the bot can tell whether it was withdrawn');
  for (const [name, key] of [
    ['slip', other],
    ['slip', `${here}.${other.split('.')[1]}`],
    ['edited', ours],
    ['bare', ours],
  ] as const)
    expect(await run(inHome(`${name}.pdf`), '--key', key)).toContain(NO);
});

test('the program itself asks its database, and ends with 1 for a slip that is not there', async () => {
  layDatabase(inHome('data/db'));
  const { code: ended, out, err } = await homegroup(['verify-slip', code], {}, home).ended;
  expect({ ended, out }).toEqual({ ended: 1, out: '' });
  expect(err).toContain('This is no valid slip.');
});
