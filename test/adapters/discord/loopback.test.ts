import { once } from 'node:events';
import WebSocket from 'ws';
import { LoopbackDiscord } from '../../support/discord/index.js';
import { DiscordPerson } from '../../support/discord/person.js';

/** The loopback against its own rules: each is broken with a raw request, as a careless bot would. */

let discord: LoopbackDiscord;
beforeEach(async () => {
  discord = await LoopbackDiscord.start();
});
afterEach(() => discord.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { code?: number; retry_after?: number; id?: string; flags?: number; errors?: unknown };
}

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: {
      authorization: `Bot ${discord.token}`,
      'user-agent': 'DiscordBot (https://example.org, 1)',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
}

const publish = (commands: unknown) => ask('PUT', `/applications/${discord.appId}/commands`, commands);
const help = { name: 'help', description: 'Help' };
const text = (content: string) => ({ type: 10, content });
const buttonOf = (custom_id: string, label = 'Press') => ({ type: 2, style: 2, label, custom_id });
const row = (...components: unknown[]) => ({ type: 1, components });
const select = (count: number) =>
  row({ type: 3, custom_id: 's', options: Array.from({ length: count }, (_, i) => ({ label: `${i}`, value: `${i}` })) });
const layout = (...components: unknown[]) => ({ flags: 32_768, components });

async function typing() {
  await publish([help]);
  const account = discord.addAccount('Ana');
  const person = new DiscordPerson(discord, account, async () => {});
  const interaction = person.beginTyping('/help');
  const callback = (body: unknown) => ask('POST', `/interactions/${interaction.id}/${interaction.token}/callback`, body);
  const hook = (method: string, path: string, body?: unknown) =>
    ask(method, `/webhooks/${discord.appId}/${interaction.token}${path}`, body);
  return { account, person, interaction, callback, hook };
}

describe('the first response', () => {
  test('is given once', async () => {
    const { callback } = await typing();
    expect((await callback({ type: 5 })).status).toBe(204);
    expect(await callback({ type: 5 })).toMatchObject({ status: 400, body: { code: 40060 } });
  });

  test('is given within three seconds, and to an interaction that there is', async () => {
    const { callback, interaction } = await typing();
    discord.world.advance(3001);
    expect(await callback({ type: 5 })).toMatchObject({ status: 404, body: { code: 10062 } });
    expect(await ask('POST', `/interactions/1/${interaction.token}/callback`, { type: 5 })).toMatchObject({
      status: 404,
      body: { code: 10062 },
    });
    expect(discord.faults).toHaveLength(2);
  });

  test('is of a kind that fits', async () => {
    const { callback } = await typing();
    expect((await callback({ type: 8, data: { choices: [] } })).status).toBe(400);
    expect((await callback({ type: 6 })).status).toBe(400);
    expect((await callback({ type: 5, data: { flags: 32_768 } })).status).toBe(400);
    expect((await callback({ type: 99 })).status).toBe(400);
    expect((await callback({ type: 4, data: { content: 'x', surprise: 1 } })).status).toBe(400);
  });

  test('may be a form only where none was just sent, and not after a delay was announced', async () => {
    const modal = {
      type: 9,
      data: {
        custom_id: 'm',
        title: 'M',
        components: [{ type: 18, label: 'L', component: { type: 4, custom_id: 'a', style: 1 } }],
      },
    };
    const first = await typing();
    await first.callback({ type: 5 });
    expect(await first.callback(modal)).toMatchObject({ body: { code: 40060 } });
    const sent = discord.interactions.begin({ kind: 5, user: first.account.id, channel: discord.channelId });
    expect((await ask('POST', `/interactions/${sent.id}/${sent.token}/callback`, modal)).status).toBe(400);
  });
});

describe('after the first response', () => {
  test('the token works for fifteen minutes, and not before', async () => {
    const { callback, hook } = await typing();
    expect(await hook('PATCH', '/messages/@original', { content: 'early' })).toMatchObject({
      status: 404,
      body: { code: 10015 },
    });
    await callback({ type: 5 });
    expect((await hook('PATCH', '/messages/@original', { content: 'now' })).status).toBe(200);
    discord.world.advance(15 * 60_000 + 1);
    expect(await hook('PATCH', '/messages/@original', { content: 'late' })).toMatchObject({ status: 401, body: { code: 50027 } });
  });

  test('what waits takes the next message for its own, for whoever could see it', async () => {
    const { callback, hook, account } = await typing();
    await callback({ type: 5 });
    await hook('POST', '', { content: 'meant to be private', flags: 64 });
    const [message] = [...discord.world.messages.values()];
    expect(message).toMatchObject({ content: 'meant to be private', loading: false });
    expect(message && discord.world.isVisible(message, 'somebody else')).toBe(true);
    const second = await hook('POST', '', { content: 'private', flags: 64 });
    expect(discord.world.messages.get(second.body.id ?? '')?.onlyFor).toBe(account.id);
  });

  test('a layout stays a layout', async () => {
    const { callback, hook } = await typing();
    await callback({ type: 5 });
    expect((await hook('PATCH', '/messages/@original', layout(text('a')))).status).toBe(200);
    expect((await hook('PATCH', '/messages/@original', { content: 'plain' })).status).toBe(400);
    expect((await hook('PATCH', '/messages/@original', { flags: 64, components: [text('a')] })).status).toBe(400);
  });

  test('a message that was deleted is unknown', async () => {
    const { callback, hook } = await typing();
    await callback({ type: 5 });
    expect((await hook('DELETE', '/messages/@original')).status).toBe(204);
    expect(await hook('DELETE', '/messages/@original')).toMatchObject({ status: 404, body: { code: 10008 } });
  });
});

describe('a message', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => buttonOf(`b${i}`));
  const refused: [string, unknown][] = [
    ['with 2001 characters', { content: 'x'.repeat(2001) }],
    ['with nothing in it', { content: '' }],
    ['with an unknown property', { content: 'x', colour: 'red' }],
    ['with an unknown property deep inside', { components: [row({ ...buttonOf('a'), colour: 'red' })] }],
    ['with content in a layout', { ...layout(text('a')), content: 'x' }],
    ['with an embed in a layout', { ...layout(text('a')), embeds: [{ description: 'x' }] }],
    ['with more than 4000 characters in a layout', layout(text('x'.repeat(2500)), text('x'.repeat(1501)))],
    ['with more than 40 components', layout(...Array.from({ length: 41 }, () => text('a')))],
    [
      'with more than 40 components, nested ones included',
      layout(
        ...Array.from({ length: 8 }, (_, i) => row(...many(5).map((one) => ({ ...one, custom_id: `${one.custom_id}${i}` })))),
      ),
    ],
    ['with a text outside a layout', { components: [text('a')] }],
    ['with six rows outside a layout', { content: 'x', components: Array.from({ length: 6 }, (_, i) => row(buttonOf(`b${i}`))) }],
    ['with six buttons in a row', { content: 'x', components: [row(...many(6))] }],
    ['with an empty row', { content: 'x', components: [row()] }],
    ['with one id twice', { content: 'x', components: [row(buttonOf('a'), buttonOf('a'))] }],
    ['with an id of 101 characters', { content: 'x', components: [row(buttonOf('a'.repeat(101)))] }],
    ['with a label of 81 characters', { content: 'x', components: [row(buttonOf('a', 'x'.repeat(81)))] }],
    ['with a button that does nothing', { content: 'x', components: [row({ type: 2, style: 2, label: 'x' })] }],
    ['with 26 options', { content: 'x', components: [select(26)] }],
    ['with no options', { content: 'x', components: [select(0)] }],
    [
      'with an option twice',
      {
        content: 'x',
        components: [
          row({
            type: 3,
            custom_id: 's',
            options: [
              { label: 'a', value: 'a' },
              { label: 'b', value: 'a' },
            ],
          }),
        ],
      },
    ],
    ['with a select beside a button', { content: 'x', components: [row(...select(2).components, buttonOf('a'))] }],
    [
      'with embeds of more than 6000 characters',
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
    ],
    ['with an embed of more than 4096 characters', { embeds: [{ description: 'x'.repeat(4097) }] }],
    ['that is ephemeral of itself', { content: 'x', flags: 64 }],
    ['with a nonce of 26 characters', { content: 'x', nonce: 'n'.repeat(26) }],
    ['with contradictory mentions', { content: 'x', allowed_mentions: { parse: ['users'], users: ['123456789012345678'] } }],
  ];
  test.each(refused)('%s is refused', async (_, body) => {
    expect((await ask('POST', `/channels/${discord.channelId}/messages`, body)).status).toBe(400);
    expect(discord.faults).toHaveLength(1);
  });

  test('within the limits is taken', async () => {
    const bodies = [
      { content: 'x'.repeat(2000) },
      layout(text('x'.repeat(4000))),
      { content: 'x', components: [row(...many(5)), select(25)] },
      { embeds: [{ description: 'x'.repeat(4096) }] },
    ];
    for (const body of bodies) expect((await ask('POST', `/channels/${discord.channelId}/messages`, body)).status).toBe(200);
    expect(discord.faults).toEqual([]);
  });

  test('with the same enforced nonce is the same message', async () => {
    const body = { content: 'x', nonce: 'n', enforce_nonce: true };
    const first = await ask('POST', `/channels/${discord.channelId}/messages`, body);
    const second = await ask('POST', `/channels/${discord.channelId}/messages`, body);
    expect(second.body.id).toBe(first.body.id);
    discord.world.advance(4 * 60_000);
    expect((await ask('POST', `/channels/${discord.channelId}/messages`, body)).body.id).not.toBe(first.body.id);
  });

  test('to whom it cannot be sent is refused', async () => {
    const account = discord.addAccount('Ana');
    const opened = await ask('POST', '/users/@me/channels', { recipient_id: account.id });
    discord.closeDm(account.id);
    expect(await ask('POST', `/channels/${opened.body.id}/messages`, { content: 'x' })).toMatchObject({
      status: 403,
      body: { code: 50007 },
    });
    expect(await ask('POST', '/users/@me/channels', { recipient_id: '99999999999999999' })).toMatchObject({
      status: 404,
      body: { code: 10013 },
    });
    expect(await ask('POST', '/channels/99999999999999999/messages', { content: 'x' })).toMatchObject({
      status: 404,
      body: { code: 10003 },
    });
    expect(discord.faults).toEqual([]);
  });
});

describe('a form', () => {
  const label = (component: object, more: object = {}) => ({ type: 18, label: 'L', component, ...more });
  const input = (custom_id: string, more: object = {}) => ({ type: 4, custom_id, style: 1, ...more });
  const group = (type: number, count: number) => ({
    type,
    custom_id: 'g',
    options: Array.from({ length: count }, (_, i) => ({ label: `${i}`, value: `${i}` })),
  });
  const modal = (components: unknown[], more: object = {}) => ({
    type: 9,
    data: { custom_id: 'm', title: 'M', components, ...more },
  });
  const refused: [string, unknown][] = [
    ['with six fields', modal(Array.from({ length: 6 }, (_, i) => label(input(`f${i}`))))],
    ['with no field', modal([text('only words')])],
    ['with a field twice', modal([label(input('a')), label(input('a'))])],
    ['with a title of 46 characters', modal([label(input('a'))], { title: 'x'.repeat(46) })],
    ['with a label of 46 characters', modal([label(input('a'), { label: 'x'.repeat(46) })])],
    ['with a description of 101 characters', modal([label(input('a'), { description: 'x'.repeat(101) })])],
    ['with an id of 101 characters', modal([label(input('a'))], { custom_id: 'x'.repeat(101) })],
    ['with more text than fits its field', modal([label(input('a', { max_length: 3, value: 'four' }))])],
    ['with a field that takes 4001 characters', modal([label(input('a', { max_length: 4001 }))])],
    ['with a radio group of one', modal([label(group(21, 1))])],
    ['with a radio group of eleven', modal([label(group(21, 11))])],
    ['with a checkbox group of eleven', modal([label(group(22, 11))])],
    ['with a required select of nothing', modal([label({ type: 5, custom_id: 'u', min_values: 0 })])],
    ['with a button', modal([row(buttonOf('a'))])],
    ['with an unknown property', modal([label(input('a', { colour: 'red' }))])],
  ];
  test.each(refused)('%s is refused', async (_, body) => {
    const { callback } = await typing();
    expect((await callback(body)).status).toBe(400);
  });

  test('within the limits is taken', async () => {
    const { callback } = await typing();
    expect(
      (
        await callback(
          modal([
            text('intro'),
            label(input('a')),
            label(group(21, 10)),
            label({ type: 6, custom_id: 'r', required: false, min_values: 0 }),
          ]),
        )
      ).status,
    ).toBe(204);
    expect(discord.faults).toEqual([]);
  });
});

describe('commands', () => {
  const option = (more: object = {}) => ({ type: 3, name: 'o', description: 'O', ...more });
  const refused: [string, unknown][] = [
    ['with a capital', [{ ...help, name: 'Help' }]],
    ['with a space', [{ ...help, name: 'help me' }]],
    ['without a description', [{ name: 'help', description: '' }]],
    ['with a description of 101 characters', [{ ...help, description: 'x'.repeat(101) }]],
    ['with a translation of 101 characters', [{ ...help, description_localizations: { 'es-ES': 'x'.repeat(101) } }]],
    ['twice', [help, help]],
    ['with 26 options', [{ ...help, options: Array.from({ length: 26 }, (_, i) => option({ name: `o${i}` })) }]],
    [
      'with 26 choices',
      [{ ...help, options: [option({ choices: Array.from({ length: 26 }, (_, i) => ({ name: `${i}`, value: `${i}` })) })] }],
    ],
    [
      'with choices and completion',
      [{ ...help, options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] }],
    ],
    ['with a required option after another', [{ ...help, options: [option(), option({ name: 'p', required: true })] }]],
    ['with a sub-command beside an option', [{ ...help, options: [option(), { type: 1, name: 's', description: 'S' }] }]],
    [
      'with more than 8000 characters',
      [
        {
          ...help,
          options: Array.from({ length: 5 }, (_, i) =>
            option({
              name: `o${i}`,
              choices: Array.from({ length: 20 }, (_c, j) => ({ name: `${j}`.padStart(80, 'x'), value: `${j}` })),
            }),
          ),
        },
      ],
    ],
    ['with an unknown property', [{ ...help, colour: 'red' }]],
  ];
  test.each(refused)('%s are refused', async (_, body) => {
    expect((await publish(body)).status).toBe(400);
  });

  test('need the right application and the right scope', async () => {
    expect((await ask('PUT', '/applications/1/commands', [help])).status).toBe(403);
    expect(await ask('GET', `/applications/${discord.appId}/guilds/99999999999999999/commands`)).toMatchObject({
      status: 403,
      body: { code: 50001 },
    });
  });
});

describe('whoever asks', () => {
  test('has a token, a name and the right address', async () => {
    expect((await ask('GET', '/gateway/bot', undefined, { authorization: 'Bot wrong' })).status).toBe(401);
    expect((await ask('GET', '/gateway/bot', undefined, { 'user-agent': 'curl' })).status).toBe(403);
    expect((await ask('GET', '/nothing/here')).status).toBe(404);
    expect((await fetch(`${discord.apiUrl}/v9/gateway/bot`)).status).toBe(404);
    expect(discord.rest.throttle.invalid).toBe(2);
  });

  test('is slowed down by the bucket of a channel', async () => {
    const answers: Answer[] = [];
    for (let i = 0; i < 6; i += 1)
      answers.push(await ask('POST', `/channels/${discord.channelId}/messages`, { content: `${i}` }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[4]?.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(answers[5]?.body.retry_after).toBeGreaterThan(0);
  });

  test('is slowed down at fifty a second over everything', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => ask('GET', '/gateway/bot')));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0]?.headers.get('x-ratelimit-global')).toBe('true');
  });
});

describe('the gateway', () => {
  async function connect(query = '?v=10&encoding=json') {
    const socket = new WebSocket(`${discord.apiUrl.replace('http', 'ws').replace('/api', '/gateway')}${query}`);
    const packets: { op: number; t?: string; d?: { session_id?: string } | boolean }[] = [];
    socket.on('message', (data) => packets.push(JSON.parse(String(data))));
    await once(socket, 'open');
    return {
      socket,
      packets,
      closed: once(socket, 'close').then(([code]) => code as number),
      say: (packet: unknown) => socket.send(typeof packet === 'string' ? packet : JSON.stringify(packet)),
    };
  }
  const identify = (more: object = {}) => ({
    op: 2,
    d: { token: discord.token, intents: 1, properties: { os: 'linux', browser: 'x', device: 'x' }, ...more },
  });

  test.each<[string, number, () => unknown]>([
    ['before identifying', 4003, () => ({ op: 3, d: {} })],
    ['with a wrong token', 4004, () => identify({ token: 'wrong' })],
    ['with impossible intents', 4013, () => identify({ intents: -5 })],
    ['with privileged intents', 4014, () => identify({ intents: 1 << 15 })],
    ['as a shard that there is not', 4010, () => identify({ shard: [3, 2] })],
    ['in no language', 4002, () => 'hello'],
    ['at too great length', 4002, () => identify({ extra: 'x'.repeat(5000) })],
  ])('ends a connection that speaks %s with %i', async (_, code, packet) => {
    const { say, closed } = await connect();
    say(packet());
    expect(await closed).toBe(code);
  });

  test('ends a second identification, an unknown opcode, another version and a flood', async () => {
    const twice = await connect();
    twice.say(identify());
    twice.say(identify());
    expect(await twice.closed).toBe(4005);
    const odd = await connect();
    odd.say(identify());
    odd.say({ op: 77 });
    expect(await odd.closed).toBe(4001);
    expect(await (await connect('?v=6&encoding=json')).closed).toBe(4012);
    const flood = await connect();
    for (let i = 0; i < 130; i += 1) flood.say({ op: 1, d: null });
    expect(await flood.closed).toBe(4008);
  });

  test('tells again on resume what was missed, and nothing of a session that it does not know', async () => {
    const first = await connect();
    first.say(identify());
    await once(discord.gateway, 'ready');
    const [ready] = await Promise.all([
      new Promise<string>((resolve) =>
        first.socket.on('message', () => {
          const packet = first.packets.find(({ t }) => t === 'READY');
          if (packet && typeof packet.d === 'object') resolve(packet.d.session_id ?? '');
        }),
      ),
    ]);
    await discord.dropSockets();
    discord.gateway.dispatch('INTERACTION_CREATE', { id: '1' });
    const second = await connect();
    const done = new Promise<void>((resolve) =>
      second.socket.on('message', () => second.packets.some(({ t }) => t === 'RESUMED') && resolve()),
    );
    second.say({ op: 6, d: { token: discord.token, session_id: ready, seq: 2 } });
    await done;
    expect(second.packets.flatMap(({ t }) => t ?? [])).toEqual(['INTERACTION_CREATE', 'RESUMED']);
    const third = await connect();
    const refused = new Promise<unknown>((resolve) =>
      third.socket.on('message', () => third.packets.some(({ op }) => op === 9) && resolve(third.packets.at(-1))),
    );
    third.say({ op: 6, d: { token: discord.token, session_id: 'unknown', seq: 2 } });
    expect(await refused).toMatchObject({ op: 9, d: false });
  });

  test('leaves a client that has fallen silent', async () => {
    discord.gateway.heartbeat = 20;
    const { say, closed } = await connect();
    say(identify());
    expect(await closed).toBe(4009);
  });
});
