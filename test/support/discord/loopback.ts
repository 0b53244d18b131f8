import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ScheduledEvents } from './events.js';
import { Gateway } from './gateway.js';
import { Interactions } from './interactions.js';
import { Channels } from './messages.js';
import { type Buckets, Rest } from './rest.js';
import { PrivateThreads } from './threads.js';
import { Voices } from './voices.js';
import { type Account, World } from './world.js';

const PUBLISHED_BUCKETS: Buckets = {
  messages: { limit: 5, milliseconds: 5000 },
  members: { limit: 10, milliseconds: 10_000 },
};

/** Discord on a loopback socket: its HTTP API and its gateway, as strict as the real ones. */
export class LoopbackDiscord {
  readonly token = 'loopback.discord.token';

  private constructor(
    readonly world: World,
    readonly rest: Rest,
    readonly gateway: Gateway,
    readonly interactions: Interactions,
    readonly events: ScheduledEvents,
    readonly voices: Voices,
    readonly apiUrl: string,
  ) {}

  static async start(buckets: Buckets = PUBLISHED_BUCKETS): Promise<LoopbackDiscord> {
    const world = new World();
    const interactions = new Interactions(world);
    let address = '';
    const gatewayUrl = () => `ws://${address}/gateway`;
    const threads = new PrivateThreads(world);
    const events = new ScheduledEvents(world);
    const voices = new Voices(world);
    const channels = new Channels(world, threads);
    const rest = new Rest(world, interactions, channels, threads, events, voices, 'loopback.discord.token', gatewayUrl, buckets);
    const gateway = new Gateway(world, rest.server, (token) => rest.isToken(token), gatewayUrl, voices);
    rest.server.listen(0, '127.0.0.1');
    await once(rest.server, 'listening');
    address = `127.0.0.1:${(rest.server.address() as AddressInfo).port}`;
    return new LoopbackDiscord(world, rest, gateway, interactions, events, voices, `http://${address}/api`);
  }

  get appId(): string {
    return this.world.appId;
  }
  get guildId(): string {
    return this.world.guildId;
  }
  get channelId(): string {
    return this.world.channelId;
  }
  get faults(): readonly string[] {
    return this.world.faults;
  }
  get wire(): readonly string[] {
    return this.world.wire;
  }

  addAccount(name: string, as: Partial<Omit<Account, 'id' | 'name'>> = {}): Account {
    const account = { id: this.world.snowflake(), name, locale: 'en-US', admin: false, roles: [], closedDirect: false, ...as };
    this.world.accounts.set(account.id, account);
    return account;
  }

  /** That person takes no direct messages from now on. */
  closeDm(user: string): void {
    const account = this.world.accounts.get(user);
    if (account) account.closedDirect = true;
  }

  /** The next `count` requests to matching paths fail with that status and have no effect. */
  fail(count: number, status: number, path?: RegExp, retryAfter?: number): void {
    this.rest.fail(count, status, path, retryAfter);
  }

  dropSockets(): Promise<void> {
    return this.gateway.dropSockets();
  }

  invalidateSession(resumable?: boolean): void {
    this.gateway.invalidateSession(resumable);
  }

  async close(): Promise<void> {
    await this.gateway.close();
    this.rest.server.closeAllConnections();
    await new Promise((resolve) => this.rest.server.close(resolve));
  }
}
