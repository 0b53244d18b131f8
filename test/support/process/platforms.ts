import { commands } from '../../../commands/index.js';
import { LoopbackDiscord } from '../discord/index.js';
import { DiscordPerson } from '../discord/person.js';
import { LoopbackSlack } from '../slack/index.js';
import type { LoopbackOptions } from '../slack/loopback.js';
import { makePerson } from '../slack/person.js';
import { COMMON, TEAM } from '../slack/world.js';
import type { Person } from '../stage.js';

/** A platform that a program elsewhere connects to by its settings. What people do resolves before the answer is there. */
export interface Platform {
  readonly settings: Readonly<Record<string, string>>;
  /** The platform's id of its only guild or workspace. */
  readonly space: string;
  /** The common channel. */
  readonly channel: string;
  /** How many messages of the bot stand in each direct conversation, by the id of its person. */
  inDirect(): ReadonlyMap<string, number>;
  /** Messages that were sent to the platform and taken, also where it knew them already. */
  taken(): number;
  person(name: string, as?: { readonly admin?: boolean }): Person;
  faults(): readonly string[];
  close(): Promise<void>;
}

const atOnce = async () => undefined;

/** @param directs channels, by their person */
function countIn(directs: ReadonlyMap<string, string>, messages: Iterable<{ readonly channel: string }>) {
  const owners = new Map([...directs].map(([user, channel]) => [channel, user]));
  const counts = new Map<string, number>();
  for (const { channel } of messages) {
    const owner = owners.get(channel);
    if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return counts;
}

export async function discordPlatform(): Promise<Platform> {
  const discord = await LoopbackDiscord.start();
  return {
    settings: { DISCORD_TOKEN: discord.token, DISCORD_APP_ID: discord.appId, DISCORD_API_URL: discord.apiUrl },
    space: discord.guildId,
    channel: discord.channelId,
    inDirect: () => countIn(discord.world.directs, discord.world.messages.values()),
    taken: () =>
      discord.rest.requests.filter(
        ({ method, path, status }) => method === 'POST' && path.endsWith('/messages') && status === 200,
      ).length,
    person: (name, as = {}) => new DiscordPerson(discord, discord.addAccount(name, as), atOnce),
    faults: () => discord.faults,
    close: () => discord.close(),
  };
}

/** @param options such as no rate limits, for a test of something else */
export async function slackPlatform(options: LoopbackOptions = {}): Promise<Platform> {
  const slack = await LoopbackSlack.start(options);
  const roots = new Set(commands.filter(({ hidden }) => !hidden).map(({ path: [root] }) => `/${root}`));
  const desk = { slack, idle: atOnce, knows: (command: string) => roots.has(command) };
  return {
    settings: { SLACK_BOT_TOKEN: slack.tokens.bot, SLACK_APP_TOKEN: slack.tokens.app, SLACK_API_URL: slack.apiUrl },
    space: TEAM.id,
    channel: COMMON,
    inDirect: () => countIn(slack.world.directs, slack.world.messages),
    taken: () => slack.world.messages.length,
    person: (name, as = {}) => makePerson(desk, slack.world.addUser(name, as)),
    faults: () => slack.faults,
    close: () => slack.close(),
  };
}
