import type { Published } from './command-rules.js';
import type { Attached, Upload } from './files.js';
import { FLAGS } from './limits.js';
import type { Component, Embed } from './rules.js';
import { MAY } from './threads.js';

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly admin: boolean;
  readonly roles: readonly string[];
  closedDirect: boolean;
}

export interface StoredMessage {
  readonly id: string;
  readonly channel: string;
  content: string;
  embeds: Embed[];
  components: Component[];
  flags: number;
  /** The only one who sees it. */
  readonly onlyFor?: string;
  /** Acknowledged, and nothing said yet. */
  loading: boolean;
  /** Grows with each change of anything. */
  changed: number;
  files: readonly Attached[];
  /** Who was told that they are mentioned. */
  pinged: readonly string[];
}

/** A thread that only its members and moderators see. */
export interface Thread {
  readonly id: string;
  readonly parent: string;
  readonly owner: string;
  name: string;
  readonly invitable: boolean;
  archived: boolean;
  locked: boolean;
  readonly members: Set<string>;
}

const EPOCH = 1_420_070_400_000n;

/** Everything that Discord remembers. */
export class World {
  readonly accounts = new Map<string, Account>();
  readonly messages = new Map<string, StoredMessage>();
  /** Conversations with the bot: user id → channel id. */
  readonly directs = new Map<string, string>();
  /** By scope: '' for everywhere, else a guild id. */
  readonly commands = new Map<string, readonly Published[]>();
  /** Those who are in the guild no more. */
  readonly left = new Set<string>();
  /** The bot was removed from the guild. */
  isRemoved = false;
  readonly faults: string[] = [];
  readonly wire: string[] = [];
  /** What came beside a body. */
  readonly uploads = new WeakMap<object, readonly Upload[]>();
  #count = 0n;
  readonly appId = this.snowflake();
  readonly botId = this.appId;
  readonly guildId = this.snowflake();
  readonly channelId = this.snowflake();
  /** Channels in which the bot may not write, or which it may not see. */
  readonly forbidden = new Map<string, 50001 | 50013>();
  readonly textChannels = new Set([this.channelId]);
  readonly voiceChannels = new Set<string>();
  readonly stageChannels = new Set<string>();
  readonly threads = new Map<string, Thread>();
  /** What the bot may do in the channels: as the README has it invited, with what everybody may. */
  botMay = MAY.view | MAY.history | MAY.createPrivateThreads | MAY.sendInThreads | MAY.connect | MAY.createEvents;
  #ticks = 0;
  #ahead = 0;

  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Moves this Discord's clock. */
  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }

  snowflake(): string {
    this.#count += 1n;
    return String(((BigInt(Date.now()) - EPOCH) << 22n) + this.#count);
  }

  tick(): number {
    this.#ticks += 1;
    return this.#ticks;
  }

  /** Opens the conversation with a person, as their client does too when they write to the bot. */
  direct(user: string): string {
    const known = this.directs.get(user);
    if (known) return known;
    const channel = this.snowflake();
    this.directs.set(user, channel);
    return channel;
  }

  /** Everyone whom a channel belongs to alone. */
  ownerOf(channel: string): string | undefined {
    return [...this.directs].find(([, id]) => id === channel)?.[0];
  }

  published(): readonly Published[] {
    return [...(this.commands.get('') ?? []), ...(this.commands.get(this.guildId) ?? [])];
  }

  isVisible(message: StoredMessage, user: string): boolean {
    const owner = this.ownerOf(message.channel);
    if (owner !== undefined && owner !== user) return false;
    const thread = this.threads.get(message.channel);
    if (thread && !thread.members.has(user) && !this.accounts.get(user)?.admin) return false;
    if (thread ? !this.textChannels.has(thread.parent) : this.wasDeleted(message.channel)) return false;
    return message.onlyFor === undefined || message.onlyFor === user;
  }

  /** A channel or thread that is no longer there takes its messages along. */
  wasDeleted(channel: string): boolean {
    return this.ownerOf(channel) === undefined && !this.textChannels.has(channel) && !this.threads.has(channel);
  }

  visibleTo(user: string): StoredMessage[] {
    return [...this.messages.values()].filter((message) => this.isVisible(message, user));
  }

  /** A message as the API gives it. */
  toApi(message: StoredMessage) {
    return {
      id: message.id,
      channel_id: message.channel,
      type: 0,
      content: message.content,
      embeds: message.embeds.map((embed) => ({ type: 'rich', ...embed })),
      components: message.components,
      flags: message.flags | (message.loading ? FLAGS.loading : 0),
      author: this.botUser(),
      attachments: message.files.map(({ name, type, description, bytes }, i) => ({
        id: `${message.id}${i}`,
        filename: name,
        content_type: type,
        description,
        size: bytes.length,
        url: `https://cdn.discordapp.com/ephemeral-attachments/${message.id}/${name}`,
      })),
      mentions: [],
      mention_roles: [],
      mention_everyone: false,
      pinned: false,
      tts: false,
      timestamp: new Date(this.now()).toISOString(),
      edited_timestamp: null,
    };
  }

  botUser() {
    return { id: this.botId, username: 'homegroup', discriminator: '0000', global_name: null, avatar: null, bot: true };
  }
}
