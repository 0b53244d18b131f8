import { makeDiscord } from '../../../src/adapters/discord/index.js';
import { type Address, Busy } from '../../../src/chat/index.js';
import { LoopbackDiscord } from '../../support/discord/index.js';
import { openStage } from '../../support/discord/open.js';
import { say } from '../../support/discord/script.js';

const hello = say('Hello.');
const channelOf = (channel: string): Address => ({ kind: 'channel', space: 's', channel });
const directTo = (user: string): Address => ({ kind: 'direct', space: 's', user });

test('a channel message is one message, however often it is tried', async () => {
  await using stage = await openStage();
  const ana = await stage.person('Ana');
  const first = await stage.adapter.send(channelOf(stage.channel), hello, 'reminder-1');
  const second = await stage.adapter.send(channelOf(stage.channel), hello, 'reminder-1');
  expect(first).toMatchObject({ ok: true });
  expect(second).toEqual(first);
  await stage.adapter.send(channelOf(stage.channel), hello, 'reminder-2');
  expect(ana.sees()).toHaveLength(2);
  expect(stage.faults()).toEqual([]);
});

test('every part of a long message has a key of its own', async () => {
  await using stage = await openStage();
  const ana = await stage.person('Ana');
  const long = say('Long', [{ kind: 'text', text: 'word '.repeat(3000) }]);
  await stage.adapter.send(directTo(ana.id), long, 'long');
  const parts = ana.sees().length;
  expect(parts).toBeGreaterThan(2);
  await stage.adapter.send(directTo(ana.id), long, 'long');
  expect(ana.sees()).toHaveLength(parts);
  expect(stage.faults()).toEqual([]);
});

test('there is a turn for each request: opening a conversation once, and every part of a message', async () => {
  await using stage = await openStage();
  const ana = await stage.person('Ana');
  const { requests } = stage.discord.rest;
  const seen: number[] = [];
  const turn = async () => {
    seen.push(requests.length);
  };
  const begun = requests.length;
  await stage.adapter.send(directTo(ana.id), hello, 'one', turn);
  await stage.adapter.send(directTo(ana.id), hello, 'two', turn);
  await stage.adapter.send(directTo(ana.id), say('Long', [{ kind: 'text', text: 'word '.repeat(1200) }]), 'three', turn);
  expect(requests.slice(begun).map(({ path }) => path.endsWith('/messages'))).toEqual([false, true, true, true, true]);
  expect(seen).toEqual(requests.slice(begun).map((_, index) => begun + index));
});

test('the key says nothing of what it was made from', async () => {
  await using stage = await openStage();
  await stage.adapter.send(channelOf(stage.channel), hello, 'checkin:ana:relapse');
  expect(stage.wire().join('')).not.toMatch(/relapse|checkin:ana/u);
});

test('a closed conversation is closed, and nothing goes to a channel instead', async () => {
  await using stage = await openStage();
  const ana = await stage.person('Ana', { closedDirect: true });
  const ben = await stage.person('Ben');
  expect(await stage.adapter.send(directTo(ana.id), hello, 'x')).toEqual({ ok: false, why: 'closed' });
  expect([...ana.sees(), ...ben.sees()]).toEqual([]);
  expect(stage.faults()).toEqual([]);
});

test('a person or channel that is not there is gone; a channel that the bot may not use is forbidden', async () => {
  await using stage = await openStage();
  expect(await stage.adapter.send(directTo('99999999999999999'), hello, 'x')).toEqual({ ok: false, why: 'gone' });
  expect(await stage.adapter.send(channelOf('99999999999999999'), hello, 'x')).toEqual({ ok: false, why: 'gone' });
  stage.discord.world.forbidden.set(stage.channel, 50001);
  expect(await stage.adapter.send(channelOf(stage.channel), hello, 'x')).toEqual({ ok: false, why: 'forbidden' });
  stage.discord.world.forbidden.set(stage.channel, 50013);
  expect(await stage.adapter.send(channelOf(stage.channel), hello, 'x')).toEqual({ ok: false, why: 'forbidden' });
});

test('a rate limit is told with the time to wait', async () => {
  await using stage = await openStage();
  stage.discord.fail(1, 429, /messages$/u, 1.5);
  const refused = await stage.adapter.send(channelOf(stage.channel), hello, 'x').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Busy);
  expect(refused).toMatchObject({ after: expect.any(Number) });
  expect((refused as Busy).after).toBeGreaterThanOrEqual(1000);
  expect(stage.faults()).toEqual([]);
});

test('the published limit of a channel is respected before Discord refuses', async () => {
  const discord = await LoopbackDiscord.start();
  const silent = { info() {}, warn() {}, error() {} };
  const adapter = makeDiscord({ token: discord.token, appId: discord.appId, apiUrl: discord.apiUrl, log: silent });
  const outcomes = [];
  for (let i = 0; i < 7; i += 1)
    outcomes.push(await adapter.send(channelOf(discord.channelId), hello, `m${i}`).catch((error: unknown) => error));
  expect(outcomes.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => expect.objectContaining({ ok: true })));
  expect(outcomes[6]).toBeInstanceOf(Busy);
  expect(discord.rest.requests.filter(({ status }) => status === 429)).toEqual([]);
  await adapter.stop();
  await discord.close();
});

test('a server error is tried again, and is Busy when it lasts; what arrived meanwhile is not sent twice', async () => {
  await using stage = await openStage();
  const ana = await stage.person('Ana');
  stage.discord.fail(2, 500, /messages$/u);
  expect(await stage.adapter.send(channelOf(stage.channel), hello, 'x')).toMatchObject({ ok: true });
  stage.discord.fail(100, 502, /messages$/u);
  await expect(stage.adapter.send(channelOf(stage.channel), hello, 'y')).rejects.toThrow(Busy);
  expect(ana.sees()).toHaveLength(1);
});

test('a Discord that cannot be reached is Busy', async () => {
  const discord = await LoopbackDiscord.start();
  const silent = { info() {}, warn() {}, error() {} };
  const adapter = makeDiscord({ token: discord.token, appId: discord.appId, apiUrl: discord.apiUrl, log: silent });
  await discord.close();
  await expect(adapter.send(channelOf(discord.channelId), hello, 'x')).rejects.toThrow(Busy);
  await adapter.stop();
});

test('an error tells nothing of what was to be sent', async () => {
  await using stage = await openStage();
  stage.discord.fail(1, 400, /messages$/u);
  const refused = await stage.adapter
    .send(channelOf(stage.channel), say('A private matter.'), 'x')
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Error);
  expect(refused).not.toBeInstanceOf(Busy);
  expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).not.toContain('private matter');
});
