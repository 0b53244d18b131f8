import { setTimeout as pause } from 'node:timers/promises';
import type { RoomChange, Rooms } from '../../../src/chat/index.js';
import { openStage } from '../../support/discord/open.js';
import { scriptedRouter } from '../../support/discord/script.js';
import { type DiscordStage, makeDiscordStage } from '../../support/discord/stage.js';
import { MAY } from '../../support/discord/threads.js';

/** Who is in the voice channels of a guild, and what can be done to their microphones. */

const buckets = { messages: { limit: 200, milliseconds: 1000 }, members: { limit: 3, milliseconds: 1500 } };

interface Opened {
  readonly rooms: Rooms;
  readonly changes: RoomChange[];
  readonly voice: string;
  readonly stagy: string;
}

function roomsOf({ adapter, discord }: DiscordStage): Opened {
  const { rooms } = adapter;
  if (!rooms) throw new Error('Discord has rooms.');
  const { world } = discord;
  const [voice, stagy] = [world.snowflake(), world.snowflake()];
  world.voiceChannels.add(voice);
  world.stageChannels.add(stagy);
  world.botMay |= MAY.muteMembers;
  const changes: RoomChange[] = [];
  rooms.watch((change) => changes.push(change));
  return { rooms, changes, voice, stagy };
}

/** Resolves once the gateway told of what was done last. */
async function told(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 500) throw new Error('Discord told nothing.');
    await pause(5);
  }
}

test('without the setting it is not known who is in voice channels', async () => {
  await using stage = await openStage();
  const { world, voices, gateway } = stage.discord;
  voices.join(stage.discord.addAccount('Ana').id, world.snowflake());
  expect(gateway.intents).toBe(1 | (1 << 2));
  expect(stage.adapter.rooms).toBeUndefined();
  expect(stage.adapter.can.rooms).toBe(false);
});

test('with it, one intent more is asked for, and everybody is known who is there, comes, goes and moves', async () => {
  const stage = await makeDiscordStage(undefined, { voice: true });
  const { discord, space } = stage;
  const { rooms, changes, voice, stagy } = roomsOf(stage);
  const ana = discord.addAccount('Ana', { roles: ['7'] }).id;
  const bot = discord.world.snowflake();
  discord.voices.join(ana, voice);
  discord.voices.join(bot, voice, { bot: true });
  expect(rooms.people(space)).toBeUndefined();
  await stage.open(scriptedRouter({}));
  expect(discord.gateway.intents).toBe(1 | (1 << 2) | (1 << 7));
  await told(() => changes.length === 1);
  expect(changes).toEqual([{ space, accounts: [ana, bot], rooms: [voice] }]);
  const there = { account: ana, room: voice, isMuted: false, isAudience: false, isBot: false, roles: ['7'] };
  expect(rooms.people(space)).toEqual([there, { ...there, account: bot, isBot: true, roles: [] }]);
  discord.voices.join(ana, stagy);
  await told(() => changes.length === 2);
  expect(changes.at(-1)).toEqual({ space, accounts: [ana], rooms: [voice, stagy] });
  expect(rooms.people(space)?.find(({ account }) => account === ana)).toMatchObject({ room: stagy, isAudience: true });
  discord.voices.leave(ana);
  await told(() => rooms.people(space)?.length === 1);
  expect(stage.faults()).toEqual([]);
  await stage.close();
});

test('a microphone is turned, and shows so at once', async () => {
  await using stage = await openStage({}, { voice: true });
  const { discord, space } = stage;
  const { rooms, voice, stagy } = roomsOf(stage);
  const ana = discord.addAccount('Ana').id;
  discord.voices.join(ana, voice);
  await told(() => rooms.people(space)?.length === 1);
  expect(await rooms.turn(space, { account: ana, room: voice }, 'voice', true)).toEqual({ ok: true });
  expect(rooms.people(space)).toMatchObject([{ isMuted: true }]);
  expect(discord.voices.isMuted(ana)).toBe(true);
  expect(await rooms.turn(space, { account: ana, room: voice }, 'voice', false)).toEqual({ ok: true });
  expect(discord.voices.isMuted(ana)).toBe(false);
  discord.voices.join(ana, stagy);
  await told(() => rooms.people(space)?.[0]?.room === stagy);
  expect(await rooms.turn(space, { account: ana, room: stagy }, 'stage', false)).toEqual({ ok: true });
  expect(rooms.people(space)).toMatchObject([{ isAudience: false }]);
  expect(stage.faults()).toEqual([]);
});

test('every refusal says what it means', async () => {
  await using stage = await openStage({}, { voice: true });
  const { discord, space } = stage;
  const { rooms, voice, stagy } = roomsOf(stage);
  const [ana, ben] = [discord.addAccount('Ana').id, discord.addAccount('Ben').id];
  const mute = (account: string, kind: 'voice' | 'stage' = 'voice', room = voice) =>
    rooms.turn(space, { account, room }, kind, true);
  expect(await mute(ana)).toEqual({ ok: false, why: 'away' });
  expect(await mute(ana, 'stage', stagy)).toEqual({ ok: false, why: 'away' });
  expect(await mute(discord.world.snowflake())).toEqual({ ok: false, why: 'gone' });
  discord.voices.join(ana, voice);
  discord.voices.quit(ben);
  expect(await mute(ben)).toEqual({ ok: false, why: 'gone' });
  discord.world.botMay &= ~MAY.muteMembers;
  expect(await mute(ana)).toEqual({ ok: false, why: 'forbidden' });
  discord.world.botMay |= MAY.muteMembers;
  discord.voices.closed.add(voice);
  expect(await mute(ana)).toEqual({ ok: false, why: 'forbidden' });
  discord.fail(4, 503, /members/u);
  expect(await mute(ana)).toMatchObject({ ok: false, why: 'busy' });
  discord.rest.heal();
});

test('at the limit for a guild nobody waits: it says when to come back, and then it is done', async () => {
  await using stage = await openStage({}, { voice: true, buckets });
  const { discord, space } = stage;
  const { rooms, voice } = roomsOf(stage);
  const accounts = Array.from({ length: 4 }, (_, at) => discord.addAccount(`P${at}`).id);
  for (const account of accounts) discord.voices.join(account, voice);
  const mute = (account: string) => rooms.turn(space, { account, room: voice }, 'voice', true);
  const all = [];
  for (const account of accounts) all.push(await mute(account));
  expect(all.map(({ ok }) => ok)).toEqual([true, true, true, false]);
  const last = all.at(-1);
  if (!last || last.ok || last.after === undefined) throw new Error('It does not say when to come back.');
  expect(last).toEqual({ ok: false, why: 'busy', after: expect.any(Number) });
  await pause(last.after);
  expect(await mute(accounts.at(-1) ?? '')).toEqual({ ok: true });
  expect(discord.rest.requests.filter(({ status }) => status === 429)).toEqual([]);
});
