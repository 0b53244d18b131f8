import { strFromU8, unzipSync } from 'fflate';
import { exportLink, LINK_HOLDS, type Taken, takeLink } from '../../src/core/export/link.js';
import { addGoal } from '../../src/core/goals/add.js';
import { enter } from '../../src/core/members/enter.js';
import { endedConsents } from '../../src/core/privacy/consents.js';
import type { Scope } from '../../src/core/scope.js';
import { exportSite, piecesOf } from '../../src/export-site.js';
import { LOOKS_A_MINUTE } from '../../src/http/export.js';
import { type HttpServer, makeServer } from '../../src/http/server.js';
import { silentLog } from '../support/log.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

/** An export by link: looking uses nothing up, the button does, and whatever is not there is answered alike. */

const NOW = new Date('2027-05-03T22:30:00Z');
let now = NOW;
let home: TestWorld;
let server: HttpServer;
let url: string;
beforeAll(async () => {
  home = await makeTestWorld();
});
beforeEach(async () => {
  now = NOW;
  const log = silentLog();
  server = makeServer({ host: '127.0.0.1', port: 0, log });
  server.route('/export', exportSite({ world: home.world, clock: { now: () => now }, log }));
  ({ url } = await server.start());
});
afterEach(() => server.stop());
afterAll(() => home.close());

let people = 0;
const member = (): Promise<Scope> =>
  enter(home.world, { platform: 'playground', userId: `person${++people}`, space: { id: 'home' } }, NOW);
const post = (token: string) => fetch(`${url}/export/${token}`, { method: 'POST' });

test('previews look as often as they like; the button hands the file over, once', async () => {
  const me = await member();
  await addGoal(me, { words: 'A room of my own' }, 'a');
  const token = await exportLink(me);
  for (let i = 0; i < 3; i++) {
    const page = await fetch(`${url}/export/${token}`, { headers: { 'accept-language': 'es-MX,es;q=0.9' } });
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text).toContain('<html lang="es">');
    expect(text).toContain(`<form method="post" action="/export/${token}"><button>Descargar el archivo</button>`);
    expect(text).not.toMatch(/<script|room of my own/u);
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('x-robots-tag')).toContain('noindex');
  }
  expect((await fetch(`${url}/export/${token}`, { method: 'HEAD' })).status).toBe(200);
  const file = await post(token);
  expect(file.status).toBe(200);
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'application/zip',
    'content-disposition': 'attachment; filename="export.zip"',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
  expect(Object.keys(files)).toEqual(['homegroup.html', 'homegroup.json', 'homegroup.schema.json']);
  expect(strFromU8(files['homegroup.html'] ?? new Uint8Array())).toContain('A room of my own');
  expect((await post(token)).status).toBe(404);
  expect(await endedConsents(me)).toMatchObject([{ what: 'export', to: 'self' }]);
});

test('used, expired, erased and unknown are one answer', async () => {
  const [used, late, erased] = [await member(), await member(), await member()];
  const [a, b, c] = [await exportLink(used), await exportLink(late), await exportLink(erased)];
  await (await post(a)).arrayBuffer();
  await erased.db.member.delete({ where: { id: erased.member.id } });
  const wrong = `${b.slice(0, 22)}${a.slice(22)}`;
  now = new Date(NOW.getTime() + LINK_HOLDS);
  const answers = await Promise.all(
    [a, b, c, wrong, 'x', '%3Cscript%3E'].flatMap((token) =>
      ['GET', 'POST'].map(async (method) => {
        const page = await fetch(`${url}/export/${token}`, { method });
        return `${page.status} ${await page.text()}`;
      }),
    ),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toMatch(/^404 .*There is nothing here, or not any more/su);
  now = new Date(NOW.getTime() + LINK_HOLDS - 1);
  expect((await post(wrong)).status).toBe(404);
  expect((await post(b)).status).toBe(200);
});

test('a file that breaks off can be asked for again at once', async () => {
  const me = await member();
  const token = await exportLink(me);
  const setZone = (zone: string | null) => me.db.member.updateMany({ where: { id: me.member.id }, data: { zone } });
  await setZone('No/Where');
  await expect(post(token).then((file) => file.arrayBuffer())).rejects.toThrow();
  await setZone(null);
  expect(await endedConsents(me)).toEqual([]);
  expect((await post(await exportLink(me))).status).toBe(200);
});

test('so can one whose browser went before it had anything, also by a link that took the place of another', async () => {
  const me = await member();
  await exportLink(me);
  const later = { ...me, now: new Date(NOW.getTime() + 60_000) };
  const taken = await takeLink(home.world, await exportLink(later), later.now);
  const pieces = piecesOf(taken as Taken, () => {});
  await pieces[Symbol.asyncIterator]().return?.();
  expect(await endedConsents(me)).toEqual([]);
  expect((await post(await exportLink(later))).status).toBe(200);
});

test('who asks again and again waits', async () => {
  let status = 0;
  for (let i = 0; i <= LOOKS_A_MINUTE && status !== 429; i++) status = (await fetch(`${url}/export/x`)).status;
  expect(status).toBe(429);
});
