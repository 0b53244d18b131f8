import path from 'node:path';
import { read } from '../calendar/reader.js';
import { layDatabase } from '../support/db.js';
import { makePlayer } from '../support/process/player.js';
import { BIN, homegroup } from '../support/process/program.js';
import { temporaryFolder } from '../support/temporary.js';

const home = temporaryFolder();
beforeAll(() => layDatabase(path.join(home, 'feeds', 'db')));
const settings = { PORT: '0', LOG_LEVEL: 'error', DATA_DIR: path.join(home, 'feeds') };
const start = () => homegroup(['start'], settings, home, BIN);

const LINK = /https?:\/\/[^\s/]+(\/feeds\/[\w-]+\.ics)/u;
const WEEK = 7 * 86_400_000;

/** @returns status, the headers that could tell addresses apart, and the text */
async function ask(base: string, address: string) {
  const answer = await fetch(new URL(address, base));
  const headers = [...answer.headers.keys()].filter((name) => name !== 'date').sort();
  return { status: answer.status, headers, text: await answer.text() };
}

test('a calendar link works over the network and through a kill, until its owner ends it', async () => {
  const first = start();
  const before = await first.playground();
  const rosa = await makePlayer(before, 'rosa');
  await rosa.type('/session create title:Evening-circle when:"every day 19:00" where:voice');
  await rosa.press('Save');
  await rosa.type('/session feed');
  await rosa.press('Make my link');
  const [, address = ''] = LINK.exec(rosa.last().text) ?? [];
  const told = await ask(before, address);
  expect(told.status).toBe(200);
  await first.signal('SIGKILL');

  const second = start();
  const base = await second.playground();
  const now = new Date();
  const again = await ask(base, address);
  expect(again.status).toBe(200);
  const seen = read(again.text, now, new Date(now.getTime() + 2 * WEEK));
  expect(seen.length).toBeGreaterThanOrEqual(13);
  expect(new Set(seen.map(({ title }) => title))).toEqual(new Set(['Meeting']));

  const wrong = await ask(
    base,
    address.replace(/.(?=\.ics)/u, (last) => (last === 'A' ? 'B' : 'A')),
  );
  expect(wrong).toMatchObject({ status: 404, text: 'There is nothing at this address.' });
  const back = await makePlayer(base, 'rosa');
  await back.type('/session feed');
  await back.press('End my link');
  for (const other of [address, '/feeds/x.ics', '/feeds/x/meetings.json']) expect(await ask(base, other)).toEqual(wrong);
  await second.signal('SIGTERM');
}, 1_200_000);
