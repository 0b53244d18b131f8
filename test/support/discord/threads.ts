import { invalidForm, Refusal, unknown } from './refusal.js';
import { mustFit } from './schema.js';
import type { Thread, World } from './world.js';

/** Permissions that the bot may have or lack, by Discord's bits. */
export const MAY = {
  banMembers: 1n << 2n,
  manageChannels: 1n << 4n,
  viewAuditLog: 1n << 7n,
  view: 1n << 10n,
  history: 1n << 16n,
  connect: 1n << 20n,
  muteMembers: 1n << 22n,
  moveMembers: 1n << 24n,
  manageEvents: 1n << 33n,
  createPrivateThreads: 1n << 36n,
  sendInThreads: 1n << 38n,
  createEvents: 1n << 44n,
} as const;

const PRIVATE = 12;
const MOST_ACTIVE = 1000;

interface NewThread {
  readonly name: string;
  readonly type?: number | null;
  readonly invitable?: boolean | null;
  readonly auto_archive_duration?: number | null;
}

/** Private threads: who may open one, who is in it, and what is refused in one that is archived or locked. */
export class PrivateThreads {
  constructor(private readonly world: World) {}

  #need(...bits: readonly bigint[]): void {
    if (!bits.every((bit) => (this.world.botMay & bit) !== 0n)) throw new Refusal(403, 50013, 'Missing Permissions');
  }

  #textChannel(channel: string): void {
    if (this.world.forbidden.get(channel) === 50001) throw new Refusal(403, 50001, 'Missing Access');
    if (this.world.ownerOf(channel) !== undefined || this.world.threads.has(channel))
      throw new Refusal(400, 50024, 'Cannot execute action on this channel type');
    if (!this.world.textChannels.has(channel)) throw unknown.channel();
  }

  /** One that the bot is in; it moderates nothing, so others do not exist for it. */
  find(id: string): Thread {
    const thread = this.world.threads.get(id);
    if (!thread?.members.has(this.world.botId)) throw unknown.channel();
    if (!this.world.textChannels.has(thread.parent)) throw unknown.channel();
    if (this.world.forbidden.get(thread.parent) === 50001) throw new Refusal(403, 50001, 'Missing Access');
    return thread;
  }

  #mustBeActive(thread: Thread): void {
    if (thread.archived) throw new Refusal(400, 50083, 'Thread is archived');
  }

  create(channel: string, body: NewThread): object {
    this.#textChannel(channel);
    mustFit('thread', body);
    if ((body.type ?? PRIVATE) !== PRIVATE)
      throw invalidForm(['type: a thread that everybody sees is not what a bot for recovery opens.']);
    this.#need(MAY.createPrivateThreads);
    if ([...this.world.threads.values()].filter(({ archived }) => !archived).length >= MOST_ACTIVE)
      throw new Refusal(400, 160006, 'Maximum number of active threads reached');
    const thread: Thread = {
      id: this.world.snowflake(),
      parent: channel,
      owner: this.world.botId,
      name: body.name,
      invitable: body.invitable ?? true,
      archived: false,
      locked: false,
      members: new Set([this.world.botId]),
    };
    this.world.threads.set(thread.id, thread);
    return this.#toApi(thread);
  }

  /** Sending is what takes a thread out of the archive, unless it is locked. */
  mayWrite(id: string): void {
    const thread = this.find(id);
    this.#need(MAY.sendInThreads);
    if (thread.locked) throw new Refusal(403, 160005, 'This thread is locked');
    thread.archived = false;
  }

  mayChange(id: string): void {
    const thread = this.find(id);
    this.#mustBeActive(thread);
    if (thread.locked) throw new Refusal(403, 160005, 'This thread is locked');
  }

  add(id: string, user: string): void {
    const thread = this.find(id);
    this.#mustBeActive(thread);
    this.#need(MAY.sendInThreads);
    if (!this.world.accounts.has(user)) throw unknown.user();
    thread.members.add(user);
  }

  member(id: string, user: string): object {
    if (!this.find(id).members.has(user)) throw new Refusal(404, 10007, 'Unknown Member');
    return { id, user_id: user, join_timestamp: new Date(this.world.now()).toISOString(), flags: 0 };
  }

  edit(
    id: string,
    body: { readonly archived?: boolean | null; readonly locked?: boolean | null; readonly name?: string | null },
  ): object {
    const thread = this.find(id);
    mustFit('threadEdit', body);
    if (typeof body.locked === 'boolean') throw new Refusal(403, 50013, 'Missing Permissions');
    if (body.archived === false && thread.locked) throw new Refusal(403, 160005, 'This thread is locked');
    if (body.archived !== false) this.#mustBeActive(thread);
    if (typeof body.archived === 'boolean') thread.archived = body.archived;
    if (body.name) thread.name = body.name;
    return this.#toApi(thread);
  }

  active(guild: string): object {
    if (guild !== this.world.guildId) throw unknown.guild();
    return this.#list(({ archived }) => !archived);
  }

  archived(channel: string): object {
    this.#textChannel(channel);
    this.#need(MAY.history);
    return { ...this.#list(({ archived, parent }) => archived && parent === channel), has_more: false };
  }

  #list(wanted: (thread: Thread) => boolean): object {
    const mine = [...this.world.threads.values()].filter((thread) => thread.members.has(this.world.botId) && wanted(thread));
    return {
      threads: mine.map((thread) => this.#toApi(thread)),
      members: mine.map(({ id }) => this.member(id, this.world.botId)),
    };
  }

  #toApi({ id, parent, owner, name, archived, locked, invitable }: Thread): object {
    const at = new Date(this.world.now()).toISOString();
    return {
      id,
      type: PRIVATE,
      guild_id: this.world.guildId,
      parent_id: parent,
      owner_id: owner,
      name,
      thread_metadata: { archived, locked, invitable, auto_archive_duration: 10_080, archive_timestamp: at },
    };
  }
}
