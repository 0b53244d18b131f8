import { Temporal } from 'temporal-polyfill';
import { addGoal, addStep } from '../../../src/core/goals/add.js';
import { correctItem, removeItem, setDone } from '../../../src/core/goals/change.js';
import { LOOK, lookAtGoals } from '../../../src/core/goals/daily.js';
import { goalsOf, MOST_GOALS, MOST_STEPS } from '../../../src/core/goals/mine.js';
import { enter } from '../../../src/core/members/enter.js';
import type { Scope } from '../../../src/core/scope.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const NOON = '2026-05-04T12:00:00Z';
let count = 0;
const unique = () => `once-${++count}`;
const member = (zone = 'UTC', now = NOON): Promise<Scope> =>
  enter(home.world, { platform: 'playground', userId: unique(), zone, space: { id: 'playground' } }, new Date(now));
const day = (text: string) => Temporal.PlainDate.from(text);

async function look({ member }: Scope, now: string) {
  const { prisma } = home.database;
  const one = { id: 'row', memberId: member.id, dueAt: new Date(now) };
  return (await prisma.$transaction((tx) => lookAtGoals([one], tx, home.world.cipher, new Date(now)))).get('row');
}

const rowsOf = async ({ member }: Scope) => {
  const { prisma } = home.database;
  const goals = await prisma.goal.findMany({ where: { memberId: member.id }, include: { steps: true } });
  return JSON.stringify(goals, (_key, value) => (value?.type === 'Buffer' || ArrayBuffer.isView(value) ? undefined : value));
};

test('words, areas and every date are sealed, and the look on a day tells nothing of which', async () => {
  const scope = await member();
  const id = await addGoal(
    scope,
    { words: 'Secret wish', area: 'legal', by: day('2026-09-09'), remind: day('2026-05-06') },
    unique(),
  );
  await addStep(scope, id, { words: 'Secret step', by: day('2026-08-08') }, unique());
  await setDone(scope, id, true);
  await setDone(scope, id, false);
  expect(await rowsOf(scope)).not.toMatch(/Secret|legal|2026-0[5-9]|-0[89]-/u);
  const bytes = async () => {
    const rows = await home.database.prisma.goal.findMany({ where: { memberId: scope.member.id }, include: { steps: true } });
    return rows.flatMap(({ details, steps }) =>
      [details, ...steps.map((step) => step.details)].map((one) => Buffer.from(one).toString('hex')),
    );
  };
  const before = await bytes();
  // Nothing to tell, and everything is written anew all the same.
  expect((await look(scope, '2026-05-05T09:00:00Z'))?.tell).toBeUndefined();
  const after = await bytes();
  expect(after.filter((one) => before.includes(one))).toEqual([]);
  expect((await look(scope, '2026-05-06T09:00:00Z'))?.tell).toEqual({ platform: 'playground', day: '2026-05-06' });
  expect((await look(scope, '2026-05-07T09:00:00Z'))?.tell).toBeUndefined();
  expect((await goalsOf(scope))[0]).toMatchObject({ words: 'Secret wish', reminded: '2026-05-06', by: '2026-09-09' });
});

test('a nudge keeps the days of where its member is, and waits for a done goal to be open again', async () => {
  const scope = await member('Pacific/Auckland', '2026-05-04T21:30:00Z');
  const id = await addGoal(scope, { words: 'Early' }, unique());
  await addStep(scope, id, { words: 'Step', remind: day('2026-05-06') }, unique());
  await setDone(scope, id, true);
  // 9:00 on 6 May in Auckland.
  expect((await look(scope, '2026-05-05T21:00:00Z'))?.tell).toBeUndefined();
  await setDone(scope, id, false);
  expect(await look(scope, '2026-05-06T20:59:00Z')).toMatchObject({ tell: { day: '2026-05-07' } });
  const next = await look(scope, '2026-05-06T21:00:00Z');
  expect(next?.next?.toString()).toBe('2026-05-07T21:00:00Z');
});

test('trying again what could not be told to be saved keeps one', async () => {
  const scope = await member();
  const [once, again] = [unique(), unique()];
  const ids = await Promise.all([1, 2, 3].map(() => addGoal(scope, { words: 'Once' }, once)));
  expect(new Set(ids).size).toBe(1);
  await Promise.all([1, 2, 3].map(() => addStep(scope, ids[0] as string, { words: 'Once, too' }, again)));
  expect((await goalsOf(scope)).map(({ steps }) => steps.length)).toEqual([1]);
  expect(await home.database.prisma.dueWork.count({ where: { kind: LOOK, subjectId: scope.member.id } })).toBe(1);
});

test('there is a limit to both, with words for it', async () => {
  const scope = await member();
  for (let i = 0; i < MOST_GOALS; i++) await addGoal(scope, { words: `Goal ${i}` }, unique());
  await expect(addGoal(scope, { words: 'One more' }, unique())).rejects.toThrow('goal.problems.tooMany');
  const [first] = await goalsOf(scope);
  for (let i = 0; i < MOST_STEPS; i++) await addStep(scope, first?.id as string, { words: `Step ${i}` }, unique());
  await expect(addStep(scope, first?.id as string, { words: 'One more' }, unique())).rejects.toThrow(
    'goal.problems.tooManySteps',
  );
  expect(await goalsOf(scope)).toHaveLength(MOST_GOALS);
});

test("another's goals and steps cannot be seen, changed, continued or removed", async () => {
  const [ana, ben] = [await member(), await member()];
  const id = await addGoal(ana, { words: "Ana's" }, unique());
  await addStep(ana, id, { words: 'Her step' }, unique());
  const step = (await goalsOf(ana))[0]?.steps[0]?.id as string;
  for (const one of [id, step]) {
    await expect(setDone(ben, one, true)).rejects.toThrow('goal.problems.gone');
    await expect(correctItem(ben, one, { words: 'Mine' })).rejects.toThrow('goal.problems.gone');
    await expect(removeItem(ben, one)).rejects.toThrow('goal.problems.gone');
    await expect(addStep(ben, one, { words: 'Mine' }, unique())).rejects.toThrow('goal.problems.gone');
  }
  expect(await goalsOf(ben)).toEqual([]);
  expect((await goalsOf(ana))[0]).toMatchObject({ words: "Ana's", steps: [{ words: 'Her step' }] });
});

test('many changes at once lose none of one another', async () => {
  const scope = await member();
  const id = await addGoal(scope, { words: 'Goal' }, unique());
  await Promise.all(Array.from({ length: 6 }, (_, i) => addStep(scope, id, { words: `${i}` }, unique())));
  const [goal] = await goalsOf(scope);
  await Promise.all((goal?.steps ?? []).map((step) => setDone(scope, step.id, true)));
  expect((await goalsOf(scope))[0]?.steps.every(({ done }) => done === '2026-05-04')).toBe(true);
  // Whichever comes second hears that it is gone.
  const removals = await Promise.allSettled([removeItem(scope, id), removeItem(scope, id)]);
  expect(removals.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await goalsOf(scope)).toEqual([]);
  expect(await home.database.prisma.dueWork.count({ where: { subjectId: scope.member.id } })).toBe(0);
});
