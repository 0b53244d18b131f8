import { existsSync } from 'node:fs';
import { type Config, ConfigError, readConfig } from '../config.js';
import { DatabaseProblem } from '../db/errors.js';
import { makeLog } from '../log.js';

type Verb = (config: Config, args: readonly string[]) => Promise<void>;

/** Each verb is loaded when it is asked for, so that `manifest` does not load a database. */
const verbs: Readonly<Record<string, { readonly help: string; readonly load: () => Promise<{ run: Verb }> }>> = {
  start: { help: 'run the bot (and the playground, when no platform is connected)', load: () => import('./start.js') },
  register: {
    help: 'publish the slash commands to Discord; does nothing when nothing changed',
    load: () => import('./register.js'),
  },
  manifest: { help: "print the Slack app's manifest; --url https://… for HTTP mode", load: () => import('./manifest.js') },
  doctor: { help: 'check the settings, the database, the keys and the commands', load: () => import('./doctor.js') },
};

function usage(): string {
  const lines = Object.entries(verbs).map(([name, { help }]) => `  homegroup ${name.padEnd(10)}${help}`);
  return `Usage:\n${lines.join('\n')}\n\nSettings are read from the environment and from a file named .env here; .env.example explains each.\n`;
}

/** Sentences that were written for the operator are shown alone; anything else is a fault of ours and keeps its stack. */
function tell(error: unknown, config: Config | undefined): void {
  const meant =
    error instanceof ConfigError ||
    error instanceof DatabaseProblem ||
    (error instanceof Error && error.name !== 'Error' && error.name.endsWith('Problem'));
  if (meant) process.stderr.write(`\n${(error as Error).message}\n\n`);
  else makeLog(config?.logLevel ?? 'info').fatal({ err: error }, 'Homegroup stopped.');
}

export async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const verb = verbs[name];
  if (!verb) {
    process.stdout.write(usage());
    process.exitCode = name === '' || name === 'help' || name === '--help' ? 0 : 2;
    return;
  }
  let config: Config | undefined;
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    config = readConfig();
    await (await verb.load()).run(config, args);
  } catch (error) {
    tell(error, config);
    process.exitCode = 1;
  }
}
