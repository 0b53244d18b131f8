import type { Banned, BotMoved } from '../../../src/chat/index.js';
import { until } from '../../schedule/support/world.js';
import { openStage } from '../../support/discord/open.js';
import { MAY } from '../../support/discord/threads.js';

/** Who is still in a Discord server, asked one at a time. */

async function asked() {
  const stage = await openStage();
  const { membership } = stage.adapter;
  if (!membership) throw new Error('Discord tells who is there.');
  return { stage, membership, discord: stage.discord, ana: (await stage.person('Ana')).id };
}

test('somebody is there until they leave or their account is closed', async () => {
  const { stage, membership, discord, ana } = await asked();
  await using _ = stage;
  expect(await membership.isMember(stage.space, ana)).toEqual({ ok: true, isMember: true });
  discord.world.left.add(ana);
  expect(await membership.isMember(stage.space, ana)).toEqual({ ok: true, isMember: false });
  discord.world.accounts.delete(ana);
  expect(await membership.isMember(stage.space, ana)).toEqual({ ok: true, isMember: false });
  expect(stage.faults()).toEqual([]);
});

test('nothing is said of anybody while Discord fails, or has no time, or when the bot itself was removed', async () => {
  const { stage, membership, discord, ana } = await asked();
  await using _ = stage;
  discord.fail(4, 500, /members/u);
  expect(await membership.isMember(stage.space, ana)).toEqual({ ok: false, why: 'busy' });
  discord.fail(1, 429, /members/u, 2);
  expect(await membership.isMember(stage.space, ana)).toMatchObject({ ok: false, why: 'busy', after: expect.any(Number) });
  expect(await membership.isMember(discord.world.snowflake(), ana)).toEqual({ ok: false, why: 'removed' });
});

test('that the bot is removed and comes back is heard at once; that Discord is away for a while is not taken for it', async () => {
  const { stage, membership, discord, ana } = await asked();
  await using _ = stage;
  const moves: (BotMoved | Banned)[] = [];
  membership.watch((moved) => moves.push(moved));
  await until(() => stage.discord.gateway.connected);
  discord.gateway.dispatch('GUILD_DELETE', { id: stage.space, unavailable: true });
  discord.gateway.moveBot(true);
  discord.gateway.moveBot(false);
  await until(() => moves.length > 0);
  expect(await membership.isMember(stage.space, ana)).toEqual({ ok: false, why: 'removed' });
  discord.gateway.moveBot(true);
  await until(() => moves.length > 1);
  expect(moves).toEqual([
    { space: stage.space, isThere: false },
    { space: stage.space, isThere: true },
  ]);
});

test('a ban is heard where the bot may see it, and nothing else of what moderators do', async () => {
  const { stage, membership, discord, ana } = await asked();
  await using _ = stage;
  const { world, gateway } = discord;
  const moves: (BotMoved | Banned)[] = [];
  membership.watch((moved) => moves.push(moved));
  await until(() => gateway.connected);
  gateway.ban({ id: ana, name: 'Ana' });
  world.botMay |= MAY.viewAuditLog;
  const ben = discord.addAccount('Ben').id;
  gateway.ban({ id: ben, name: 'Ben' });
  world.botMay ^= MAY.viewAuditLog | MAY.banMembers;
  const cleo = discord.addAccount('Cleo').id;
  gateway.ban({ id: cleo, name: 'Cleo' });
  await until(() => moves.length === 2);
  expect(moves).toEqual([ben, cleo].map((account) => ({ space: stage.space, account })));
  expect(stage.log.join()).not.toMatch(/sold things|could not be read/u);
});

test('a ban that makes no sense is dropped', async () => {
  const { stage, membership, discord, ana } = await asked();
  await using _ = stage;
  discord.gateway.dispatch('GUILD_BAN_ADD', { guild_id: stage.space });
  await stage.told(/could not be read/u);
  expect(await membership.isMember(stage.space, ana)).toEqual({ ok: true, isMember: true });
});
