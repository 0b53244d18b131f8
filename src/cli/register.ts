import { commands } from '../../commands/index.js';
import { makeDiscord } from '../adapters/discord/index.js';
import { type Config, secretsOf } from '../config.js';
import { makeLog } from '../log/make.js';
import { ConfigError } from '../settings.js';

export async function run(config: Config): Promise<void> {
  if (!config.discord)
    throw new ConfigError(
      'DISCORD_TOKEN and DISCORD_APP_ID are needed to publish commands. (Slack gets its commands from the manifest: homegroup manifest.)',
    );
  const discord = makeDiscord({ ...config.discord, log: makeLog(config.logLevel, { secrets: secretsOf(config) }) });
  const { changed, count } = await discord.register(commands);
  const where = config.discord.guildId
    ? `to the server ${config.discord.guildId}`
    : 'to every server (it can take a minute until Discord shows them)';
  process.stdout.write(
    changed ? `Published ${count} commands ${where}.\n` : 'Nothing changed: Discord has these commands already.\n',
  );
}
