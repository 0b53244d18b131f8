import type { RequestListener } from 'node:http';
import { webApi } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import type { Adapter, Address, Capabilities, Message, PrivateThread, Sent, Turn } from '../../chat/index.js';
import type { Told } from '../../log/log.js';
import { clientOptions, gate, identify, keepConnected, makeApp, makeHttp, makeSocket } from './connect.js';
import { drawPages } from './draw.js';
import { asRefused, SlackSetupError, slackFields } from './errors.js';
import { handle } from './handle.js';
import { LIMITS } from './limits.js';
import { boltLogger } from './log.js';
import { makeMembership } from './membership.js';
import { makePeople } from './people.js';
import { makeRemover, partsOf, refOf } from './remove.js';
import { makeReplies } from './reply.js';
import { review } from './review.js';
import type { Look } from './text.js';
import { makeWork } from './work.js';

export interface SlackOptions {
  /** `xoxb-…` */
  readonly botToken: string;
  /** `xapp-…`; Socket Mode needs it. */
  readonly appToken?: string;
  /** HTTP mode needs it. */
  readonly signingSecret?: string;
  readonly mode: 'socket' | 'http';
  /** Slack's Web API, if it is not slack.com's. */
  readonly apiUrl?: string;
  /** Before every command's name, such as `hg-`. */
  readonly prefix?: string;
  readonly log: Told;
}

export interface SlackAdapter extends Adapter {
  /** HTTP mode: what our server calls for POST {@link HTTP_PATH}. Answers 503 until the adapter has started. */
  readonly listener?: RequestListener;
  /** Resolves when everything that came so far has been answered. */
  idle(): Promise<void>;
}

const can: Capabilities = {
  formFields: 90,
  fileBytes: LIMITS.fileBytes,
  fieldErrors: true,
  completion: false,
  zone: true,
  send: { perSecond: LIMITS.sendPerSecond, perChannelPerSecond: LIMITS.sendPerChannelPerSecond },
};

function need(value: string | undefined, name: string, start: string | undefined, where: string): string {
  if (value && (start === undefined || value.startsWith(start))) return value;
  const shape = start ? ` (it starts with ${start})` : '';
  throw new SlackSetupError(
    `${name} is ${value ? 'not the right value' : 'missing'}: copy it from the app's settings, ${where}${shape}.`,
  );
}

function receiverFor(options: SlackOptions, log: Told) {
  const logger = boltLogger(log);
  const web = clientOptions(options.apiUrl, logger);
  if (options.mode === 'socket') {
    const receiver = makeSocket(
      need(options.appToken, 'SLACK_APP_TOKEN', 'xapp-', 'Basic Information, App-Level Tokens'),
      web,
      logger,
    );
    return { receiver, connection: keepConnected(receiver, log), logger, web };
  }
  const secret = need(options.signingSecret, 'SLACK_SIGNING_SECRET', undefined, 'Basic Information, Signing Secret');
  const receiver = makeHttp(secret, logger);
  return { receiver, ...gate(receiver, log), logger, web };
}

/** @throws {@link SlackSetupError} when a token that the mode needs is missing or plainly another one */
export function makeSlack(options: SlackOptions): SlackAdapter {
  const { log, prefix = '' } = options;
  const token = need(options.botToken, 'SLACK_BOT_TOKEN', 'xoxb-', 'OAuth & Permissions, Bot User OAuth Token');
  const made = receiverFor(options, log);
  const client = new webApi.WebClient(token, made.web);
  const people = makePeople(client, log);
  const look: Look = { prefix, groupName: people.groupName };
  const replies = makeReplies(client, look, people, log);
  const work = makeWork(log);
  const membership = makeMembership(client);
  /** How far a message of several parts has come, so that trying again does not repeat the first ones. */
  const progress = new LRUCache<string, { readonly channel: string; readonly parts: string[] }>({
    max: 10_000,
    ttl: 24 * 60 * 60_000,
  });

  const channelOf = async (to: Exclude<Address, PrivateThread>) => (to.kind === 'channel' ? to.channel : replies.direct(to.user));

  async function send(to: Address, message: Message, once: string, turn?: Turn): Promise<Sent> {
    // Not declared: a thread in Slack is as public as its channel, and there is no other place for two.
    if (to.kind === 'thread') return { ok: false, why: 'forbidden' };
    try {
      const so = progress.get(once) ?? { channel: await channelOf(to), parts: [] };
      const { channel, parts } = so;
      for (const { text, blocks } of drawPages(message, look).slice(parts.length)) {
        await turn?.();
        const posted = await client.chat.postMessage({
          channel,
          text,
          blocks: [...blocks],
          unfurl_links: false,
          unfurl_media: false,
        });
        parts.push(posted.ts ?? '');
        progress.set(once, so);
      }
      return { ok: true, ref: refOf(channel, parts) };
    } catch (error) {
      log.warn(slackFields(error), 'Slack did not take a message.');
      return asRefused(error);
    }
  }

  async function edit(ref: string, _to: Address, message: Message): Promise<Sent> {
    const [channel, [ts]] = partsOf(ref);
    const [page] = drawPages(message, look);
    if (!page || ts === undefined) return { ok: false, why: 'gone' };
    try {
      await client.chat.update({ channel, ts, text: page.text, blocks: [...page.blocks] });
      return { ok: true, ref };
    } catch (error) {
      log.warn(slackFields(error), 'Slack did not take a change of a message.');
      return asRefused(error);
    }
  }

  let team = '';
  let emptyHome: ReturnType<typeof handle> | undefined;

  return {
    platform: 'slack',
    can,
    ...('listener' in made && { listener: made.listener }),
    review: (commands) => review(commands, prefix),
    async start(router) {
      const identity = await identify(client);
      team = identity.team;
      const app = makeApp(made.receiver, token, identity, made.web, made.logger);
      emptyHome = handle(app, { client, router, can, people, replies, look, log, work, membership });
      await made.connection.start();
      log.info({ mode: options.mode }, 'Connected to Slack.');
    },
    async stop() {
      await made.connection.stop();
      await work.idle();
    },
    listens: () => made.connection.isOpen,
    send,
    edit,
    remover: makeRemover(client, log),
    membership,
    forget(user) {
      people.forget(user);
      replies.forget(user);
      emptyHome?.(user, team);
    },
    idle: work.idle,
  };
}
