import { Prisma } from '../../src/db/generated/client.js';
import { CrossesCommunity, scopeArgs } from '../../src/db/scope.js';
import { type TenantDb, tenantDb } from '../../src/db/tenant.js';
import { type Database, testDatabase } from '../support/db.js';
import { ensureRow } from '../support/rows.js';

/** Every table whose rows belong to a community, those that are added later as well. */
const tables = Object.values(Prisma.ModelName).filter((model) => 'communityId' in Prisma[`${model}ScalarFieldEnum`]);
type Owned = Exclude<keyof TenantDb, 'communityId' | 'transact' | 'community'>;
const owned = tables.map((table) => `${table.charAt(0).toLowerCase()}${table.slice(1)}` as Owned);

/** A community with one row of every kind that a community owns. */
interface Home {
  readonly db: TenantDb;
  readonly id: string;
  readonly member: string;
  readonly space: string;
  readonly checkIn: string;
}

let database: Database;
let ours: Home;
let theirs: Home;

async function makeHome(name: string): Promise<Home> {
  const { id: communityId } = await database.prisma.community.create({ data: { zone: 'Europe/Madrid' } });
  const db = tenantDb(database.prisma, communityId);
  const space = await db.space.create({ data: { communityId, platform: 'discord', externalId: name } });
  const member = await db.member.create({ data: { communityId } });
  const memberId = member.id;
  await db.identity.create({ data: { communityId, memberId, platform: 'discord', externalId: 'same-person' } });
  await db.roleGrant.create({ data: { communityId, spaceId: space.id, role: 'mentor', kind: 'role', externalId: 'r' } });
  await db.consent.create({ data: { communityId, memberId, fact: 'f', recipient: 'r' } });
  await db.setting.create({ data: { communityId, key: 'k', value: { from: name } } });
  const [before, mac] = [new Uint8Array(), new Uint8Array([1])];
  await db.auditEvent.create({ data: { communityId, seq: 1, actorId: memberId, action: 'a', at: new Date(0), before, mac } });
  await db.tap.create({ data: { id: `tap-${name}`, communityId, memberId, path: 'checkin.now', input: new Uint8Array([1]) } });
  const checkIn = await db.checkIn.create({
    data: { communityId, memberId, at: new Date(0), zone: 'UTC', answers: new Uint8Array([1]) },
  });
  for (const table of tables) await ensureRow(database.pool, table, communityId);
  return { db, id: communityId, member: memberId, space: space.id, checkIn: checkIn.id };
}

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function makeHomes(): Promise<void> {
  await database.prisma.community.deleteMany();
  ours = await makeHome('ours');
  theirs = await makeHome('theirs');
}

/** Everything that the other community has, to see that nothing touched it. */
async function snapshotOf(communityId: string): Promise<unknown> {
  const rows = owned.map((model) =>
    (database.prisma[model].findMany as (a: object) => Promise<unknown>)({ where: { communityId } }),
  );
  return Promise.all([database.prisma.community.findUnique({ where: { id: communityId } }), ...rows]);
}

/** Runs it, and makes sure that the other community is as it was. */
async function leavesTheirs<T>(work: () => Promise<T>): Promise<T> {
  const before = await snapshotOf(theirs.id);
  try {
    return await work();
  } finally {
    expect(await snapshotOf(theirs.id)).toEqual(before);
  }
}

const missing = { code: 'P2025' };
const crosses = (work: () => unknown) => expect((async () => work())()).rejects.toBeInstanceOf(CrossesCommunity);

test('the tables that are tried here are all that there are', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'communityId' AND table_schema = 'public' ORDER BY 1`,
  );
  expect([...tables].sort()).toEqual(rows.map(({ name }) => name));
});

describe('reading', () => {
  // Once: nothing here writes.
  beforeAll(makeHomes);

  test.each(owned)('%s: every way of reading finds only our own row', async (model) => {
    const delegate = ours.db[model] as unknown as TenantDb['member'];
    const mine = await delegate.findMany();
    expect(mine).toHaveLength(1);
    const [theirRow] = await (theirs.db[model] as unknown as TenantDb['member']).findMany();
    const where = { id: theirRow?.id ?? 'none' };

    expect(await delegate.findMany({ where })).toEqual([]);
    expect(await delegate.findFirst({ where })).toBeNull();
    expect(await delegate.findUnique({ where })).toBeNull();
    await expect(delegate.findUniqueOrThrow({ where })).rejects.toMatchObject(missing);
    await expect(delegate.findFirstOrThrow({ where })).rejects.toMatchObject(missing);
    expect(await delegate.count()).toBe(1);
    expect(await delegate.count({ where: { OR: [where, { id: mine[0]?.id ?? '' }] } })).toBe(1);
    expect(await delegate.aggregate({ _count: true })).toEqual({ _count: 1 });
    expect(await delegate.groupBy({ by: ['communityId'], _count: true })).toEqual([{ communityId: ours.id, _count: 1 }]);
    expect(await delegate.findMany({ where: { NOT: { communityId: ours.id } } })).toEqual([]);
    expect(await delegate.findMany({ where: { OR: [{ communityId: theirs.id }, { communityId: ours.id }] } })).toEqual(mine);
  });

  test('the community itself', async () => {
    expect((await ours.db.community.findMany()).map(({ id }) => id)).toEqual([ours.id]);
    expect(await ours.db.community.count()).toBe(1);
    await crosses(() => ours.db.community.findUnique({ where: { id: theirs.id } }));
  });

  test('naming the other community is refused', async () => {
    await crosses(() => ours.db.member.findMany({ where: { communityId: theirs.id } }));
    await crosses(() => ours.db.member.findMany({ where: { communityId: { in: [theirs.id] } } }));
    await crosses(() => ours.db.setting.findUnique({ where: { communityId_key: { communityId: theirs.id, key: 'k' } } }));
  });

  test('a compound key that is not filled in confines nothing, so it does not count', async () => {
    const found = await ours.db.member.findUnique({ where: { id: theirs.member, communityId_id: undefined } });
    expect(found).toBeNull();
  });

  test('a cursor is refused', async () => {
    await crosses(() => ours.db.member.findMany({ cursor: { id: theirs.member } }));
  });

  test('what hangs on a row is of the same community', async () => {
    const [member] = await ours.db.member.findMany({ include: { checkIns: true, community: { include: { members: true } } } });
    expect(member?.checkIns.map(({ id }) => id)).toEqual([ours.checkIn]);
    expect(member?.community.members.map(({ id }) => id)).toEqual([ours.member]);
    expect(await ours.db.member.findUnique({ where: { id: theirs.member } }).checkIns()).toBeNull();
  });
});

describe('writing', () => {
  beforeEach(makeHomes);

  test('updates and deletions of their rows find nothing', async () => {
    const where = { id: theirs.member };
    const data = { zone: 'Asia/Tokyo' };
    await leavesTheirs(async () => {
      await expect(ours.db.member.update({ where, data })).rejects.toMatchObject(missing);
      await expect(ours.db.member.delete({ where })).rejects.toMatchObject(missing);
      expect(await ours.db.member.updateMany({ where, data })).toEqual({ count: 0 });
      expect(await ours.db.member.updateManyAndReturn({ where, data })).toEqual([]);
      expect(await ours.db.member.deleteMany({ where })).toEqual({ count: 0 });
    });
  });

  test('updates and deletions of everything take only ours', async () => {
    await leavesTheirs(async () => {
      expect(await ours.db.member.updateMany({ data: { zone: 'Asia/Tokyo' } })).toEqual({ count: 1 });
      for (const model of owned) await (ours.db[model] as unknown as TenantDb['member']).deleteMany();
      await ours.db.community.delete({ where: { id: ours.id } });
    });
    expect(await database.prisma.community.count()).toBe(1);
  });

  test('rows are made in our community, whichever one is named', async () => {
    const unnamed = { platform: 'slack', externalId: 'x' } as { platform: 'slack'; externalId: string; communityId: string };
    expect((await ours.db.space.create({ data: unnamed })).communityId).toBe(ours.id);
    await crosses(() => ours.db.member.create({ data: { communityId: theirs.id } }));
    await crosses(() => ours.db.member.createMany({ data: [{ communityId: ours.id }, { communityId: theirs.id }] }));
    await crosses(() => ours.db.member.createMany({ data: { communityId: theirs.id } }));
    await crosses(() => ours.db.member.createManyAndReturn({ data: [{ communityId: theirs.id }] }));
    await crosses(() => ours.db.community.create({ data: {} }));
    await crosses(() => ours.db.community.createMany({ data: [{}] }));
  });

  test('rows do not move to another community', async () => {
    const where = { id: ours.member };
    await crosses(() => ours.db.member.update({ where, data: { communityId: theirs.id } }));
    await crosses(() => ours.db.space.update({ where: { id: ours.space }, data: { communityId: { set: theirs.id } } as object }));
    await crosses(() => ours.db.member.updateMany({ data: { communityId: theirs.id } }));
    await crosses(() => ours.db.member.updateManyAndReturn({ data: { communityId: theirs.id } }));
    await crosses(() => ours.db.community.update({ where: { id: ours.id }, data: { id: theirs.id } }));
  });

  test('upsert', async () => {
    const upsert = (communityId: string, where: string) =>
      ours.db.setting.upsert({
        where: { communityId_key: { communityId: where, key: 'k' } },
        create: { communityId, key: 'k', value: 'made' },
        update: { value: 'changed' },
      });
    expect(await upsert(ours.id, ours.id)).toMatchObject({ value: 'changed', communityId: ours.id });
    await crosses(() => upsert(theirs.id, ours.id));
    await crosses(() => upsert(ours.id, theirs.id));
    await leavesTheirs(async () => {
      const byId = ours.db.member.upsert({
        where: { id: theirs.member },
        create: { id: theirs.member, communityId: ours.id },
        update: { zone: 'Asia/Tokyo' },
      });
      await expect(byId).rejects.toMatchObject({ code: 'P2002' });
    });
  });

  test('a row that refers to a row of theirs is refused by the database', async () => {
    const data = { communityId: ours.id, memberId: theirs.member };
    const refused = { code: 'P2003' };
    await expect(ours.db.consent.create({ data: { ...data, fact: 'f', recipient: 'r' } })).rejects.toMatchObject(refused);
    await expect(
      ours.db.checkIn.update({ where: { id: ours.checkIn }, data: { memberId: theirs.member } }),
    ).rejects.toMatchObject(refused);
    await expect(ours.db.auditEvent.updateMany({ data: { actorId: theirs.member } })).rejects.toMatchObject(refused);
    await expect(ours.db.roleGrant.updateMany({ data: { spaceId: theirs.space, externalId: 'other' } })).rejects.toMatchObject(
      refused,
    );
  });

  test('writing through a relation is refused', async () => {
    const where = { id: ours.member };
    await leavesTheirs(async () => {
      await crosses(() => ours.db.member.update({ where, data: { checkIns: { connect: { id: theirs.checkIn } } } }));
      await crosses(() => ours.db.member.update({ where, data: { checkIns: { deleteMany: {} } } }));
      await crosses(() => ours.db.member.create({ data: { community: { connect: { id: theirs.id } } } }));
      await crosses(() =>
        ours.db.community.update({ where: { id: ours.id }, data: { members: { connect: { id: theirs.member } } } }),
      );
    });
  });
});

test('no handle for what belongs to nobody, and no raw queries', async () => {
  await makeHomes();
  const bare = ours.db as unknown as Record<string, unknown>;
  expect(() => bare.encryptionKey).toThrow('EncryptionKey belongs to no community');
  for (const name of ['$queryRaw', '$executeRaw', '$queryRawUnsafe', '$executeRawUnsafe', '$transaction', '$extends']) {
    expect(bare[name]).toBeUndefined();
  }
});

test('an operation that we do not know is refused', async () => {
  await makeHomes();
  const scope = { model: 'Member', communityId: ours.id, field: 'communityId', columns: new Set(['id']) } as const;
  expect(() => scopeArgs('findRaw', {}, scope)).toThrow(CrossesCommunity);
});

describe('transactions', () => {
  beforeEach(makeHomes);

  test('keep the border, and are undone as a whole', async () => {
    const work = ours.db.transact(async (tx) => {
      expect(tx.communityId).toBe(ours.id);
      await tx.member.update({ where: { id: ours.member }, data: { zone: 'Asia/Tokyo' } });
      expect(await tx.member.count()).toBe(1);
      await tx.member.update({ where: { id: theirs.member }, data: { zone: 'Asia/Tokyo' } });
    });
    await expect(work).rejects.toMatchObject(missing);
    expect(await ours.db.member.findUnique({ where: { id: ours.member } })).toMatchObject({ zone: null });
  });

  test('one inside another is the same one', async () => {
    const work = ours.db.transact(async (outer) => {
      await outer.transact((inner) => inner.member.create({ data: { communityId: ours.id } }));
      throw new Error('undo');
    });
    await expect(work).rejects.toThrow('undo');
    expect(await ours.db.member.count()).toBe(1);
  });

  test('a transaction that somebody else began can be confined', async () => {
    await database.prisma.$transaction(async (tx) => {
      const confined = tenantDb(tx, ours.id);
      expect(await confined.member.findUnique({ where: { id: theirs.member } })).toBeNull();
      await confined.transact((same) => same.member.updateMany({ data: { zone: 'Asia/Tokyo' } }));
    });
    expect(await database.prisma.member.count({ where: { zone: 'Asia/Tokyo' } })).toBe(1);
  });
});

test('every reference between two rows of communities holds the community on both sides', async () => {
  const { rows } = await database.pool.query<{ name: string; columns: string[]; targets: string[] }>(`
    SELECT c.conname AS name,
           (SELECT array_agg(attname::text) FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = ANY (c.conkey)) AS columns,
           (SELECT array_agg(attname::text) FROM pg_attribute WHERE attrelid = c.confrelid AND attnum = ANY (c.confkey)) AS targets
    FROM pg_constraint c
    WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND c.confrelid <> '"Community"'::regclass`);
  expect(rows.length).toBeGreaterThanOrEqual(6);
  for (const row of rows) {
    expect(row).toMatchObject({
      columns: expect.arrayContaining(['communityId']),
      targets: expect.arrayContaining(['communityId']),
    });
  }
});

test('erasing a member keeps what was done, without whom', async () => {
  await makeHomes();
  await ours.db.member.delete({ where: { id: ours.member } });
  expect(await ours.db.auditEvent.findMany()).toMatchObject([{ communityId: ours.id, actorId: null, action: 'a' }]);
  expect([
    await ours.db.checkIn.count(),
    await ours.db.identity.count(),
    await ours.db.consent.count(),
    await ours.db.tap.count(),
  ]).toEqual([0, 0, 0, 0]);
});
