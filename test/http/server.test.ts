import { once } from 'node:events';
import { request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { Counter, Registry } from 'prom-client';
import { makePlayground } from '../../src/adapters/playground/index.js';
import { BODY_LIMIT, type HttpServer, makeServer, type ServerOptions } from '../../src/http/server.js';
import { streamed } from '../../src/http/stream.js';
import { logTo, silentLog } from '../support/log.js';
import { listenPastTheLog } from '../support/past-the-log.js';

const started: HttpServer[] = [];
const log = silentLog();

async function serve(options: Partial<ServerOptions> = {}, prepare: (server: HttpServer) => void = () => {}) {
  const server = makeServer({ host: '127.0.0.1', port: 0, log, ...options });
  prepare(server);
  const listening = await server.start();
  started.push(server);
  return { server, ...listening };
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

test('port 0 takes a free one, and says which', async () => {
  const { url, host, port } = await serve();
  expect({ host, url }).toEqual({ host: '127.0.0.1', url: `http://127.0.0.1:${port}` });
  expect(port).toBeGreaterThan(1023);
  expect((await fetch(`${url}/health`)).status).toBe(200);
});

test('a port that is taken is named, with what to do', async () => {
  const { port } = await serve();
  await expect(serve({ port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken by another program. Stop that program, or set PORT`,
  );
});

test('an address of another machine is refused in a sentence', async () => {
  await expect(serve({ host: '203.0.113.7' })).rejects.toThrow('This machine has no address 203.0.113.7. Set HOST');
});

test('health speaks of the database, and recovers with it', async () => {
  let up = false;
  const ping = async () => {
    if (!up) throw new Error('password of user secret is wrong');
  };
  const { url } = await serve({ ping });
  const down = await fetch(`${url}/health`);
  expect(down.status).toBe(503);
  expect(await down.text()).toBe(
    'Homegroup is running, but its database does not answer. Crisis lines still work; nothing can be saved.',
  );
  up = true;
  const back = await fetch(`${url}/health`);
  expect([back.status, await back.text()]).toEqual([200, 'Homegroup is running, and its database answers.']);
});

test('a database that never answers is a database that is down', async () => {
  const { url } = await serve({ ping: () => new Promise(() => {}) });
  expect((await fetch(`${url}/health`)).status).toBe(503);
});

test('metrics are what the registry holds; without one there are none', async () => {
  const metrics = new Registry();
  new Counter({ name: 'answers_total', help: 'Answers.', registers: [metrics] }).inc(3);
  const { url } = await serve({ metrics });
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(await response.text()).toContain('answers_total 3');
  const bare = await serve();
  expect((await fetch(`${bare.url}/metrics`)).status).toBe(404);
});

test('the bare address leads to the playground when it is on, with and without its last slash', async () => {
  const { url } = await serve({ home: '/playground/' }, (server) => server.route('/playground', makePlayground({ log }).app));
  const bare = await fetch(`${url}/`, { redirect: 'manual' });
  expect([bare.status, bare.headers.get('location')]).toEqual([302, '/playground/']);
  for (const path of ['', '/', '/playground', '/playground/']) {
    const page = await fetch(`${url}${path}`);
    expect([page.status, new URL(page.url).pathname]).toEqual([200, '/playground/']);
    expect(await page.text()).toContain('<!doctype html>');
  }
});

test('without a playground the bare address is a sentence', async () => {
  const { url } = await serve();
  const bare = await fetch(`${url}/`, { redirect: 'manual' });
  expect(bare.status).toBe(200);
  expect(await bare.text()).toContain('People talk with it in Discord or Slack');
});

test('a mounted listener gets the request as it came, and only under its path', async () => {
  const { url } = await serve({}, (server) => {
    server.mount('/slack/events', (req, res) => {
      req.setEncoding('utf8');
      let body = '';
      req.on('data', (piece: string) => {
        body += piece;
      });
      req.on('end', () => res.end(JSON.stringify({ url: req.url, body })));
    });
  });
  const response = await fetch(`${url}/slack/events?a=1`, {
    method: 'POST',
    headers: { 'X-Odd-Case': '1' },
    body: 'payload=%7B%7D',
  });
  expect(response.headers.get('content-security-policy')).toBeNull();
  const seen = (await response.json()) as object;
  expect(seen).toMatchObject({ url: '/slack/events?a=1', body: 'payload=%7B%7D' });
  expect((await fetch(`${url}/slack/eventsandmore`)).status).toBe(404);
});

test('pages allow nothing inline, no frame and no cache', async () => {
  const { url } = await serve({}, (server) => {
    server.route(
      '/page',
      new Hono().get('/', (c) => c.html('<p>hello</p>')),
    );
  });
  const { headers } = await fetch(`${url}/page`);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|data:|\*/u);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});

test('a body over the limit is refused, whether or not it says its length', async () => {
  const { url, port } = await serve({}, (server) => {
    server.route(
      '/echo',
      new Hono().post('/', async (c) => c.json({ size: (await c.req.text()).length })),
    );
  });
  const fits = await fetch(`${url}/echo`, { method: 'POST', body: 'x'.repeat(BODY_LIMIT) });
  expect(await fits.json()).toEqual({ size: BODY_LIMIT });
  const over = await fetch(`${url}/echo`, { method: 'POST', body: 'x'.repeat(BODY_LIMIT + 1) });
  expect([over.status, await over.json()]).toEqual([413, { error: 'That is too long to be taken at once.' }]);
  const chunked = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path: '/echo', method: 'POST', headers: { 'transfer-encoding': 'chunked' } },
      (res) => {
        res.resume();
        resolve(res.statusCode);
      },
    );
    sent.on('error', reject);
    sent.end('x'.repeat(BODY_LIMIT + 1));
  });
  expect(chunked).toBe(413);
});

const POLICY = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'", "base-uri 'none'"],
  ...["form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"],
].join('; ');

test('what browsers are told for every answer, and of https only where people come by it', async () => {
  const { url } = await serve();
  for (const path of ['/', '/health', '/nowhere']) {
    const { headers } = await fetch(`${url}${path}`);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': POLICY,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect([headers.get('strict-transport-security'), headers.get('x-powered-by'), headers.get('server')]).toEqual([
      null,
      null,
      null,
    ]);
  }
  const secure = await serve({ isSecure: true });
  expect((await fetch(secure.url)).headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}$/u);
});

/** Sends bytes as they are, and reads until the server hangs up. */
async function raw(port: number, ...pieces: readonly string[]): Promise<string> {
  const socket = await connected(port);
  let answer = '';
  socket.on('data', (piece) => {
    answer += String(piece);
  });
  socket.on('error', () => undefined);
  for (const piece of pieces) socket.write(piece);
  await once(socket, 'close');
  return answer;
}

test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is refused', async (method) => {
  const { port } = await serve();
  const answer = await raw(port, `${method} /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 405 /u);
  expect(answer.toLowerCase()).toContain('allow: get, head, post');
});

test('no address that anybody makes up leads to another site', async () => {
  const prepare = (server: HttpServer) => server.route('/playground', makePlayground({ log }).app);
  const { port } = await serve({ home: '/playground/' }, prepare);
  const paths = [
    '//evil.example',
    '/\\evil.example',
    '//evil.example/playground',
    '/playground//evil.example',
    '/.//evil.example',
  ];
  for (const path of [
    ...paths,
    '/playground',
    'http://evil.example/playground',
    '/?next=//evil.example',
    '/%2f%2fevil.example',
  ]) {
    const answer = await raw(port, `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`);
    const to = /^location: (.*)\r$/imu.exec(answer)?.[1] ?? '/playground/';
    expect(to).toBe('/playground/');
  }
});

test('who sends a byte now and then is hung up on, in the headers and in the body', async () => {
  const { port } = await serve({ patience: { headers: 100, request: 200 } });
  expect(await raw(port, 'GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ')).toMatch(/^(?:HTTP\/1\.1 408 .*)?/u);
  const slow = raw(port, 'POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n', 'x');
  expect(await slow).toMatch(/^HTTP\/1\.1 (?:404|408) /u);
});

test('what is no request, and headers without an end, are refused without a word about us', async () => {
  const { port } = await serve();
  expect(await raw(port, 'HELLO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n\r\n$/u);
  const many = `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`;
  expect(await raw(port, many)).toMatch(/^HTTP\/1\.1 431 /u);
});

test('the name by which somebody calls us is nowhere in an answer', async () => {
  const { port } = await serve({ home: '/playground/' });
  for (const path of ['/', '/health', '/nowhere', '/verify'])
    expect(await raw(port, `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)).not.toContain('evil');
});

test('an error inside tells the caller nothing of it', async () => {
  const { url } = await serve({}, (server) => {
    const broken = new Hono().get('/', () => {
      throw new Error('what Ana wrote');
    });
    server.route('/broken', broken);
  });
  const response = await fetch(`${url}/broken`);
  expect([response.status, await response.json()]).toEqual([
    500,
    { error: 'Something went wrong on our side. Please try again.' },
  ]);
});

test('a file that breaks off is cut off, and what went wrong is told to the log alone', async () => {
  const past = listenPastTheLog();
  const failed: unknown[] = [];
  async function* pieces(after: number) {
    for (let i = 0; i < after; i++) yield new Uint8Array(100_000);
    throw new Error('what Ana wrote, at https://feeds.example/secret');
  }
  const { port } = await serve({}, (server) => {
    const app = new Hono<{ Bindings: HttpBindings }>();
    app.get('/:after', (c) => {
      const body = pieces(Number(c.req.param('after')));
      return c.body(streamed(body, c.env.outgoing as ServerResponse, (error) => void failed.push(error)));
    });
    server.route('/breaks', app);
  });
  for (const after of [0, 1, 9]) {
    const answer = await raw(port, `GET /breaks/${after} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).not.toMatch(/Ana|secret|\r\n0\r\n\r\n$/u);
    expect(failed.splice(0)).toHaveLength(1);
  }
  past.stop();
  expect(past.heard).toEqual([]);
});

/** As long as a timer can be: only the test's own limit would end what waits for it. */
const FOREVER = 2 ** 31 - 1;

/** A promise and what resolves it. */
function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

test('stopping ends idle connections and event streams at once, and lets an answer under way finish', async () => {
  const asked = signal();
  const release = signal();
  const { server, url, port } = await serve({ grace: FOREVER }, (it) => {
    it.route(
      '/stream',
      new Hono().get('/', (c) =>
        streamSSE(c, async (stream) => {
          await stream.writeSSE({ data: 'one' });
          await new Promise(() => {});
        }),
      ),
    );
    it.route(
      '/slow',
      new Hono().get('/', async (c) => {
        asked.give();
        await release.given;
        return c.text('finished');
      }),
    );
  });
  const unused = await connected(port);
  const idle = await connected(port);
  idle.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(idle, 'data');
  const ended = [unused, idle].map((socket) => once(socket, 'close'));
  const stream = (await fetch(`${url}/stream`)).body?.getReader();
  await stream?.read();
  const slow = fetch(`${url}/slow`);
  await asked.given;
  const stopped = server.stop();
  await expect(stream?.read()).rejects.toThrow();
  await Promise.all(ended);
  release.give();
  expect(await (await slow).text()).toBe('finished');
  await stopped;
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});

test('what does not finish is cut off after the grace, and the log says how much that was', async () => {
  const asked = signal();
  const lines: string[] = [];
  const { server, url } = await serve({ grace: 50, log: logTo((line) => void lines.push(line)) }, (it) => {
    it.mount('/never', asked.give);
  });
  const never = fetch(`${url}/never`).then(
    () => 'answered',
    () => 'cut off',
  );
  await asked.given;
  await server.stop();
  expect(await never).toBe('cut off');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ connections: 1, msg: 'Requests under way were cut off, because we stop.' }),
  ]);
});
