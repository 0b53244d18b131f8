import { parseArgs } from 'node:util';
import { commands } from '../../commands/index.js';
import { manifest } from '../adapters/slack/index.js';
import type { Config } from '../config.js';
import { ConfigError } from '../settings.js';

export async function run(config: Config, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { url: { type: 'string' } } });
  if (values.url !== undefined && !values.url.startsWith('https://'))
    throw new ConfigError('--url: expected where Slack reaches this bot, such as https://bot.example.org.');
  const made = manifest(commands, {
    prefix: config.slackPrefix,
    mode: values.url ? 'http' : 'socket',
    ...(values.url && { url: values.url }),
  });
  process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
}
