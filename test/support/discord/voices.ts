import { invalidForm, Refusal, unknown } from './refusal.js';
import { mustFit } from './schema.js';
import { MAY } from './threads.js';
import type { World } from './world.js';

/** Where somebody is connected. */
interface Connection {
  readonly channel: string;
  suppress: boolean;
  asks: string | null;
}

const unknownMember = () => new Refusal(404, 10007, 'Unknown Member');
const notConnected = () => new Refusal(400, 40032, 'Target user is not connected to voice.');

/** Voice channels and stages: who is in them, whom the server muted, and what is refused. */
export class Voices {
  readonly #connected = new Map<string, Connection>();
  /** A mute by the server belongs to the member, not to their connection: it outlives it. */
  readonly #muted = new Set<string>();
  readonly #bots = new Set<string>();
  /** Channels in which the bot lacks what it has elsewhere. */
  readonly closed = new Set<string>();
  /** Is told of every change. */
  tell: (state: object) => void = () => undefined;

  constructor(private readonly world: World) {}

  /** Whoever comes to a stage is in its audience. */
  join(user: string, channel: string, { bot = false } = {}): void {
    if (bot) this.#bots.add(user);
    this.#connected.set(user, { channel, suppress: this.world.stageChannels.has(channel), asks: null });
    this.tell(this.#state(user));
  }

  leave(user: string): void {
    this.#connected.delete(user);
    this.tell(this.#state(user));
  }

  /** They leave the server. */
  quit(user: string): void {
    this.world.left.add(user);
    this.#muted.delete(user);
    this.leave(user);
  }

  /** A moderator does it in their own client, which offers it for those who are connected. */
  muteByHand(user: string, mute: boolean): void {
    this.#connection(user);
    this.#mute(user, mute);
  }

  /** On a stage, by themselves or by a moderator. */
  suppressByHand(user: string, suppress: boolean): void {
    const connection = this.#connection(user);
    connection.suppress = suppress;
    connection.asks = null;
    this.tell(this.#state(user));
  }

  isMuted(user: string): boolean {
    return this.#muted.has(user);
  }

  isAudience(user: string): boolean {
    return this.#connected.get(user)?.suppress ?? false;
  }

  /** `PATCH /guilds/{guild}/members/{user}`, of which the bot may use `mute` only. */
  modify(guild: string, user: string, body: Record<string, unknown>): object {
    this.#guild(guild);
    const others = Object.keys(body ?? {}).filter((key) => key !== 'mute');
    if (others.length > 0 || typeof body.mute !== 'boolean') throw invalidForm([`body: only mute, not ${others.join()}.`]);
    const { channel } = this.#connection(user);
    this.#need(channel);
    this.#mute(user, body.mute);
    return this.#member(user);
  }

  /** `GET /guilds/{guild}/members/{user}`, which needs no intent. */
  read(guild: string, user: string): object {
    this.#guild(guild);
    this.#mustBeMember(user);
    return this.#member(user);
  }

  /** `PATCH /guilds/{guild}/voice-states/{user}`: for those who are on that stage. */
  suppress(guild: string, user: string, body: { channel_id?: string | null; suppress?: boolean | null }): void {
    this.#guild(guild);
    mustFit('voiceState', body);
    const connection = this.#connected.get(user);
    if (!connection) throw new Refusal(404, 10065, 'Unknown Voice State');
    if (!this.world.stageChannels.has(body.channel_id ?? ''))
      throw new Refusal(400, 50024, 'Cannot execute action on this channel type');
    if (connection.channel !== body.channel_id) throw invalidForm(['channel_id: the user is not in that channel.']);
    this.#need(connection.channel);
    connection.suppress = body.suppress ?? connection.suppress;
    connection.asks = connection.suppress ? null : new Date(this.world.now()).toISOString();
    this.tell(this.#state(user));
  }

  /** What the guild tells when a connection begins. */
  all() {
    const users = [...this.#connected.keys()];
    return {
      voice_states: users.map((user) => {
        const { guild_id: _, member: __, ...state } = this.#state(user);
        return state;
      }),
      members: users.map((user) => this.#member(user)),
    };
  }

  #mute(user: string, mute: boolean): void {
    if (mute) this.#muted.add(user);
    else this.#muted.delete(user);
    this.tell(this.#state(user));
  }

  #guild(guild: string): void {
    if (guild !== this.world.guildId) throw unknown.guild();
    if (this.world.isRemoved) throw new Refusal(403, 50001, 'Missing Access');
  }

  #mustBeMember(user: string): void {
    const isAccount = this.world.accounts.has(user) || this.#bots.has(user);
    if (!isAccount) throw unknown.user();
    if (this.world.left.has(user)) throw unknownMember();
  }

  #connection(user: string): Connection {
    this.#mustBeMember(user);
    const connection = this.#connected.get(user);
    if (!connection) throw notConnected();
    return connection;
  }

  #need(channel: string): void {
    if ((this.world.botMay & MAY.view) === 0n) throw new Refusal(403, 50001, 'Missing Access');
    if (this.closed.has(channel) || (this.world.botMay & MAY.muteMembers) === 0n)
      throw new Refusal(403, 50013, 'Missing Permissions');
  }

  #member(user: string) {
    const account = this.world.accounts.get(user);
    const name = account?.name ?? 'music';
    const bot = this.#bots.has(user);
    return {
      user: { id: user, username: name, discriminator: '0', global_name: name, avatar: null, ...(bot && { bot }) },
      roles: account?.roles ?? [],
      nick: null,
      joined_at: '2026-01-01T00:00:00.000Z',
      deaf: false,
      mute: this.#muted.has(user),
      flags: 0,
    };
  }

  #state(user: string) {
    const connection = this.#connected.get(user);
    return {
      guild_id: this.world.guildId,
      channel_id: connection?.channel ?? null,
      user_id: user,
      member: this.#member(user),
      session_id: `voice-${user}`,
      deaf: false,
      mute: this.#muted.has(user),
      self_deaf: false,
      self_mute: false,
      self_video: false,
      suppress: connection?.suppress ?? false,
      request_to_speak_timestamp: connection?.asks ?? null,
    };
  }
}
