import { type Config, secretsOf } from '../config.js';
import { errorFields } from '../log/errors.js';
import type { Log } from '../log/log.js';
import { makeLog } from '../log/make.js';
import { quieten } from '../log/process.js';
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
function stopOnSignals(starting: Promise<Running>, log: Log): void {
  const stop = async (signal: 'SIGINT' | 'SIGTERM') => {
    log.info({ signal }, 'Stopping.');
    const running = await starting.catch(() => undefined);
    if (!running) return;
    try {
      await running.stop();
      process.exit(0);
    } catch (error) {
      log.error(errorFields(error), 'Stopping failed.');
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal));
}

export async function run(config: Config): Promise<void> {
  const log = makeLog(config.logLevel, { secrets: secretsOf(config) });
  quieten(log);
  const starting = start(config, log, tellNewKey);
  stopOnSignals(starting, log);
  announce(config, await starting);
}
