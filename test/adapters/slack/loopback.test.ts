import { WebSocket } from 'ws';
import { LoopbackSlack } from '../../support/slack/index.js';
import { place } from '../../support/slack/response-url.js';
import { COMMON, type Json, type User } from '../../support/slack/world.js';

/** The loopback Slack is worth as much as it refuses: each rule is broken here by a raw request. */

let slack: LoopbackSlack;
let ana: User;

beforeEach(async () => {
  slack = await LoopbackSlack.start();
  ana = slack.world.addUser('Ana');
});

afterEach(() => slack.close());

async function call(
  method: string,
  args: Json,
  token: string = slack.tokens.bot,
): Promise<Json & { status: number; after: string | null }> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  });
  return { ...((await response.json()) as Json), status: response.status, after: response.headers.get('retry-after') };
}

const post = (more: Json) => call('chat.postMessage', { channel: COMMON, text: 'x', ...more });
const messagesOf = (answer: Json) =>
  ((answer.response_metadata as Json | undefined)?.messages as string[] | undefined)?.join('; ');
const plain = (text: string) => ({ type: 'plain_text', text });
const button = (action_id: string) => ({ type: 'button', action_id, text: plain('b') });
const section = (text: string, more: Json = {}) => ({ type: 'section', text: plain(text), ...more });

test('what is right is taken, as JSON and as a form', async () => {
  expect(await post({ blocks: [section('hello')] })).toMatchObject({ ok: true });
  const form = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.tokens.bot}` },
    body: new URLSearchParams({ channel: COMMON, text: 'x', blocks: JSON.stringify([section('hello')]) }),
  });
  expect(await form.json()).toMatchObject({ ok: true });
  expect(slack.faults).toEqual([]);
});

describe('tokens', () => {
  test.each([
    ['nobody', 'xoxb-nobody', 'auth.test', 'invalid_auth'],
    ['the other kind', 'xapp-1-loopback-app', 'auth.test', 'not_allowed_token_type'],
    ['the other kind', 'xoxb-loopback-bot', 'apps.connections.open', 'not_allowed_token_type'],
  ])('of %s: %s', async (_, token, method, error) => {
    expect(await call(method, {}, token)).toMatchObject({ ok: false, error });
  });

  test('without the scope', async () => {
    Object.assign(slack.grants.get(slack.tokens.bot) ?? {}, { scopes: ['commands'] });
    expect(await post({})).toMatchObject({ error: 'missing_scope', needed: 'chat:write', provided: 'commands' });
  });
});

describe('arguments', () => {
  test('an unknown method', async () => expect(await call('chat.shout', {})).toMatchObject({ error: 'unknown_method' }));
  test('an unknown argument', async () =>
    expect(messagesOf(await post({ colour: 'red' }))).toContain('unknown argument: colour'));
  test('a missing argument', async () =>
    expect(messagesOf(await call('users.info', {}))).toContain('missing required field: user'));
  test('neither text nor blocks', async () =>
    expect(await call('chat.postMessage', { channel: COMMON })).toMatchObject({ error: 'no_text' }));
  test('blocks without a fallback are a fault', async () => {
    await call('chat.postMessage', { channel: COMMON, blocks: [section('x')] });
    expect(slack.faults.join()).toContain('no text for notifications');
  });
});

describe('blocks', () => {
  const option = (value: string, text = 'o') => ({ value, text: plain(text) });
  const select = (more: Json) => ({
    type: 'actions',
    elements: [{ type: 'static_select', action_id: 'a', placeholder: plain('p'), ...more }],
  });

  test.each<[string, unknown[], RegExp]>([
    ['51 blocks', Array.from({ length: 51 }, () => section('x')), /no more than 50/u],
    ['an unknown type', [{ type: 'poem' }], /unsupported type: poem/u],
    ['an unknown property', [section('x', { colour: 'red' })], /additional/u],
    ['a text of 3,001 characters', [section('x'.repeat(3_001))], /3000/u],
    ['an empty text', [section('')], /fewer than 1|between 1 and 3000/u],
    ['a header of 151 characters', [{ type: 'header', text: plain('x'.repeat(151)) }], /15[01]/u],
    ['26 buttons in a row', [{ type: 'actions', elements: Array.from({ length: 26 }, (_, i) => button(`a${i}`)) }], /25/u],
    ['no button in a row', [{ type: 'actions', elements: [] }], /no less than 1/u],
    ['a label of 76 characters', [{ type: 'actions', elements: [{ ...button('a'), text: plain('x'.repeat(76)) }] }], /75/u],
    ['a value of 2,001 characters', [{ type: 'actions', elements: [{ ...button('a'), value: 'x'.repeat(2_001) }] }], /2000/u],
    ['a button without a label', [{ type: 'actions', elements: [{ type: 'button', action_id: 'a' }] }], /text/u],
    ['the same action twice', [{ type: 'actions', elements: [button('a'), button('a')] }], /`action_id`: a already exists/u],
    [
      'the same action in two rows',
      [
        { type: 'actions', elements: [button('a')] },
        { type: 'actions', elements: [button('a')] },
      ],
      /already exists/u,
    ],
    ['the same block twice', [section('x', { block_id: 'b' }), section('y', { block_id: 'b' })], /`block_id`: b already exists/u],
    ['101 options', [select({ options: Array.from({ length: 101 }, (_, i) => option(String(i))) })], /100/u],
    ['no option', [select({ options: [] })], /at least one|fewer than 1/u],
    ['an option of 76 characters', [select({ options: [option('v', 'x'.repeat(76))] })], /75/u],
    ['a placeholder of 151 characters', [select({ options: [option('v')], placeholder: plain('x'.repeat(151)) })], /150/u],
    ['11 notes in one', [{ type: 'context', elements: Array.from({ length: 11 }, () => plain('x')) }], /10/u],
    ['the same option twice', [select({ options: [option('v'), option('v')] })], /unique/u],
    ['a first choice that is no option', [select({ options: [option('v')], initial_option: option('w') })], /not among/u],
    [
      'an input in a message',
      [{ type: 'input', label: plain('l'), element: { type: 'plain_text_input', action_id: 'a' } }],
      /unsupported type: input/u,
    ],
    [
      'a person without an id',
      [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'ana' }] }] }],
      /invalid user_id/u,
    ],
    [
      'empty rich text',
      [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }] }],
      /more than 0/u,
    ],
  ])('%s', async (_, blocks, message) => {
    const answer = await post({ blocks });
    expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks' });
    expect(messagesOf(answer)).toMatch(message);
    expect(slack.faults).toHaveLength(1);
  });

  test('too much text in all', async () => {
    expect(await post({ blocks: Array.from({ length: 5 }, () => section('x'.repeat(2_900))) })).toMatchObject({
      error: 'msg_blocks_too_long',
    });
  });
});

describe('views', () => {
  const input = (block_id: string, element: Json = {}) => ({
    type: 'input',
    block_id,
    label: plain('l'),
    element: { type: 'plain_text_input', action_id: 'a', ...element },
  });
  const modal = (more: Json = {}): Json => ({
    type: 'modal',
    title: plain('t'),
    submit: plain('s'),
    blocks: [input('i')],
    ...more,
  });
  const openWith = (view: Json, trigger_id = slack.world.trigger(ana.id)) => call('views.open', { trigger_id, view });

  test('what is right opens', async () => {
    expect(await openWith(modal())).toMatchObject({ ok: true });
    expect(slack.world.modals.get(ana.id)).toHaveLength(1);
  });

  test.each<[string, Json, RegExp]>([
    ['a title of 25 characters', { title: plain('x'.repeat(25)) }, /24/u],
    ['a submit of 25 characters', { submit: plain('x'.repeat(25)) }, /24/u],
    ['an input and no submit', { submit: undefined }, /submit is required/u],
    ['metadata of 3,001 characters', { private_metadata: 'x'.repeat(3_001) }, /3000/u],
    ['a callback of 256 characters', { callback_id: 'x'.repeat(256) }, /255/u],
    ['101 blocks', { blocks: Array.from({ length: 101 }, (_, i) => input(`i${i}`)) }, /100/u],
    ['a maximum of 3,001', { blocks: [input('i', { max_length: 3_001 })] }, /3000/u],
    ['more text than its maximum', { blocks: [input('i', { max_length: 2, initial_value: 'abc' })] }, /max_length/u],
    ['two inputs of one name', { blocks: [input('i'), input('i')] }, /already exists/u],
    [
      'a first person who is none',
      { blocks: [{ ...input('i'), element: { type: 'users_select', action_id: 'a', initial_user: 'nobody' } }] },
      /no user/u,
    ],
    ['a label of 2,001 characters', { blocks: [{ ...input('i'), label: plain('x'.repeat(2_001)) }] }, /2000/u],
    ['an unknown property', { colour: 'red' }, /additional/u],
  ])('%s', async (_, more, message) => {
    const answer = await openWith(JSON.parse(JSON.stringify(modal(more))) as Json);
    expect(answer).toMatchObject({ error: 'invalid_arguments' });
    expect(messagesOf(answer)).toMatch(message);
  });

  test('a trigger opens once, within three seconds', async () => {
    const trigger = slack.world.trigger(ana.id);
    expect(await openWith(modal(), trigger)).toMatchObject({ ok: true });
    expect(await openWith(modal(), trigger)).toMatchObject({ error: 'exchanged_trigger_id' });
    const late = slack.world.trigger(ana.id);
    slack.expire('triggers');
    expect(await openWith(modal(), late)).toMatchObject({ error: 'expired_trigger_id' });
    expect(await openWith(modal(), 'made up')).toMatchObject({ error: 'invalid_trigger_id' });
    expect(slack.faults).toHaveLength(2);
  });

  test('no more than three on top of each other', async () => {
    await openWith(modal());
    const push = () => call('views.push', { trigger_id: slack.world.trigger(ana.id), view: modal() });
    await push();
    await push();
    expect(await push()).toMatchObject({ error: 'push_limit_reached' });
  });

  test('a modal is no home', async () => {
    expect(await call('views.publish', { user_id: ana.id, view: modal() })).toMatchObject({ error: 'invalid_arguments' });
  });

  test('a view that changed meanwhile is not changed', async () => {
    const { view } = (await openWith(modal())) as unknown as { view: { id: string } };
    expect(await call('views.update', { view_id: view.id, view: modal(), hash: 'old' })).toMatchObject({
      error: 'hash_conflict',
    });
    expect(await call('views.update', { view_id: 'V0', view: modal() })).toMatchObject({ error: 'not_found' });
  });
});

describe('conversations', () => {
  test('somebody who takes no messages, is gone, or never was', async () => {
    const { channel } = (await call('conversations.open', { users: ana.id })) as unknown as { channel: { id: string } };
    slack.closeDm(ana.id);
    expect(await post({ channel: channel.id })).toMatchObject({ error: 'messages_tab_disabled' });
    slack.disable(ana.id);
    expect(await call('conversations.open', { users: ana.id })).toMatchObject({ error: 'user_disabled' });
    expect(await call('conversations.open', { users: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' });
  });

  test('a channel that does not exist, or that the app is not in', async () => {
    slack.world.channels.add('C0OTHER');
    expect(await post({ channel: 'C0NONE' })).toMatchObject({ error: 'channel_not_found' });
    expect(await post({ channel: 'C0OTHER' })).toMatchObject({ error: 'not_in_channel' });
  });

  test('an ephemeral message is nobody else’s to change', async () => {
    const { message_ts } = await call('chat.postEphemeral', { channel: COMMON, user: ana.id, text: 'x' });
    expect(await call('chat.update', { channel: COMMON, ts: message_ts, text: 'y' })).toMatchObject({
      error: 'message_not_found',
    });
    expect(await call('chat.delete', { channel: COMMON, ts: message_ts })).toMatchObject({ error: 'message_not_found' });
  });
});

describe('rates', () => {
  test('one message a second in a channel, after a short burst', async () => {
    const answers = [await post({}), await post({}), await post({}), await post({})];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[3]).toMatchObject({ error: 'ratelimited', after: '1' });
    slack.world.skew += 1_000;
    expect(await post({})).toMatchObject({ ok: true });
  });

  test('so many calls of a method in a minute', async () => {
    for (let i = 0; i < 20; i++) expect(await call('usergroups.list', {})).toMatchObject({ ok: true });
    const refused = await call('usergroups.list', {});
    expect(refused).toMatchObject({ status: 429, error: 'ratelimited' });
    expect(Number(refused.after)).toBeGreaterThan(0);
    expect(await call('users.info', { user: ana.id })).toMatchObject({ ok: true });
    slack.world.skew += 61_000;
    expect(await call('usergroups.list', {})).toMatchObject({ ok: true });
  });
});

describe('response_url', () => {
  const url = () => String(slack.payloads.command(ana, COMMON, '/help', '').response_url);
  const respond = async (to: string, body: Json) => {
    const response = await fetch(to, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return [response.status, await response.text()];
  };

  test('five uses', async () => {
    const to = url();
    for (let i = 0; i < 5; i++) expect(await respond(to, { text: 'x' })).toEqual([200, 'ok']);
    expect(await respond(to, { text: 'x' })).toEqual([404, 'used_url']);
  });

  test('thirty minutes', async () => {
    const to = url();
    slack.expire('response_urls');
    expect(await respond(to, { text: 'x' })).toEqual([404, 'expired_url']);
  });

  test.each<[string, Json]>([
    ['no text', { blocks: [section('x')] }],
    ['an unknown property', { text: 'x', colour: 'red' }],
    ['blocks that Slack refuses', { text: 'x', blocks: [section('')] }],
    ['an unknown response_type', { text: 'x', response_type: 'shout' }],
    ['nothing to replace', { text: 'x', replace_original: true }],
  ])('%s', async (_, body) => {
    expect(await respond(url(), body)).toEqual([400, 'invalid_payload']);
    expect(slack.faults).toHaveLength(1);
  });

  test('nobody else sees what is not in_channel', () => {
    place(slack.world, { channel: COMMON, user: ana.id }, { text: 'x' });
    place(slack.world, { channel: COMMON, user: ana.id }, { text: 'y', response_type: 'in_channel' });
    expect(slack.world.messages.map(({ onlyFor }) => onlyFor)).toEqual([ana.id, undefined]);
  });
});

describe('Socket Mode', () => {
  interface Line {
    readonly ws: WebSocket;
    next(): Promise<Json>;
  }

  async function connect(): Promise<Line> {
    const { url } = await call('apps.connections.open', {}, slack.tokens.app);
    const ws = new WebSocket(String(url));
    const came: Json[] = [];
    const waiting: ((body: Json) => void)[] = [];
    ws.on('message', (data) => {
      const body = JSON.parse(String(data)) as Json;
      const first = waiting.shift();
      if (first) first(body);
      else came.push(body);
    });
    const next = () => new Promise<Json>((resolve) => (came.length > 0 ? resolve(came.shift() as Json) : waiting.push(resolve)));
    expect(await next()).toMatchObject({ type: 'hello' });
    return { ws, next };
  }

  const command = () => slack.payloads.command(ana, COMMON, '/help', '');
  const ackOf = ({ envelope_id }: Json, more: Json = {}) => JSON.stringify({ envelope_id, ...more });
  /** Everything that was sent before has been read when this comes back. */
  const settled = (ws: WebSocket) => new Promise<void>((resolve) => ws.once('pong', () => resolve()).ping());

  test('a ticket is good for one connection', async () => {
    const { url } = await call('apps.connections.open', {}, slack.tokens.app);
    const first = new WebSocket(String(url));
    await new Promise((resolve) => first.once('open', resolve));
    const second = new WebSocket(String(url));
    const error = await new Promise<Error>((resolve) => second.once('error', resolve));
    expect(error.message).toContain('401');
  });

  test('an acknowledgement carries what the app says', async () => {
    const { ws, next } = await connect();
    const answered = slack.deliver('slash_commands', command());
    const envelope = await next();
    expect(envelope).toMatchObject({ type: 'slash_commands', accepts_response_payload: true, payload: { command: '/help' } });
    ws.send(ackOf(envelope, { payload: { text: 'hi' } }));
    expect(await answered).toEqual({ text: 'hi' });
    expect(slack.faults).toEqual([]);
  });

  test.each<[string, (envelope: Json) => string[], RegExp]>([
    ['twice', (envelope) => [ackOf(envelope), ackOf(envelope)], /twice, or late/u],
    ['for nothing', (envelope) => [ackOf(envelope), ackOf({ envelope_id: 'made up' })], /does not exist/u],
    ['with more than belongs there', (envelope) => [ackOf(envelope, { colour: 'red' })], /held colour/u],
    ['as something else', (envelope) => ['hello', ackOf(envelope)], /not JSON/u],
  ])('an acknowledgement %s is a fault', async (_, acks, fault) => {
    const { ws, next } = await connect();
    const answered = slack.deliver('slash_commands', command());
    const envelope = await next();
    for (const ack of acks(envelope)) ws.send(ack);
    await answered;
    await settled(ws);
    expect(slack.faults).toEqual([expect.stringMatching(fault)]);
  });

  test('an event takes no answer', async () => {
    const { ws, next } = await connect();
    const answered = slack.deliver('events_api', slack.payloads.homeOpened(ana));
    ws.send(ackOf(await next(), { payload: { text: 'hi' } }));
    await answered;
    expect(slack.faults).toEqual(['An event was acknowledged with a payload.']);
  });

  test('an acknowledgement after three seconds is a fault, and so is the one that comes later', async () => {
    const { ws, next } = await connect();
    const answered = slack.deliver('slash_commands', command());
    const envelope = await next();
    expect(await answered).toBeUndefined();
    ws.send(ackOf(envelope));
    await settled(ws);
    expect(slack.faults).toEqual([
      expect.stringContaining('not acknowledged within 3000 ms'),
      expect.stringContaining('twice, or late'),
    ]);
  });

  test('what was not acknowledged comes again on the next connection', async () => {
    const first = await connect();
    const answered = slack.deliver('events_api', slack.payloads.homeOpened(ana));
    const before = await first.next();
    slack.dropSockets();
    const second = await connect();
    const again = await second.next();
    expect(again).toMatchObject({ envelope_id: before.envelope_id, retry_attempt: 1 });
    second.ws.send(ackOf(again));
    expect(await answered).toEqual({});
    expect(slack.faults).toEqual([]);
  });

  test('asks for a new connection', async () => {
    const { next } = await connect();
    slack.sockets.refresh();
    expect(await next()).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
  });
});

test('failures come as often as they were asked for', async () => {
  slack.fail(2, 503);
  const statuses = [];
  for (let i = 0; i < 3; i++)
    statuses.push(
      (await fetch(`${slack.apiUrl}auth.test`, { method: 'POST', headers: { authorization: `Bearer ${slack.tokens.bot}` } }))
        .status,
    );
  expect(statuses).toEqual([503, 503, 200]);
});

test('everything that came and went is on record', async () => {
  await post({ text: 'on record' });
  expect(slack.wire.join()).toContain('on record');
  expect(slack.wire.join()).not.toContain(slack.tokens.bot);
});
