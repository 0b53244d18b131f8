import path from 'node:path';
import { z } from 'zod';
import { OperatorError } from './operator.js';
import { splitWords } from './words-of.js';

const optional = <T extends z.ZodType>(schema: T) => schema.optional();
const snowflake = z.string().regex(/^\d{17,20}$/u, 'expected 17 to 20 digits');
const httpUrl = z.url({ protocol: /^https?$/u, error: 'expected an address that begins with http:// or https://' });
const starts = (prefix: string) => z.string().startsWith(prefix, `expected a text that starts with ${prefix}`);
const port = z
  .string()
  .regex(/^\d{1,5}$/u, 'expected a number from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'expected a number from 0 to 65535');
const database = z
  .string()
  .refine(
    (text) => /^postgres(?:ql)?:\/\/\S+$/u.test(text) && URL.canParse(text),
    'expected postgresql://user:password@host:port/database, with signs such as @ and / in the password written as %40 and %2F',
  );
/** 32 bytes are 43 signs in base64, and one `=` where it is padded. */
const keys = z
  .string()
  .regex(
    /^[\w+/-]{43}=?(?:[,\s]+[\w+/-]{43}=?)*[,\s]*$/u,
    'expected 32 random bytes in base64, such as "openssl rand -base64 32" prints; several separated by commas',
  );

/** A program and its arguments, run without a shell. */
const command = z.string().transform((text, ctx) => {
  const words = splitWords(text);
  if (words) return words;
  ctx.addIssue('expected a program and its arguments, with every quote closed');
  return z.NEVER;
});

/** Every setting by its name in the environment. What each means is said in `.env.example`. */
const settings = z.object({
  DATABASE_URL: optional(database),
  DATA_DIR: z.string().default('./data'),
  ERASURES_FILE: optional(z.string()),
  PORT: port.default(3000),
  HOST: z.string().regex(/^\S+$/u, 'expected an address without blanks').default('127.0.0.1'),
  PUBLIC_URL: optional(httpUrl.transform((url) => url.replace(/\/+$/u, ''))),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ENCRYPTION_KEY: optional(keys),
  ENCRYPTION_KEY_FILE: optional(z.string()),
  ENCRYPTION_KEY_COMMAND: optional(command),
  PLAYGROUND: z.enum(['auto', 'on', 'off']).default('auto'),
  DISCORD_TOKEN: optional(z.string().min(20, 'expected the bot token, which is longer')),
  DISCORD_APP_ID: optional(snowflake),
  DISCORD_GUILD_ID: optional(snowflake),
  DISCORD_API_URL: optional(httpUrl),
  DISCORD_VOICE: z.enum(['on', 'off']).default('off'),
  SLACK_BOT_TOKEN: optional(starts('xoxb-')),
  SLACK_APP_TOKEN: optional(starts('xapp-')),
  SLACK_SIGNING_SECRET: optional(z.string().min(16, 'expected the signing secret, which is longer')),
  SLACK_MODE: z.enum(['socket', 'http']).default('socket'),
  SLACK_API_URL: optional(httpUrl),
  SLACK_COMMAND_PREFIX: z
    .string()
    .regex(/^[a-z0-9_-]{0,12}$/u, 'expected at most 12 of a-z, 0-9, - and _')
    .default(''),
});

type Settings = z.infer<typeof settings>;
type Name = keyof Settings;

export const settingNames = Object.keys(settings.shape) as readonly Name[];

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

/** A setting that cannot be used. The message names it, the shape of its value and what was expected; never the value. */
export class ConfigError extends OperatorError {
  override readonly name = 'ConfigError';
}

/** What a value looks like, without telling it. */
function shapeOf(value: string): string {
  const kinds = [
    /\p{L}/u.test(value) && 'letters',
    /\d/u.test(value) && 'digits',
    /\s/u.test(value) && 'blanks',
    /[^\p{L}\d\s]/u.test(value) && 'other signs',
  ];
  return `${value.length} character${value.length === 1 ? '' : 's'}: ${kinds.filter(Boolean).join(', ')}`;
}

type Environment = Readonly<Record<string, string | undefined>>;

function parse(environment: Environment): Settings {
  const given = Object.fromEntries(
    settingNames.flatMap((name) => (environment[name]?.trim() ? [[name, environment[name].trim()]] : [])),
  );
  const parsed = settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const expected = issue.code === 'invalid_value' ? `expected one of ${issue.values.join(', ')}` : issue.message;
    return `${name} cannot be used (${shapeOf(given[name] ?? '')}): ${expected}.`;
  });
  throw new ConfigError(lines.join('\n'));
}

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
  const s = parse(environment);
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
