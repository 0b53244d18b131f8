import { Temporal } from 'temporal-polyfill';
import { enter } from '../../../src/core/members/enter.js';
import { LOOK, lookAtMilestones } from '../../../src/core/milestones/daily.js';
import { milestonesOf } from '../../../src/core/milestones/mine.js';
import { addMilestone, countToday, noteReturn, removeMilestone } from '../../../src/core/milestones/set.js';
import { shareMilestone, takeBack } from '../../../src/core/milestones/share.js';
import type { Scope } from '../../../src/core/scope.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let testWorld: TestWorld;
beforeAll(async () => {
  testWorld = await makeTestWorld();
});
afterAll(() => testWorld.close());

const NINE = '2026-05-04T09:00:00Z';
let people = 0;
async function member(now: string, zone = 'UTC'): Promise<Scope> {
  const caller = { platform: 'playground' as const, userId: `p${++people}`, zone, space: { id: 'playground' } };
  return enter(testWorld.world, caller, new Date(now));
}
const at = (scope: Scope, now: string): Scope => ({ ...scope, now: new Date(now) });
const day = (text: string) => Temporal.PlainDate.from(text);
const rowOf = async ({ member }: Scope) =>
  testWorld.database.prisma.dueWork.findFirst({ where: { kind: LOOK, subjectId: member.id } });

async function look(scope: Scope, now: string, dueAt = now) {
  const one = { id: 'row', memberId: scope.member.id, dueAt: new Date(dueAt) };
  const { cipher } = testWorld.world;
  const looked = await testWorld.database.prisma.$transaction((tx) => lookAtMilestones([one], tx, cipher, new Date(now)));
  return looked.get('row');
}
const fresh = async (scope: Scope, now: string) =>
  (await milestonesOf(at(scope, now))).flatMap((one) => one.fresh.map(({ unit, count, on }) => `${count} ${unit} ${on}`));

test('what a member keeps is sealed: no date, name or kind is in the tables', async () => {
  const scope = await member(NINE);
  await addMilestone(scope, { label: 'Secret thing', kind: 'recovery', from: day('2026-04-05') });
  const rows = await testWorld.database.prisma.milestone.findMany({ where: { memberId: scope.member.id } });
  const text = JSON.stringify(rows.map(({ details, ...row }) => ({ ...row, details: Buffer.from(details).toString('latin1') })));
  expect(text).not.toMatch(/Secret|recovery|2026-04-05/u);
  const work = await rowOf(scope);
  expect(work?.dueAt.toISOString()).toBe('2026-05-05T09:00:00.000Z');
});

test('a mark is found once, and every look rewrites the row, whether or not there was one', async () => {
  const scope = await member('2026-05-03T12:00:00Z');
  await addMilestone(scope, { from: day('2026-04-04') });
  const bytes = async () =>
    Buffer.from((await testWorld.database.prisma.milestone.findFirstOrThrow({ where: { memberId: scope.member.id } })).details);
  const before = await bytes();
  expect((await look(scope, NINE))?.tell).toEqual({ platform: 'playground', day: '2026-05-04' });
  expect(await fresh(scope, NINE)).toEqual(['30 days 2026-05-04']);
  const marked = await bytes();
  expect(marked.equals(before)).toBe(false);
  expect((await look(scope, '2026-05-05T09:00:00Z'))?.tell).toBeUndefined();
  expect((await bytes()).equals(marked)).toBe(false);
  expect(await fresh(scope, '2026-05-05T09:00:00Z')).toEqual([]);
});

test('after days of downtime the latest mark is told, in daylight', async () => {
  const scope = await member('2026-05-01T12:00:00Z');
  await addMilestone(scope, { from: day('2026-04-20') });
  const night = await look(scope, '2026-05-22T03:00:00Z', '2026-05-02T09:00:00Z');
  expect(night?.tell).toBeUndefined();
  expect(String(night?.next)).toBe('2026-05-22T09:00:00Z');
  const morning = await look(scope, '2026-05-22T09:00:00Z');
  expect(morning?.tell).toBeDefined();
  expect(await fresh(scope, '2026-05-22T09:00:00Z')).toEqual(['30 days 2026-05-20']);
  expect(await fresh(scope, '2026-05-24T09:00:00Z')).toEqual([]);
});

test('a journey over the date line loses no mark and repeats none', async () => {
  const scope = await member('2026-05-02T20:00:00Z', 'Pacific/Honolulu');
  await addMilestone(scope, { from: day('2026-04-03') });
  const { prisma } = testWorld.database;
  await prisma.member.update({ where: { id: scope.member.id }, data: { zone: 'Pacific/Kiritimati' } });
  // The third of May was never seen in a morning there: it is found on the fourth.
  const east = await look(scope, '2026-05-03T19:00:00Z');
  expect(east?.tell?.day).toBe('2026-05-04');
  await prisma.member.update({ where: { id: scope.member.id }, data: { zone: 'Pacific/Honolulu' } });
  expect((await look(scope, '2026-05-03T19:00:00Z'))?.tell).toBeUndefined();
  expect((await look(scope, '2026-05-04T19:00:00Z'))?.tell).toBeUndefined();
});

test('nobody changes what is not theirs', async () => {
  const ana = await member(NINE);
  const ben = await member(NINE);
  const { id } = await addMilestone(ana, { from: day('2026-01-01') });
  const consent = crypto.randomUUID();
  for (const act of [
    () => removeMilestone(ben, id),
    () => noteReturn(ben, id, day('2026-05-04'), undefined),
    () => countToday(ben, id),
    () => shareMilestone(ben, id, { consent, channel: 'common-room', words: 'x' }),
    () => takeBack(ben, id, consent),
  ])
    await expect(act()).rejects.toMatchObject({ key: 'milestone.problems.gone' });
  expect(await testWorld.database.prisma.consent.count({ where: { id: consent } })).toBe(0);
});

test('many changes at once are all kept', async () => {
  const scope = await member(NINE);
  const { id } = await addMilestone(scope, { kind: 'planKept' });
  const days = ['2026-05-04', '2026-05-05', '2026-05-06'];
  await Promise.all(days.map((on) => countToday(at(scope, `${on}T12:00:00Z`), id)));
  const [kept] = await milestonesOf(scope);
  expect(kept?.total.reached).toBe(3);
});

test('the same final tap twice shares once', async () => {
  const scope = await member(NINE);
  const { id } = await addMilestone(scope, { from: day('2026-01-01') });
  const share = { consent: crypto.randomUUID(), channel: 'common-room', words: 'Hello' };
  await shareMilestone(scope, id, share);
  await shareMilestone(scope, id, share);
  expect(await testWorld.database.prisma.consent.count({ where: { memberId: scope.member.id } })).toBe(1);
});

test('with the last milestone the daily look goes too', async () => {
  const scope = await member(NINE);
  const one = await addMilestone(scope, {});
  const two = await addMilestone(scope, { kind: 'planKept' });
  await removeMilestone(scope, one.id);
  expect(await rowOf(scope)).not.toBeNull();
  await removeMilestone(scope, two.id);
  expect(await rowOf(scope)).toBeNull();
  expect((await look(scope, NINE))?.next).toBeNull();
});
