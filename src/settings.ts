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

export type Settings = z.infer<typeof settings>;
export type Name = keyof Settings;

export const settingNames = Object.keys(settings.shape) as readonly Name[];

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

export type Environment = Readonly<Record<string, string | undefined>>;

/** Each setting that is given, by itself; blanks around it do not count. @throws {@link ConfigError} */
export function readSettings(environment: Environment): Settings {
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
