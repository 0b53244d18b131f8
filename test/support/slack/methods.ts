import { checkBlocks, checkView, tooLong } from './blocks.js';
import type { Rates, Tier } from './rates.js';
import { BOT, blocksOf, type Json, TEAM, type World } from './world.js';

/** What a method answers: `error` is Slack's code. */
export type Answer = Json & { readonly error?: string };

export interface Call {
  readonly world: World;
  readonly rates: Rates;
  readonly args: Json;
  /** Writes down what broke Slack's rules. */
  fault(what: string): void;
  /** A ticket for one WebSocket. */
  socketUrl(): string;
  /** Where the bytes of a file are to be sent. */
  uploadUrl(file: string): string;
}

export interface Method {
  readonly token: 'bot' | 'app';
  readonly scope?: string;
  readonly tier: Tier;
  /** Every argument that Slack documents; the ones that must be there end in `*`. */
  readonly args: readonly string[];
  run(call: Call): Answer;
}

const refuse = (error: string, more: Json = {}): Answer => ({ error, ...more });

function invalid({ fault }: Call, error: string, messages: readonly string[]): Answer {
  fault(`${error}: ${messages.join('; ')}`);
  return refuse(error, { response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) } });
}

/** What is wrong with a message's text and blocks. */
function refuseMessage(call: Call): Answer | undefined {
  const { args, fault } = call;
  const text = typeof args.text === 'string' ? args.text : '';
  if (args.blocks === undefined) return text === '' ? invalid(call, 'no_text', ['there is neither text nor blocks']) : undefined;
  const problems = checkBlocks(args.blocks, 'message');
  if (problems.length > 0) return invalid(call, 'invalid_blocks', problems);
  if (tooLong(blocksOf(args))) return invalid(call, 'msg_blocks_too_long', ['the blocks hold too much text']);
  if (text.length > 40_000) return invalid(call, 'msg_too_long', ['text is longer than 40,000 characters']);
  if (text === '') fault('A message with blocks has no text for notifications and screen readers.');
  return undefined;
}

/** Why the app may not write there. */
function refuseChannel({ world }: Call, channel: string): Answer | undefined {
  if (!world.channels.has(channel)) return refuse('channel_not_found');
  const user = [...world.directs].find(([, id]) => id === channel)?.[0];
  const person = user === undefined ? undefined : world.users.get(user);
  if (person?.disabled) return refuse('user_disabled');
  if (person?.closed) return refuse('messages_tab_disabled');
  return world.joined.has(channel) ? undefined : refuse('not_in_channel');
}

const content = ({ args }: Call) => ({ text: typeof args.text === 'string' ? args.text : '', blocks: blocksOf(args) });
const MESSAGE = ['text', 'blocks', 'parse', 'link_names', 'mrkdwn', 'unfurl_links', 'unfurl_media', 'metadata'];

const postMessage: Method = {
  token: 'bot',
  scope: 'chat:write',
  tier: 'special',
  args: ['channel*', 'thread_ts', 'reply_broadcast', ...MESSAGE],
  run(call) {
    const channel = String(call.args.channel);
    const refused = refuseChannel(call, channel) ?? refuseMessage(call);
    if (refused) return refused;
    const wait = call.rates.message(channel);
    if (wait !== undefined) return refuse('ratelimited', { wait });
    const { ts } = call.world.post({ channel, ...content(call) });
    return { channel, ts };
  },
};

const postEphemeral: Method = {
  token: 'bot',
  scope: 'chat:write',
  tier: 4,
  args: ['channel*', 'user*', 'thread_ts', ...MESSAGE],
  run(call) {
    const channel = String(call.args.channel);
    const user = String(call.args.user);
    const refused = refuseChannel(call, channel) ?? refuseMessage(call);
    if (refused) return refused;
    if (!call.world.users.has(user)) return refuse('user_not_in_channel');
    return { message_ts: call.world.post({ channel, onlyFor: user, ...content(call) }).ts };
  },
};

const findPosted = ({ world, args }: Call) =>
  world.messages.find(({ channel, ts, onlyFor, gone }) => channel === args.channel && ts === args.ts && !onlyFor && !gone);

const update: Method = {
  token: 'bot',
  scope: 'chat:write',
  tier: 3,
  args: ['channel*', 'ts*', 'reply_broadcast', ...MESSAGE],
  run(call) {
    const posted = findPosted(call);
    if (!posted) return refuse('message_not_found');
    const refused = refuseMessage(call);
    if (refused) return refused;
    call.world.change(posted, content(call));
    return { channel: posted.channel, ts: posted.ts };
  },
};

const remove: Method = {
  token: 'bot',
  scope: 'chat:write',
  tier: 3,
  args: ['channel*', 'ts*'],
  run(call) {
    const posted = findPosted(call);
    if (!posted) return refuse('message_not_found');
    posted.gone = true;
    return { channel: posted.channel, ts: posted.ts };
  },
};

const openConversation: Method = {
  token: 'bot',
  scope: 'im:write',
  tier: 3,
  args: ['users', 'channel', 'return_im', 'prevent_creation'],
  run({ world, args }) {
    const user = world.users.get(String(args.users));
    if (!user) return refuse('user_not_found');
    return user.disabled ? refuse('user_disabled') : { channel: { id: world.direct(user.id) } };
  },
};

const userInfo: Method = {
  token: 'bot',
  scope: 'users:read',
  tier: 4,
  args: ['user*', 'include_locale'],
  run({ world, args }) {
    const user = world.users.get(String(args.user));
    if (!user) return refuse('user_not_found');
    if (world.hidden.has(user.id)) return refuse('user_not_visible');
    const { id, name, admin, locale, zone, disabled } = user;
    const localized = args.include_locale === true || args.include_locale === 'true' ? { locale } : {};
    return {
      user: {
        id,
        team_id: TEAM.id,
        name,
        deleted: disabled,
        tz: zone,
        is_admin: admin,
        is_owner: false,
        is_bot: false,
        ...localized,
      },
    };
  },
};

const membersOf = (world: World, group: string) =>
  [...world.users.values()].filter(({ groups }) => groups.includes(group)).map(({ id }) => id);

const usergroups: Method = {
  token: 'bot',
  scope: 'usergroups:read',
  tier: 2,
  args: ['include_users', 'include_count', 'include_disabled'],
  run({ world, args }) {
    const withUsers = String(args.include_users) === 'true';
    const all = [...world.groups.values()].map((group) => ({
      ...group,
      team_id: TEAM.id,
      ...(withUsers && { users: membersOf(world, group.id) }),
    }));
    return { usergroups: all };
  },
};

const usergroupUsers: Method = {
  token: 'bot',
  scope: 'usergroups:read',
  tier: 2,
  args: ['usergroup*', 'include_disabled'],
  run({ world, args }) {
    const group = String(args.usergroup);
    return world.groups.has(group) ? { users: membersOf(world, group) } : refuse('no_such_subteam');
  },
};

/** A trigger opens one view, within three seconds. */
function redeem(call: Call): string | Answer {
  const trigger = call.world.triggers.get(String(call.args.trigger_id));
  if (!trigger) return refuse('invalid_trigger_id');
  if (trigger.used) return invalid(call, 'exchanged_trigger_id', ['a trigger_id was used twice']);
  if (call.world.now() - trigger.at > 3_000)
    return invalid(call, 'expired_trigger_id', ['a trigger_id was used after 3 seconds']);
  trigger.used = true;
  return trigger.user;
}

function refuseView(call: Call, type: 'modal' | 'home'): Answer | undefined {
  const problems = checkView(call.args.view);
  if (problems.length > 0) return invalid(call, 'invalid_arguments', problems);
  return (call.args.view as Json).type === type ? undefined : invalid(call, 'invalid_arguments', [`the view must be a ${type}`]);
}

function openView(push: boolean): Method {
  return {
    token: 'bot',
    tier: 4,
    args: ['trigger_id*', 'view*'],
    run(call) {
      const refused = refuseView(call, 'modal');
      if (refused) return refused;
      const user = redeem(call);
      if (typeof user !== 'string') return user;
      const depth = call.world.modals.get(user)?.length ?? 0;
      if (push && depth >= 3) return invalid(call, 'push_limit_reached', ['no more than 3 views']);
      const { id, hash, body } = call.world.open(user, call.args.view as Json, !push);
      return { view: { id, hash, ...body } };
    },
  };
}

const publishView: Method = {
  token: 'bot',
  tier: 4,
  args: ['user_id*', 'view*', 'hash'],
  run(call) {
    const user = String(call.args.user_id);
    if (!call.world.users.has(user)) return refuse('user_not_found');
    const refused = refuseView(call, 'home');
    if (refused) return refused;
    const { id, hash, body } = call.world.publish(user, call.args.view as Json);
    return { view: { id, hash, ...body } };
  },
};

const updateView: Method = {
  token: 'bot',
  tier: 4,
  args: ['view_id', 'external_id', 'view*', 'hash'],
  run(call) {
    const view = [...call.world.modals.values()].flat().find(({ id }) => id === call.args.view_id);
    if (!view) return refuse('not_found');
    const refused = refuseView(call, 'modal');
    if (refused) return refused;
    if (call.args.hash !== undefined && call.args.hash !== view.hash) return refuse('hash_conflict');
    view.body = call.args.view as Json;
    view.changed = call.world.next();
    return { view: { id: view.id, ...view.body } };
  },
};

const authTest: Method = {
  token: 'bot',
  tier: 'special',
  args: [],
  run: () => ({
    url: 'https://homegroup-test.slack.com/',
    team: TEAM.domain,
    team_id: TEAM.id,
    user: 'homegroup',
    user_id: BOT.user,
    bot_id: BOT.bot,
  }),
};

const connectionsOpen: Method = {
  token: 'app',
  scope: 'connections:write',
  tier: 1,
  args: [],
  run: ({ socketUrl }) => ({ url: socketUrl() }),
};

const getUploadUrl: Method = {
  token: 'bot',
  scope: 'files:write',
  tier: 4,
  args: ['filename*', 'length*', 'alt_text', 'snippet_type'],
  run(call) {
    const { world, args } = call;
    const length = Number(args.length);
    const alt = String(args.alt_text ?? '');
    if (!(length > 0)) return invalid(call, 'invalid_arguments', ['length must be a positive number']);
    if (alt.length > 1000) return invalid(call, 'invalid_arguments', ['alt_text is longer than 1,000 characters']);
    const file = { id: world.id('F'), name: String(args.filename), alt, length, shared: false };
    world.files.set(file.id, file);
    return { upload_url: call.uploadUrl(file.id), file_id: file.id };
  },
};

const completeUpload: Method = {
  token: 'bot',
  scope: 'files:write',
  tier: 4,
  args: ['files*', 'channel_id', 'thread_ts', 'initial_comment', 'highlight_type', 'blocks', 'channels'],
  run(call) {
    const { world, args } = call;
    const listed = (typeof args.files === 'string' ? JSON.parse(args.files) : args.files) as { id: string; title?: string }[];
    const files = listed.flatMap(({ id }) => world.files.get(id) ?? []);
    if (files.length < listed.length || files.some(({ bytes, shared }) => bytes === undefined || shared))
      return invalid(call, 'file_not_found', ['a file was not uploaded, or was completed before']);
    if (args.channel_id !== undefined) {
      const channel = String(args.channel_id);
      const refused = refuseChannel(call, channel);
      if (refused) return refused;
      world.post({ channel, text: String(args.initial_comment ?? ''), blocks: [], files });
    }
    for (const file of files) file.shared = true;
    return { files: files.map(({ id, name }) => ({ id, title: name })) };
  },
};

/** Every method that the loopback has. */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'apps.connections.open': connectionsOpen,
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'conversations.open': openConversation,
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'users.info': userInfo,
  'usergroups.list': usergroups,
  'usergroups.users.list': usergroupUsers,
  'views.open': openView(false),
  'views.push': openView(true),
  'views.publish': publishView,
  'views.update': updateView,
};
