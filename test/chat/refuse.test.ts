import { makeSlackStage, type SlackStage } from '../support/slack/index.js';
import type { Person } from '../support/stage.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

/** A workspace in which other apps have our commands' names. */
let home: TestWorld;
let stage: SlackStage;
let ana: Person;
beforeAll(async () => {
  [home, stage] = await Promise.all([makeTestWorld(), makeSlackStage('socket', { adapter: { prefix: 'hg-' } })]);
  await stage.open(home.router);
  ana = await stage.person('Ana', { locale: 'en-US' });
});
afterAll(async () => {
  await stage.close();
  await home.close();
});

test('who may not say something is told so with the command as it is typed there', async () => {
  await ana.type('/hg-community setup zone:UTC language:en');
  expect(ana.last().text).toContain('/hg-community setup is for coordinators');
});

test('while the database is away, the sentence names the command that still works there', async () => {
  await home.close();
  await ana.type('/hg-privacy show');
  expect(ana.last().text).toContain("I can't save or look up anything right now.");
  expect(ana.last().text).toContain('/hg-crisis still works');
  await ana.type('/hg-crisis');
  expect(ana.last().text).toContain('It is good that you are here');
});

test('broke no rule of the platform', () => expect(stage.faults()).toEqual([]));
