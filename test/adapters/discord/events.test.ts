import type { NativeEvent } from '../../../src/chat/index.js';
import { openStage } from '../../support/discord/open.js';
import type { DiscordStage } from '../../support/discord/stage.js';
import { MAY } from '../../support/discord/threads.js';

/** The calendar of a guild, as Discord has it. */

const HOUR = 3_600_000;
const at = (hours: number) => new Date(Math.floor(Date.now() / 1000) * 1000 + hours * HOUR);
const event: NativeEvent = {
  title: 'Evening circle',
  description: 'Bring a cup.',
  startsAt: at(24),
  endsAt: at(25),
  where: { kind: 'words', text: 'online, by a link' },
};
const calendarOf = ({ adapter, space }: DiscordStage) => {
  const { events } = adapter;
  if (!events) throw new Error('Discord has a calendar.');
  return { events, space };
};

async function made(stage: DiscordStage, one: NativeEvent = event): Promise<string> {
  const { events, space } = calendarOf(stage);
  const created = await events.create(space, one);
  if (!created.ok) throw new Error(created.why);
  return created.ref;
}

test('what is written is what is read, wherever it is, and after every change of place', async () => {
  await using stage = await openStage();
  const { events, space } = calendarOf(stage);
  const { world } = stage.discord;
  const [voice, stagy] = [world.snowflake(), world.snowflake()];
  world.voiceChannels.add(voice);
  world.stageChannels.add(stagy);
  world.botMay |= MAY.manageChannels | MAY.muteMembers | MAY.moveMembers;
  const ref = await made(stage);
  expect(await events.read(space, ref)).toEqual({ ok: true, there: { ref, event, isOurs: true, isUnderWay: false } });
  const { description: _, ...bare } = event;
  const places: NativeEvent[] = [
    { ...event, where: { kind: 'voice', channel: voice } },
    { ...event, where: { kind: 'stage', channel: stagy }, startsAt: at(30), endsAt: at(32) },
    { ...bare, title: 'Morning', where: { kind: 'words', text: 'at the river' } },
  ];
  for (const changed of places) {
    expect(await events.edit(space, ref, changed)).toEqual({ ok: true });
    expect(await events.read(space, ref)).toMatchObject({ there: { event: changed } });
    const other = await made(stage, changed);
    expect(await events.read(space, other)).toMatchObject({ there: { event: changed } });
  }
  const listed = await events.list(space);
  expect(listed.ok && listed.all).toHaveLength(4);
  expect(await events.remove(space, ref)).toEqual({ ok: true });
  expect(await events.read(space, ref)).toEqual({ ok: false, why: 'gone' });
  expect(stage.faults()).toEqual([]);
});

/** Made by somebody else. */
function byOther({ discord, space }: DiscordStage): void {
  const body = {
    name: event.title,
    scheduled_start_time: event.startsAt.toISOString(),
    scheduled_end_time: event.endsAt.toISOString(),
    privacy_level: 2,
    entity_type: 3,
    entity_metadata: { location: 'the park' },
  };
  discord.events.create(space, body, discord.world.snowflake());
}

test('another bot’s or a person’s event is not ours', async () => {
  await using stage = await openStage();
  const { events, space } = calendarOf(stage);
  byOther(stage);
  const listed = await events.list(space);
  expect(listed.ok && listed.all).toMatchObject([{ isOurs: false, event: { where: { kind: 'words', text: 'the park' } } }]);
  const [there] = listed.ok ? listed.all : [];
  expect(await events.remove(space, there?.ref ?? '')).toEqual({ ok: false, why: 'forbidden' });
});

test('what Discord refuses is said in one word', async () => {
  await using stage = await openStage();
  const { events, space } = calendarOf(stage);
  const ref = await made(stage);
  stage.discord.events.deleteByHand(ref);
  expect(await events.edit(space, ref, event)).toEqual({ ok: false, why: 'gone' });
  expect(await events.remove(space, ref)).toEqual({ ok: false, why: 'gone' });
  const nowhere = { ...event, where: { kind: 'voice' as const, channel: stage.discord.world.snowflake() } };
  expect(await events.create(space, nowhere)).toEqual({ ok: false, why: 'forbidden' });
  expect(await events.list('123456789012345678')).toEqual({ ok: false, why: 'forbidden' });
  stage.discord.world.botMay &= ~MAY.createEvents;
  expect(await events.create(space, event)).toEqual({ ok: false, why: 'forbidden' });
  stage.discord.world.botMay |= MAY.manageEvents;
  for (let i = 0; i < 100; i += 1) byOther(stage);
  expect(await events.create(space, event)).toEqual({ ok: false, why: 'full' });
  expect(stage.faults()).toEqual([]);
});

test('what fails in passing may be tried again, and nobody waits for a limit', async () => {
  await using stage = await openStage();
  const { events, space } = calendarOf(stage);
  const ref = await made(stage);
  stage.discord.fail(10, 503, /scheduled-events/u);
  expect(await events.read(space, ref)).toEqual({ ok: false, why: 'busy' });
  stage.discord.rest.heal();
  stage.discord.fail(1, 429, /scheduled-events/u, 5);
  const began = performance.now();
  const busy = await events.edit(space, ref, event);
  expect(busy).toMatchObject({ ok: false, why: 'busy' });
  expect(!busy.ok && busy.after).toBeGreaterThan(3000);
  expect(performance.now() - began).toBeLessThan(3000);
});

test('an event that goes on is under way, and one that is over is gone', async () => {
  await using stage = await openStage();
  const { events, space } = calendarOf(stage);
  const ref = await made(stage);
  stage.discord.world.advance(24.5 * HOUR);
  expect(await events.read(space, ref)).toMatchObject({ ok: true, there: { isUnderWay: true } });
  stage.discord.world.advance(HOUR);
  expect(await events.read(space, ref)).toEqual({ ok: false, why: 'gone' });
});

test.each([
  ['begins in the past', { startsAt: at(-1) }],
  ['ends before it begins', { endsAt: at(1) }],
  ['has no name', { title: '' }],
  ['is nowhere', { where: { kind: 'words' as const, text: '' } }],
  ['has a name that is too long', { title: 'x'.repeat(101) }],
])('the loopback is as strict as Discord: what %s is a fault of ours', async (_, wrong) => {
  await using stage = await openStage();
  const { events, space } = calendarOf(stage);
  await expect(events.create(space, { ...event, ...wrong })).rejects.toThrow('Discord refused an event');
  expect(stage.discord.events.all()).toEqual([]);
  expect(stage.faults()).toHaveLength(1);
});
