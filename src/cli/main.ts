import { existsSync } from 'node:fs';
import { type Config, readConfig, secretsOf } from '../config.js';
import { errorFields } from '../log/errors.js';
import { makeLog } from '../log/make.js';
import { OperatorError } from '../operator.js';

type Verb = (config: Config, args: readonly string[]) => Promise<void>;

/** Each verb is loaded when it is asked for, so that `manifest` does not load a database. */
const verbs: Readonly<Record<string, { readonly help: string; readonly load: () => Promise<{ run: Verb }> }>> = {
  start: { help: 'run the bot (and the playground, when no platform is connected)', load: () => import('./start.js') },
  register: {
    help: 'publish the slash commands to Discord; does nothing when nothing changed',
    load: () => import('./register.js'),
  },
  manifest: { help: "print the Slack app's manifest; --url https://… for HTTP mode", load: () => import('./manifest.js') },
  import: {
    help: 'bring in meetings elsewhere or services: import meetings|resources URL|FILE …; --list, --remove NAME',
    load: () => import('./import.js'),
  },
  'verify-slip': {
    help: 'tell whether an attendance slip is genuine: verify-slip CODE|FILE [--name … --group …]',
    load: () => import('./verify-slip.js'),
  },
  keys: {
    help: 'encryption keys: keys status; keys rotate seals everything with the first one',
    load: () => import('./keys.js'),
  },
  audit: {
    help: 'tell whether the audit trails are whole: audit verify [--community ID --head NUMBER:CODE]',
    load: () => import('./audit.js'),
  },
  erase: {
    help: 'after a backup was restored: erase again [--dry-run] erases whoever had been erased since',
    load: () => import('./erase.js'),
  },
  commands: { help: 'print the page of all commands (docs/commands.md)', load: () => import('./commands.js') },
  fields: { help: 'print the page of every field that is kept (docs/fields.md)', load: () => import('./fields.js') },
  doctor: { help: 'check the settings, the database, the keys and the commands', load: () => import('./doctor.js') },
};

const FAILED = 1;
const MISUSED = 2;

function usage(): string {
  const lines = Object.entries(verbs).map(([name, { help }]) => `  homegroup ${name.padEnd(13)}${help}`);
  return `Usage:\n${lines.join('\n')}\n\nSettings are read from the environment and from a file named .env here; .env.example explains each.\n`;
}

const isMisuse = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');

/**
 * Sentences that were written for the operator are shown alone. Anything else is a fault of ours; of it are told its kind and
 * the places in the source: libraries attach requests to theirs, with tokens, and quote what people wrote.
 * @returns the exit code
 */
function tell(error: unknown, config: Config | undefined): number {
  if (error instanceof OperatorError) {
    process.stderr.write(`\n${error.message}\n\n`);
    return FAILED;
  }
  if (isMisuse(error)) {
    process.stderr.write(`\n${error.message}\n\n${usage()}`);
    return MISUSED;
  }
  const level = config && config.logLevel !== 'silent' ? config.logLevel : 'fatal';
  makeLog(level, config && { secrets: secretsOf(config) }).fatal(
    errorFields(error),
    'Homegroup stopped: this is a fault in Homegroup.',
  );
  return FAILED;
}

export async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) {
    const asked = name === '' || name === 'help' || name === '--help';
    (asked ? process.stdout : process.stderr).write(usage());
    process.exitCode = asked ? 0 : MISUSED;
    return;
  }
  let config: Config | undefined;
  process.on('uncaughtException', (error) => process.exit(tell(error, config)));
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    config = readConfig();
    await (await verb.load()).run(config, args);
  } catch (error) {
    process.exitCode = tell(error, config);
  }
}
