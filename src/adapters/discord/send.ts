import { createHash } from 'node:crypto';
import { type APIMessage, type REST, type RESTGetAPIUserResult, RESTJSONErrorCodes, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import {
  type Address,
  Busy,
  type Message,
  type PrivateThread,
  type Sent,
  shorten,
  type Turn,
  withoutEnclosed,
} from '../../chat/index.js';
import type { Body } from './body.js';
import { drawLayout } from './layout.js';
import { drawLetter } from './letter.js';
import { limits } from './limits.js';
import type { CommandIds } from './markdown.js';
import { awake, type Threads } from './threads.js';
import { troubleOf, unreachable } from './trouble.js';

/** Discord takes the same nonce within a few minutes for the same message. It says nothing of what the key was made from. */
const nonceOf = (once: string, part: number) =>
  createHash('sha256').update(`${once}\n${part}`).digest('base64url').slice(0, limits.message.nonce);

const draw = (to: Address, message: Message, ids: CommandIds) =>
  to.kind === 'channel' ? drawLayout(withoutEnclosed(message), ids) : drawLetter(message, ids);

/** In a thread only a mention is sure to reach the phone: what is said without one may be muted. */
function calling(user: string, [first, ...rest]: readonly Body[]): Body[] {
  if (!first) return [];
  const users = [...new Set([user, ...(first.allowed_mentions.users ?? [])])].slice(0, limits.message.mentionedUsers);
  const content = shorten(`<@${user}> ${first.content ?? ''}`, limits.message.content);
  return [{ ...first, content, allowed_mentions: { ...first.allowed_mentions, users } }, ...rest];
}

/** A message of several parts: its channel, and the id of each. */
export function partsOf(ref: string): readonly [channel: string, parts: readonly string[]] {
  const [channel = '', parts = ''] = ref.split('/');
  return [channel, parts.split(',').filter(Boolean)];
}

/** Puts another message in the place of one that {@link sender} sent, drawn in the same way. */
export function editor(rest: REST, ids: () => CommandIds) {
  return async (ref: string, to: Address, message: Message): Promise<Sent> => {
    const [channel, [id = '']] = partsOf(ref);
    const [body] = draw(to, message, ids());
    try {
      await awake(rest, channel, () => rest.patch(Routes.channelMessage(channel, id), { body }));
      return { ok: true, ref };
    } catch (error) {
      return { ok: false, why: unreachable(troubleOf(error)) };
    }
  };
}

/** Sends what nobody asked for at this moment. */
export function sender(rest: REST, ids: () => CommandIds, threads: Threads) {
  /** A conversation keeps its id for ever; only the most recent are worth remembering. */
  const conversations = new LRUCache<string, string>({ max: 10_000 });

  /** One at a time, as discord.js would have it, so that none takes its turn long before it leaves. */
  let opening: Promise<unknown> = Promise.resolve();

  function openDirect(user: string, turn?: Turn): Promise<string> | string {
    const known = conversations.get(user);
    if (known) return known;
    const mine = opening.then(() => conversations.get(user) ?? open(user, turn));
    opening = mine.catch(() => undefined);
    return mine;
  }

  async function open(user: string, turn?: Turn): Promise<string> {
    await turn?.();
    const { id } = (await rest.post(Routes.userChannels(), { body: { recipient_id: user } })) as RESTGetAPIUserResult;
    conversations.set(user, id);
    return id;
  }

  async function post(channel: string, bodies: readonly Body[], once: string, turn?: Turn): Promise<string> {
    const ids: string[] = [];
    for (const [part, body] of bodies.entries()) {
      await turn?.();
      const sent = (await rest.post(Routes.channelMessages(channel), {
        body: { ...body, nonce: nonceOf(once, part), enforce_nonce: true },
      })) as APIMessage;
      ids.push(sent.id);
    }
    return `${channel}/${ids.join(',')}`;
  }

  /** A thread that is deleted just now is opened anew. */
  async function postToThread(to: PrivateThread, message: Message, once: string, turn?: Turn): Promise<Sent> {
    const thread = await threads.of(to, turn);
    if (thread === undefined) return { ok: false, why: 'left' };
    try {
      return { ok: true, ref: await post(thread, calling(to.user, draw(to, message, ids())), once, turn), thread };
    } catch (error) {
      if (to.known === undefined || troubleOf(error).code !== RESTJSONErrorCodes.UnknownChannel) throw error;
      const { known: _, ...anew } = to;
      return postToThread(anew, message, once, turn);
    }
  }

  /** Which conversation is theirs, until it is opened again. */
  const forget = (user: string): void => void conversations.delete(user);

  async function send(to: Address, message: Message, once: string, turn?: Turn): Promise<Sent> {
    try {
      if (to.kind === 'thread') return await postToThread(to, message, once, turn);
      const channel = to.kind === 'direct' ? await openDirect(to.user, turn) : to.channel;
      return { ok: true, ref: await post(channel, draw(to, message, ids()), once, turn) };
    } catch (error) {
      if (error instanceof Busy) throw error;
      return { ok: false, why: unreachable(troubleOf(error)) };
    }
  }

  return { send, forget };
}
