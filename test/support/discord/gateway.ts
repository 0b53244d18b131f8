import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { MAY } from './threads.js';
import type { Voices } from './voices.js';
import type { World } from './world.js';

interface Event {
  readonly s: number;
  readonly t: string;
  readonly d: unknown;
}

interface Session {
  readonly id: string;
  sequence: number;
  readonly events: Event[];
  socket: WebSocket | undefined;
}

interface Packet {
  readonly op: number;
  readonly d: unknown;
}

const OP = { dispatch: 0, heartbeat: 1, identify: 2, resume: 6, reconnect: 7, invalidSession: 9, hello: 10, ack: 11 } as const;
const CLOSE = {
  opcode: 4001,
  decode: 4002,
  notAuthenticated: 4003,
  authentication: 4004,
  already: 4005,
  rateLimited: 4008,
  timedOut: 4009,
  shard: 4010,
  version: 4012,
  intents: 4013,
  disallowed: 4014,
} as const;
/** GUILD_MEMBERS, GUILD_PRESENCES, MESSAGE_CONTENT. */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);
/** GUILD_MODERATION. */
const MODERATION = 1 << 2;
/** GUILD_VOICE_STATES. */
const VOICE_STATES = 1 << 7;
const ALL_INTENTS = (1 << 26) - 1;
const PACKETS_PER_MINUTE = 120;
const LARGEST_PACKET = 4096;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The WebSocket side: sessions outlive their sockets, and what happened meanwhile is told again on resume. */
export class Gateway extends EventEmitter {
  readonly #sessions = new Map<string, Session>();
  readonly #server: WebSocketServer;
  #current: Session | undefined;
  #refuseIntents = false;
  #deaf = false;
  /** The intents that were asked for last. */
  intents = 0;
  identified = 0;
  resumed = 0;
  /** Milliseconds. */
  heartbeat = 41_250;

  constructor(
    private readonly world: World,
    server: Server,
    private readonly isToken: (token: unknown) => boolean,
    private readonly url: () => string,
    private readonly voices: Voices,
  ) {
    super();
    voices.tell = (state) => {
      if ((this.intents & VOICE_STATES) !== 0) this.dispatch('VOICE_STATE_UPDATE', state);
    };
    this.#server = new WebSocketServer({ server, path: '/gateway' });
    this.#server.on('connection', (socket, request) => this.#greet(socket, request));
  }

  #greet(socket: WebSocket, request: IncomingMessage): void {
    const query = new URL(request.url ?? '/', 'http://loopback').searchParams;
    if (query.get('v') !== '10' || query.get('encoding') !== 'json') {
      socket.close(CLOSE.version);
      return;
    }
    const arrivals: number[] = [];
    const silence = this.#watch(socket);
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const now = Date.now();
      arrivals.push(now);
      if (arrivals.filter((at) => now - at < 60_000).length > PACKETS_PER_MINUTE) {
        socket.close(CLOSE.rateLimited);
        return;
      }
      silence.refresh();
      this.#hear(socket, data);
    });
    this.#send(socket, { op: OP.hello, d: { heartbeat_interval: this.heartbeat } });
  }

  /** A client that is silent for two heartbeats is taken for dead. */
  #watch(socket: WebSocket): NodeJS.Timeout {
    const silence = setTimeout(() => socket.close(CLOSE.timedOut), this.heartbeat * 2).unref();
    socket.on('close', () => {
      clearTimeout(silence);
      const session = this.#sessionOf(socket);
      if (session) session.socket = undefined;
      this.emit('closed');
    });
    return silence;
  }

  #sessionOf(socket: WebSocket): Session | undefined {
    return [...this.#sessions.values()].find((session) => session.socket === socket);
  }

  #read(data: RawData): Packet | undefined {
    const text = data.toString();
    if (text.length > LARGEST_PACKET) return undefined;
    try {
      const packet: unknown = JSON.parse(text);
      return isRecord(packet) && typeof packet.op === 'number' ? { op: packet.op, d: packet.d } : undefined;
    } catch {
      return undefined;
    }
  }

  #hear(socket: WebSocket, data: RawData): void {
    const packet = this.#read(data);
    if (!packet) {
      socket.close(CLOSE.decode);
      return;
    }
    const session = this.#sessionOf(socket);
    if (packet.op === OP.heartbeat) {
      if (!this.#deaf) this.#send(socket, { op: OP.ack, d: null });
      return;
    }
    if (packet.op !== OP.identify && packet.op !== OP.resume) {
      socket.close(session ? CLOSE.opcode : CLOSE.notAuthenticated);
      return;
    }
    if (session) {
      socket.close(CLOSE.already);
      return;
    }
    const d = isRecord(packet.d) ? packet.d : {};
    if (!this.isToken(d.token)) {
      socket.close(CLOSE.authentication);
      return;
    }
    if (packet.op === OP.identify) this.#identify(socket, d);
    else this.#resume(socket, d);
  }

  #identify(socket: WebSocket, d: Record<string, unknown>): void {
    const intents = typeof d.intents === 'number' ? d.intents : -1;
    if (intents < 0 || intents > ALL_INTENTS) {
      socket.close(CLOSE.intents);
      return;
    }
    if (this.#refuseIntents || (intents & PRIVILEGED) !== 0) {
      socket.close(CLOSE.disallowed);
      return;
    }
    const [shard, count] = Array.isArray(d.shard) ? d.shard : [0, 1];
    if (shard !== 0 || count !== 1) {
      socket.close(CLOSE.shard);
      return;
    }
    if (!isRecord(d.properties) || !d.properties.os) {
      socket.close(CLOSE.decode);
      return;
    }
    this.intents = intents;
    this.identified += 1;
    const session: Session = { id: this.world.snowflake(), sequence: 0, events: [], socket };
    this.#sessions.set(session.id, session);
    this.#current = session;
    this.#tell(session, 'READY', this.#ready(session.id));
    this.#tell(session, 'GUILD_CREATE', this.#guild());
    this.emit('ready');
  }

  #ready(session: string) {
    return {
      v: 10,
      user: this.world.botUser(),
      guilds: [{ id: this.world.guildId, unavailable: true }],
      session_id: session,
      resume_gateway_url: this.url(),
      application: { id: this.world.appId, flags: 0 },
    };
  }

  #guild() {
    const { guildId, channelId } = this.world;
    const voices = (this.intents & VOICE_STATES) === 0 ? { members: [], voice_states: [] } : this.voices.all();
    return {
      id: guildId,
      name: 'Loopback',
      owner_id: guildId,
      unavailable: false,
      member_count: 3,
      roles: [
        {
          id: guildId,
          name: '@everyone',
          permissions: '0',
          position: 0,
          color: 0,
          hoist: false,
          managed: false,
          mentionable: false,
        },
      ],
      channels: [{ id: channelId, type: 0, name: 'general', position: 0, permission_overwrites: [] }],
      emojis: [],
      stickers: [],
      features: [],
      ...voices,
      threads: [],
      presences: [],
      stage_instances: [],
      guild_scheduled_events: [],
    };
  }

  #resume(socket: WebSocket, d: Record<string, unknown>): void {
    const session = this.#sessions.get(String(d.session_id));
    const sequence = typeof d.seq === 'number' ? d.seq : -1;
    if (!session || sequence < 0 || sequence > session.sequence) {
      this.#send(socket, { op: OP.invalidSession, d: false });
      return;
    }
    session.socket = socket;
    this.resumed += 1;
    for (const event of session.events.filter(({ s }) => s > sequence)) this.#send(socket, { op: OP.dispatch, ...event });
    this.#tell(session, 'RESUMED', {});
    this.emit('ready');
  }

  #tell(session: Session, t: string, d: unknown): void {
    session.sequence += 1;
    const event = { s: session.sequence, t, d };
    session.events.push(event);
    if (session.socket) this.#send(session.socket, { op: OP.dispatch, ...event });
  }

  #send(socket: WebSocket, packet: object): void {
    socket.send(JSON.stringify(packet));
  }

  /** @returns false when no session is there to tell it to, now or later */
  dispatch(t: string, d: unknown): boolean {
    if (!this.#current) return false;
    this.#tell(this.#current, t, d);
    return true;
  }

  get connected(): boolean {
    return this.#current?.socket?.readyState === 1;
  }

  /** Somebody removes the bot from the guild, or invites it again. */
  moveBot(isThere: boolean): void {
    this.world.isRemoved = !isThere;
    if (isThere) this.dispatch('GUILD_CREATE', this.#guild());
    else this.dispatch('GUILD_DELETE', { id: this.world.guildId });
  }

  /**
   * A moderator bans somebody. It is told to whoever asked for the intent and may ban or see the audit log, who is told of the entry there
   * as well (discord-api-docs #7948).
   */
  ban(user: { readonly id: string; readonly name: string }): void {
    const { guildId, botMay, left } = this.world;
    left.add(user.id);
    if ((this.intents & MODERATION) === 0) return;
    const banned = { id: user.id, username: user.name, discriminator: '0', global_name: user.name, avatar: null };
    if ((botMay & (MAY.banMembers | MAY.viewAuditLog)) !== 0n)
      this.dispatch('GUILD_BAN_ADD', { guild_id: guildId, user: banned });
    const entry = { id: this.world.snowflake(), action_type: 22, target_id: user.id, user_id: guildId, guild_id: guildId };
    if ((botMay & MAY.viewAuditLog) !== 0n) this.dispatch('GUILD_AUDIT_LOG_ENTRY_CREATE', { ...entry, reason: 'sold things' });
  }

  /** Resolves at the next READY or RESUMED. */
  async nextReady(): Promise<void> {
    await once(this, 'ready');
  }

  /** Cuts the connection as a failing network does. */
  async dropSockets(): Promise<void> {
    const closed = this.connected ? once(this, 'closed') : undefined;
    for (const socket of this.#server.clients) socket.terminate();
    await closed;
  }

  /** Tells the client that its session is over; with `resumable` false nothing is told again. */
  invalidateSession(resumable = false): void {
    const socket = this.#current?.socket;
    if (!resumable && this.#current) {
      this.#sessions.delete(this.#current.id);
      this.#current = undefined;
    }
    if (socket) this.#send(socket, { op: OP.invalidSession, d: resumable });
  }

  askToReconnect(): void {
    const socket = this.#current?.socket;
    if (socket) this.#send(socket, { op: OP.reconnect, d: null });
  }

  /** Closes the connection with a code, such as 4004. */
  closeWith(code: number): void {
    this.#current?.socket?.close(code);
  }

  /** Sends these very words, whatever they are. */
  sendRaw(text: string): void {
    this.#current?.socket?.send(text);
  }

  /** From now on heartbeats are not answered. */
  stopAnswering(deaf = true): void {
    this.#deaf = deaf;
  }

  refuseIntents(): void {
    this.#refuseIntents = true;
  }

  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
