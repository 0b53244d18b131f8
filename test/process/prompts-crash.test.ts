import { randomInt } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { saveSchedule } from '../../src/core/checkins/schedules/save.js';
import { enter } from '../../src/core/members/enter.js';
import { openDatabase } from '../../src/db/open.js';
import { type Database, layDatabase, memoryLog } from '../support/db.js';
import { serverExists, startPostgres } from '../support/postgres-server.js';
import { discordPlatform, type Platform, slackPlatform } from '../support/process/platforms.js';
import { homegroup, type Program } from '../support/process/program.js';
import { temporaryFolder } from '../support/temporary.js';
import { TEST_KEY, worldOn } from '../support/world.js';

/**
 * The real program is killed while prompts fall due on Discord and Slack.
 * `KILLS=100 PROMPTS=2000 npm test -- test/process/prompts-crash` is the long form.
 */
const KILLS = Number(process.env.KILLS ?? 2);
const PROMPTS = Number(process.env.PROMPTS ?? 60);
/** Milliseconds: four a second on Slack, and what starting anew takes. */
const PATIENCE = 60_000 + PROMPTS * 250 + KILLS * 15_000;
const MINUTE = 60_000;
/** Over which the prompts fall due. A schedule knows no seconds, so in the short form all are due when it begins. */
const MINUTES = 1 + Math.floor(KILLS / 12);

const home = temporaryFolder();
type Names = 'discord' | 'slack';
type Platforms = Readonly<Record<Names, Platform>>;

/** What a test opened, closed in reverse, also when it failed. */
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function openPlatforms(): Promise<Platforms> {
  const discord = await discordPlatform();
  // Its limits are no subject here: a process that starts anew opens all conversations anew, 50 a minute.
  const slack = await slackPlatform({ rates: false });
  closers.push(discord.close, slack.close);
  return { discord, slack };
}

async function open(where: Parameters<typeof openDatabase>[0]): Promise<Database> {
  const database = await openDatabase(where, memoryLog());
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= database.close();
    return closed;
  };
  closers.push(close);
  return { ...database, close };
}

const settingsOf = ({ discord, slack }: Platforms, database: Readonly<Record<string, string>>) => ({
  ...discord.settings,
  ...slack.settings,
  ...database,
  ENCRYPTION_KEY: TEST_KEY,
  LOG_LEVEL: 'error',
  PORT: '0',
});

/** Everybody asked ten minutes ago to be asked about now. @returns the people of each platform */
async function promise(database: Database, platforms: Platforms): Promise<Readonly<Record<Names, string[]>>> {
  const world = worldOn(database);
  const now = Date.now();
  const people = { discord: [] as string[], slack: [] as string[] };
  for (let number = 0; number < PROMPTS; number += 1) {
    const platform = number % 2 === 0 ? 'discord' : 'slack';
    const userId = platforms[platform].person(`Member ${number}`).id;
    const caller = { platform, userId, space: { id: platforms[platform].space } } as const;
    const scope = await enter(world, caller, new Date(now - 10 * MINUTE));
    const at = new Date(now + (Math.floor(number / 2) % MINUTES) * MINUTE).toISOString().slice(11, 16);
    await saveSchedule(scope, { when: `every day at ${at}`, template: 'quick', zone: 'UTC' });
    people[platform].push(userId);
  }
  return people;
}

const unfinished = (database: Database) => database.prisma.delivery.count({ where: { state: 'queued' } });
const seenBy = (platform: Platform, people: readonly string[]) => {
  const counts = platform.inDirect();
  return people.map((person) => counts.get(person) ?? 0);
};

async function until(holds: () => boolean | Promise<boolean>, what: () => string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not in time: ${what()}`);
    await pause(100);
  }
}

interface Run {
  readonly platforms: Platforms;
  readonly people: Readonly<Record<Names, string[]>>;
}

const missing = ({ platforms, people }: Run) =>
  [...seenBy(platforms.discord, people.discord), ...seenBy(platforms.slack, people.slack)].filter((count) => count === 0).length;

const allCame = (run: Run) =>
  until(
    () => missing(run) === 0,
    () => `${missing(run)} of ${PROMPTS} prompts did not come.`,
  );

/** None lost, none twice on Discord, at most a handful twice on Slack, and all is written down. */
async function judge(name: string, { platforms, people }: Run, database: Database): Promise<void> {
  const again = (platform: Names) => seenBy(platforms[platform], people[platform]).reduce((sum, count) => sum + count - 1, 0);
  const refused = platforms.discord.taken() - people.discord.length;
  process.stderr.write(
    `${name}: ${KILLS} kills, ${PROMPTS} prompts, 0 lost; twice: ${again('discord')} on Discord (which recognised ${refused} by their nonce), ${again('slack')} on Slack.\n`,
  );
  const states = await database.prisma.delivery.groupBy({ by: ['state', 'reason'], _count: true });
  expect(states).toEqual([{ state: 'sent', reason: null, _count: PROMPTS }]);
  expect(again('discord')).toBe(0);
  expect(again('slack')).toBeLessThanOrEqual(3 + KILLS / 4);
  expect([...platforms.discord.faults(), ...platforms.slack.faults()]).toEqual([]);
}

const CONNECTED = /Homegroup is connected to Discord and Slack/u;

/** Kills it at a random moment, mostly while it sends, and now and then while it starts. */
async function killSometime(program: Program): Promise<void> {
  if (randomInt(5) > 0) await program.says(CONNECTED);
  await pause(randomInt(0, 1_500));
  await program.signal('SIGKILL');
}

test(
  'the only process is killed again and again, and every prompt comes once',
  async () => {
    const platforms = await openPlatforms();
    const dir = path.join(home, 'data', 'db');
    layDatabase(dir);
    const before = await open({ dir });
    const people = await promise(before, platforms);
    await before.close();
    const run = { platforms, people };
    const start = () => homegroup(['start'], settingsOf(platforms, { DATA_DIR: path.join(home, 'data') }), home);

    for (let kill = 0; kill < KILLS; kill += 1) await killSometime(start());
    const last = start();
    await allCame(run);
    // What came, but was not written down before a kill, is sent again by now.
    await pause(2_000);
    expect(await last.signal('SIGTERM')).toMatchObject({ code: 0 });

    const after = await open({ dir });
    await judge('embedded, one process', run, after);
  },
  PATIENCE * 2,
);

const required = process.env.CI === 'true';
if (!serverExists && !required) console.warn('No PostgreSQL server is installed here: several processes are not killed.');

(serverExists || required ? test : test.skip)(
  'one of three processes on PostgreSQL is killed again and again, and every prompt comes once',
  async () => {
    const server = await startPostgres();
    closers.push(server.remove);
    const platforms = await openPlatforms();
    const database = await open({ url: server.url });
    const people = await promise(database, platforms);
    const run = { platforms, people };
    const start = () => homegroup(['start'], settingsOf(platforms, { DATABASE_URL: server.url }), home);

    const programs = [start(), start(), start()];
    await programs[0]?.says(CONNECTED);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const index = randomInt(programs.length);
      await killSometime(programs[index] as Program);
      programs[index] = start();
    }
    await allCame(run);
    await until(
      async () => (await unfinished(database)) === 0,
      () => 'a message came and is not written down.',
    );
    await Promise.all(programs.map((program) => program.signal('SIGTERM')));
    await judge('PostgreSQL, three processes', run, database);
  },
  PATIENCE * 2,
);
