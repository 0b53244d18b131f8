import { randomInt, randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SPACE } from '../../src/adapters/playground/world.js';
import { answersBinding } from '../../src/core/checkins/answers.js';
import { enter } from '../../src/core/members/enter.js';
import { ERASE } from '../../src/core/privacy/erase.js';
import { parseKeys } from '../../src/db/keys.js';
import type { Database, Where } from '../../src/db/open.js';
import { verifyKeys } from '../../src/db/verify-keys.js';
import { freshPostgres, layDatabase } from '../support/db.js';
import { dump, tracesOf } from '../support/dump.js';
import { onDatabase } from '../support/process/on-database.js';
import { makePlayer } from '../support/process/player.js';
import { homegroup } from '../support/process/program.js';
import { temporaryFolder } from '../support/temporary.js';
import { TEST_KEY, worldOn } from '../support/world.js';

/** The real program is killed while it erases somebody. `KILLS=50 npm test -- test/process/erase-crash` is the long form. */
const KILLS = Number(process.env.KILLS ?? 1);
/** Check-ins of who goes, so that it takes a while. */
const SEEDED = 3_000;
/** Milliseconds after the last yes within which the process dies: the half of them in the middle of it. */
const WITHIN = 1_000;
const DONE = 'everything about you is erased';
const PERSONAS = ['rosa', 'sam', 'theo'];
const NOTE = 'note-of-who-goes';
const home = temporaryFolder();

/** Somebody in the playground with a long history. @returns the member's id */
async function seed(database: Database, userId: string): Promise<string> {
  const { db, cipher, member } = await enter(
    worldOn(database),
    { platform: 'playground', userId, space: { id: SPACE.id } },
    new Date(),
  );
  await db.checkIn.deleteMany({ where: { memberId: member.id } });
  const rows = Array.from({ length: SEEDED }, () => {
    const id = randomUUID();
    const answers = cipher.seal(JSON.stringify({ note: NOTE }), answersBinding(id));
    return { id, communityId: db.communityId, memberId: member.id, at: new Date(), zone: 'UTC', answers };
  });
  await db.checkIn.createMany({ data: rows });
  return member.id;
}

const seedAll = async (database: Database) => [
  await seed(database, 'rosa'),
  await seed(database, 'sam'),
  await seed(database, 'theo'),
];

type Found = 'whole' | 'promised' | 'gone';

/** How somebody is found after the process died; half of them is an error. */
async function found(database: Database, memberId: string): Promise<Found> {
  const { prisma, pool } = database;
  const rows = await prisma.checkIn.count({ where: { memberId } });
  if (rows === 0) {
    expect(tracesOf(await dump(pool, worldOn(database).cipher), [memberId])).toEqual([]);
    return 'gone';
  }
  expect([rows, await prisma.identity.count({ where: { memberId } })]).toEqual([SEEDED, 1]);
  return (await prisma.dueWork.count({ where: { kind: ERASE, subjectId: memberId } })) > 0 ? 'promised' : 'whole';
}

async function killAndLook(where: Where, settings: Readonly<Record<string, string>>): Promise<void> {
  const start = () => homegroup(['start'], { PORT: '0', LOG_LEVEL: 'error', ENCRYPTION_KEY: TEST_KEY, ...settings }, home);
  const comeIn = (base: string) => Promise.all(PERSONAS.map((persona) => makePlayer(base, persona)));
  let ids = await onDatabase(where, async (database) => {
    await verifyKeys(database.prisma, parseKeys(TEST_KEY));
    return seedAll(database);
  });
  const ends: Found[] = [];
  for (let round = 0; round < KILLS; round += 1) {
    const program = start();
    const people = await comeIn(await program.playground());
    for (const person of people) {
      await person.typeDirectly('/privacy erase');
      await person.press('Erase everything …');
    }
    const pressed = people.map((person) => person.press('Yes, erase everything about me').catch(() => undefined));
    await pause(randomInt(0, WITHIN));
    await program.signal('SIGKILL');
    await Promise.all(pressed);

    const isTold = people.map((person) => person.sees().some(({ text }) => text.includes(DONE)));
    const was = await onDatabase(where, (database) => Promise.all(ids.map((id) => found(database, id))));
    expect(was.filter((one, at) => isTold[at] && one !== 'gone')).toEqual([]);
    ends.push(...was);

    // Whoever takes over does what had been promised, and leaves the others alone.
    const next = start();
    const again = await comeIn(await next.playground());
    for (const [at, person] of again.entries()) {
      const keeps = async () => {
        await person.typeDirectly('/checkin history');
        return person.last().text.includes(NOTE);
      };
      while (was[at] === 'promised' && (await keeps())) await pause(100);
      expect(await keeps()).toBe(was[at] === 'whole');
    }
    await next.signal('SIGTERM');
    ids = await onDatabase(where, async (database) => {
      expect(await Promise.all(ids.map((id) => found(database, id)))).toEqual(was.map((one) => (one === 'whole' ? one : 'gone')));
      return seedAll(database);
    });
  }
  const count = (what: Found) => ends.filter((one) => one === what).length;
  process.stderr.write(`${KILLS} kills while ${ends.length} were erased: ${count('whole')} as before, `);
  process.stderr.write(`${count('promised')} promised and done afterwards, ${count('gone')} gone.\n`);
}

test('embedded: whenever it dies, they are there whole or gone whole, and gone where it was promised', async () => {
  const dataDir = path.join(home, 'embedded');
  layDatabase(path.join(dataDir, 'db'));
  await killAndLook({ dir: path.join(dataDir, 'db') }, { DATA_DIR: dataDir });
}, 1_200_000);

const server = process.env.TEST_DATABASE_URL;
(server ? test : test.skip)(
  'PostgreSQL: the same',
  async () => {
    const { url, drop } = await freshPostgres(server ?? '', process.env.TEST_POSTGRES_TEMPLATE);
    await killAndLook({ url }, { DATABASE_URL: url });
    await drop();
  },
  1_200_000,
);
