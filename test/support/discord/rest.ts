import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type CommandDefinition, mustBeCommands, type Published } from './command-rules.js';
import type { ScheduledEvents } from './events.js';
import { readMultipart } from './files.js';
import type { Interactions } from './interactions.js';
import type { Channels } from './messages.js';
import { isFault, Refusal, unknown } from './refusal.js';
import { mustFit } from './schema.js';
import type { PrivateThreads } from './threads.js';
import { type Bucket, Throttle } from './throttle.js';
import type { Voices } from './voices.js';
import type { World } from './world.js';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly authorized: boolean;
}

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly bucket: Bucket;
  /** How many of the parts name what the bucket belongs to; all of them without it. */
  readonly major?: number;
  /** Needs no bot token: the address carries one of its own. */
  readonly open?: boolean;
  answer(call: Call, ...parts: string[]): unknown;
}

interface Failure {
  left: number;
  readonly status: number;
  readonly path: RegExp;
  readonly retryAfter: number;
}

export interface Buckets {
  /** Messages to one channel. */
  readonly messages: Bucket;
  /** Changes of members of one guild. */
  readonly members: Bucket;
}

const often: Bucket = { limit: 1000, milliseconds: 1000 };
const AGENT = /^DiscordBot \(.+, .+\)/u;

/** The HTTP side: who may ask, how often, and what for. */
export class Rest {
  readonly server: Server;
  readonly throttle = new Throttle();
  readonly requests: { readonly method: string; readonly path: string; readonly status: number }[] = [];
  #failures: Failure[] = [];
  #held: { readonly method: string; readonly path: RegExp } | undefined;
  /** The bot was not invited with the scope that publishing commands needs. */
  refuseCommands = false;
  readonly #routes: readonly Route[];

  constructor(
    private readonly world: World,
    private readonly interactions: Interactions,
    private readonly channels: Channels,
    private readonly threads: PrivateThreads,
    private readonly events: ScheduledEvents,
    private readonly voices: Voices,
    private readonly token: string,
    private readonly gatewayUrl: () => string,
    buckets: Buckets,
  ) {
    this.#routes = this.#makeRoutes(buckets);
    this.server = createServer((request, response) => void this.#serve(request, response));
  }

  isToken = (token: unknown): boolean => token === this.token;

  /** The next requests fail. A failed request has no effect. */
  fail(count: number, status: number, path = /./u, retryAfter = 0.05): void {
    this.#failures.push({ left: count, status, path, retryAfter });
  }

  /** Such requests take effect, and are never answered. */
  hold(method: string, path: RegExp): void {
    this.#held = { method, path };
  }

  /** Nothing fails any more. */
  heal(): void {
    this.#failures = [];
    this.#held = undefined;
  }

  #makeRoutes(buckets: Buckets): Route[] {
    const { interactions, channels, threads, events, voices, world } = this;
    const hook = { bucket: { limit: 5, milliseconds: 500 }, open: true };
    return [
      { method: 'GET', pattern: /^\/gateway\/bot$/u, bucket: often, answer: () => this.#gateway() },
      {
        method: 'POST',
        pattern: /^\/interactions\/(\d+)\/([^/]+)\/callback$/u,
        bucket: often,
        open: true,
        answer: (call, id, token) => interactions.callback(id ?? '', token ?? '', call.body as never),
      },
      {
        method: 'POST',
        pattern: /^\/webhooks\/(\d+)\/([^/]+)$/u,
        ...hook,
        answer: (call, app, token) => world.toApi(interactions.follow(app ?? '', token ?? '', call.body as never)),
      },
      {
        method: 'PATCH',
        pattern: /^\/webhooks\/(\d+)\/([^/]+)\/messages\/(@original|\d+)$/u,
        ...hook,
        answer: (call, app, token, id) => world.toApi(interactions.edit(app ?? '', token ?? '', id ?? '', call.body as never)),
      },
      {
        method: 'DELETE',
        pattern: /^\/webhooks\/(\d+)\/([^/]+)\/messages\/(@original|\d+)$/u,
        ...hook,
        answer: (_, app, token, id) => interactions.remove(app ?? '', token ?? '', id ?? ''),
      },
      {
        method: 'POST',
        pattern: /^\/channels\/(\d+)\/messages$/u,
        bucket: buckets.messages,
        answer: (call, channel) => world.toApi(channels.post(channel ?? '', call.body as never)),
      },
      {
        method: 'PATCH',
        pattern: /^\/channels\/(\d+)\/messages\/(\d+)$/u,
        bucket: buckets.messages,
        major: 1,
        answer: (call, channel, id) => world.toApi(channels.change(channel ?? '', id ?? '', call.body as never)),
      },
      {
        method: 'DELETE',
        pattern: /^\/channels\/(\d+)\/messages\/(\d+)$/u,
        bucket: buckets.messages,
        major: 1,
        answer: (_, channel, id) => channels.remove(channel ?? '', id ?? ''),
      },
      {
        method: 'POST',
        pattern: /^\/channels\/(\d+)\/threads$/u,
        bucket: often,
        answer: (call, channel) => threads.create(channel ?? '', call.body as never),
      },
      {
        method: 'PATCH',
        pattern: /^\/channels\/(\d+)$/u,
        bucket: often,
        answer: (call, thread) => threads.edit(thread ?? '', call.body as never),
      },
      {
        method: 'GET',
        pattern: /^\/channels\/(\d+)\/thread-members\/(\d+)$/u,
        bucket: often,
        answer: (_, thread, user) => threads.member(thread ?? '', user ?? ''),
      },
      {
        method: 'PUT',
        pattern: /^\/channels\/(\d+)\/thread-members\/(\d+)$/u,
        bucket: often,
        answer: (_, thread, user) => threads.add(thread ?? '', user ?? ''),
      },
      {
        method: 'GET',
        pattern: /^\/guilds\/(\d+)\/threads\/active$/u,
        bucket: often,
        answer: (_, guild) => threads.active(guild ?? ''),
      },
      {
        method: 'GET',
        pattern: /^\/channels\/(\d+)\/users\/@me\/threads\/archived\/private$/u,
        bucket: often,
        answer: (_, channel) => threads.archived(channel ?? ''),
      },
      {
        method: 'GET',
        pattern: /^\/guilds\/(\d+)\/scheduled-events$/u,
        bucket: often,
        answer: (_, guild) => events.list(guild ?? ''),
      },
      {
        method: 'POST',
        pattern: /^\/guilds\/(\d+)\/scheduled-events$/u,
        bucket: often,
        answer: (call, guild) => events.create(guild ?? '', call.body as never),
      },
      {
        method: 'GET',
        pattern: /^\/guilds\/(\d+)\/scheduled-events\/(\d+)$/u,
        bucket: often,
        answer: (_, guild, id) => events.get(guild ?? '', id ?? ''),
      },
      {
        method: 'PATCH',
        pattern: /^\/guilds\/(\d+)\/scheduled-events\/(\d+)$/u,
        bucket: often,
        answer: (call, guild, id) => events.edit(guild ?? '', id ?? '', call.body as never),
      },
      {
        method: 'DELETE',
        pattern: /^\/guilds\/(\d+)\/scheduled-events\/(\d+)$/u,
        bucket: often,
        answer: (_, guild, id) => events.remove(guild ?? '', id ?? ''),
      },
      {
        method: 'GET',
        pattern: /^\/guilds\/(\d+)\/members\/(\d+)$/u,
        bucket: often,
        major: 1,
        answer: (_, guild, user) => voices.read(guild ?? '', user ?? ''),
      },
      {
        method: 'PATCH',
        pattern: /^\/guilds\/(\d+)\/members\/(\d+)$/u,
        bucket: buckets.members,
        major: 1,
        answer: (call, guild, user) => voices.modify(guild ?? '', user ?? '', call.body as never),
      },
      {
        method: 'PATCH',
        pattern: /^\/guilds\/(\d+)\/voice-states\/(\d+)$/u,
        bucket: buckets.members,
        major: 1,
        answer: (call, guild, user) => voices.suppress(guild ?? '', user ?? '', call.body as never),
      },
      {
        method: 'POST',
        pattern: /^\/users\/@me\/channels$/u,
        bucket: often,
        answer: (call) => channels.openDirect(call.body as never),
      },
      {
        method: 'GET',
        pattern: /^\/applications\/(\d+)(?:\/guilds\/(\d+))?\/commands$/u,
        bucket: often,
        answer: (call, app, guild) => this.#getCommands(call, app, guild),
      },
      {
        method: 'PUT',
        pattern: /^\/applications\/(\d+)(?:\/guilds\/(\d+))?\/commands$/u,
        bucket: { limit: 10, milliseconds: 10_000 },
        answer: (call, app, guild) => this.#putCommands(call, app, guild),
      },
    ];
  }

  #gateway() {
    return {
      url: this.gatewayUrl(),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 16 },
    };
  }

  #scope(app: string | undefined, guild: string | undefined): string {
    if (app !== this.world.appId)
      throw new Refusal(403, 20012, 'You are not authorized to perform this action on this application');
    if (this.refuseCommands || (guild !== undefined && guild !== this.world.guildId))
      throw new Refusal(403, 50001, 'Missing Access');
    return guild ?? '';
  }

  #getCommands(call: Call, app: string | undefined, guild: string | undefined) {
    const all = this.world.commands.get(this.#scope(app, guild)) ?? [];
    if (call.query.get('with_localizations') === 'true') return all;
    return all.map(({ description_localizations: _, ...command }) => command);
  }

  #putCommands(call: Call, app: string | undefined, guild: string | undefined) {
    const scope = this.#scope(app, guild);
    if (!Array.isArray(call.body)) throw new Refusal(400, 50035, 'Invalid Form Body');
    for (const definition of call.body) mustFit('command', definition);
    const definitions = call.body as CommandDefinition[];
    mustBeCommands(definitions);
    const earlier = this.world.commands.get(scope) ?? [];
    const published = definitions.map((definition) => this.#publish(definition, earlier, guild));
    this.world.commands.set(scope, published);
    return published;
  }

  #publish(definition: CommandDefinition, earlier: readonly Published[], guild: string | undefined): Published {
    const known = earlier.find(({ name }) => name === definition.name);
    const { contexts = null, ...rest } = definition;
    const kept = {
      name_localizations: null,
      default_member_permissions: null,
      nsfw: false,
      integration_types: [0],
      type: 1,
      ...rest,
      ...(guild === undefined ? { contexts } : { guild_id: guild }),
      id: known?.id ?? this.world.snowflake(),
      application_id: this.world.appId,
      version: this.world.snowflake(),
    };
    return kept;
  }

  async #read(request: IncomingMessage): Promise<unknown> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const whole = Buffer.concat(parts);
    if (whole.length === 0) return undefined;
    const type = request.headers['content-type'] ?? '';
    const isForm = type.startsWith('multipart/form-data; boundary=');
    const { json, uploads } = isForm ? await readMultipart(type, whole) : { json: whole.toString(), uploads: [] };
    this.world.wire.push(json);
    if (!isForm && type !== 'application/json')
      throw new Refusal(400, 50035, 'Invalid Form Body', ['content-type: must be application/json.']);
    try {
      const body = JSON.parse(json);
      if (uploads.length > 0) this.world.uploads.set(body, uploads);
      return body;
    } catch {
      throw new Refusal(400, 50109, 'The request body contains invalid JSON.');
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://loopback');
    const path = url.pathname.replace(/^\/api\/v10/u, '');
    const method = request.method ?? 'GET';
    const send = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
      this.requests.push({ method, path, status });
      if (status === 401 || status === 403 || status === 429) this.throttle.countInvalid();
      response.writeHead(status, { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    let headers: Readonly<Record<string, string>> = {};
    try {
      const body = await this.#read(request);
      const authorized = request.headers.authorization === `Bot ${this.token}`;
      const call: Call = { method, path, query: url.searchParams, body, authorized };
      const failure = this.#failure(path);
      if (failure) {
        send(failure.status, ...failureBody(failure));
        return;
      }
      const [route, parts] = this.#route(request, url, call);
      const verdict = this.throttle.count(bucketKey(route, parts), route.bucket, route.open ?? false);
      headers = verdict.headers;
      if (verdict.retryAfter !== undefined)
        return send(
          429,
          { message: 'You are being rate limited.', retry_after: verdict.retryAfter, global: verdict.global ?? false },
          headers,
        );
      const answer = route.answer(call, ...parts);
      if (this.#held?.method === method && this.#held.path.test(path)) return;
      send(answer === undefined ? 204 : 200, answer, headers);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        this.world.faults.push(`The loopback failed: ${error instanceof Error ? error.stack : String(error)}`);
        send(500, { message: 'The loopback failed', code: 0 });
        return;
      }
      if (isFault(error))
        this.world.faults.push(
          `${method} ${path.replace(/[\w-]{40,}/u, ':token')}: ${error.status} ${error.code} ${[error.message, ...(error.errors ?? [])].join(' ')}`,
        );
      send(error.status, error, headers);
    }
  }

  #failure(path: string): Failure | undefined {
    const failure = this.#failures.find((one) => one.left > 0 && one.path.test(path));
    if (failure) failure.left -= 1;
    return failure;
  }

  #route(request: IncomingMessage, url: URL, call: Call): [Route, string[]] {
    if (this.throttle.banned) throw new Refusal(403, 0, 'Banned for too many invalid requests');
    if (!url.pathname.startsWith('/api/v10/')) throw unknown.route();
    if (!AGENT.test(request.headers['user-agent'] ?? '')) throw new Refusal(403, 40333, 'internal network error');
    for (const route of this.#routes) {
      const match = route.method === call.method ? route.pattern.exec(decodeURIComponent(call.path)) : null;
      if (!match) continue;
      if (!route.open && !call.authorized) throw new Refusal(401, 0, '401: Unauthorized');
      return [route, match.slice(1)];
    }
    throw unknown.route();
  }
}

const bucketKey = ({ method, pattern, major }: Route, parts: readonly string[]) =>
  `${method} ${pattern.source} ${parts
    .slice(0, major)
    .filter((part) => part !== '@original')
    .join(' ')}`;

function failureBody({ status, retryAfter }: Failure): [object, Record<string, string>] {
  if (status !== 429) return [{ message: `${status}: Failed`, code: 0 }, {}];
  return [
    { message: 'You are being rate limited.', retry_after: retryAfter, global: false },
    {
      'retry-after': String(Math.ceil(retryAfter)),
      'x-ratelimit-reset-after': String(retryAfter),
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-scope': 'user',
      'x-ratelimit-bucket': 'failing',
    },
  ];
}
