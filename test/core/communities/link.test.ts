import { newCode, readCode, writeCode } from '../../../src/core/code.js';
import { findOrCreateCommunity } from '../../../src/core/communities/find-or-create.js';
import { digestOf } from '../../../src/core/communities/link/code.js';
import { joinCommunity } from '../../../src/core/communities/link/join.js';
import { linesThen } from '../../../src/core/communities/link/lines.js';
import { lookAtJoin, WRONG_CODES } from '../../../src/core/communities/link/look.js';
import { CODE_MINUTES, makeLinkCode } from '../../../src/core/communities/link/offer.js';
import { hasTraces } from '../../../src/core/communities/link/traces.js';
import { type WhyNot, whyNotJoin } from '../../../src/core/communities/link/why-not.js';
import { changePairingRules } from '../../../src/core/communities/pairing-rules.js';
import { enter } from '../../../src/core/members/enter.js';
import { grant } from '../../../src/core/members/grant.js';
import type { PlatformName } from '../../../src/core/names.js';
import { changeRetention } from '../../../src/core/retention/settings.js';
import { crisisLines } from '../../../src/core/support/crisis-table.js';
import type { LineFacts, LocalLine } from '../../../src/core/support/local/line.js';
import { localLines } from '../../../src/core/support/local/load.js';
import { canHide } from '../../../src/core/support/local/merge.js';
import { hideLine, MOST, saveLine } from '../../../src/core/support/local/save.js';
import { plan } from '../../../src/core/work/plan.js';
import { makeCipher } from '../../../src/db/cipher.js';
import { parseKeys } from '../../../src/db/keys.js';
import { ownedModels, tenantDb } from '../../../src/db/tenant.js';
import { type Database, testDatabase } from '../../support/db.js';
import { ensureRow } from '../../support/rows.js';
import { worldOn } from '../../support/world.js';

let database: Database;
let world: ReturnType<typeof worldOn>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.community.deleteMany();
  world = worldOn(database);
});

const MINUTE = 60_000;
const NOW = new Date('2026-11-26T12:00:00Z');
const at = (platform: PlatformName, id: string, userId = `admin-${id}`, now = NOW) =>
  enter(world, { platform, userId, space: { id }, standing: async () => ({ admin: true, roles: [] }) }, now);
const outcomes = async (tries: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(tries)).map((one) => (one.status === 'fulfilled' ? 'joined' : String(one.reason.message))).sort();

const sides = (moving: readonly PlatformName[], staying: readonly PlatformName[], hasTraces = false, id = 'other') =>
  whyNotJoin({ id: 'moving', platforms: moving, hasTraces }, { id, platforms: staying });

test.each<[string, WhyNot | undefined, WhyNot | undefined]>([
  ['one that is empty joins one of another platform', sides(['slack'], ['discord']), undefined],
  ['its own code is for somewhere else', sides(['slack'], ['slack'], false, 'moving'), 'own'],
  ['a second of the same platform cannot', sides(['slack'], ['slack']), 'samePlatform'],
  ['nor a third', sides(['playground'], ['slack', 'discord']), 'full'],
  ['nor one that is two already', sides(['slack', 'discord'], ['playground']), 'already'],
  ['nor one in which people made something', sides(['slack'], ['discord'], true), 'used'],
])('%s', (_, found, expected) => expect(found).toBe(expected));

test('a row in any table that people fill keeps a community from being moved, also in one that is added later', async () => {
  const comeOrGo = [
    'Space',
    'RoleGrant',
    'Member',
    'Identity',
    'Tap',
    'Setting',
    'LinkCode',
    'DueWork',
    'Delivery',
    'Consent',
    'LocalLine',
  ];
  const [here, there] = [
    await findOrCreateCommunity(world, 'slack', 'T1', NOW),
    await findOrCreateCommunity(world, 'discord', 'G1', NOW),
  ];
  const has = ({ communityId }: { communityId: string }) => hasTraces(tenantDb(database.prisma, communityId));
  for (const model of comeOrGo) await ensureRow(database.pool, model, here.communityId);
  await database.prisma.member.updateMany({ data: { reflection: false } });
  expect(await has(here)).toBe(false);
  for (const model of ownedModels.filter((one) => !/^Audit/.test(one) && !comeOrGo.includes(one))) {
    await database.prisma.community.delete({ where: { id: here.communityId } });
    await database.prisma.community.create({ data: { id: here.communityId } });
    await ensureRow(database.pool, model, here.communityId);
    await database.prisma.member.updateMany({ data: { reflection: false } });
    expect([model, await has(here)]).toEqual([model, true]);
  }
  expect(await has(there)).toBe(false);
}, 30_000);

test('what is planned for the empty community goes, its roles and buttons come, and another process learns where it is', async () => {
  const first = await at('discord', 'G1');
  await first.db.community.update({ where: { id: first.community.id }, data: { country: 'IE' } });
  const second = await at('slack', 'T1');
  const { communityId } = second.db;
  await plan(second.db, { kind: 'any', subjectId: second.member.id }, NOW);
  await ensureRow(database.pool, 'RoleGrant', communityId);
  await ensureRow(database.pool, 'Delivery', communityId);
  await second.db.tap.create({ data: { id: 'open', communityId, path: 'help', input: Uint8Array.of(1) } });
  await second.db.member.updateMany({ data: { ageBand: 'young', coordinatesAt: NOW, reflection: false } });
  const elsewhere = worldOn(database);
  expect(await joinCommunity(world, second, (await makeLinkCode(first)).code)).toMatchObject({ platform: 'discord' });
  expect(await database.prisma.community.count({ where: { id: communityId } })).toBe(0);
  // The nightly look of the community that stays, and no more.
  expect(await database.prisma.dueWork.findMany({ select: { kind: true, subjectId: true } })).toEqual([
    { kind: 'leaving.look', subjectId: first.community.id },
  ]);
  for (const model of ['delivery', 'linkCode'] as const)
    expect([model, await (database.prisma[model].count as () => Promise<number>)()]).toEqual([model, 0]);
  expect(await first.db.roleGrant.count()).toBe(1);
  expect(await first.db.tap.count()).toBe(1);
  const moved = await first.db.member.findUniqueOrThrow({ where: { id: second.member.id } });
  expect(moved).toMatchObject({ ageBand: null, coordinatesAt: null });
  const after = await enter(elsewhere, { platform: 'slack', userId: 'admin-T1', space: { id: 'T1' } }, NOW);
  expect(after.member.id).toBe(second.member.id);
  expect(after.community.id).toBe(first.community.id);
  expect(elsewhere.places.of('slack', 'T1')?.country).toBe('IE');
});

const lineOf = (name: string, topic: LineFacts['topic'] = 'now'): LineFacts => ({
  ...{ topic, name, phone: '555 0100', languages: ['en'], source: 'Their page' },
});

test('crisis lines come along where the community has none for their topic and country; what is left behind is named before', async () => {
  const [first, second] = [await at('discord', 'G1'), await at('slack', 'T1')];
  const table = crisisLines.filter(({ country, category }) => country === 'US' && category !== 'emergency');
  const [corrected = ''] = table.map(({ id }) => id);
  const hides = (id: string): LocalLine => ({ id, country: 'US', verified: '2026-11-01', shipped: id });
  const [hidden = '', ...more] = table.map(({ id }) => id).filter((id) => id !== corrected && canHide(id, table, []));
  const hiddenByBoth = more.find((id) => canHide(id, table, [hides(hidden)])) ?? '';
  await saveLine(first, { country: 'IE', facts: lineOf('Stays') });
  await saveLine(first, { country: 'US', shipped: corrected, facts: lineOf('Corrected there', 'information') });
  await hideLine(first, hiddenByBoth);
  await saveLine(second, { country: 'IE', facts: lineOf('Second for the same') });
  await saveLine(second, { country: 'ES', facts: lineOf('Other country') });
  await saveLine(second, { country: 'IE', facts: lineOf('Other topic', 'violence') });
  await saveLine(second, { country: 'US', shipped: corrected, facts: lineOf('Corrected in two ways', 'veterans') });
  await hideLine(second, hidden);
  await hideLine(second, hiddenByBoth);
  const { code } = await makeLinkCode(first);
  const names = (lines: readonly LocalLine[]) => lines.map(({ facts, shipped: id }) => facts?.name ?? id);
  const { then } = await lookAtJoin(world, second, code);
  expect(names(then.lines.carried)).toEqual(['Other country', 'Other topic']);
  expect(names(then.lines.left)).toEqual(['Second for the same', 'Corrected in two ways']);
  expect(names(then.lines.unhidden)).toEqual([hidden]);
  expect(await second.db.localLine.count()).toBe(6);

  expect((await joinCommunity(world, second, code)).then).toEqual(then);
  const after = await localLines(first);
  expect(names(after)).toEqual(['Stays', 'Corrected there', hiddenByBoth, 'Other country', 'Other topic']);
  // At once on both platforms, also while the database is away.
  for (const [platform, space] of [
    ['discord', 'G1'],
    ['slack', 'T1'],
  ] as const)
    expect(names(world.places.linesOf(platform, space))).toEqual(names(after));
});

test('a community has as many crisis lines as it can, whoever joins', async () => {
  const line = (i: number, country: string): LocalLine => ({
    id: `${country}${i}`,
    country,
    verified: '2026-11-01',
    facts: lineOf(`${i}`),
  });
  const staying = Array.from({ length: MOST - 1 }, (_, i) => line(i, `A${i}`));
  const { carried, left } = linesThen([line(0, 'X'), line(1, 'Y')], staying);
  expect([carried.length, left.length]).toEqual([1, 1]);
});

test('only what somebody chose there and is otherwise here is told to be left behind', async () => {
  const [first, second] = [await at('discord', 'G1'), await at('slack', 'T1')];
  const { code } = await makeLinkCode(first);
  const left = async () => (await lookAtJoin(world, second, code)).then.left;
  expect(await left()).toEqual([]);
  await changePairingRules(second, (before) => ({ ...before, approval: true }));
  await changeRetention(second, {});
  await second.db.community.update({
    where: { id: second.community.id },
    data: { zone: 'Europe/Madrid', country: 'ES', setUpAt: NOW },
  });
  expect(await left()).toEqual(['zone', 'country', 'pairing']);
});

test('a role that was given to an account of one platform is nobody’s on the other, also where no place is told', async () => {
  const first = await at('discord', 'G1', 'same');
  const second = await at('slack', 'T1', 'same');
  await grant(first, 'coordinator', { people: ['same'], groups: [] });
  await joinCommunity(world, second, (await makeLinkCode(first)).code);
  const rolesOn = async (platform: PlatformName) => [...(await enter(world, { platform, userId: 'same' }, NOW)).roles];
  expect(await rolesOn('discord')).toEqual(['coordinator', 'facilitator']);
  expect(await rolesOn('slack')).toEqual([]);
});

test('two workspaces with one code, and one workspace twice: one of them joins', async () => {
  const first = await at('discord', 'G1');
  const { code } = await makeLinkCode(first);
  const [one, two] = [await at('slack', 'T1'), await at('slack', 'T2')];
  const came = await outcomes([one, two, one].map((scope) => joinCommunity(world, scope, code)));
  expect(came.filter((outcome) => outcome === 'joined')).toHaveLength(1);
  expect(came.every((outcome) => ['joined', 'link.unknown', 'link.already'].includes(outcome))).toBe(true);
  expect(await first.db.space.count()).toBe(2);
  expect(await database.prisma.community.count()).toBe(2);
});

test('two that join each other at once become one', async () => {
  const [one, two] = [await at('discord', 'G1'), await at('slack', 'T1')];
  const codes = [(await makeLinkCode(one)).code, (await makeLinkCode(two)).code] as const;
  const came = await outcomes([joinCommunity(world, two, codes[0]), joinCommunity(world, one, codes[1])]);
  expect(came).toEqual(['joined', 'link.already']);
  expect(await database.prisma.community.count()).toBe(1);
  expect(await database.prisma.space.count()).toBe(2);
  expect(await database.prisma.member.count()).toBe(2);
});

const checkInOf = ({ db, member }: Awaited<ReturnType<typeof at>>) => ({
  data: { communityId: db.communityId, memberId: member.id, at: NOW, zone: 'UTC', answers: Uint8Array.of(1) },
});

test('what is written at the very moment of joining is either seen, or refused whole', async () => {
  const { code } = await makeLinkCode(await at('discord', 'G1'));
  const second = await at('slack', 'T1');
  const tries = [second.db.checkIn.create(checkInOf(second)), joinCommunity(world, second, code)];
  const [wrote, joined] = await Promise.allSettled(tries);
  expect([wrote?.status, joined?.status].sort()).toEqual(['fulfilled', 'rejected']);
  expect(await database.prisma.checkIn.count()).toBe(wrote?.status === 'fulfilled' ? 1 : 0);
});

// The embedded database does one transaction after the other.
(process.env.TEST_DATABASE_URL ? test : test.skip)('what is not yet committed is waited for, and seen', async () => {
  const { code } = await makeLinkCode(await at('discord', 'G1'));
  const second = await at('slack', 'T1');
  let joining: Promise<unknown> | undefined;
  await second.db.transact(async (tx) => {
    await tx.checkIn.create(checkInOf(second));
    joining = joinCommunity(world, second, code).catch(({ message }) => message);
    const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while ((await database.pool.query(waits)).rows.length === 0);
  });
  expect(await joining).toBe('link.used');
  expect(await second.db.checkIn.count()).toBe(1);
});

test('after some wrong codes none is looked at for a while, not even the right one', async () => {
  const { code } = await makeLinkCode(await at('discord', 'G1'));
  const digest = digestOf(world.cipher, readCode(code) as Uint8Array);
  expect(await database.prisma.linkCode.findMany({ select: { digest: true } })).toEqual([{ digest }]);
  expect(digestOf(makeCipher(parseKeys(Buffer.alloc(32, 9).toString('base64'))), readCode(code) as Uint8Array)).not.toEqual(
    digest,
  );
  const second = await at('slack', 'T1');
  for (let i = 0; i < WRONG_CODES.most; i += 1)
    await expect(lookAtJoin(world, second, i === 0 ? 'no code' : writeCode(newCode()))).rejects.toThrow('link.unknown');
  await expect(lookAtJoin(world, second, code)).rejects.toThrow('link.tooMany');
  const later = await at('slack', 'T1', 'admin-T1', new Date(NOW.getTime() + WRONG_CODES.minutes * MINUTE));
  await expect(lookAtJoin(world, later, code)).rejects.toThrow('link.over');
  const fresh = await makeLinkCode(await at('discord', 'G1', 'admin-G1', later.now));
  expect(await lookAtJoin(world, later, fresh.code)).toMatchObject({ platform: 'discord', people: 1 });
  await expect(lookAtJoin(world, later, code)).rejects.toThrow('link.unknown');
  expect(fresh.until.getTime() - later.now.getTime()).toBe(CODE_MINUTES * MINUTE);
});
