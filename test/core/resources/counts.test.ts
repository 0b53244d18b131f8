import fc from 'fast-check';
import { enter } from '../../../src/core/members/enter.js';
import { type Counted, countMember } from '../../../src/core/resources/counts/count.js';
import { endOfMonth, MONTH_OVER, monthBefore, monthOf } from '../../../src/core/resources/counts/month.js';
import { servicesLookedFor } from '../../../src/core/resources/counts/report.js';
import { type Topic, topicsAsked, topicsOf } from '../../../src/core/resources/counts/topics.js';
import type { Scope } from '../../../src/core/scope.js';
import { workId } from '../../../src/core/work/id.js';
import { resourceMonth } from '../../../src/notices/resource-month.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const MAY = new Date('2026-05-20T12:00:00Z');
const JUNE = new Date('2026-06-02T12:00:00Z');

async function members(space: string, size: number): Promise<readonly [Scope, ...Scope[]]> {
  const scopes: Scope[] = [];
  for (let i = 0; i < size; i++)
    scopes.push(await enter(home.world, { platform: 'playground', userId: `${space}-${i}`, space: { id: space } }, MAY));
  await scopes[0]?.db.member.updateMany({ where: {}, data: { greetedAt: new Date(0) } });
  return scopes as unknown as readonly [Scope, ...Scope[]];
}
const at = (scope: Scope, now: Date): Scope => ({ ...scope, now });
async function count(scopes: readonly Scope[], what: Counted, topics: readonly Topic[], now = MAY) {
  for (const scope of scopes) await countMember(at(scope, now), what, topics);
}

test('kinds of help, never words', () => {
  expect(topicsAsked({ what: 'a place to sleep for Maria Lopez' })).toEqual(['housing']);
  expect(topicsAsked({ what: 'desintoxicación', category: 'treatment' })).toEqual(['treatment', 'detox']);
  expect(topicsAsked({ what: 'women', category: undefined })).toEqual(['else']);
  expect(topicsAsked({})).toEqual(['else']);
  expect(topicsOf(['~food', 'pantri', '~housing', '~free'])).toEqual(['housing', 'food']);
  expect(topicsOf([])).toEqual(['else']);
});

test('one person who asks ten times is one, and of four nothing is told', async () => {
  const scopes = await members('counts-a', 6);
  const [ana, ...others] = scopes;
  for (let i = 0; i < 10; i++) await countMember(ana, 'asked', ['housing']);
  await count(others.slice(0, 3), 'asked', ['housing', 'food']);
  const [month] = await servicesLookedFor(ana);
  expect(month).toMatchObject({ month: '2026-05', isRunning: true, few: { asked: true, nothing: false } });
  expect(month?.lines.asked).toEqual([]);
  await count(others, 'asked', ['housing']);
  expect((await servicesLookedFor(ana))[0]?.lines.asked).toEqual([{ topic: 'housing', members: 5 }]);
  const later = at(ana, JUNE);
  expect((await servicesLookedFor(later))[0]).toMatchObject({ isRunning: false, few: { asked: true } });
  expect((await servicesLookedFor(later))[0]?.lines.asked).toEqual([{ topic: 'housing', members: 6 }]);
  expect(await servicesLookedFor(at(ana, new Date('2026-07-02T12:00:00Z')))).toEqual([]);
});

test('a community of four is told nothing', async () => {
  const scopes = await members('counts-b', 4);
  await count(scopes, 'nothing', ['legal']);
  await scopes[0].db.resourceCount.updateMany({ data: { members: 50 } });
  expect(await servicesLookedFor(scopes[0])).toEqual([]);
});

test('many at once are each one, and nothing that is kept tells who or what', async () => {
  const scopes = await members('counts-c', 7);
  await Promise.all([...scopes, ...scopes].map((scope) => countMember(scope, 'nothing', ['moud'])));
  const { db, member } = scopes[0];
  expect(await db.resourceCount.findMany()).toMatchObject([{ what: 'nothing', topic: 'moud', members: 7 }]);
  const kept = await db.resourceCounted.findMany();
  expect(kept).toHaveLength(7);
  expect(Object.keys(kept[0] ?? {}).sort()).toEqual(['communityId', 'digest', 'id', 'month']);
  expect(JSON.stringify(kept)).not.toMatch(new RegExp(`moud|nothing|${member.id}`, 'u'));
});

test('at the end of the month who was counted is forgotten, and the numbers stay', async () => {
  const scopes = await members('counts-d', 5);
  const [{ db, community }] = scopes;
  await count(scopes, 'asked', ['food']);
  const work = await db.dueWork.findUniqueOrThrow({ where: { id: workId({ kind: MONTH_OVER, subjectId: community.id }) } });
  expect(work.dueAt).toEqual(new Date('2026-06-01T00:00:00Z'));
  await count(scopes.slice(0, 1), 'asked', ['food'], JUNE);
  await home.database.prisma.$transaction((tx) => resourceMonth.due?.([work], tx, JUNE) as Promise<unknown>);
  expect(await db.resourceCounted.findMany({ select: { month: true } })).toEqual([{ month: '2026-06' }]);
  expect((await servicesLookedFor(at(scopes[0], JUNE))).map(({ month }) => month)).toEqual(['2026-06', '2026-05']);
});

test('months begin and end with the clocks of the community', () => {
  expect(monthOf(new Date('2026-06-01T03:00:00Z'), 'America/New_York')).toBe('2026-05');
  expect(endOfMonth(new Date('2026-03-08T12:00:00Z'), 'America/New_York')).toEqual(new Date('2026-04-01T04:00:00Z'));
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York', 'Pacific/Apia', 'Europe/Madrid'),
      (now, zone) => {
        const end = endOfMonth(now, zone);
        expect(end.getTime()).toBeGreaterThan(now.getTime());
        expect(monthOf(new Date(end.getTime() - 1), zone)).toBe(monthOf(now, zone));
        expect(monthBefore(end, zone)).toBe(monthOf(now, zone));
      },
    ),
  );
});
