import { commands } from '../../../commands/index.js';
import { LoopbackDiscord } from '../discord/index.js';
import { DiscordPerson } from '../discord/person.js';
import { LoopbackSlack } from '../slack/index.js';
import { makePerson } from '../slack/person.js';
import type { Person } from '../stage.js';

/** A platform that a program elsewhere connects to by its settings. What people do resolves before the answer is there. */
export interface Platform {
  readonly settings: Readonly<Record<string, string>>;
  person(name: string, as?: { readonly admin?: boolean }): Person;
  faults(): readonly string[];
  close(): Promise<void>;
}

const atOnce = async () => undefined;

export async function discordPlatform(): Promise<Platform> {
  const discord = await LoopbackDiscord.start();
  return {
    settings: { DISCORD_TOKEN: discord.token, DISCORD_APP_ID: discord.appId, DISCORD_API_URL: discord.apiUrl },
    person: (name, as = {}) => new DiscordPerson(discord, discord.addAccount(name, as), atOnce),
    faults: () => discord.faults,
    close: () => discord.close(),
  };
}

export async function slackPlatform(): Promise<Platform> {
  const slack = await LoopbackSlack.start();
  const roots = new Set(commands.filter(({ hidden }) => !hidden).map(({ path: [root] }) => `/${root}`));
  const desk = { slack, idle: atOnce, knows: (command: string) => roots.has(command) };
  return {
    settings: { SLACK_BOT_TOKEN: slack.tokens.bot, SLACK_APP_TOKEN: slack.tokens.app, SLACK_API_URL: slack.apiUrl },
    person: (name, as = {}) => makePerson(desk, slack.world.addUser(name, as)),
    faults: () => slack.faults,
    close: () => slack.close(),
  };
}
