import { type Config, secretsOf } from '../config.js';
import { makeLog } from '../log.js';
import { type Running, start } from '../main.js';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function announce(config: Config, { url, newKeyFile }: Running): void {
  if (newKeyFile) {
    say(`\nA key was made: ${newKeyFile}`);
    say('What members write is encrypted with it. Keep a copy somewhere else: without it nobody can read what is stored.');
  }
  const connected = [config.discord && 'Discord', config.slack && 'Slack'].filter(Boolean).join(' and ');
  say(connected ? `\nHomegroup is connected to ${connected}.` : '\nHomegroup is running.');
  if (config.playground) say(`Try it in your browser: ${url}\n`);
}

export async function run(config: Config): Promise<void> {
  const log = makeLog(config.logLevel, secretsOf(config));
  const running = await start(config, log);
  announce(config, running);
  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'Stopping.');
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'Stopping failed.');
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
