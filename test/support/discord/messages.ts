import { attach } from './files.js';
import { FLAGS, LIMITS } from './limits.js';
import { Refusal, unknown } from './refusal.js';
import { type MessageBody, mustBeMessage } from './rules.js';
import { mustFit } from './schema.js';
import type { PrivateThreads } from './threads.js';
import type { StoredMessage, World } from './world.js';

const KEPT = FLAGS.suppressEmbeds | FLAGS.ephemeral | FLAGS.silent | FLAGS.layout;

/** Who is told that they were mentioned: only those whom the sender allowed. */
function pinged(body: MessageBody): string[] {
  const { parse, users = [] } = body.allowed_mentions ?? {};
  const text = JSON.stringify([body.content, body.components]);
  const ids = [...text.matchAll(/<@!?(\d+)>/gu)].map(([, id]) => id ?? '');
  if (!body.allowed_mentions || parse?.includes('users')) return ids;
  return ids.filter((id) => users.includes(id));
}

export interface Place {
  readonly channel: string;
  readonly onlyFor?: string;
}

export function create(world: World, place: Place, body: MessageBody, loading = false): StoredMessage {
  const ephemeral = place.onlyFor === undefined ? 0 : FLAGS.ephemeral;
  const files = attach(world, undefined, body, ((body.flags ?? 0) & FLAGS.layout) !== 0);
  const message: StoredMessage = {
    id: world.snowflake(),
    channel: place.channel,
    content: body.content ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    flags: ((body.flags ?? 0) & KEPT & ~FLAGS.ephemeral) | ephemeral,
    ...(place.onlyFor !== undefined && { onlyFor: place.onlyFor }),
    loading,
    files,
    changed: world.tick(),
    pinged: pinged(body),
  };
  world.messages.set(message.id, message);
  return message;
}

/** @throws Refusal when the message as a whole would break a rule */
export function edit(world: World, message: StoredMessage, body: MessageBody): StoredMessage {
  mustBeMessage(
    { content: message.content, embeds: message.embeds, components: message.components, ...body },
    'edit',
    message.flags,
  );
  message.files = attach(world, message, body, ((message.flags | (body.flags ?? 0)) & FLAGS.layout) !== 0);
  if (body.content !== undefined) message.content = body.content ?? '';
  if (body.embeds !== undefined) message.embeds = body.embeds ?? [];
  if (body.components !== undefined) message.components = body.components ?? [];
  message.flags |= (body.flags ?? 0) & FLAGS.layout;
  message.loading = false;
  message.changed = world.tick();
  return message;
}

/** Messages that the bot sends by itself. */
export class Channels {
  readonly #nonces = new Map<string, { at: number; message: StoredMessage }>();

  constructor(
    private readonly world: World,
    private readonly threads: PrivateThreads,
  ) {}

  #mayRead(channel: string): void {
    if (this.world.forbidden.get(channel) === 50001) throw new Refusal(403, 50001, 'Missing Access');
    if (this.world.wasDeleted(channel)) throw unknown.channel();
    if (this.world.threads.has(channel)) this.threads.find(channel);
  }

  #mayWrite(channel: string): void {
    this.#mayRead(channel);
    if (this.world.forbidden.get(channel) === 50013) throw new Refusal(403, 50013, 'Missing Permissions');
    if (this.world.threads.has(channel)) this.threads.mayWrite(channel);
    const owner = this.world.ownerOf(channel);
    if (owner !== undefined && this.world.accounts.get(owner)?.closedDirect)
      throw new Refusal(403, 50007, 'Cannot send messages to this user');
  }

  post(channel: string, body: MessageBody): StoredMessage {
    this.#mayWrite(channel);
    mustFit('message', body);
    mustBeMessage(body, 'message');
    const key = body.enforce_nonce && body.nonce !== undefined && body.nonce !== null ? `${channel} ${body.nonce}` : undefined;
    const earlier = key === undefined ? undefined : this.#nonces.get(key);
    if (earlier && this.world.now() - earlier.at < LIMITS.nonceMemory) return earlier.message;
    const message = create(this.world, { channel }, body);
    if (key !== undefined) this.#nonces.set(key, { at: this.world.now(), message });
    return message;
  }

  /** The bot changes a message of its own. */
  change(channel: string, id: string, body: MessageBody): StoredMessage {
    this.#mayRead(channel);
    const message = this.world.messages.get(id);
    if (!message || message.channel !== channel || message.onlyFor !== undefined) throw unknown.message();
    mustFit('change', body);
    if (this.world.threads.has(channel)) this.threads.mayChange(channel);
    return edit(this.world, message, body);
  }

  /** The bot deletes a message of its own: also where it could not write any more. */
  remove(channel: string, id: string): void {
    this.#mayRead(channel);
    const message = this.world.messages.get(id);
    if (!message || message.channel !== channel || message.onlyFor !== undefined) throw unknown.message();
    if (this.world.threads.has(channel)) this.threads.mayChange(channel);
    this.world.messages.delete(id);
    this.world.tick();
  }

  openDirect(body: { recipient_id?: string }): object {
    mustFit('direct', body);
    const account = this.world.accounts.get(body.recipient_id ?? '');
    if (!account) throw unknown.user();
    return {
      id: this.world.direct(account.id),
      type: 1,
      recipients: [{ id: account.id, username: account.name, discriminator: '0', avatar: null, global_name: account.name }],
    };
  }
}
