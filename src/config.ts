import path from 'node:path';
import { ConfigError, type Environment, type Name, readSettings, type Settings } from './settings.js';

export interface DiscordConfig {
  readonly token: string;
  readonly appId: string;
  readonly guildId?: string;
  readonly apiUrl?: string;
  readonly voice: boolean;
}

export interface SlackConfig {
  readonly botToken: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly mode: 'socket' | 'http';
  readonly apiUrl?: string;
}

/** Secret where it is a setting. */
export type KeysFrom =
  | { readonly setting: string }
  | { readonly file: string }
  | { readonly command: readonly [string, ...string[]] };

export interface Config {
  readonly databaseUrl?: string;
  /** Holds the embedded database and its key file. */
  readonly dataDir: string;
  /** The journal of erasings, see `src/erasures.ts`. */
  readonly erasuresFile: string;
  readonly port: number;
  readonly host: string;
  /** Where the rest of the world reaches the web server, without a slash at its end. */
  readonly publicUrl?: string;
  readonly logLevel: Settings['LOG_LEVEL'];
  /** Where the keys are from; without one, from the key file of the embedded database. */
  readonly keys?: KeysFrom;
  readonly playground: boolean;
  /** It is not only on because nothing else is. */
  readonly playgroundAsked: boolean;
  readonly discord?: DiscordConfig;
  readonly slack?: SlackConfig;
  readonly slackPrefix: string;
}

/** Whether a platform is set up. @throws {@link ConfigError} when only half of it is */
function together(s: Settings, first: Name, needs: readonly Name[], why: string): boolean {
  const missing = needs.filter((name) => s[name] === undefined);
  if (s[first] === undefined) return false;
  if (missing.length > 0) throw new ConfigError(`${first} is set, but ${missing.join(' and ')} is not: ${why}`);
  return true;
}

/**
 * Settings of a platform without its token mean that the token was forgotten. Going on would start the playground, in which
 * anybody acts as anybody, where a connected bot was meant.
 */
function orphaned(s: Settings, token: Name, companions: readonly Name[]): void {
  const given = companions.filter((name) => s[name] !== undefined);
  if (s[token] === undefined && given.length > 0)
    throw new ConfigError(`${given.join(' and ')} is set, but ${token} is not: expected both, or neither.`);
}

function discordOf(s: Settings): DiscordConfig | undefined {
  if (
    !together(
      s,
      'DISCORD_TOKEN',
      ['DISCORD_APP_ID'],
      'expected the Application ID from the General Information page of your Discord application.',
    )
  )
    return undefined;
  return {
    token: s.DISCORD_TOKEN as string,
    appId: s.DISCORD_APP_ID as string,
    ...(s.DISCORD_GUILD_ID && { guildId: s.DISCORD_GUILD_ID }),
    ...(s.DISCORD_API_URL && { apiUrl: s.DISCORD_API_URL }),
    voice: s.DISCORD_VOICE === 'on',
  };
}

function slackOf(s: Settings): SlackConfig | undefined {
  const socket = s.SLACK_MODE === 'socket';
  const needed = socket ? (['SLACK_APP_TOKEN'] as const) : (['SLACK_SIGNING_SECRET'] as const);
  const why = socket
    ? 'Socket Mode needs an app-level token with the scope connections:write.'
    : 'HTTP mode needs the signing secret from the Basic Information page of your Slack app.';
  if (!together(s, 'SLACK_BOT_TOKEN', needed, why)) return undefined;
  return {
    botToken: s.SLACK_BOT_TOKEN as string,
    mode: s.SLACK_MODE,
    ...(s.SLACK_APP_TOKEN && { appToken: s.SLACK_APP_TOKEN }),
    ...(s.SLACK_SIGNING_SECRET && { signingSecret: s.SLACK_SIGNING_SECRET }),
    ...(s.SLACK_API_URL && { apiUrl: s.SLACK_API_URL }),
  };
}

function keysFromOf(s: Settings): KeysFrom | undefined {
  const given = (['ENCRYPTION_KEY', 'ENCRYPTION_KEY_FILE', 'ENCRYPTION_KEY_COMMAND'] as const).filter((name) => s[name]);
  if (given.length > 1)
    throw new ConfigError(`${given.join(' and ')} are set: expected one of them, so that it is plain where the keys are from.`);
  if (s.ENCRYPTION_KEY) return { setting: s.ENCRYPTION_KEY };
  if (s.ENCRYPTION_KEY_FILE) return { file: s.ENCRYPTION_KEY_FILE };
  return s.ENCRYPTION_KEY_COMMAND && { command: s.ENCRYPTION_KEY_COMMAND };
}

/**
 * Reads the settings. The playground lets anybody who reaches its page act as anybody, so it stays off beside real
 * platforms unless it is asked for.
 * @throws {@link ConfigError}
 */
export function readConfig(environment: Environment = process.env): Config {
  const s = readSettings(environment);
  orphaned(s, 'DISCORD_TOKEN', ['DISCORD_APP_ID']);
  orphaned(s, 'SLACK_BOT_TOKEN', ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET']);
  const discord = discordOf(s);
  const slack = slackOf(s);
  const keysFrom = keysFromOf(s);
  return {
    dataDir: s.DATA_DIR,
    erasuresFile: s.ERASURES_FILE ?? path.join(s.DATA_DIR, 'erasures.txt'),
    port: s.PORT,
    host: s.HOST,
    logLevel: s.LOG_LEVEL,
    playground: s.PLAYGROUND === 'on' || (s.PLAYGROUND === 'auto' && !discord && !slack),
    playgroundAsked: s.PLAYGROUND === 'on',
    slackPrefix: s.SLACK_COMMAND_PREFIX,
    ...(s.PUBLIC_URL && { publicUrl: s.PUBLIC_URL }),
    ...(s.DATABASE_URL && { databaseUrl: s.DATABASE_URL }),
    ...(keysFrom && { keys: keysFrom }),
    ...(discord && { discord }),
    ...(slack && { slack }),
  };
}

/** Shorter ones would blank out ordinary words. */
const SHORTEST_SECRET = 6;

function passwordOf(databaseUrl: string): string[] {
  const { password } = new URL(databaseUrl);
  return [password, decodeURIComponent(password)];
}

/** Every value that nobody may read in a log, so that `makeLog` can take them out. */
export function secretsOf({ databaseUrl, keys: from, discord, slack }: Config): readonly string[] {
  const all = [
    ...(databaseUrl ? passwordOf(databaseUrl) : []),
    ...(from && 'setting' in from ? from.setting.split(/[,\s]+/u) : []),
    discord?.token,
    slack?.botToken,
    slack?.appToken,
    slack?.signingSecret,
  ];
  return [...new Set(all.filter((secret) => secret !== undefined))].filter(({ length }) => length >= SHORTEST_SECRET);
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/u;

/**
 * Whoever reaches the playground plays everybody: it is not opened to a network because nothing else was said.
 * @throws {@link ConfigError}
 */
export function mustBeAsked({ playground, playgroundAsked, host }: Config): void {
  if (playground && !playgroundAsked && !LOOPBACK.test(host))
    throw new ConfigError(
      'HOST lets other machines in, and the playground would let whoever reaches it act as anybody. Set HOST=127.0.0.1, or PLAYGROUND=on if that is what you want, or give tokens for Discord or Slack.',
    );
}
