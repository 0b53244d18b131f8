import type { types, webApi } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import { Busy, type Enclosure, enclosedIn, type First, type Message } from '../../chat/index.js';
import type { Told } from '../../log/log.js';
import { wordsFor } from '../../words/index.js';
import { drawBlocks, drawPages, type Page } from './draw.js';
import { slackFields } from './errors.js';
import { LIMITS } from './limits.js';
import type { Origin } from './origin.js';
import { patiently } from './patience.js';
import type { People } from './people.js';
import { escapeText, type Look } from './text.js';

export type Show = Extract<First, { first: 'ack' }>['show'];

/** Never unfurl: a preview would say more than the message did. */
const QUIET = { unfurl_links: false, unfurl_media: false } as const;

const more: types.ContextBlock = { type: 'context', elements: [{ type: 'plain_text', text: '…', emoji: false }] };

export interface Replies {
  /** Answers what somebody did. What is private goes to them alone, through whatever way is left; never to the channel. */
  deliver(message: Message, show: Show, origin: Origin, user: string): Promise<void>;
  /** Which conversation is theirs, until it is opened again. */
  forget(user: string): void;
  /** Shows App Home to its member. */
  publish(message: Message, user: string): Promise<void>;
  /** The direct conversation with somebody. */
  direct(user: string): Promise<string>;
}

/** @returns false when the address is used up or has expired. @throws Busy */
async function respond(url: string, body: object): Promise<boolean> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, ...QUIET }),
      redirect: 'error',
      signal: AbortSignal.timeout(LIMITS.ackMs * 3),
    });
  } catch (error) {
    throw new Busy('Slack could not be reached.', undefined, { cause: error });
  }
  await response.body?.cancel();
  if (response.ok) return true;
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  if (response.status === 429 || response.status >= 500) {
    throw new Busy('Slack could not take the answer now.', Number.isFinite(after) ? after * 1000 : undefined);
  }
  return false;
}

export function makeReplies(client: webApi.WebClient, look: Look, people: People, log: Told): Replies {
  const nameGroups = async (message: Message) => {
    if (JSON.stringify(message.blocks).includes('"group":')) await people.groups('').catch(() => []);
  };

  /**
   * A conversation keeps its id for ever. It cannot be left out: Slack shows what is posted to a person's id among Slackbot's
   * messages (chat.postMessage). Opening is of tier 3, so that only 50 new ones go through in a minute.
   */
  const conversations = new LRUCache<string, string>({ max: 10_000 });

  async function direct(user: string): Promise<string> {
    const known = conversations.get(user);
    if (known) return known;
    const { channel } = await client.conversations.open({ users: user });
    if (!channel?.id) throw new Error('Slack opened a conversation without an id.');
    conversations.set(user, channel.id);
    return channel.id;
  }

  /**
   * Pictures and files go into the direct conversation: it is the one place in Slack where only this person and the bot are.
   * An ephemeral message cannot hold a file, and a file shared in a channel is everybody's.
   */
  async function enclose(enclosed: readonly Enclosure[], user: string): Promise<void> {
    for (const { name, bytes, words } of enclosed) {
      const file = Buffer.from(bytes);
      const channel_id = await direct(user);
      await patiently(() => client.filesUploadV2({ channel_id, file, filename: name, title: name, alt_text: words }));
    }
  }

  /** What cannot be enclosed has been told in words already. The operator learns why. */
  async function encloseOrSay(message: Message, user: string): Promise<void> {
    try {
      await enclose(enclosedIn(message), user);
    } catch (error) {
      log.error(slackFields(error), 'A file could not be sent to the person who asked for it.');
      const text = escapeText(wordsFor(people.known(user)?.locale).t('chat.errors.notEnclosed'));
      await patiently(async () => post(await direct(user), { text, blocks: [] }));
    }
  }

  /** Says where its files are. */
  function pointed(message: Message, user: string): Message {
    if (enclosedIn(message).length === 0) return message;
    const text = wordsFor(people.known(user)?.locale).t('chat.inDirect');
    return { ...message, blocks: [...message.blocks, { kind: 'note', text }] };
  }

  const post = async (channel: string, { text, blocks }: Page) => {
    await client.chat.postMessage({ channel, text, blocks: [...blocks], ...QUIET });
  };

  /** Through the response url if there is one and it still works. */
  async function byUrl(url: string | undefined, body: object): Promise<boolean> {
    if (url === undefined) return false;
    try {
      return await patiently(() => respond(url, body));
    } catch (error) {
      log.warn(slackFields(error), 'An answer could not go through its response_url; another way is taken.');
      return false;
    }
  }

  async function privately(page: Page, { url }: Origin, user: string): Promise<void> {
    if (await byUrl(url, { ...page, response_type: 'ephemeral', replace_original: false })) return;
    await patiently(async () => post(await direct(user), page));
  }

  async function publicly(page: Page, origin: Origin, user: string): Promise<void> {
    if (await byUrl(origin.url, { ...page, response_type: 'in_channel', replace_original: false })) return;
    const { channel } = origin;
    if (channel !== undefined) {
      try {
        return await patiently(() => post(channel, page));
      } catch (error) {
        log.warn(slackFields(error), 'A public answer could not be posted in its channel; only the person who asked gets it.');
      }
    }
    await privately(page, {}, user);
  }

  async function inPlace(page: Page, origin: Origin, user: string): Promise<void> {
    if (!origin.card) return privately(page, origin, user);
    if (await byUrl(origin.url, { ...page, replace_original: true })) return;
    const { channel, message } = origin;
    if (channel === undefined || message === undefined) return privately(page, {}, user);
    await patiently(() => client.chat.update({ channel, ts: message, text: page.text, blocks: [...page.blocks] }));
  }

  /** Takes away a message that only this person sees. @returns false when it is still there */
  async function wipe({ url, card, message, channel }: Origin): Promise<boolean> {
    const isTheirs = message === undefined || channel?.startsWith('D') === true;
    return card === true && isTheirs && byUrl(url, { delete_original: true });
  }

  async function publish(message: Message, user: string): Promise<void> {
    await nameGroups(message);
    const all = drawBlocks(message, look);
    const blocks = all.length <= LIMITS.viewBlocks ? all : [...all.slice(0, LIMITS.viewBlocks - 1), more];
    if (blocks !== all)
      log.error({ blocks: all.length }, 'App Home has more blocks than Slack shows; it ends with a sign that there is more.');
    await patiently(() => client.views.publish({ user_id: user, view: { type: 'home', blocks } }));
  }

  return {
    direct,
    publish,
    forget: (user) => void conversations.delete(user),
    async deliver(message, show, origin, user) {
      const how = message.aside && show !== 'private' ? 'private' : show;
      if (how === 'edit' && origin.home) return publish(message, user);
      if (message.wipes && how === 'edit' && (await wipe(origin))) return;
      await nameGroups(message);
      const shared = how === 'public' || (how === 'edit' && origin.message !== undefined);
      const [first, ...rest] = drawPages(shared ? message : pointed(message, user), look);
      if (!first) return;
      await { private: privately, public: publicly, edit: inPlace }[how](first, origin, user);
      for (const page of rest) await (shared ? publicly : privately)(page, origin, user);
      if (!shared) await encloseOrSay(message, user);
    },
  };
}
