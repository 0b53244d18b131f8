import { randomInt, randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { answersBinding } from '../../src/core/checkins/answers.js';
import { makeCipher } from '../../src/db/cipher.js';
import { parseKeys } from '../../src/db/keys.js';
import type { Where } from '../../src/db/open.js';
import { countByKey } from '../../src/db/rotate.js';
import { verifyKeys } from '../../src/db/verify-keys.js';
import { freshPostgres, layDatabase } from '../support/db.js';
import { onDatabase } from '../support/process/on-database.js';
import { makePlayer } from '../support/process/player.js';
import { homegroup, type Program } from '../support/process/program.js';
import type { Person } from '../support/stage.js';
import { temporaryFolder } from '../support/temporary.js';

/** A key is changed while people write and processes die. `KILLS=100 npm test -- test/process/rotation-crash` is the long form. */
const KILLS = Number(process.env.KILLS ?? 2);
/** Values that the old key sealed, so that a rotation takes longer than a process lives. */
const SEEDED = 1_500;

const SAVED = 'Your check-in is saved.';
const base64 = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const [OLD, NEW] = [base64(1), base64(2)];
const BOTH = `${NEW},${OLD}`;
const home = temporaryFolder();

const notesIn = (text: string): string[] => text.match(/note-\w+/gu) ?? [];
const toldTo = (person: Person) => person.sees().flatMap(({ text }) => (text.includes(SAVED) ? notesIn(text) : []));

async function write(person: Person): Promise<void> {
  try {
    for (;;) {
      await person.typeDirectly(`/checkin now note:note-${randomUUID().replaceAll('-', '')}`);
      // Nobody types faster, and the processes that are started beside need the machine too.
      await pause(50);
    }
  } catch {
    // The process is gone.
  }
}

/** Check-ins that the old key sealed. @returns what each says, by its id */
const seed = (where: Where): Promise<Map<string, string>> =>
  onDatabase(where, async ({ prisma }) => {
    const ring = parseKeys(OLD);
    await verifyKeys(prisma, ring);
    const cipher = makeCipher(ring);
    const { id: communityId } = await prisma.community.create({ data: {} });
    const { id: memberId } = await prisma.member.create({ data: { communityId } });
    const said = new Map(Array.from({ length: SEEDED }, (_, n) => [randomUUID(), JSON.stringify({ note: `seeded-${n}` })]));
    const rows = [...said].map(([id, text]) => ({ id, answers: cipher.seal(text, answersBinding(id)) }));
    const row = { communityId, memberId, at: new Date(), zone: 'UTC' };
    await prisma.checkIn.createMany({ data: rows.map((one) => ({ ...row, ...one })) });
    return said;
  });

/** Every check-in, opened with the new key alone: one that does not open throws. */
const readAll = (where: Where) =>
  onDatabase(where, async ({ prisma }) => {
    await verifyKeys(prisma, parseKeys(NEW));
    const cipher = makeCipher(parseKeys(NEW));
    const rows = await prisma.checkIn.findMany({ select: { id: true, answers: true } });
    const read = new Map(rows.map(({ id, answers }) => [id, cipher.open(answers, answersBinding(id))]));
    return { read, keys: [...(await countByKey(prisma)).keys()] };
  });

function report(kills: number, told: readonly string[], read: ReadonlyMap<string, string>) {
  process.stderr.write(`${kills} kills during a rotation: ${told.length} told that it is saved, ${read.size} read.\n`);
}

async function mustBeWhole(where: Where, seeded: ReadonlyMap<string, string>, told: readonly string[]): Promise<void> {
  const { read, keys } = await readAll(where);
  report(KILLS, told, read);
  expect([...seeded].filter(([id, text]) => read.get(id) !== text)).toEqual([]);
  const notes = new Set([...read.values()].flatMap(notesIn));
  expect(told.filter((note) => !notes.has(note))).toEqual([]);
  expect(keys).toEqual([parseKeys(NEW)[0].id]);
}

test('embedded: the bot brings everything to the new key, however often it is killed', async () => {
  const dataDir = path.join(home, 'embedded');
  layDatabase(path.join(dataDir, 'db'));
  const where = { dir: path.join(dataDir, 'db') };
  const seeded = await seed(where);
  const start = (key: string, level = 'error') =>
    homegroup(['start'], { PORT: '0', LOG_LEVEL: level, DATA_DIR: dataDir, ENCRYPTION_KEY: key }, home);
  const told: string[] = [];
  for (let round = 0; round <= KILLS; round += 1) {
    const program = start(round === 0 ? OLD : BOTH);
    const base = await program.playground();
    const people = await Promise.all(['rosa', 'sam'].map((persona) => makePlayer(base, persona)));
    const writing = Promise.all(people.map(write));
    await pause(randomInt(0, 700));
    await program.signal('SIGKILL');
    await writing;
    told.push(...people.flatMap(toldTo));
  }
  const last = start(BOTH, 'info');
  await last.playground();
  while (!last.err.includes('The spare keys can be taken out.')) await pause(100);
  await last.signal('SIGTERM');

  const settings = { LOG_LEVEL: 'error', DATA_DIR: dataDir };
  const { out } = await homegroup(['keys', 'status'], { ...settings, ENCRYPTION_KEY: BOTH }, home).ended;
  expect(out).toMatch(new RegExp(`${parseKeys(OLD)[0].id} {2}opens only, .*values: 0, not needed any more`, 'u'));
  const wrong = await homegroup(['start'], { ...settings, PORT: '0', ENCRYPTION_KEY: OLD }, home).ended;
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('was sealed with a key that is not among those') });
  const alone = start(NEW);
  await alone.playground();
  await alone.signal('SIGTERM');
  await mustBeWhole(where, seeded, told);
}, 1_200_000);

const server = process.env.TEST_DATABASE_URL;
(server ? test : test.skip)(
  'PostgreSQL: "keys rotate" beside several processes, killed again and again',
  async () => {
    const { url, drop } = await freshPostgres(server ?? '');
    const where = { url };
    const seeded = await seed(where);
    const settings = (key: string) => ({ PORT: '0', LOG_LEVEL: 'error', DATABASE_URL: url, ENCRYPTION_KEY: key });
    const begin = async (key: string) => {
      const program = homegroup(['start'], settings(key), home);
      const base = await program.playground();
      const people = await Promise.all(['rosa', 'sam'].map((persona) => makePlayer(base, persona)));
      return { program, people, writing: Promise.all(people.map(write)) };
    };
    const end = async ({ program, people, writing }: Awaited<ReturnType<typeof begin>>) => {
      await program.signal('SIGKILL');
      await writing;
      return people.flatMap(toldTo);
    };
    const former = await begin(OLD);
    await pause(1_000);
    // While a process seals with the old key, nothing is rotated.
    const early = homegroup(['keys', 'rotate'], settings(BOTH), home);
    await early.says(/A running process seals with an older key; it is waited for\./u);
    await early.signal('SIGKILL');
    const told = await end(former);
    // As if it had been gone for a while.
    await onDatabase(where, ({ prisma }) => prisma.encryptionKey.updateMany({ data: { usedAt: null } }));

    const running = [await begin(BOTH), await begin(BOTH)];
    for (let round = 0; round < KILLS; round += 1) {
      const rotating: Program = homegroup(['keys', 'rotate'], settings(BOTH), home);
      await pause(randomInt(600, 1_500));
      await rotating.signal('SIGKILL');
      const [first] = running;
      if (first && round % 2 === 1) {
        told.push(...(await end(first)));
        running[0] = await begin(BOTH);
      }
    }
    const { code, out, err } = await homegroup(['keys', 'rotate'], settings(BOTH), home).ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Not needed any more: ${parseKeys(OLD)[0].id}.`);
    for (const one of running) told.push(...(await end(one)));
    await mustBeWhole(where, seeded, told);
    await drop();
  },
  1_200_000,
);
