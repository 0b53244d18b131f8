import { DiscordSetupError, makeDiscord } from '../../../src/adapters/discord/index.js';
import { LoopbackDiscord } from '../../support/discord/index.js';
import { openStage } from '../../support/discord/open.js';
import { say, scriptedRouter } from '../../support/discord/script.js';

const silent = { info() {}, warn() {}, error() {} };

test('only intents are asked for that are not privileged: Guilds and GuildModeration', async () => {
  await using stage = await openStage();
  expect(stage.discord.gateway.intents).toBe(1 | (1 << 2));
});

test('what is done while the connection is down is answered after the resume', async () => {
  await using stage = await openStage({ crisis: { answer: () => say('Here are the lines.') } });
  const ana = await stage.person('Ana');
  const { gateway } = stage.discord;
  const back = gateway.nextReady();
  await gateway.dropSockets();
  await Promise.all([ana.type('/crisis'), back]);
  expect(ana.last().text).toBe('Here are the lines.');
  expect([gateway.identified, gateway.resumed]).toEqual([1, 1]);
  expect(stage.faults()).toEqual([]);
});

test('a reconnect that Discord asks for loses nothing', async () => {
  await using stage = await openStage();
  const ana = await stage.person('Ana');
  const { gateway } = stage.discord;
  const back = gateway.nextReady();
  gateway.askToReconnect();
  await Promise.all([ana.type('/help'), back]);
  expect(ana.last().text).toBe('ran help');
  expect(gateway.resumed).toBe(1);
});

test('after an invalid session the bot identifies anew and goes on', async () => {
  await using stage = await openStage();
  const ana = await stage.person('Ana');
  const { gateway } = stage.discord;
  const back = gateway.nextReady();
  gateway.invalidateSession();
  await back;
  await ana.type('/help');
  expect(stage.adapter.listens?.()).toBe(true);
  expect(ana.last().text).toBe('ran help');
  expect(gateway.identified).toBe(2);
  expect(stage.faults()).toEqual([]);
});

test('it is known whether Discord can reach the bot', async () => {
  const discord = await LoopbackDiscord.start();
  const adapter = makeDiscord({ token: discord.token, appId: discord.appId, apiUrl: discord.apiUrl, log: silent });
  const becomes = async (wanted: boolean) => {
    while (adapter.listens?.() !== wanted) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  expect(adapter.listens?.()).toBe(false);
  await adapter.start(scriptedRouter());
  await becomes(true);
  const back = discord.gateway.nextReady();
  const away = becomes(false);
  await discord.gateway.dropSockets();
  await away;
  await back;
  await becomes(true);
  await adapter.stop();
  await discord.close();
});

test('a connection that no longer answers heartbeats is left for a new one', async () => {
  const discord = await LoopbackDiscord.start();
  discord.gateway.heartbeat = 20;
  discord.gateway.stopAnswering();
  const adapter = makeDiscord({ token: discord.token, appId: discord.appId, apiUrl: discord.apiUrl, log: silent });
  await adapter.start(scriptedRouter());
  const back = discord.gateway.nextReady();
  await back;
  expect(discord.gateway.resumed).toBeGreaterThanOrEqual(1);
  await adapter.stop();
  await discord.close();
});

describe('a packet that makes no sense', () => {
  const senseless = [
    'not json',
    '7',
    'null',
    '{"op":0,"t":"INTERACTION_CREATE","s":3,"d":null}',
    '{"op":0,"t":"INTERACTION_CREATE","s":4,"d":{"type":2,"data":null}}',
    '{"op":0,"t":"INTERACTION_CREATE","s":5,"d":{"type":3,"id":"1","token":"x","data":{"custom_id":7}}}',
    '{"op":0,"t":"INTERACTION_CREATE","s":6,"d":{"type":5,"id":"1","token":"x","data":{"custom_id":"x","components":[null]}}}',
    '{"op":0,"t":"GUILD_CREATE","s":7,"d":null}',
    '{"op":0,"t":"GUILD_CREATE","s":8,"d":{"id":{}}}',
    '{"op":0,"t":"GUILD_DELETE","s":9,"d":null}',
    '{"op":0,"t":"MESSAGE_CREATE","s":10,"d":{"channel":7}}',
    '{"op":0,"t":"READY","s":11,"d":null}',
    '{"op":9,"d":null}',
    '{"op":10}',
  ];

  test.each(senseless)('%s is survived', async (packet) => {
    await using stage = await openStage();
    const ana = await stage.person('Ana');
    stage.discord.gateway.sendRaw(packet);
    await ana.type('/help');
    expect(ana.last().text).toBe('ran help');
  });

  test('other exceptions are not swallowed', () => {
    const before = process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');
    makeDiscord({ token: 'x', appId: '1', log: silent });
    expect(process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection')).toBe(before);
  });
});

describe('what the operator is told', () => {
  const started = async (discord: LoopbackDiscord, token: string) => {
    const adapter = makeDiscord({ token, appId: discord.appId, apiUrl: discord.apiUrl, log: silent });
    const refused = await adapter.start(scriptedRouter()).catch((error: unknown) => error);
    await adapter.stop();
    await discord.close();
    return refused;
  };

  test('a wrong token', async () => {
    const discord = await LoopbackDiscord.start();
    const refused = await started(discord, 'wrong.token.altogether');
    expect(refused).toBeInstanceOf(DiscordSetupError);
    expect(String(refused)).toMatch(/DISCORD_TOKEN/u);
    expect(String(refused)).not.toContain('wrong.token');
  });

  test('a token that only the gateway refuses', async () => {
    const discord = await LoopbackDiscord.start();
    discord.rest.isToken = () => false;
    const refused = await started(discord, discord.token);
    expect(String(refused)).toMatch(/DISCORD_TOKEN/u);
  });

  test('intents that are not allowed', async () => {
    const discord = await LoopbackDiscord.start();
    discord.gateway.refuseIntents();
    const refused = await started(discord, discord.token);
    expect(refused).toBeInstanceOf(DiscordSetupError);
    expect(String(refused)).toMatch(/intents/u);
  });

  test('a token that is taken back later', async () => {
    await using stage = await openStage();
    stage.discord.gateway.closeWith(4004);
    await stage.told(/DISCORD_TOKEN/u);
  });

  test('a server that removed the bot', async () => {
    await using stage = await openStage();
    stage.discord.gateway.dispatch('GUILD_DELETE', { id: stage.space });
    await stage.told(/removed from this server/u);
  });
});
