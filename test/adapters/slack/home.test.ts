import { makeSlackStage, type SlackPerson, type SlackStage } from '../../support/slack/index.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

/** App Home with everything below it real: the member's own page, and nobody else's. */

let world: TestWorld;
let stage: SlackStage;
let ana: SlackPerson;
let ben: SlackPerson;

beforeAll(async () => {
  world = await makeTestWorld();
  stage = await makeSlackStage();
  await stage.open(world.router);
  [ana, ben] = await Promise.all([stage.person('Ana'), stage.person('Ben')]);
});

afterAll(async () => {
  await stage?.close();
  await world?.close();
});

const homeOf = (person: SlackPerson) => person.sees().find(({ where }) => where === 'home')?.text;

test('a check-in from App Home is answered directly, and the page knows of it', async () => {
  await ana.openHome();
  const before = homeOf(ana);
  expect(before).toBeDefined();
  await ana.press(ana.last().buttons[0] ?? '');
  await ana.fill({ mood: '7' });
  expect(ana.sees().filter(({ where }) => where === 'direct')).toMatchObject([
    { onlyMe: true, text: expect.stringContaining('7') },
  ]);
  expect(homeOf(ana)).not.toBe(before);
});

test('nobody else sees any of it', async () => {
  await ben.openHome();
  expect(ben.sees()).toHaveLength(1);
  expect(homeOf(ben)).not.toBe(homeOf(ana));
});

test('who is erased has a page on which nothing is theirs, and is not known again by it', async () => {
  await world.connect([stage.adapter]);
  await ana.type('/privacy erase');
  await ana.press('Erase everything …');
  await ana.press('Yes, erase everything about me');
  await stage.adapter.idle();
  expect(homeOf(ana)).toContain('I know nothing about you');
  expect(homeOf(ana)).not.toMatch(/last|minute|second/iu);
  expect(await world.database.prisma.identity.findMany({ select: { externalId: true } })).toEqual([{ externalId: ben.id }]);
  expect([stage.faults(), world.logged, stage.logged.filter((line) => !line.includes('Connected'))]).toEqual([[], [], []]);
});
