import { until } from '../schedule/support/world.js';
import type { DiscordStage } from '../support/discord/stage.js';
import { MAY } from '../support/discord/threads.js';
import type { SlackStage } from '../support/slack/index.js';
import type { Person } from '../support/stage.js';
import { onEveryStage } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Ana leaves by mistake and comes back; then she is banned. Last the bot itself is removed. */

const MINUTE = 60_000;
const DAY = 24 * 3_600_000;
const { worlds, open } = openWorlds('2027-03-01T09:00:00Z');

onEveryStage(open, (stage, platform) => {
  // Nobody leaves a playground.
  const here = platform === 'playground' ? test.skip : test;
  let world: TestWorld;
  let ana: Person;
  let ben: Person;

  const checkIns = () => world.database.prisma.checkIn.count();
  function goes({ id }: Person): void {
    if (platform === 'discord') (stage() as DiscordStage).discord.world.left.add(id);
    else (stage() as SlackStage).slack.disable(id);
  }
  function comes({ id }: Person): void {
    if (platform === 'discord') (stage() as DiscordStage).discord.world.left.delete(id);
    else (stage() as SlackStage).slack.disable(id, false);
  }
  /** Discord tells of it at once where the bot may see bans; Slack does not. */
  async function isBanned(person: Person): Promise<void> {
    if (platform !== 'discord') return goes(person);
    const { world: guild, gateway } = (stage() as DiscordStage).discord;
    guild.botMay |= MAY.viewAuditLog;
    gateway.ban(person);
    await until(async () => (await world.database.prisma.member.count({ where: { leftAt: { not: null } } })) === 1);
    await person.typeDirectly('/support now');
    expect(person.last().text).toContain('closed to you');
  }
  async function removeBot(): Promise<void> {
    if (platform === 'discord') (stage() as DiscordStage).discord.gateway.moveBot(false);
    else await (stage() as SlackStage).slack.uninstall();
  }
  /** In one leap, then a few minutes in which what became due is done. */
  async function goesBy(days: number): Promise<void> {
    await world.leaps(days * DAY);
    await world.passes(5 * MINUTE);
  }
  async function checksIn(person: Person): Promise<void> {
    await person.type('/checkin now mood:6');
  }

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    await world.connect([stage().adapter]);
    ana = await stage().person('Ana');
    ben = await stage().person('Ben', { admin: true });
    for (const person of [ana, ben]) await checksIn(person);
    expect(await checkIns()).toBe(2);
  });

  here('who is gone for less than a month finds everything as it was', async () => {
    goes(ana);
    await goesBy(9);
    const note = ana.sees().findLast(({ where }) => where === 'direct');
    if (platform === 'discord') {
      expect(note).toMatchObject({ preview: 'There is a note for you.', buttons: ['Erase it now'] });
      expect(note?.text).toContain('kept until');
      await ana.typeDirectly('/checkin now mood:3');
      expect(ana.last().text).toContain('closed to you');
      await ana.typeDirectly('/privacy show');
      expect(ana.last().text).not.toContain('closed to you');
    }
    comes(ana);
    await ana.type('/checkin history');
    await goesBy(40);
    expect(await checkIns()).toBe(2);
  });

  here('a month after somebody was banned nothing is kept of them, and others notice nothing', async () => {
    await isBanned(ana);
    for (const days of [9, 32]) await goesBy(days);
    expect(await checkIns()).toBe(1);
    expect(await world.database.prisma.identity.findMany({ select: { externalId: true } })).toEqual([{ externalId: ben.id }]);
    expect(ben.sees().some(({ where }) => where === 'direct')).toBe(false);
  });

  here('a month after the bot was removed nothing is kept of the community', async () => {
    await removeBot();
    await until(async () => (await world.database.prisma.space.count({ where: { removedAt: { not: null } } })) === 1);
    await goesBy(29);
    expect(await checkIns()).toBe(1);
    await goesBy(2);
    const { prisma } = world.database;
    expect([await checkIns(), await prisma.member.count(), await prisma.community.count()]).toEqual([0, 0, 0]);
    expect(world.logged).toEqual([]);
  });
});
