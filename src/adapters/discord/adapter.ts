import { setTimeout as wait } from 'node:timers/promises';
import { Client, Events, GatewayCloseCodes, GatewayIntentBits, Options, type RateLimitData, REST, Status } from 'discord.js';
import type { Adapter, AnyCommand, Capabilities, Router } from '../../chat/index.js';
import { errorFields } from '../../log/errors.js';
import type { Told } from '../../log/log.js';
import { PATIENCE } from './calls.js';
import { makeEvents } from './events.js';
import { CarefulStrategy } from './gateway.js';
import { type Desk, interact } from './interact.js';
import { limits } from './limits.js';
import type { CommandIds } from './markdown.js';
import { makeMembership } from './membership.js';
import { fetchIds, type Registered, register } from './register.js';
import { makeRemover } from './remove.js';
import { review } from './review.js';
import { makeRooms } from './rooms.js';
import { editor, sender } from './send.js';
import { makeThreads } from './threads.js';
import { advice, DiscordSetupError, describe, discordFields, troubleOf } from './trouble.js';

export interface DiscordOptions {
  readonly token: string;
  readonly appId: string;
  /** Publishes commands to this server only. */
  readonly guildId?: string | undefined;
  /** Where Discord's HTTP API is, without its version, such as `http://127.0.0.1:1234/api`. */
  readonly apiUrl?: string | undefined;
  readonly log: Told;
  /** May know who is in the voice channels of its servers, to turn their microphones during a session. */
  readonly voice?: boolean | undefined;
  /** Milliseconds between attempts to show an answer that Discord could not take at first. */
  readonly patience?: readonly number[];
}

export interface Discord extends Adapter {
  /**
   * Publishes the commands, unless Discord has them as they are.
   * @throws {@link DiscordSetupError}
   */
  register(commands: readonly AnyCommand[]): Promise<Registered>;
  /** Resolves when every interaction that arrived so far has been answered. */
  settled(): Promise<void>;
}

const cans = {
  formFields: limits.modal.components,
  fileBytes: limits.message.fileBytes,
  fieldErrors: false,
  completion: true,
  zone: false,
  privateThreads: true,
  events: true,
  send: limits.send,
} as const satisfies Capabilities;

/** Milliseconds that those who are still waiting for an answer get when the bot stops. */
const GRACE = 5000;

/** What waits for nobody may be told to come back later; an answer that somebody is waiting for waits its turn. */
const mayComeBack = ({ route, method }: RateLimitData) =>
  (method === 'POST' && (route === '/channels/:id/messages' || route === '/users/@me/channels')) ||
  (method === 'PATCH' && route === '/channels/:id/messages/:id') ||
  // Those that are older than two weeks have a longer name there.
  (method === 'DELETE' && route.startsWith('/channels/:id/messages/:id')) ||
  route.startsWith('/guilds/:id/scheduled-events') ||
  (method === 'GET' && route === '/guilds/:id/members/:id') ||
  (method === 'PATCH' && (route === '/guilds/:id/members/:id' || route === '/guilds/:id/voice-states/:id'));

const refusals: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: advice.token,
  [GatewayCloseCodes.InvalidIntents]: advice.intents,
  [GatewayCloseCodes.DisallowedIntents]: advice.intents,
  [GatewayCloseCodes.InvalidShard]: advice.shards,
  [GatewayCloseCodes.ShardingRequired]: advice.shards,
};

const endOf = (code: number): string => refusals[code] ?? `Discord ended the connection (code ${code}).`;

const explain = (error: unknown): Error => {
  if (error instanceof DiscordSetupError) return error;
  const { status, kind } = troubleOf(error);
  if (status === 401 || kind === 'TokenInvalid') return new DiscordSetupError(advice.token);
  return new DiscordSetupError(
    `Discord could not be reached (${describe(troubleOf(error))}). Look at the network, at DISCORD_API_URL and at discordstatus.com, then start again.`,
  );
};

/**
 * Discord through its gateway, with the intents `Guilds` and `GuildModeration`, of which bans are taken and nothing else, and with
 * `GuildVoiceStates` where `voice` is on; none is privileged. The bot never receives what people write to one another, nor what they say.
 */
export function makeDiscord(options: DiscordOptions): Discord {
  const { appId, guildId, log } = options;
  const can: Capabilities = { ...cans, rooms: options.voice === true };
  const busy = new Set<Promise<void>>();
  let ids: CommandIds = new Map();
  let desk: Desk | undefined;

  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildModeration,
      ...(options.voice ? [GatewayIntentBits.GuildVoiceStates] : []),
    ],
    // Who is in a voice channel is known in one place only.
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, VoiceStateManager: 0 }),
    waitGuildTimeout: 0,
    rest: { rejectOnRateLimit: mayComeBack, ...(options.apiUrl && { api: options.apiUrl }) },
    ws: {
      buildStrategy: (manager) =>
        new CarefulStrategy(manager, {
          onInteraction(raw) {
            if (!desk) return;
            const work = interact(desk, raw).finally(() => busy.delete(work));
            busy.add(work);
          },
          onGuild(packet) {
            rooms?.hear(packet);
            membership.hearOf(packet);
          },
          onOddPacket: (error) => log.warn(errorFields(error), 'A packet from Discord could not be read and was dropped.'),
        }),
    },
  });
  client.rest.setToken(options.token);
  const rooms = options.voice ? makeRooms(client.rest) : undefined;
  const membership = makeMembership(client.rest);

  /** Answers to interactions do not count towards the 50 requests a second that the bot has for everything else. */
  const answers = new REST({
    ...client.options.rest,
    rejectOnRateLimit: null,
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
  });

  client.on(Events.Error, (error) => log.warn(discordFields(error), 'Something failed between us and Discord.'));
  client.on(Events.ShardError, (error) => log.warn(discordFields(error), 'The connection to Discord failed and is made again.'));
  client.on(Events.ShardReconnecting, () => log.info({}, 'Connecting to Discord again.'));
  client.on(Events.ShardDisconnect, ({ code }) =>
    log.error({ code, problem: new DiscordSetupError(endOf(code)) }, 'Discord ended the connection.'),
  );
  client.on(Events.GuildDelete, ({ id }) => {
    log.warn({ server: id }, advice.removed);
    membership.hear({ space: id, isThere: false });
  });
  client.on(Events.GuildCreate, (guild) => membership.hear({ space: guild.id, isThere: true }));

  /** Rejects when Discord ends the connection for good, which a login would wait for in vain. */
  const refused = () =>
    new Promise<never>((_, reject) => {
      client.once(Events.ShardDisconnect, ({ code }) => reject(new DiscordSetupError(endOf(code))));
    });

  async function learnIds(): Promise<void> {
    const [everywhere, here] = await Promise.all([
      fetchIds(client.rest, { appId }),
      guildId ? fetchIds(client.rest, { appId, guildId }) : new Map(),
    ]);
    ids = new Map([...everywhere, ...here]);
  }

  return {
    platform: 'discord',
    can,
    review,
    async register(commands) {
      const registered = await register(client.rest, { appId, guildId }, commands);
      ids = registered.ids;
      return registered;
    },
    async start(router: Router) {
      desk = {
        rest: answers,
        appId,
        router,
        can,
        log,
        patience: options.patience ?? PATIENCE,
        ids: () => ids,
        spaceName: (guild) => client.guilds.cache.get(guild)?.name,
      };
      try {
        await Promise.race([client.login(options.token), refused()]);
      } catch (error) {
        await client.destroy();
        throw explain(error);
      }
      if (ids.size === 0)
        await learnIds().catch((error: unknown) => log.info(discordFields(error), 'Commands are not clickable yet.'));
    },
    listens: () => client.ws.shards.size > 0 && client.ws.shards.every(({ status }) => status === Status.Ready),
    async settled() {
      while (busy.size > 0) await Promise.all(busy);
    },
    async stop() {
      await Promise.race([this.settled(), wait(GRACE, undefined, { ref: false })]);
      answers.clearHashSweeper();
      answers.clearHandlerSweeper();
      await client.destroy();
    },
    ...sender(
      client.rest,
      () => ids,
      makeThreads(client.rest, () => client.user?.id ?? appId),
    ),
    edit: editor(client.rest, () => ids),
    remover: makeRemover(client.rest),
    events: makeEvents(client.rest, () => client.user?.id ?? appId),
    ...(rooms && { rooms }),
    membership,
  };
}
