import { jest } from '@jest/globals';
import { commands } from '../../../commands/index.js';
import { makeApp } from '../../../src/app.js';
import { type Dam, makeDam } from '../../../src/flood.js';
import type { DiscordPerson } from '../../support/discord/person.js';
import { type DiscordStage, makeDiscordStage } from '../../support/discord/stage.js';
import { unpaced } from '../../support/stages.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

/** Ana taps and taps, Ben is in the same community, Carla looks after it. The guard is on, as in a process that serves people. */

const MINUTE = 60_000;
const BREAK = /short break/u;
const SHOWN = /You keep no milestone|Mornings/u;
const SET = '/milestone set kind:recovery date:2026-01-05 label:Mornings';
let home: TestWorld;
let stage: DiscordStage;
let ana: DiscordPerson;
let ben: DiscordPerson;
let carla: DiscordPerson;
const computers = Date.now.bind(Date);
let ahead = 0;
let dam: Dam = async () => undefined;

/** Lets time pass for the guard, which goes by the computer's clock, and for everything else. */
async function passes(ms: number): Promise<void> {
  ahead += ms;
  await home.passes(ms);
}
/** Types it and is answered with these words; the guard's own are expected only where they are asked for. */
async function says(person: DiscordPerson, line: string, words: RegExp): Promise<void> {
  await person.type(line);
  expect(person.last().text).toMatch(words);
  if (words !== BREAK) expect(person.last().text).not.toMatch(BREAK);
}
/** What Carla is told of her own accord. */
const told = (words: RegExp) => carla.sees().filter(({ where, text }) => where === 'direct' && words.test(text));

beforeAll(async () => {
  jest.spyOn(Date, 'now').mockImplementation(() => computers() + ahead);
  home = await makeTestWorld();
  stage = unpaced(await makeDiscordStage());
  await stage.open(
    makeApp({
      world: home.world,
      commands,
      clock: home.clock,
      log: { error: (fields) => home.logged.push(fields) },
      dam: (call) => dam(call),
    }),
  );
  const as = { locale: 'en-GB', zone: 'UTC' };
  ana = await stage.person('Ana', as);
  ben = await stage.person('Ben', as);
  carla = await stage.person('Carla', { ...as, admin: true });
  await carla.type('/community setup zone:UTC language:en country:Ireland');
  await home.connect([stage.adapter]);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await stage.close();
  await home.close();
});

test('who floods hears kindly when to go on, has help and privacy meanwhile, and holds nobody else back', async () => {
  dam = makeDam({ person: { most: 3, within: MINUTE }, community: { most: 100, within: MINUTE } });
  const first = home.clock.now().getTime();
  for (let i = 0; i < 3; i += 1) await says(ana, '/milestone show', SHOWN);
  for (let i = 0; i < 3; i += 1) await says(ana, SET, BREAK);
  const { text } = ana.last();
  expect(text).toContain('not a mistake of yours');
  expect(text).toContain('Mornings');
  // A minute after the first, to the minute, and never too early.
  const [, when = ''] = /from (\d{4}-\d\d-\d\d \d\d:\d\d)/u.exec(text) ?? [];
  const from = Date.parse(`${when.replace(' ', 'T')}Z`);
  expect(from).toBeGreaterThanOrEqual(first + MINUTE);
  expect(from).toBeLessThan(home.clock.now().getTime() + 2 * MINUTE);

  await says(ana, '/crisis', /112/u);
  await says(ana, '/support now', /talk/u);
  await says(ana, '/privacy show', /milestones/iu);
  await says(ben, '/milestone show', SHOWN);

  await passes(2_000);
  expect(told(/much more often than people do it/u)).toHaveLength(1);
  expect(JSON.stringify(told(/./u))).not.toMatch(new RegExp(`Ana|${ana.id}|ilestone`, 'u'));
  expect(ana.sees().filter(({ where }) => where === 'direct')).toEqual([]);

  await passes(2 * MINUTE);
  await ana.press('Try again');
  expect(ana.last().text).toMatch(SHOWN);
  expect(ana.last().text).toContain('Mornings');
});

test('a flood of many holds everybody in the community back for a moment, and facilitators hear of it once', async () => {
  dam = makeDam({ person: { most: 100, within: MINUTE }, community: { most: 4, within: MINUTE } });
  for (const person of [ana, ben, ana, ben]) await says(person, '/milestone show', SHOWN);
  for (const person of [ana, ben, carla]) await says(person, '/milestone show', BREAK);
  for (const person of [ana, ben]) await says(person, '/crisis', /112/u);
  await says(ben, '/privacy show', /./u);

  await passes(2_000);
  expect(told(/made everybody wait/u)).toHaveLength(1);
  await passes(2 * MINUTE);
  for (const person of [ana, ben, ana, ben]) await says(person, '/milestone show', SHOWN);
  await says(ben, '/milestone show', BREAK);
  await passes(2_000);
  expect(told(/made everybody wait/u)).toHaveLength(1);
  expect([stage.faults(), home.logged]).toEqual([[], []]);
});
