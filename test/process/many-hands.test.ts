import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../../src/chat/ids.js';
import { beginLive } from '../../src/core/live/start.js';
import { enter } from '../../src/core/members/enter.js';
import { keepTaps } from '../../src/core/taps/keep.js';
import { type Database, openDatabase } from '../../src/db/open.js';
import { makeSession } from '../core/sessions/support.js';
import { layDatabase, memoryLog } from '../support/db.js';
import { serverExists, startPostgres } from '../support/postgres-server.js';
import { discordPlatform, type Platform, slackPlatform } from '../support/process/platforms.js';
import { homegroup } from '../support/process/program.js';
import type { Person } from '../support/stage.js';
import { temporaryFolder } from '../support/temporary.js';
import { TEST_KEY, worldOn } from '../support/world.js';

/**
 * A community in a Discord server and a Slack workspace, and the real program: everybody raises a hand within two seconds.
 * `HANDS=500 npm test -- test/process/many-hands` is the long form.
 */

const HANDS = Number(process.env.HANDS ?? 80);
const WITHIN = 2_000;
const PATIENCE = 180_000;
const home = temporaryFolder();

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A session that goes on, and the id of its button that raises a hand. */
async function begin(database: Database, { discord, slack }: Record<'discord' | 'slack', Platform>) {
  const world = worldOn(database);
  const caller = { platform: 'discord', userId: discord.person('Carla').id, space: { id: discord.space } } as const;
  const now = new Date();
  const chair = await enter(world, caller, now);
  const communityId = chair.community.id;
  await database.prisma.space.create({ data: { communityId, platform: 'slack', externalId: slack.space } });
  const session = await makeSession({ world, database }, chair, { chairId: chair.member.id, channelId: discord.channel });
  const date = { communityId, sessionId: session.id, local: '2026-03-03T19:00', zone: 'UTC', startsAt: now, minutes: 60 };
  const { id: occurrence } = await chair.db.occurrence.create({ data: date });
  const live = await beginLive(chair, { occurrence, script: 'open', shareMinutes: 3 });
  const [token] = await keepTaps(chair, [{ path: 'live.raise', input: { live: live.id }, isPrivate: false }]);
  return { live: live.id, button: `${codeOf(['live', 'raise'])}.r0.${token}` };
}

/** All of them, evenly over the time. */
async function together(people: readonly Person[], button: string): Promise<void> {
  const begun = performance.now();
  const presses = people.map(async (person, at) => {
    await pause((at * WITHIN) / people.length);
    await person.pressRaw(button);
  });
  await Promise.all(presses);
  process.stderr.write(`${people.length} hands, answered first after ${Math.round(performance.now() - begun)} ms\n`);
}

const turnOf = (person: Person): number =>
  Math.max(
    0,
    ...person.sees().map(({ text, onlyMe }) => (onlyMe ? Number(/You are number (\d+) in line/u.exec(text)?.[1] ?? 0) : 0)),
  );

async function raiseAll(settings: Readonly<Record<string, string>>, where: Parameters<typeof openDatabase>[0]): Promise<void> {
  const discord = await discordPlatform();
  const slack = await slackPlatform();
  closers.push(discord.close, slack.close);
  const before = await openDatabase(where, memoryLog());
  const { live, button } = await begin(before, { discord, slack });
  await before.close();

  const more = { ENCRYPTION_KEY: TEST_KEY, LOG_LEVEL: 'error', PORT: '0' };
  const program = homegroup(['start'], { ...discord.settings, ...slack.settings, ...settings, ...more }, home);
  await program.says(/Homegroup is connected to Discord and Slack/u);
  const people = Array.from({ length: HANDS }, (_, at) => (at % 2 === 0 ? discord : slack).person(`Member ${at}`));
  while (people[0]?.sees().length === 0) await pause(100);
  await together(people, button);
  const deadline = Date.now() + PATIENCE;
  const unanswered = () => people.filter((person) => turnOf(person) === 0).length;
  while (unanswered() > 0 && Date.now() < deadline) await pause(200);
  expect(unanswered()).toBe(0);
  expect(await program.signal('SIGTERM')).toMatchObject({ code: 0 });

  const after = await openDatabase(where, memoryLog());
  closers.push(() => after.close());
  const hands = await after.prisma.hand.findMany({ where: { liveId: live }, orderBy: { order: 'asc' } });
  const accounts = await after.prisma.identity.findMany();
  const accountOf = new Map(accounts.map(({ memberId, externalId }) => [memberId, externalId]));
  expect(hands).toHaveLength(HANDS);
  const order = [...people].sort((a, b) => turnOf(a) - turnOf(b)).map(({ id }) => id);
  expect(hands.map(({ memberId }) => accountOf.get(memberId))).toEqual(order);
  expect([...discord.faults(), ...slack.faults()]).toEqual([]);
}

test(
  'embedded: every hand is in one order, nobody is answered late, and nothing is lost',
  async () => {
    const dir = path.join(home, 'data', 'db');
    layDatabase(dir);
    await raiseAll({ DATA_DIR: path.join(home, 'data') }, { dir });
  },
  PATIENCE * 2,
);

(serverExists || process.env.CI === 'true' ? test : test.skip)(
  'PostgreSQL: the same',
  async () => {
    const server = await startPostgres();
    closers.push(server.remove);
    await raiseAll({ DATABASE_URL: server.url }, { url: server.url });
  },
  PATIENCE * 2,
);

test(
  'killed while somebody shares: the card comes back, with the same turn, the same line and the right time left',
  async () => {
    const discord = await discordPlatform();
    const slack = await slackPlatform();
    closers.push(discord.close, slack.close);
    const dir = path.join(home, 'killed');
    const where = { dir: path.join(dir, 'db') };
    layDatabase(where.dir);
    const before = await openDatabase(where, memoryLog());
    const { live, button } = await begin(before, { discord, slack });
    await before.close();
    const settings = {
      ...discord.settings,
      ...slack.settings,
      DATA_DIR: dir,
      ENCRYPTION_KEY: TEST_KEY,
      LOG_LEVEL: 'error',
      PORT: '0',
    };
    const start = async () => {
      const program = homegroup(['start'], settings, home);
      await program.says(/Homegroup is connected to Discord and Slack/u);
      return program;
    };
    const handsOf = async () => {
      const database = await openDatabase(where, memoryLog());
      const hands = await database.prisma.hand.findMany({ where: { liveId: live }, orderBy: { order: 'asc' } });
      await database.close();
      return hands;
    };
    const [ana, ben, cleo] = ['Ana', 'Ben', 'Cleo'].map((name) => discord.person(name)) as [Person, Person, Person];
    const olga = discord.person('Olga', { admin: true });
    const reads = async (words: string) => {
      const deadline = Date.now() + PATIENCE;
      const card = () => cleo.sees().find(({ onlyMe, text }) => !onlyMe && text.includes(words));
      while (!card() && Date.now() < deadline) await pause(50);
      expect(card()?.text).toContain(words);
    };
    const presses = async (person: Person, label: string) => {
      const deadline = Date.now() + PATIENCE;
      while (!person.sees().some(({ buttons }) => buttons.includes(label)) && Date.now() < deadline) await pause(50);
      await person.press(label);
    };

    const first = await start();
    await reads('No hands are up.');
    for (const person of [ana, ben]) {
      await person.pressRaw(button);
      while (turnOf(person) === 0) await pause(50);
    }
    await presses(olga, 'For the chair');
    await presses(olga, 'Next');
    await reads('Sharing now: @Ana');
    await first.signal('SIGKILL');
    const hands = await handsOf();
    expect(hands).toHaveLength(2);

    const second = await start();
    await presses(ana, 'I am done');
    await reads('Sharing now: @Ben');
    await second.signal('SIGKILL');
    const [left] = await handsOf();
    expect(left?.id).toBe(hands[1]?.id);
    expect((left?.until?.getTime() ?? 0) - (left?.since?.getTime() ?? 0)).toBe(3 * 60_000);
    const third = await start();
    await presses(cleo, 'Where are we?');
    await reads('Sharing now: @Ben');
    expect(await third.signal('SIGTERM')).toMatchObject({ code: 0 });
    expect([...discord.faults(), ...slack.faults()]).toEqual([]);
  },
  PATIENCE,
);
