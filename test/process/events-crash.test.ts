import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makePlaces } from '../../src/core/communities/places.js';
import { enter } from '../../src/core/members/enter.js';
import { turnOn } from '../../src/core/sessions/events/turn.js';
import { makeCipher } from '../../src/db/cipher.js';
import { parseKeys } from '../../src/db/keys.js';
import { openDatabase } from '../../src/db/open.js';
import { makeSession } from '../core/sessions/support.js';
import { layDatabase, memoryLog } from '../support/db.js';
import { LoopbackDiscord } from '../support/discord/index.js';
import { homegroup } from '../support/process/program.js';
import { temporaryFolder } from '../support/temporary.js';
import { TEST_KEY, type TestWorld } from '../support/world.js';

/** The real program is killed after Discord made an event, and before it could write that down. */

const home = temporaryFolder();
const PATIENCE = 60_000;
const EVENTS = /scheduled-events$/u;

let discord: LoopbackDiscord;
beforeAll(async () => {
  discord = await LoopbackDiscord.start();
});
afterAll(() => discord.close());

const DATA = path.join(home, 'data');
layDatabase(path.join(DATA, 'db'));
const open = () => openDatabase({ dir: path.join(DATA, 'db') }, memoryLog());
const start = () =>
  homegroup(
    ['start'],
    {
      DISCORD_TOKEN: discord.token,
      DISCORD_APP_ID: discord.appId,
      DISCORD_API_URL: discord.apiUrl,
      ENCRYPTION_KEY: TEST_KEY,
      DATA_DIR: DATA,
      LOG_LEVEL: 'error',
      PORT: '0',
    },
    home,
  );

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Not in time: ${what}`);
    await pause(50);
  }
}

const asked = (method: string) => discord.rest.requests.filter((one) => one.method === method && EVENTS.test(one.path)).length;

test('one event stands there, and the next process goes on with it', async () => {
  const before = await open();
  const world = { prisma: before.prisma, cipher: makeCipher(parseKeys(TEST_KEY)), places: makePlaces() };
  const userId = discord.addAccount('Rosa', { admin: true }).id;
  const scope = await enter(world, { platform: 'discord', userId, space: { id: discord.guildId } }, new Date());
  const session = await makeSession({ world, database: before } as TestWorld, scope);
  await turnOn({ ...scope, roles: new Set(['facilitator'] as const) }, session.id);
  await before.close();

  discord.rest.hold('POST', EVENTS);
  const first = start();
  await until(() => discord.events.all().length === 1, 'no event was made.');
  await first.signal('SIGKILL');
  discord.rest.heal();

  const between = await open();
  expect(await between.prisma.sessionEvent.findFirst()).toMatchObject({ ref: null });
  // Else it belongs to the process that was killed for ten minutes.
  await between.prisma.dueWork.updateMany({ where: { kind: 'session.mirror' }, data: { wakeAt: new Date() } });
  await between.close();
  const lists = asked('GET');

  const second = start();
  await until(() => asked('GET') > lists, 'it did not look for what is there.');
  await pause(3_000);
  expect(await second.signal('SIGTERM')).toMatchObject({ code: 0 });
  const after = await open();
  const [event] = discord.events.all();
  expect(discord.events.all()).toHaveLength(1);
  expect(await after.prisma.sessionEvent.findFirst()).toMatchObject({ ref: event?.id, state: 'kept' });
  await after.close();
  expect(discord.faults).toEqual([]);
}, 300_000);
