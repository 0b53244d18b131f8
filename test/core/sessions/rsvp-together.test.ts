import { enter } from '../../../src/core/members/enter.js';
import type { World } from '../../../src/core/scope.js';
import { answerChairAsk } from '../../../src/core/sessions/chairing.js';
import { lookAfter } from '../../../src/core/sessions/look-after.js';
import { answerRsvp } from '../../../src/core/sessions/rsvp.js';
import { openDatabase } from '../../../src/db/open.js';
import { type Database, freshPostgres, memoryLog } from '../../support/db.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { makeSession, person } from './support.js';

/** Many at once: on PostgreSQL over three processes' connections, on the embedded database over its one. */

const NOW = '2026-03-02T12:00:00Z';
const LOCAL = '2026-03-03T19:00';
const MEMBERS = 24;

let home: TestWorld;
let worlds: World[];
let databases: Database[] = [];
let drop: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  const server = process.env.TEST_DATABASE_URL;
  home = await makeTestWorld();
  worlds = [home.world];
  if (!server) return;
  const fresh = await freshPostgres(server, process.env.TEST_POSTGRES_TEMPLATE);
  drop = fresh.drop;
  databases = await Promise.all([1, 2, 3].map(() => openDatabase({ url: fresh.url }, memoryLog())));
  worlds = databases.map(({ prisma }) => ({ ...home.world, prisma }));
});
afterAll(async () => {
  for (const database of databases) await database.close();
  await drop();
  await home.close();
});

const first = () => worlds[0] as World;
const there = (): TestWorld => ({ ...home, world: first(), database: { ...home.database, prisma: first().prisma } });
/** Each member on another of the processes. */
const members = (space: string, names: readonly string[]) =>
  Promise.all(
    names.map((name, index) =>
      enter(
        worlds[index % worlds.length] as World,
        { platform: 'playground', userId: `${space}-${name}`, space: { id: space } },
        new Date(NOW),
      ),
    ),
  );
const names = Array.from({ length: MEMBERS }, (_, index) => `m${index}`);

test('two dozen want the same three places: three have one, the others wait in one order, and whoever leaves lets one in', async () => {
  const olga = await person(there(), 'olga', NOW, 'crowd');
  const { id: session } = await makeSession(there(), olga, { capacity: 3 });
  const all = await members('crowd', names);
  const said = await Promise.all(all.map((scope) => answerRsvp(scope, { session, local: LOCAL }, 'going')));
  expect(said.filter(({ state }) => state === 'going')).toHaveLength(3);
  const turns = said.flatMap(({ turn }) => turn ?? []).sort((a, b) => a - b);
  expect(turns).toEqual(Array.from({ length: MEMBERS - 3 }, (_, index) => index + 1));

  const { prisma } = first();
  const rows = () => prisma.rsvp.findMany({ where: { occurrence: { sessionId: session } }, orderBy: { queue: 'asc' } });
  const line = (await rows()).filter(({ state }) => state === 'waiting').map(({ memberId }) => memberId);
  // All that have a place leave at once, and everybody who waits taps yes once more.
  await Promise.all(
    all.map((scope, index) => answerRsvp(scope, { session, local: LOCAL }, said[index]?.state === 'going' ? 'no' : 'going')),
  );
  const after = await rows();
  const holds = after.filter(({ state }) => state === 'going' || state === 'offered');
  expect(new Set(holds.map(({ memberId }) => memberId))).toEqual(new Set(line.slice(0, 3)));
  expect(after.filter(({ state }) => state === 'waiting').map(({ memberId }) => memberId)).toEqual(line.slice(3));
});

test('everybody who was asked says yes at once: one chairs, the others hear that it is taken', async () => {
  const backups = await members('cover', ['a', 'b', 'c', 'd', 'e', 'f']);
  const [olga] = backups;
  if (!olga) throw new Error('nobody');
  const { prisma } = first();
  const session = await makeSession(there(), olga, { chairId: null });
  await prisma.sessionBackup.createMany({
    data: backups.map(({ member }, position) => ({
      communityId: olga.community.id,
      sessionId: session.id,
      memberId: member.id,
      position,
    })),
  });
  await answerRsvp(olga, { session: session.id, local: LOCAL }, 'maybe');
  const date = await prisma.occurrence.findFirstOrThrow({ where: { sessionId: session.id } });
  const near = new Date(date.startsAt.getTime() - 60 * 60_000);
  const looked = await prisma.$transaction((tx) => lookAfter([{ id: date.id, dueAt: near }], tx, near));
  expect(looked.notices.filter(({ kind }) => kind === 'session.chair')).toHaveLength(6);
  const asks = await prisma.chairAsk.findMany({ where: { occurrenceId: date.id } });
  const outcomes = await Promise.all(
    backups.map((scope) => {
      const ask = asks.find(({ memberId }) => memberId === scope.member.id);
      return answerChairAsk({ ...scope, now: near }, ask?.id ?? '', 'yes').then(({ outcome }) => outcome);
    }),
  );
  expect(outcomes.sort()).toEqual(['chairs', 'taken', 'taken', 'taken', 'taken', 'taken']);
  const after = await prisma.occurrence.findFirstOrThrow({ where: { id: date.id } });
  const yes = await prisma.chairAsk.findMany({ where: { occurrenceId: date.id, said: 'yes' } });
  expect(yes.map(({ memberId }) => memberId)).toEqual([after.chairId]);
});
