/**
 * What a search among 14,000 meetings costs, in five zones, on the embedded database and on the one that DATABASE_URL names.
 * Told as a ratio to the least that can be asked of the same database in the same run: one row by its key, through the same
 * client. `--quick`: fewer searches.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makePlaces } from '../src/core/communities/places.js';
import { findMeetings } from '../src/core/meetings/find.js';
import { importFeed } from '../src/core/meetings/import.js';
import { parseFeed } from '../src/core/meetings/parse.js';
import { sourcesOf } from '../src/core/meetings/sources.js';
import { type Asked, searchOf } from '../src/core/meetings/understand.js';
import { enter } from '../src/core/members/enter.js';
import type { Scope } from '../src/core/scope.js';
import { makeCipher } from '../src/db/cipher.js';
import { parseKeys } from '../src/db/keys.js';
import { type Database, openDatabase } from '../src/db/open.js';
import { machine } from './report.js';

const MEETINGS = 14_000;
const ROUNDS = process.argv.includes('--quick') ? 4 : 40;
const PROMISED_P95 = 20;
const ZONES = ['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'Europe/London', 'Europe/Madrid'];
const silent = { info() {}, warn() {}, error() {} };

const records = Array.from({ length: MEETINGS }, (_, i) => ({
  ...{ slug: `meeting-${i}`, name: `Group ${i % 900}`, day: i % 7, timezone: ZONES[i % ZONES.length] },
  // Most begin in the morning, at noon and in the evening, on the half hour.
  time: `${String([6, 7, 8, 12, 17, 18, 19, 19, 20, 21][i % 10]).padStart(2, '0')}:${i % 3 === 0 ? '30' : '00'}`,
  ...{ duration: 60, types: [i % 3 === 0 ? 'C' : 'O', ['D', 'B', 'BE', 'W', 'SP', 'ST'][i % 6]] },
  ...{ city: `City ${i % 150}`, region: `Region ${i % 12}`, state: 'NY', formatted_address: `${i} Main St, City ${i % 150}, NY` },
  ...(i % 4 === 0 ? { conference_url: `https://zoom.us/j/${i}` } : {}),
  notes: 'Ring the bell, come up the stairs, and help yourself to tea.',
}));

/** What people ask, each in its turn. */
const ASKED: readonly Asked[] = [
  {},
  { time: 'now' },
  { time: 'tonight' },
  { time: 'tonight', how: 'online' },
  { day: 'tuesday' },
  { day: 'weekend', time: 'morning' },
  { place: 'city 77' },
  { place: 'region 5', type: 'newcomer' },
  { type: 'women', how: 'in-person' },
  { time: '7pm', language: 'en' },
  { place: 'nowhere at all' },
];

const percentile = (times: readonly number[], share: number) =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? Number.NaN;

async function timed(times: number[], work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  times.push(performance.now() - began);
}

async function fill({ prisma }: Database): Promise<Scope> {
  const world = { prisma, cipher: makeCipher(parseKeys(Buffer.alloc(32, 7).toString('base64'))), places: makePlaces() };
  const caller = { platform: 'playground' as const, userId: 'ana', zone: 'America/New_York', space: { id: 'bench' } };
  const scope = await enter(world, caller, new Date('2026-11-25T12:00:00Z'));
  const source = { name: 'Bench', language: 'en' };
  const parsed = parseFeed(JSON.stringify(records), source);
  if (!parsed.ok || parsed.feed.meetings.length !== MEETINGS) throw new Error('The made-up feed cannot be read.');
  const began = performance.now();
  await importFeed(scope.db, { source, feed: parsed.feed, nightZone: 'UTC', now: scope.now });
  console.log(`  ${MEETINGS} meetings imported in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return scope;
}

/** @returns whether the promise was kept */
async function measure(name: string, database: Database): Promise<boolean> {
  const scope = await fill(database);
  await database.pool.query('VACUUM ANALYZE "Meeting"');
  const search = async (asked: Asked, now: Date) => {
    const here = { ...scope, now };
    const lists = await sourcesOf(here.db);
    return findMeetings(here, searchOf(here, asked, lists), lists, 5);
  };
  const [first] = await sourcesOf(scope.db);
  const least = () => scope.db.meetingSource.findFirst({ where: { id: first?.id ?? '' } });
  const row: number[] = [];
  const all: number[] = [];
  const byAsked = ASKED.map((): number[] => []);
  for (const asked of ASKED) await search(asked, scope.now);
  for (let round = 0; round < ROUNDS; round++) {
    // Every hour of the week in its turn.
    const now = new Date(scope.now.getTime() + round * 4.3 * 3_600_000);
    for (const [i, asked] of ASKED.entries()) {
      await timed(row, least);
      await timed(byAsked[i] as number[], () => search(asked, now));
    }
  }
  for (const times of byAsked) all.push(...times);
  const [p50, p95, rowP50, rowP95] = [percentile(all, 0.5), percentile(all, 0.95), percentile(row, 0.5), percentile(row, 0.95)];
  const ms = (time: number) => time.toFixed(1);
  console.log(
    `| ${name} | ${all.length} | ${ms(p50)} | ${ms(p95)} | ${ms(rowP50)} | ${ms(rowP95)} | × ${(p50 / rowP50).toFixed(1)} | × ${(p95 / rowP95).toFixed(1)} |`,
  );
  for (const [i, times] of byAsked.entries())
    console.log(`  ${JSON.stringify(ASKED[i])}: p50 ${ms(percentile(times, 0.5))}, p95 ${ms(percentile(times, 0.95))}`);
  return p95 < PROMISED_P95;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'homegroup-bench-'));
try {
  console.log(`${machine()}\n`);
  console.log('| database | searches | p50 ms | p95 ms | one row p50 ms | one row p95 ms | p50 to one row | p95 to one row |');
  console.log('| --- | --: | --: | --: | --: | --: | --: | --: |');
  const url = process.env.DATABASE_URL;
  const places = [...(url ? [['PostgreSQL', { url }] as const] : []), ['embedded', { dir: path.join(folder, 'db') }] as const];
  for (const [name, where] of places) {
    const database = await openDatabase(where, silent);
    const kept = await measure(name, database);
    await database.close();
    if (!kept) console.log(`\nThe promise (p95 under ${PROMISED_P95} ms) was not kept on ${name}.`);
    if (!kept) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
