import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { rotateKeys } from '../../src/core/keys/rotate.js';
import { whoIs } from '../../src/core/live/mics/who.js';
import { openFacts } from '../../src/core/pairing/facts.js';
import { newDraft } from '../../src/core/pairing/mentor/draft.js';
import { searchColumns } from '../../src/core/pairing/traits.js';
import { type Keyring, makeCipher } from '../../src/db/cipher.js';
import { DatabaseProblem } from '../../src/db/errors.js';
import { parseKeys } from '../../src/db/keys.js';
import { countByKey, keysOf, useKey } from '../../src/db/rotate.js';
import { columnOf, SEALED_PLACES, type SealedPlace, sealedAt } from '../../src/db/sealed.js';
import { verifyKeys } from '../../src/db/verify-keys.js';
import { type Database, testDatabase } from '../support/db.js';
import { ensureRow } from '../support/rows.js';

const base64 = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const OLD = parseKeys(base64(1));
const NEW = parseKeys(`${base64(2)},${base64(1)}`);
const [fresh, former] = [NEW[0], OLD[0]];

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.community.deleteMany();
  await database.prisma.encryptionKey.deleteMany();
  await verifyKeys(database.prisma, OLD);
});

/** Facts of a mentor, told apart by their story. */
const factsOf = (story: string) => ({ ...newDraft('Europe/Madrid').facts, languages: ['es'], story });

/** What is sealed in the row of a table: any text, but for what has more made of it. */
function textFor(place: SealedPlace, text: string): string {
  return place === 'MentorProfile.details' ? JSON.stringify(factsOf(text)) : text;
}

interface Kept {
  readonly place: SealedPlace;
  readonly id: string;
  readonly communityId: string;
  text: string;
}

/** Communities with a value in every place. */
async function fill(communities: number, ring: Keyring): Promise<Kept[]> {
  const { prisma, pool } = database;
  const cipher = makeCipher(ring);
  const kept: Kept[] = [];
  for (let n = 0; n < communities; n += 1) {
    const { id: communityId } = await prisma.community.create({ data: {} });
    for (const place of SEALED_PLACES) {
      const { table, column } = columnOf(place);
      const id = await ensureRow(pool, table, communityId);
      const one = { place, id, communityId, text: textFor(place, `${place} ${n}`) };
      await pool.query(`UPDATE "${table}" SET "${column}" = $1 WHERE "id" = $2`, [
        cipher.seal(one.text, sealedAt(place, one)),
        id,
      ]);
      kept.push(one);
    }
  }
  return kept;
}

async function sealedIn({ place, id }: Kept): Promise<Uint8Array> {
  const { table, column } = columnOf(place);
  const { rows } = await database.pool.query(`SELECT "${column}" AS sealed FROM "${table}" WHERE "id" = $1`, [id]);
  return rows[0].sealed;
}

const rotate = (ring: Keyring = NEW, more: Partial<Parameters<typeof rotateKeys>[0]> = {}) =>
  rotateKeys({ prisma: database.prisma, keyring: ring, cipher: makeCipher(ring), batch: 3, wait: async () => false, ...more });

const begin = () => verifyKeys(database.prisma, NEW);

test('everything is sealed with the new key alone, in its own place, and the old key is not needed any more', async () => {
  const kept = await fill(3, OLD);
  await begin();
  const told: number[] = [];
  const done = await rotate(NEW, { onBatch: async (_, count) => void told.push(count) });
  expect(done).toMatchObject({ resealed: kept.length, retired: [former.id], inUse: [] });
  expect(done.unreadable.size).toBe(0);
  expect(told.reduce((sum, count) => sum + count, 0)).toBe(kept.length);
  const alone = makeCipher([fresh]);
  for (const one of kept) expect(alone.open(await sealedIn(one), sealedAt(one.place, one))).toBe(one.text);
  expect([...(await countByKey(database.prisma))]).toEqual([[fresh.id, kept.length]]);
  await expect(verifyKeys(database.prisma, [fresh])).resolves.toBeUndefined();
  await expect(verifyKeys(database.prisma, OLD)).rejects.toBeInstanceOf(DatabaseProblem);
  expect(await rotate()).toMatchObject({ resealed: 0, retired: [former.id] });
});

test('what was made of a value with the key is made anew, and found meanwhile', async () => {
  const { prisma } = database;
  const kept = await fill(2, OLD);
  const profile = kept.find(({ place }) => place === 'MentorProfile.details');
  const { memberId } = await prisma.mentorProfile.findUniqueOrThrow({ where: { id: profile?.id ?? '' } });
  await begin();
  await rotate();
  const alone = makeCipher([fresh]);
  const row = await prisma.mentorProfile.findUniqueOrThrow({ where: { id: profile?.id ?? '' } });
  const facts = openFacts(alone, row);
  expect(facts).toEqual(factsOf('MentorProfile.details 0'));
  expect(row).toMatchObject(searchColumns(alone, memberId, facts));

  const mic = kept.find(({ place }) => place === 'Microphone.account');
  const { who, live } = await prisma.microphone.findUniqueOrThrow({
    where: { id: mic?.id ?? '' },
    include: { live: { include: { space: true } } },
  });
  expect(Buffer.from(who)).toEqual(Buffer.from(whoIs(alone, live.space, mic?.text ?? '')));
});

test('whoever writes meanwhile, with either key, is not overwritten', async () => {
  const { prisma } = database;
  const kept = await fill(6, OLD);
  await begin();
  const checkIns = kept.filter(({ place }) => place === 'CheckIn.answers');
  const goals = kept.filter(({ place }) => place === 'Goal.details');
  let isOver = false;
  let written = 0;
  const write = async (mine: readonly Kept[], ring: Keyring) => {
    const cipher = makeCipher(ring);
    for (let n = 0; !isOver; n += 1) {
      const one = mine[n % mine.length] as Kept;
      const text = `again ${randomUUID()}`;
      const sealed = cipher.seal(text, sealedAt(one.place, one));
      if (one.place === 'Goal.details') await prisma.goal.update({ where: { id: one.id }, data: { details: sealed } });
      else await prisma.checkIn.update({ where: { id: one.id }, data: { answers: sealed } });
      one.text = text;
      written += 1;
      await turn();
    }
  };
  const writers = [write(checkIns.slice(0, 3), OLD), write(checkIns.slice(3), NEW), write(goals, OLD)];
  // Each pass finds what was written with the old key meanwhile; it ends when nobody writes with it any more.
  let passes = 0;
  const rotating = rotate(NEW, {
    async onBatch() {
      passes += 1;
      if (passes === 40) isOver = true;
      await turn();
    },
  });
  await Promise.all(writers);
  await rotating;
  expect(written).toBeGreaterThan(20);
  const alone = makeCipher([fresh]);
  for (const one of kept) expect(alone.open(await sealedIn(one), sealedAt(one.place, one))).toBe(one.text);
});

test('one that was ended anywhere goes on, and nothing is lost between', async () => {
  const kept = await fill(3, OLD);
  await begin();
  const both = makeCipher(NEW);
  let calls = 0;
  for (let isDone = false; !isDone; calls += 1) {
    let batches = 0;
    const broken = rotate(NEW, {
      async onBatch() {
        batches += 1;
        if (batches > 2) throw new Error('killed');
      },
    });
    isDone = await broken.then(
      () => true,
      (error: Error) => error.message !== 'killed',
    );
    for (const one of kept) expect(both.open(await sealedIn(one), sealedAt(one.place, one))).toBe(one.text);
  }
  expect(calls).toBeGreaterThan(5);
  expect([...(await countByKey(database.prisma)).keys()]).toEqual([fresh.id]);
});

test('while a process seals with the old key nothing is rotated, and no key is retired', async () => {
  const kept = await fill(1, OLD);
  await begin();
  await useKey(database.prisma, former.id);
  const waits: number[] = [];
  const done = await rotate(NEW, { wait: async () => waits.push(1) < 3 });
  expect(done).toMatchObject({ resealed: 0, inUse: [former.id], retired: [] });
  expect(waits).toHaveLength(3);
  // That process ended: after a while it counts no more.
  await database.prisma.$executeRaw`UPDATE "EncryptionKey" SET "usedAt" = now() - interval '1 minute' WHERE "id" = ${former.id}`;
  expect(await rotate()).toMatchObject({ resealed: kept.length, retired: [former.id], inUse: [] });
  // A process that was away meanwhile says that it seals with it: it is needed again.
  await useKey(database.prisma, former.id);
  expect(await keysOf(database.prisma)).toMatchObject([{ id: former.id, isInUse: true, retiredAt: null }, { id: fresh.id }]);
});

test('the key to come must be the first one; an older one only on purpose', async () => {
  await fill(1, OLD);
  await begin();
  const back = parseKeys(`${base64(1)},${base64(2)}`);
  await expect(rotate(back)).rejects.toThrow(`The key ${fresh.id} is newer here than the first one, ${former.id}.`);
  await expect(rotate(NEW, { to: former.id })).rejects.toThrow(`The first key is ${fresh.id}, not ${former.id}.`);
  await rotate();
  await verifyKeys(database.prisma, back);
  expect(await rotate(back, { to: former.id })).toMatchObject({ retired: [fresh.id], inUse: [] });
  expect([...(await countByKey(database.prisma)).keys()]).toEqual([former.id]);
});

test('a value that no key opens stays as it is, and keeps the old key until it is given up', async () => {
  const kept = await fill(1, OLD);
  const spoilt = kept.find(({ place }) => place === 'Milestone.details') as Kept;
  const damaged = Buffer.from(await sealedIn(spoilt));
  damaged[30] = (damaged[30] ?? 0) ^ 1;
  await database.prisma.milestone.update({ where: { id: spoilt.id }, data: { details: new Uint8Array(damaged) } });
  await begin();
  const done = await rotate();
  expect(done).toMatchObject({ resealed: kept.length - 1, retired: [] });
  expect([...done.unreadable]).toEqual([['Milestone.details', 1]]);
  expect(await rotate(NEW, { leavesUnreadable: true })).toMatchObject({ resealed: 0, retired: [former.id] });
  expect(Buffer.from(await sealedIn(spoilt))).toEqual(damaged);
});
