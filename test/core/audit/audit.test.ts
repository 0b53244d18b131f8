import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { dropAudit } from '../../../src/core/audit/drop.js';
import { note } from '../../../src/core/audit/note.js';
import { trailFiles } from '../../../src/core/audit/read.js';
import { type Broken, verifyAudit } from '../../../src/core/audit/verify.js';
import { enter } from '../../../src/core/members/enter.js';
import type { Scope } from '../../../src/core/scope.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const DAY = 24 * 3_600_000;
const at = (day: number) => new Date(Date.UTC(2027, 0, day));

const scopeOf = (space: string, userId = 'olga', day = 1): Promise<Scope> =>
  enter(home.world, { platform: 'slack', userId, space: { id: space } }, at(day));

/** Five acts of Olga's, a day apart, in a community of its own; the third was about Ana. */
async function trail(): Promise<{ olga: Scope; ana: Scope }> {
  const space = randomUUID();
  const [olga, ana] = [await scopeOf(space), await scopeOf(space, 'ana')];
  const acts = ['community.setup', 'session.create', 'share.look', 'session.edit', 'session.end'] as const;
  for (const [i, act] of acts.entries())
    await note(olga.db, { ...olga, now: at(i + 1) }, act, act === 'share.look' ? { about: ana.member.id } : {});
  return { olga, ana };
}

const brokenIn = async (scope: Scope): Promise<readonly Broken[]> => (await verifyAudit(scope)).broken;
const sql = (text: string, values: readonly unknown[]) => home.database.pool.query(text, [...values]);

test('a trail holds who did what when, about whom, and nothing else', async () => {
  const { olga, ana } = await trail();
  const rows = await olga.db.auditEvent.findMany({ orderBy: { seq: 'asc' } });
  expect(rows.map(({ seq, action, at: when }) => [seq, action, when])).toEqual([
    [1, 'community.setup', at(1)],
    [2, 'session.create', at(2)],
    [3, 'share.look', at(3)],
    [4, 'session.edit', at(4)],
    [5, 'session.end', at(5)],
  ]);
  expect(rows.every(({ actorId }) => actorId === olga.member.id)).toBe(true);
  expect(rows[2]?.aboutId).toBe(ana.member.id);
  expect(await verifyAudit(olga)).toMatchObject({ rows: 5, head: { seq: 5 }, broken: [] });
});

test('the files hold the same, without who looked at what a member showed them', async () => {
  const { olga, ana } = await trail();
  const { csv, json } = await trailFiles(olga, 'slack');
  const acts = ['session.end', 'session.edit', 'session.create', 'community.setup'];
  const [head] = await olga.db.auditEvent.findMany({ orderBy: { seq: 'desc' }, take: 1 });
  const read = JSON.parse(json) as Record<string, unknown>[];
  expect(read.map(({ act }) => act)).toEqual(acts);
  expect(read[0]).toEqual({
    number: 5,
    when: at(5).toISOString(),
    act: 'session.end',
    account: 'olga',
    code: `5:${Buffer.from(head?.mac ?? []).toString('base64')}`,
  });
  const [, mac = ''] = String(read[0]?.code).split(':');
  expect((await verifyAudit(olga, { seq: 5, mac })).broken).toEqual([]);
  const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[];
  expect(rows).toEqual(read.map((row) => ({ ...row, number: String(row.number) })));
  expect(csv + json).not.toContain(ana.member.id);
  const elsewhere = JSON.parse((await trailFiles(olga, 'discord')).json) as Record<string, unknown>[];
  expect(new Set(elsewhere.map(({ account }) => account))).toEqual(new Set(['']));
});

test('many at once are one after the other', async () => {
  const { olga, ana } = await trail();
  await Promise.all(Array.from({ length: 20 }, (_, i) => note(olga.db, i % 2 ? olga : ana, 'session.edit')));
  expect(await verifyAudit(olga)).toMatchObject({ rows: 25, head: { seq: 25 }, broken: [] });
});

test('what is undone is not written down, and leaves no gap', async () => {
  const { olga } = await trail();
  const undone = olga.db.transact(async (tx) => {
    await note(tx, olga, 'session.move');
    throw new Error('no');
  });
  await expect(undone).rejects.toThrow('no');
  await note(olga.db, olga, 'session.skip');
  expect(await verifyAudit(olga)).toMatchObject({ rows: 6, head: { seq: 6 }, broken: [] });
});

const WAYS: readonly [string, (community: string, other: string) => Promise<unknown>, readonly Broken[]][] = [
  [
    'another act',
    (id) => sql(`UPDATE "AuditEvent" SET action = 'session.skip' WHERE "communityId" = $1 AND seq = 2`, [id]),
    [{ what: 'changed', seq: 2 }],
  ],
  [
    'another time',
    (id) => sql(`UPDATE "AuditEvent" SET at = at + interval '1 hour' WHERE "communityId" = $1 AND seq = 4`, [id]),
    [{ what: 'changed', seq: 4 }],
  ],
  [
    'another actor',
    (id, other) => sql(`UPDATE "AuditEvent" SET "actorId" = $2 WHERE "communityId" = $1 AND seq = 2`, [id, other]),
    [{ what: 'actor', seq: 2 }],
  ],
  [
    'nobody as its actor, who is still here',
    (id) => sql(`UPDATE "AuditEvent" SET "actorId" = NULL WHERE "communityId" = $1 AND seq = 2`, [id]),
    [{ what: 'actor', seq: 2 }],
  ],
  [
    'nobody as its actor, and none ever',
    (id) => sql(`UPDATE "AuditEvent" SET "actorId" = NULL, "actorTag" = NULL WHERE "communityId" = $1 AND seq = 2`, [id]),
    [{ what: 'changed', seq: 2 }],
  ],
  [
    'nobody who was looked at',
    (id) => sql(`UPDATE "AuditEvent" SET "aboutId" = NULL WHERE "communityId" = $1 AND seq = 3`, [id]),
    [{ what: 'actor', seq: 3 }],
  ],
  [
    'the first row deleted',
    (id) => sql(`DELETE FROM "AuditEvent" WHERE "communityId" = $1 AND seq = 1`, [id]),
    [{ what: 'missing', seq: 1, upTo: 1 }],
  ],
  [
    'rows in the middle deleted',
    (id) => sql(`DELETE FROM "AuditEvent" WHERE "communityId" = $1 AND seq IN (2, 3)`, [id]),
    [{ what: 'missing', seq: 2, upTo: 3 }],
  ],
  [
    'the last rows deleted',
    (id) => sql(`DELETE FROM "AuditEvent" WHERE "communityId" = $1 AND seq > 3`, [id]),
    [{ what: 'missing', seq: 4, upTo: 5 }],
  ],
  [
    'all of them deleted',
    (id) => sql(`DELETE FROM "AuditEvent" WHERE "communityId" = $1`, [id]),
    [{ what: 'missing', seq: 1, upTo: 5 }],
  ],
  [
    'one deleted, and the others moved up',
    async (id) => {
      await sql(`DELETE FROM "AuditEvent" WHERE "communityId" = $1 AND seq = 3`, [id]);
      await sql(`UPDATE "AuditEvent" SET seq = 3 WHERE "communityId" = $1 AND seq = 4`, [id]);
      await sql(`UPDATE "AuditEvent" SET seq = 4 WHERE "communityId" = $1 AND seq = 5`, [id]);
    },
    [
      { what: 'changed', seq: 3 },
      { what: 'changed', seq: 4 },
      { what: 'missing', seq: 5, upTo: 5 },
    ],
  ],
  [
    'two in each other’s place',
    async (id) => {
      for (const [from, to] of [
        [2, 99],
        [4, 2],
        [99, 4],
      ])
        await sql(`UPDATE "AuditEvent" SET seq = $3 WHERE "communityId" = $1 AND seq = $2`, [id, from, to]);
    },
    [
      { what: 'changed', seq: 2 },
      { what: 'changed', seq: 3 },
      { what: 'changed', seq: 4 },
      { what: 'changed', seq: 5 },
    ],
  ],
  [
    'one inserted at the end',
    (id) =>
      sql(
        `INSERT INTO "AuditEvent" (id, "communityId", seq, action, at, before, mac)
         SELECT gen_random_uuid(), "communityId", 6, action, at, mac, mac FROM "AuditEvent" WHERE "communityId" = $1 AND seq = 5`,
        [id],
      ),
    [{ what: 'added', seq: 6 }],
  ],
  [
    'one inserted in the place of another',
    async (id) => {
      await sql(`DELETE FROM "AuditEvent" WHERE "communityId" = $1 AND seq = 2`, [id]);
      await sql(
        `INSERT INTO "AuditEvent" (id, "communityId", seq, action, at, before, mac)
         SELECT gen_random_uuid(), "communityId", 2, action, at, mac, before FROM "AuditEvent" WHERE "communityId" = $1 AND seq IN (1, 3)
         ORDER BY seq LIMIT 1`,
        [id],
      );
    },
    [
      { what: 'changed', seq: 2 },
      { what: 'changed', seq: 3 },
    ],
  ],
  [
    'where it stands deleted',
    (id) => sql(`DELETE FROM "AuditChain" WHERE "communityId" = $1`, [id]),
    [{ what: 'state', seq: 1 }],
  ],
  [
    'where it stands taken from another community',
    (id) =>
      sql(
        `UPDATE "AuditChain" SET state = (SELECT state FROM "AuditChain" WHERE "communityId" <> $1 LIMIT 1) WHERE "communityId" = $1`,
        [id],
      ),
    [{ what: 'state', seq: 0 }],
  ],
];

test.each(WAYS)('found, with its place: %s', async (_name, tamper, expected) => {
  await trail();
  const { olga, ana } = await trail();
  await tamper(olga.community.id, ana.member.id);
  expect(await brokenIn(olga)).toEqual(expected);
});

test('a chain that was deleted is not made anew over what was changed', async () => {
  const { olga } = await trail();
  await sql(`UPDATE "AuditEvent" SET action = 'session.skip' WHERE "communityId" = $1 AND seq = 2`, [olga.community.id]);
  await sql(`DELETE FROM "AuditChain" WHERE "communityId" = $1`, [olga.community.id]);
  await note(olga.db, olga, 'session.move');
  expect((await verifyAudit(olga)).rows).toBe(6);
  expect((await brokenIn(olga)).map(({ seq }) => seq)).toContain(2);
});

test('the head that was written down elsewhere tells that all was put back as it was once', async () => {
  const { olga } = await trail();
  const before = await sql(`SELECT state FROM "AuditChain" WHERE "communityId" = $1`, [olga.community.id]);
  await note(olga.db, olga, 'session.skip');
  const { head } = await verifyAudit(olga);
  expect((await verifyAudit(olga, head)).broken).toEqual([]);
  await sql(`DELETE FROM "AuditEvent" WHERE "communityId" = $1 AND seq = 6`, [olga.community.id]);
  await sql(`UPDATE "AuditChain" SET state = $2 WHERE "communityId" = $1`, [olga.community.id, before.rows[0].state]);
  expect(await brokenIn(olga)).toEqual([]);
  expect((await verifyAudit(olga, head)).broken).toEqual([{ what: 'head', seq: 6 }]);
  await note(olga.db, olga, 'session.move');
  expect((await verifyAudit(olga, head)).broken).toEqual([{ what: 'head', seq: 6 }]);
});

test('the same tells that all of it was deleted, with where it stood', async () => {
  const { olga } = await trail();
  const { head } = await verifyAudit(olga);
  for (const table of ['AuditEvent', 'AuditChain'])
    await sql(`DELETE FROM "${table}" WHERE "communityId" = $1`, [olga.community.id]);
  const lost = [{ what: 'head', seq: head?.seq }];
  expect([await brokenIn(olga), (await verifyAudit(olga, head)).broken]).toEqual([[], lost]);
  for (let again = 0; again < 6; again += 1) await note(olga.db, olga, 'session.move');
  expect([await brokenIn(olga), (await verifyAudit(olga, head)).broken]).toEqual([[], lost]);
});

test('it stays whole when those who are in it are erased', async () => {
  const { olga, ana } = await trail();
  await ana.db.member.delete({ where: { id: ana.member.id } });
  await olga.db.member.delete({ where: { id: olga.member.id } });
  const rows = await olga.db.auditEvent.findMany({});
  expect(rows.every(({ actorId, aboutId }) => actorId === null && aboutId === null)).toBe(true);
  expect(JSON.stringify(rows)).not.toContain(olga.member.id);
  expect(await verifyAudit(olga)).toMatchObject({ rows: 5, broken: [] });
});

test('it stays whole when its oldest part is dropped, and only then', async () => {
  const { olga } = await trail();
  expect(await dropAudit(olga.db, olga.cipher, new Date(at(3).getTime() + 1))).toBe(3);
  expect(await dropAudit(olga.db, olga.cipher, at(3))).toBe(0);
  await note(olga.db, olga, 'session.skip');
  expect(await verifyAudit(olga)).toMatchObject({ rows: 3, head: { seq: 6 }, broken: [] });
  await sql(`DELETE FROM "AuditEvent" WHERE "communityId" = $1 AND seq = 4`, [olga.community.id]);
  expect(await brokenIn(olga)).toEqual([{ what: 'missing', seq: 4, upTo: 4 }]);
  expect(await dropAudit(olga.db, olga.cipher, new Date(at(40).getTime() + DAY))).toBe(2);
  await note(olga.db, olga, 'session.skip');
  expect(await verifyAudit(olga)).toMatchObject({ rows: 1, head: { seq: 7 }, broken: [] });
});

test('what was written before there were chains is chained in its order', async () => {
  const olga = await scopeOf(randomUUID());
  for (const seq of [1, 2])
    await sql(
      `INSERT INTO "AuditEvent" (id, "communityId", seq, "actorId", action, at, before, mac)
       VALUES (gen_random_uuid(), $1, $2, $3, 'session.edit', now(), '', '')`,
      [olga.community.id, seq, olga.member.id],
    );
  expect(await brokenIn(olga)).toEqual([]);
  await note(olga.db, olga, 'session.end');
  expect(await verifyAudit(olga)).toMatchObject({ rows: 3, head: { seq: 3 }, broken: [] });
});
