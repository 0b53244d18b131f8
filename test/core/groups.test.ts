import { answerGroup } from '../../src/core/groups/answer.js';
import { closeEarly, endGroup } from '../../src/core/groups/manage.js';
import { openRounds } from '../../src/core/groups/open.js';
import { readRound } from '../../src/core/groups/read.js';
import { newGroupId, startGroup } from '../../src/core/groups/start.js';
import { enter } from '../../src/core/members/enter.js';
import type { Scope } from '../../src/core/scope.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

let testWorld: TestWorld;
beforeAll(async () => {
  testWorld = await makeTestWorld();
});
afterAll(() => testWorld.close());

const NOW = '2026-05-04T10:00:00Z';
const inSpace = (space: string, userId: string, now = NOW) =>
  enter(testWorld.world, { platform: 'playground', userId, space: { id: space } }, new Date(now));
const open = (groupId: string, dueAt: string, now = dueAt) =>
  testWorld.database.prisma.$transaction((tx) => openRounds([{ groupId, dueAt: new Date(dueAt) }], tx, new Date(now)));

async function group(scope: Scope, when: string | undefined, hours: number): Promise<string> {
  const id = newGroupId();
  await startGroup(scope, { id, question: 'How are you?', hours, channel: 'c', ...(when !== undefined && { when }) });
  return id;
}

test('a round ends when the next one begins, so that there is one card to answer', async () => {
  const scope = await inSpace('one', 'olga');
  const id = await group(scope, 'every day at 9:00', 168);
  const opened = (await open(id, '2026-05-05T09:00:00Z')).get(id);
  expect(opened?.round?.closesAt.toISOString()).toBe('2026-05-06T09:00:00.000Z');
  expect(opened?.next?.toISOString()).toBe('2026-05-06T09:00:00.000Z');
});

test('after a downtime only the latest opens, and only while it is open; the others are accounted for', async () => {
  const scope = await inSpace('one', 'olga');
  const id = await group(scope, 'every day at 9:00', 4);
  const open1 = (await open(id, '2026-05-05T09:00:00Z', '2026-05-08T10:00:00Z')).get(id);
  expect(open1?.round?.local).toBe('2026-05-08T09:00');
  expect(open1?.late.map(({ local }) => local)).toEqual(['2026-05-05T09:00', '2026-05-06T09:00', '2026-05-07T09:00']);
  const over = (await open(id, '2026-05-09T09:00:00Z', '2026-05-09T15:00:00Z')).get(id);
  expect(over?.round).toBeUndefined();
  expect(over?.late).toHaveLength(1);
});

test('the same start twice is one; an ended one does not open', async () => {
  const scope = await inSpace('one', 'olga');
  const id = newGroupId();
  const asked = { id, question: 'Once', hours: 1, channel: 'c' };
  await startGroup(scope, asked);
  await startGroup(scope, asked);
  expect(await testWorld.database.prisma.groupCheckIn.count({ where: { id } })).toBe(1);
  await endGroup(scope, id);
  expect((await open(id, NOW)).size).toBe(0);
});

test('the question and the answers are sealed', async () => {
  const scope = await inSpace('two', 'olga');
  const id = await group(scope, undefined, 4);
  const round = (await open(id, NOW)).get(id)?.round?.id ?? '';
  await answerGroup(scope, round, 'Quite alone', 'named');
  const rows = [await testWorld.database.prisma.groupAnswer.findMany(), await testWorld.database.prisma.groupCheckIn.findMany()];
  const text = JSON.stringify(rows, (_, value) => (value?.type === 'Buffer' || value instanceof Uint8Array ? '' : value));
  expect(text).not.toMatch(/alone|How are you/u);
  for (const { body } of await testWorld.database.prisma.groupAnswer.findMany())
    expect(Buffer.from(body).toString('latin1')).not.toContain('alone');
});

test('another community reads, answers, closes and ends nothing', async () => {
  const scope = await inSpace('three', 'olga');
  const stranger = await inSpace('elsewhere', 'olga');
  const id = await group(scope, undefined, 4);
  const round = (await open(id, NOW)).get(id)?.round?.id ?? '';
  await expect(answerGroup(stranger, round, 'x', 'named')).rejects.toMatchObject({ key: 'group.closed' });
  await expect(readRound(stranger, round, { withFacilitators: true })).rejects.toMatchObject({ key: 'group.gone' });
  await expect(endGroup(stranger, id)).rejects.toMatchObject({ key: 'group.gone' });
  await closeEarly(stranger, round);
  const row = await testWorld.database.prisma.groupRound.findUniqueOrThrow({ where: { id: round } });
  expect(row.closedAt).toBeNull();
});

test('long lists are read page by page, each answer once', async () => {
  const scope = await inSpace('four', 'olga');
  const id = await group(scope, undefined, 4);
  const round = (await open(id, NOW)).get(id)?.round?.id ?? '';
  for (let i = 0; i < 45; i++) await answerGroup(scope, round, `answer ${i}`, 'unnamed');
  const read: string[] = [];
  for (let from: number | undefined = 0; from !== undefined; ) {
    const page = await readRound(scope, round, { withFacilitators: false, from });
    read.push(...page.answers.map(({ words }) => words));
    from = page.next;
  }
  expect(read).toHaveLength(45);
  expect(new Set(read).size).toBe(45);
  // The order in which they came would say who wrote after whom.
  expect(read).not.toEqual(Array.from({ length: 45 }, (_, i) => `answer ${i}`));
});
