import path from 'node:path';
import { makePlaces } from '../../src/core/communities/places.js';
import { act } from '../../src/core/live/act.js';
import { raise } from '../../src/core/live/raise.js';
import { beginLive } from '../../src/core/live/start.js';
import { enter } from '../../src/core/members/enter.js';
import { ensureOccurrence } from '../../src/core/sessions/ensure.js';
import { dateNamed } from '../../src/core/sessions/find.js';
import { makeCipher } from '../../src/db/cipher.js';
import { parseKeys } from '../../src/db/keys.js';
import { openDatabase } from '../../src/db/open.js';
import { makeSession } from '../core/sessions/support.js';
import { until } from '../schedule/support/world.js';
import { layDatabase, memoryLog } from '../support/db.js';
import { LoopbackDiscord } from '../support/discord/index.js';
import { MAY } from '../support/discord/threads.js';
import { homegroup } from '../support/process/program.js';
import { temporaryFolder } from '../support/temporary.js';
import { TEST_KEY, type TestWorld } from '../support/world.js';

/** The real program is killed after Discord muted somebody, and before it could write that down. Nobody is left muted. */

const home = temporaryFolder();
const PATIENCE = 60_000;
const MEMBERS = /guilds\/\d+\/members/u;

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
      DISCORD_VOICE: 'on',
      ENCRYPTION_KEY: TEST_KEY,
      DATA_DIR: DATA,
      LOG_LEVEL: 'error',
      PORT: '0',
    },
    home,
  );

/** Olga leads a quiet session in a voice channel, and Ana shares. @returns the session's id */
async function shares(voice: string, [olga, ana]: readonly [string, string]): Promise<string> {
  const database = await open();
  const world = { prisma: database.prisma, cipher: makeCipher(parseKeys(TEST_KEY)), places: makePlaces() };
  const scopeOf = (userId: string) => enter(world, { platform: 'discord', userId, space: { id: discord.guildId } }, new Date());
  const scope = { ...(await scopeOf(olga)), roles: new Set(['facilitator'] as const) };
  const soon = new Date(Date.now() + PATIENCE).toISOString();
  const local = soon.slice(0, 16);
  const session = await makeSession({ world, database } as TestWorld, scope, {
    ...{ place: 'voice', channelId: voice, isQuiet: true, settled: '2020-01-01T00:00', zone: 'UTC' },
    ...{ rrule: null, start: local.slice(0, 10), time: local.slice(11) },
  });
  const date = await dateNamed(scope.db, session, local);
  if (!date) throw new Error('The session has no date.');
  const { id: occurrence } = await ensureOccurrence(scope.db, session, date);
  const { id } = await beginLive(scope, { occurrence, script: 'open', shareMinutes: 20 });
  await raise(await scopeOf(ana), id);
  await act(scope, id, { kind: 'next', seen: undefined });
  await database.close();
  return id;
}

test('killed between muting and writing it down, the next process knows whom to unmute, once they are back', async () => {
  const { world, voices, rest } = discord;
  const [olga, ana, ben, cleo] = ['Olga', 'Ana', 'Ben', 'Cleo'].map((name) => discord.addAccount(name).id) as [
    ...[string, string, string, string],
  ];
  const voice = world.snowflake();
  world.voiceChannels.add(voice);
  world.textChannels.add(voice);
  world.botMay |= MAY.muteMembers;
  const live = await shares(voice, [olga, ana]);
  for (const one of [olga, ana, ben, cleo]) voices.join(one, voice);

  rest.hold('PATCH', MEMBERS);
  const first = start();
  await until(() => [ben, cleo].some((one) => voices.isMuted(one)), PATIENCE);
  await first.signal('SIGKILL');
  rest.heal();
  expect([olga, ana].filter((one) => voices.isMuted(one))).toEqual([]);
  const muted = voices.isMuted(ben) ? ben : cleo;
  voices.leave(muted);

  const between = await open();
  const now = new Date();
  expect(await between.prisma.microphone.findMany()).toMatchObject([{ state: 'asked', isOff: true }]);
  // Its time is over meanwhile.
  await between.prisma.liveSession.update({ where: { id: live }, data: { closesAt: now } });
  await between.prisma.hand.updateMany({ data: { until: new Date(now.getTime() - 60 * PATIENCE) } });
  await between.prisma.dueWork.updateMany({ where: { kind: 'live.close' }, data: { dueAt: now, wakeAt: now } });
  await between.close();

  const second = start();
  await until(() => rest.requests.some(({ path: asked, status }) => MEMBERS.test(asked) && status === 400), PATIENCE);
  expect(voices.isMuted(muted)).toBe(true);
  voices.join(muted, voice);
  await until(() => [ben, cleo].every((one) => !voices.isMuted(one)), PATIENCE);
  expect(await second.signal('SIGTERM')).toMatchObject({ code: 0 });
  const after = await open();
  expect(await after.prisma.microphone.count()).toBe(0);
  await after.close();
  expect(discord.faults).toEqual([]);
}, 300_000);
