import { request } from 'node:http';
import { makePlayground, type PlaygroundOptions } from '../../../src/adapters/playground/index.js';
import type { StreamEvents } from '../../../src/adapters/playground/wire.js';
import { makeServer } from '../../../src/http/server.js';
import { silentLog } from '../../support/log.js';
import { makeSmallRouter } from '../../support/playground/router.js';
import { readEvents } from '../../support/playground/sse.js';

const closers: (() => Promise<void>)[] = [];
const log = silentLog();

async function open(options: Partial<PlaygroundOptions> = {}, { started = true } = {}) {
  const playground = makePlayground({ log, ...options });
  const server = makeServer({ host: '127.0.0.1', port: 0, log });
  server.route('/playground', playground.app);
  const { url, port } = await server.start();
  if (started) await playground.start(makeSmallRouter());
  closers.push(async () => {
    await playground.stop();
    await server.stop();
  });
  const base = `${url}/playground`;
  const post = async (act: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${base}/api/${act}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { playground, base, port, post };
}

async function hello(base: string, query = ''): Promise<StreamEvents['hello']> {
  const stop = new AbortController();
  try {
    for await (const { event, data } of readEvents(`${base}/api/stream${query}`, stop.signal)) {
      if (event === 'hello') return JSON.parse(data) as StreamEvents['hello'];
    }
  } finally {
    stop.abort();
  }
  throw new Error('The stream began without a hello.');
}

/** `fetch` does not let a program name another host. */
const statusOf = (port: number, options: { path: string; method: string; headers: Record<string, string>; body?: string }) =>
  new Promise<number | undefined>((resolve, reject) => {
    const { body, ...rest } = options;
    const sent = request({ host: '127.0.0.1', port, ...rest }, (response) => {
      response.destroy();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end(body);
  });

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

test('a stream holds the view of whom it was asked for, and of nobody else', async () => {
  const { base, post } = await open();
  await post('type', { as: 'sam', where: 'channel', line: '/checkin now mood:3 note:"a hard night"' });
  await post('type', { as: 'sam', where: 'channel', line: '/checkin now' });
  const theo = await hello(base, '?as=theo');
  expect(Object.keys(theo.views)).toEqual(['theo']);
  expect(JSON.stringify(theo)).not.toMatch(/hard night|How are you|checkin/u);
  const both = await hello(base, '?as=theo&as=sam');
  expect(Object.keys(both.views).sort()).toEqual(['sam', 'theo']);
});

test('while it is open, too, a stream carries only what its persona may see', async () => {
  const { base, post } = await open();
  const stop = new AbortController();
  const heard: string[] = [];
  const listening = (async () => {
    for await (const { event, data } of readEvents(`${base}/api/stream?as=theo`, stop.signal)) {
      heard.push(`${event} ${data}`);
      if (heard.filter((one) => one.startsWith('mark')).length === 4) return;
    }
  })();
  await hello(base, '?as=theo');
  await post('type', { as: 'sam', where: 'channel', line: '/checkin now mood:3 note:"a hard night"' });
  await post('type', { as: 'sam', where: 'direct', line: 'to the bot alone' });
  await post('type', { as: 'sam', where: 'channel', line: '/checkin now' });
  await post('type', { as: 'sam', where: 'channel', line: 'good morning' });
  await listening;
  stop.abort();
  const told = heard.filter((one) => !/^(?:hello|mark|world)/u.test(one));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('good morning');
  expect(heard.join('\n')).not.toMatch(/hard night|bot alone|How are you/u);
});

test('a page that is opened again shows the same messages and the same open form', async () => {
  const { base, post } = await open();
  await post('type', { as: 'luz', where: 'channel', line: 'buenos días' });
  await post('type', { as: 'luz', where: 'channel', line: '/checkin now' });
  await post('submit', { as: 'luz', form: 'form-1', input: { mood: 'bien', note: 'mejor' } });
  const first = await hello(base, '?as=luz');
  expect((await hello(base, '?as=luz')).views).toEqual(first.views);
  const form = first.views.luz?.form;
  expect(form?.problems).toEqual([{ field: 'mood', message: 'Say a number from 0 to 10.' }]);
  expect(form?.form.fields.find(({ name }) => name === 'note')?.value).toBe('mejor');
  await post('dismiss', { as: 'luz' });
  expect((await hello(base, '?as=luz')).views.luz?.form).toBeNull();
});

test.each([
  ['no JSON', 'type', '{"as":', 'That is not JSON.'],
  ['no line', 'type', { as: 'sam', where: 'channel', line: '   ' }, 'line: '],
  ['an unknown place', 'type', { as: 'sam', where: 'roof', line: 'hi' }, 'where: '],
  ['a property too many', 'type', { as: 'sam', where: 'channel', line: 'hi', admin: true }, 'admin'],
  ['an id that no button has', 'press', { as: 'sam', id: '<script>' }, 'id: '],
  ['a zone that does not exist', 'persona', { id: 'sam', zone: 'Mars/Olympus' }, 'zone: an IANA zone such as Europe/London'],
  ['a list', 'submit', [], 'The body: '],
])('%s is refused with a sentence', async (_what, act, body, sentence) => {
  const { post } = await open();
  const answer = await post(act, body);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toContain(sentence);
});

test('nobody acts for somebody who is not here', async () => {
  const { post, base } = await open();
  expect(await post('type', { as: 'ghost', where: 'channel', line: 'boo' })).toEqual({
    status: 404,
    body: { error: 'Nobody with that name is here.' },
  });
  expect((await fetch(`${base}/api/stream?as=ghost`)).status).toBe(404);
});

test('before the bot is there, commands are refused and people can talk', async () => {
  const { post } = await open({}, { started: false });
  expect(await post('type', { as: 'sam', where: 'channel', line: '/help' })).toEqual({
    status: 409,
    body: { error: 'The bot is still starting. Please try again in a moment.' },
  });
  expect((await post('type', { as: 'sam', where: 'channel', line: 'hello' })).status).toBe(200);
});

test('another site can neither act nor listen', async () => {
  const { post, base, port } = await open();
  const body = { as: 'sam', where: 'channel', line: 'from elsewhere' };
  expect((await post('type', body, { origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await post('type', body, { origin: 'null' })).status).toBe(403);
  expect((await post('type', body, { origin: `http://127.0.0.1:${port + 1}` })).status).toBe(403);
  expect((await post('type', body, { origin: `http://127.0.0.1:${port}` })).status).toBe(200);
  expect((await post('type', body, { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await fetch(`${base}/api/stream`, { headers: { origin: 'https://elsewhere.example' } })).status).toBe(403);
  const headers = { 'sec-fetch-site': 'cross-site' };
  expect(await statusOf(port, { path: '/playground/api/stream', method: 'GET', headers })).toBe(403);
});

test('a foreign name that points at this machine is not answered, unless it was allowed', async () => {
  const options = (host: string) => ({
    path: '/playground/api/type',
    method: 'POST',
    headers: { host, origin: `http://${host}`, 'content-type': 'application/json' },
    body: JSON.stringify({ as: 'sam', where: 'channel', line: 'hello' }),
  });
  const { port } = await open({ hosts: ['group.example'] });
  expect(await statusOf(port, options(`rebound.example:${port}`))).toBe(403);
  expect(await statusOf(port, options(`group.example:${port}`))).toBe(200);
  expect(await statusOf(port, options(`localhost:${port}`))).toBe(200);
  expect(await statusOf(port, options(`[::1]:${port}`))).toBe(200);
  expect(await statusOf(port, { path: '/playground/api/stream', method: 'GET', headers: { host: 'rebound.example' } })).toBe(403);
});

test('the clock goes forward, and only forward', async () => {
  let now = Date.parse('2027-03-01T12:00:00Z');
  const advance = async (ms: number) => {
    now += ms;
  };
  const { base, post } = await open({ clock: { now: () => new Date(now), advance } });
  await post('clock', { advance: 3_600_000 });
  await post('clock', { to: '2027-03-03T08:30:00+01:00' });
  const { world } = await hello(base);
  expect(world.clock).toEqual({ now: '2027-03-03T07:30:00.000Z', moved: 43.5 * 3_600_000, fixed: false });
  expect(await post('clock', { to: '2027-03-01T00:00:00Z' })).toEqual({
    status: 400,
    body: { error: 'The clock only goes forward: what has happened cannot be undone by it.' },
  });
  expect((await post('clock', { advance: -1 })).status).toBe(400);
});

test('without a clock to move, moving it is refused in a sentence', async () => {
  const { base, post } = await open();
  expect((await post('clock', { advance: 1000 })).status).toBe(409);
  expect((await hello(base)).world.clock.fixed).toBe(true);
});

test('a persona can be changed and another one added; both are seen by everybody', async () => {
  const { base, post } = await open();
  await post('persona', { id: 'sam', locale: 'es', admin: true, roles: ['mentors'] });
  await post('persona', { id: 'noor', name: 'Noor', locale: 'en' });
  const { world, views } = await hello(base);
  expect(world.personas.find(({ id }) => id === 'sam')).toEqual({
    id: 'sam',
    name: 'Sam',
    locale: 'es',
    zone: 'America/Chicago',
    admin: true,
    roles: ['mentors'],
    closedDirect: false,
  });
  expect(world.personas.map(({ name }) => name)).toEqual(['Rosa', 'Sam', 'Luz', 'Theo', 'Noor']);
  expect(views.noor).toEqual({ messages: [], form: null });
});

test('the menu speaks the language that was asked for and leaves out nothing that can be typed', async () => {
  const { base } = await open();
  const menu = async (language: string) =>
    (await (await fetch(`${base}/api/menu?language=${language}`)).json()) as { command: string; help: string }[];
  const [english, spanish] = await Promise.all([menu('en'), menu('es')]);
  expect(english.map(({ command }) => command)).toEqual(['help', 'checkin now', 'community setup']);
  expect(spanish.map(({ command }) => command)).toEqual(english.map(({ command }) => command));
  for (const [at, { help }] of english.entries()) expect(spanish[at]?.help).not.toBe(help);
});

test('the page is served from its folder, with its libraries, and nothing beside it', async () => {
  const { base } = await open();
  const get = async (path: string) => fetch(`${base}${path}`);
  expect((await get('')).url).toBe(`${base}/`);
  expect((await get('/app.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  for (const name of ['preact', 'hooks', 'htm']) {
    const source = await (await get(`/vendor/${name}.js`)).text();
    expect(source.length).toBeGreaterThan(500);
    expect(source).not.toMatch(/from\s*["'](?!\.)/u);
  }
  for (const path of ['/tsconfig.json', '/types.ts', '/..%2fadapter.ts', '/vendor/..%2fapp.js', '/vendor/react.js'])
    expect((await get(path)).status).toBe(404);
});
