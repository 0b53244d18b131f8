import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, type Logger, SocketModeReceiver, type webApi } from '@slack/bolt';
import type { Told } from '../../log/log.js';
import { bounded } from './bounded.js';
import { explainStart, missingScopes, SlackSetupError, slackFields } from './errors.js';
import { BOT_SCOPES } from './limits.js';
import { patiently } from './patience.js';

export const HTTP_PATH = '/slack/events';
/** Milliseconds between attempts to connect again; the first is made at once, because nobody can reach us meanwhile. */
const AGAIN = [0, 500, 1_000, 2_000, 5_000, 10_000, 30_000];

export interface Connection {
  /** Whether Slack can reach us, as far as we can know: over HTTP, while we take requests. */
  readonly isOpen: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface Identity {
  readonly botId: string;
  readonly botUserId: string;
  readonly team: string;
}

/** Our own retries know who is waiting; the client must not sleep on its own. */
export const clientOptions = (apiUrl: string | undefined, logger: Logger): webApi.WebClientOptions => ({
  ...(apiUrl && { slackApiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/` }),
  logger,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
});

/** Who the bot token is. @throws {@link SlackSetupError} where the token does not work or lacks a scope. */
export async function identify(client: webApi.WebClient): Promise<Identity> {
  const said = await patiently(() => client.auth.test()).catch((error: unknown) => {
    throw explainStart(error, 'bot');
  });
  const scopes = said.response_metadata?.scopes;
  const missing = scopes ? BOT_SCOPES.filter((scope) => !scopes.includes(scope)) : [];
  if (missing.length > 0) throw new SlackSetupError(missingScopes(missing, 'bot'));
  const { bot_id: botId, user_id: botUserId, team_id: team } = said;
  if (!botId || !botUserId || !team)
    throw new SlackSetupError(
      'SLACK_BOT_TOKEN is not the token of a bot: copy the Bot User OAuth Token, which starts with xoxb-.',
    );
  return { botId, botUserId, team };
}

export function makeApp(
  receiver: SocketModeReceiver | HTTPReceiver,
  token: string,
  { botId, botUserId }: Identity,
  options: webApi.WebClientOptions,
  logger: Logger,
) {
  const socketMode = receiver instanceof SocketModeReceiver;
  // Bolt keeps no conversations for us, and needs no request of its own to learn who we are.
  return new App({
    token,
    botId,
    botUserId,
    receiver,
    socketMode,
    logger,
    clientOptions: options,
    convoStore: false,
    ignoreSelf: false,
  });
}

export function makeSocket(appToken: string, options: webApi.WebClientOptions, logger: Logger): SocketModeReceiver {
  // Bolt's own reconnecting waits 5 s and more, in which Slack tells everybody that the app did not respond.
  return new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { ...options } },
  });
}

function isGoodbye(data: unknown): boolean {
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return false;
  try {
    return (JSON.parse(data) as { type?: unknown }).type === 'disconnect';
  } catch {
    return false;
  }
}

/** Keeps the socket open until it is told to stop. */
export function keepConnected({ client }: SocketModeReceiver, log: Told): Connection {
  let wanted = false;
  let isOpen = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  client.on('connected', () => {
    isOpen = true;
  });
  client.on('disconnected', () => {
    isOpen = false;
  });

  async function connect(): Promise<void> {
    timer = undefined;
    try {
      await client.start();
      failures = 0;
      if (!wanted) await client.disconnect();
    } catch (error) {
      failures += 1;
      log.warn({ ...slackFields(error), failures }, 'Slack could not be reached over Socket Mode; trying again.');
      again();
    }
  }

  function again(): void {
    if (!wanted || timer) return;
    timer = setTimeout(() => void connect(), AGAIN[Math.min(failures, AGAIN.length - 1)]);
  }

  /** Slack asks for a new connection and then says nothing on the old one, not even to the client's goodbye: hang up. */
  function hangUp(data: unknown): void {
    if (isGoodbye(data)) void client.disconnect();
  }

  return {
    get isOpen() {
      return isOpen;
    },
    async start() {
      await client.start().catch((error: unknown) => {
        throw explainStart(error ?? new Error('The connection was closed at once.'), 'app');
      });
      wanted = true;
      client.on('disconnected', again);
      client.on('ws_message', hangUp);
    },
    async stop() {
      wanted = false;
      clearTimeout(timer);
      client.off('disconnected', again);
      client.off('ws_message', hangUp);
      // The first says goodbye; the second does not wait for Slack to say it too.
      await Promise.all([client.disconnect(), client.disconnect()]);
    },
  };
}

export function makeHttp(signingSecret: string, logger: Logger): HTTPReceiver {
  return new HTTPReceiver({ signingSecret, endpoints: HTTP_PATH, logger });
}

/** Hands requests to Bolt while it may have them. Our own server listens; Bolt opens no port. */
export function gate(
  { requestListener }: HTTPReceiver,
  log: Pick<Told, 'warn'>,
): { readonly listener: RequestListener; readonly connection: Connection } {
  let open = false;
  const take = bounded((request, response) => {
    try {
      requestListener(request, response);
    } catch {
      // Bolt throws for a path that is not its own, and for one that is no path at all.
      response.writeHead(404).end();
    }
  }, log);
  return {
    listener: (request, response) => (open ? take(request, response) : void response.writeHead(503).end()),
    connection: {
      get isOpen() {
        return open;
      },
      async start() {
        open = true;
      },
      async stop() {
        open = false;
      },
    },
  };
}
