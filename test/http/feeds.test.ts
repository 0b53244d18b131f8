import { type FeedOptions, feedRoutes } from '../../src/http/feeds.js';
import { type HttpServer, makeServer } from '../../src/http/server.js';
import { logTo } from '../support/log.js';

const started: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

async function serve(options: Partial<FeedOptions> = {}) {
  const logged: string[] = [];
  const log = logTo((line: string) => void logged.push(line));
  const server = makeServer({ host: '127.0.0.1', port: 0, log });
  const feeds = {
    calendar: async (token: string) => (token === 'right' ? 'BEGIN:VCALENDAR\r\n' : undefined),
    meetings: async () => '[]',
  };
  server.route('/feeds', feedRoutes({ feeds, isUnavailable: () => false, ...options }));
  started.push(server);
  const { url } = await server.start();
  return { logged, get: (path: string, headers = {}) => fetch(`${url}/feeds/${path}`, { headers }) };
}

test('a calendar is its reader’s own, and is not sent again while it is the same', async () => {
  const { get } = await serve();
  const first = await get('right.ics');
  expect(first.status).toBe(200);
  expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(first.headers.get('cache-control')).toBe('private, max-age=300');
  expect(await first.text()).toBe('BEGIN:VCALENDAR\r\n');
  const tag = first.headers.get('etag') ?? '';
  const again = await get('right.ics', { 'if-none-match': tag });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await get('right.ics', { 'if-none-match': '"other"' })).status).toBe(200);
});

test('whatever is wrong about an address is answered alike', async () => {
  const { get } = await serve();
  const answers = await Promise.all(
    ['wrong.ics', 'right', 'right.ics.ics', '%2e%2e.ics', ''].map(async (path) => {
      const answer = await get(path);
      return [answer.status, await answer.text(), answer.headers.get('cache-control')];
    }),
  );
  expect(new Set(answers.map(String))).toEqual(new Set([String([404, 'There is nothing at this address.', 'no-store'])]));
});

test('the public list can be read by other sites', async () => {
  const { get } = await serve();
  const list = await get('some-id/meetings.json');
  expect(await list.json()).toEqual([]);
  expect(list.headers.get('access-control-allow-origin')).toBe('*');
});

test('who asks again and again is asked to wait, and others are not', async () => {
  const { get } = await serve({ most: { feed: 3, from: 100 } });
  const statuses: number[] = [];
  for (let i = 0; i < 5; i += 1) statuses.push((await get('right.ics')).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  const answer = await get('right.ics');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await get('wrong.ics')).status).toBe(404);
});

test('without a database programs are told to come again, and no address is logged', async () => {
  const fail = async () => {
    throw new Error('gone away');
  };
  const away = await serve({ feeds: { calendar: fail, meetings: fail }, isUnavailable: () => true });
  expect((await away.get('secret-token.ics')).status).toBe(503);
  const broken = await serve({ feeds: { calendar: fail, meetings: fail } });
  expect((await broken.get('secret-token.ics')).status).toBe(500);
  expect([...away.logged, ...broken.logged].join()).not.toContain('secret-token');
});
