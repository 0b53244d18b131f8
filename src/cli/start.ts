import type { Logger } from 'pino';
import { type Config, secretsOf } from '../config.js';
import { makeLog } from '../log.js';
import { type Running, start } from '../main.js';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function tellNewKey(file: string): void {
  say(`\nA key was made: ${file}`);
  say('What members write is encrypted with it. Keep a copy somewhere else: without it nobody can read what is stored.');
}

function announce(config: Config, { url }: Running): void {
  const connected = [config.discord && 'Discord', config.slack && 'Slack'].filter(Boolean).join(' and ');
  say(connected ? `\nHomegroup is connected to ${connected}.` : '\nHomegroup is running.');
  if (config.playground) say(`Try it in your browser: ${url}\n`);
}

/** Also while it is still starting: then it stops as soon as it has. A second signal ends it at once. */
function stopOnSignals(starting: Promise<Running>, log: Logger): void {
  const stop = async (signal: NodeJS.Signals) => {
    log.info({ signal }, 'Stopping.');
    const running = await starting.catch(() => undefined);
    if (!running) return;
    try {
      await running.stop();
      process.exit(0);
    } catch (error) {
      const { name, stack } = error as Error;
      log.error({ name, stack }, 'Stopping failed.');
      process.exit(1);
    }
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

export async function run(config: Config): Promise<void> {
  const log = makeLog(config.logLevel, secretsOf(config));
  const starting = start(config, log, tellNewKey);
  stopOnSignals(starting, log);
  announce(config, await starting);
}
