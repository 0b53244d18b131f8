import { EventEmitter, once } from 'node:events';
import { type Discord, makeDiscord } from '../../../src/adapters/discord/index.js';
import type { Router } from '../../../src/chat/index.js';
import { logTo } from '../log.js';
import type { Stage } from '../stage.js';
import { LoopbackDiscord } from './loopback.js';
import { DiscordPerson } from './person.js';
import type { Buckets } from './rest.js';

export interface DiscordStage extends Stage {
  readonly adapter: Discord;
  readonly discord: LoopbackDiscord;
  /** What the operator was told. */
  readonly log: readonly string[];
  /** Resolves when the operator is told something that matches. */
  told(what: RegExp): Promise<void>;
  person(name: string, as?: Parameters<Stage['person']>[1]): Promise<DiscordPerson>;
}

/** People on a test stage write faster than people do. */
const generous = { messages: { limit: 200, milliseconds: 1000 }, members: { limit: 200, milliseconds: 1000 } };

export interface DiscordOptions {
  /** The operator lets the bot know who is in voice channels. */
  readonly voice?: boolean;
  readonly buckets?: Buckets;
}

/** A loopback Discord with our adapter connected to it by its gateway. */
export async function makeDiscordStage(
  patience: readonly number[] = [10, 20, 40],
  options: DiscordOptions = {},
): Promise<DiscordStage> {
  const discord = await LoopbackDiscord.start(options.buckets ?? generous);
  const log: string[] = [];
  const told = new EventEmitter();
  const note = (line: string) => {
    log.push(line);
    told.emit('line');
  };
  const adapter = makeDiscord({
    token: discord.token,
    appId: discord.appId,
    apiUrl: discord.apiUrl,
    voice: options.voice ?? false,
    log: logTo(note),
    patience,
  });
  return {
    platform: 'discord',
    adapter,
    discord,
    log,
    async told(what) {
      while (!log.some((text) => what.test(text))) await once(told, 'line');
    },
    space: discord.guildId,
    channel: discord.channelId,
    async open(router: Router) {
      await adapter.register(router.commands);
      await adapter.start(router);
    },
    async close() {
      await adapter.stop();
      await discord.close();
    },
    async person(name, as = {}) {
      const account = discord.addAccount(name, {
        ...(as.admin !== undefined && { admin: as.admin }),
        ...(as.roles && { roles: as.roles }),
        ...(as.locale && { locale: as.locale === 'en' ? 'en-US' : as.locale === 'es' ? 'es-ES' : as.locale }),
        ...(as.closedDirect !== undefined && { closedDirect: as.closedDirect }),
      });
      return new DiscordPerson(discord, account, () => adapter.settled());
    },
    faults: () => discord.faults,
    wire: () => discord.wire,
  };
}
