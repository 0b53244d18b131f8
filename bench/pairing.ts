/**
 * What it costs to suggest mentors out of 10,000, on the embedded database and on the one that DATABASE_URL names. Told as a ratio
 * to the plain way in the same run: every profile opened, looked at and sorted. And what it costs to assign 2,000 who wait to 500
 * mentors together, told beside who waits longest choosing first. `--quick`: fewer of all.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openFacts } from '../src/core/pairing/facts.js';
import { slotsLike } from '../src/core/pairing/hours.js';
import { isOfferable, STANDING, standingOf } from '../src/core/pairing/offerable.js';
import { assign, NEVER, type Table } from '../src/core/pairing/queue/assign.js';
import { fitter } from '../src/core/pairing/queue/fit.js';
import { solveApart } from '../src/core/pairing/queue/solver.js';
import { better, weigh } from '../src/core/pairing/rank.js';
import { pairingSettings } from '../src/core/pairing/settings.js';
import { suggest } from '../src/core/pairing/suggest.js';
import { traitsOf } from '../src/core/pairing/traits.js';
import { sealWishes, type Wishes } from '../src/core/pairing/wishes.js';
import { makeCipher } from '../src/db/cipher.js';
import { parseKeys } from '../src/db/keys.js';
import { type Database, openDatabase } from '../src/db/open.js';
import { type TenantDb, tenantDb } from '../src/db/tenant.js';
import { crowd, makeMentors, PLAIN, someWishes } from '../test/support/mentors.js';
import { machine } from './report.js';

const MENTORS = 10_000;
const isQuick = process.argv.includes('--quick');
const REQUESTS = isQuick ? 20 : 300;
const PLAIN_ROUNDS = isQuick ? 1 : 5;
const PROMISED_P95 = 50;
const NOW = new Date('2026-11-26T20:00:00Z');
const silent = { info() {}, warn() {}, error() {} };
const cipher = makeCipher(parseKeys(Buffer.alloc(32, 7).toString('base64')));

const percentile = (times: readonly number[], share: number) =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? Number.NaN;

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  times.push(performance.now() - began);
  return result;
}

/** As many mentors, of whom most have one or two mentees, and one who asks. */
async function fill({ prisma }: Database): Promise<{ db: TenantDb; memberId: string }> {
  const { id: communityId } = await prisma.community.create({ data: { zone: 'America/New_York' } });
  const db = tenantDb(prisma, communityId);
  const { id: memberId } = await db.member.create({ data: { communityId } });
  for (let at = 0; at < MENTORS; at += 1_000) {
    const ids = await makeMentors(db, cipher, crowd(1_000, at + 1), NOW);
    const pairings = ids.flatMap((mentorId, i) =>
      Array.from({ length: i % 3 }, () => ({
        communityId,
        mentorId,
        menteeId: memberId,
        introBy: NOW,
        state: 'active' as const,
      })),
    );
    // Of another member, so that nobody is left out as their present mentor.
    const other = await db.member.create({ data: { communityId } });
    await db.pairing.createMany({ data: pairings.map((row) => ({ ...row, menteeId: other.id })) });
  }
  return { db, memberId };
}

/** The plain way: everybody is read, opened, looked at and sorted. */
async function plainly(db: TenantDb, request: { id: string; wishes: Wishes }): Promise<string | undefined> {
  const settings = await pairingSettings(db);
  const like = slotsLike(NOW);
  const places = await db.pairing.groupBy({
    by: ['mentorId'],
    where: { state: { in: ['introducing', 'active'] } },
    _count: true,
  });
  const taken = new Map(places.map(({ mentorId, _count }) => [mentorId, _count]));
  const rows = await db.mentorProfile.findMany({ include: STANDING });
  const all = rows.flatMap((row) => {
    const facts = openFacts(cipher, row);
    const busy = taken.get(row.memberId) ?? 0;
    if (busy >= row.capacity || !isOfferable(standingOf(row, facts.recovery, '2026-11-26'), { ageBand: null }, settings, NOW))
      return [];
    return (
      weigh({ wishes: request.wishes }, { memberId: row.memberId, facts, capacity: row.capacity, taken: busy }, settings, like) ??
      []
    );
  });
  return all.sort(better(request.id))[0]?.mentorId;
}

/** @returns whether the promise was kept */
async function measure(name: string, database: Database): Promise<boolean> {
  const { db, memberId } = await fill(database);
  await database.pool.query('VACUUM ANALYZE');
  const quick: number[] = [];
  const plain: number[] = [];
  const hands = { db, cipher };
  const wanted = someWishes(REQUESTS, 4_711);
  const requests = wanted.map((wishes) => {
    const id = randomUUID();
    return { id, memberId, wishes, details: sealWishes(cipher, id, wishes) };
  });
  for (const request of requests.slice(0, 5)) await suggest(hands, request, NOW, 5);
  let counted = 0;
  for (const request of requests) counted += (await timed(quick, () => suggest(hands, request, NOW, 5))).length;
  for (const request of requests.slice(0, PLAIN_ROUNDS)) {
    const best = await timed(plain, () => plainly(db, request));
    if ((await suggest(hands, request, NOW, 1))[0]?.mentorId !== best) throw new Error('The two ways do not agree.');
  }
  const [p50, p95, plainP50] = [percentile(quick, 0.5), percentile(quick, 0.95), percentile(plain, 0.5)];
  const ms = (time: number) => time.toFixed(1);
  console.log(
    `| ${name} | ${REQUESTS} | ${(counted / REQUESTS).toFixed(1)} | ${ms(p50)} | ${ms(p95)} | ${ms(plainP50)} | 1 : ${(plainP50 / p50).toFixed(0)} |`,
  );
  return p95 < PROMISED_P95;
}

/** Who waits longest takes whom they like best of who is left. */
function assignGreedily({ points, places }: Table): (number | undefined)[] {
  const left = [...places];
  return points.map((row) => {
    let best: number | undefined;
    for (const [mentor, fits] of row.entries())
      if (fits !== NEVER && (left[mentor] ?? 0) > 0 && (best === undefined || fits > (row[best] ?? 0))) best = mentor;
    if (best !== undefined) left[best] = (left[best] ?? 0) - 1;
    return best;
  });
}

function quality({ points }: Table, assigned: readonly (number | undefined)[]): string {
  const served = [...assigned.entries()].filter((pair): pair is [number, number] => pair[1] !== undefined);
  const sum = served.reduce((all, [asker, mentor]) => all + (points[asker]?.[mentor] ?? 0), 0);
  return `${served.length} | ${sum} | ${(sum / served.length).toFixed(1)}`;
}

/** Runs it, and watches how much memory the process takes meanwhile and how long it had no turn. */
async function watched<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number; mb: number; stall: number }> {
  const before = process.memoryUsage().rss;
  let [most, stall, last] = [before, 0, performance.now()];
  const look = () => {
    most = Math.max(most, process.memoryUsage().rss);
    stall = Math.max(stall, performance.now() - last - 10);
    last = performance.now();
  };
  const timer = setInterval(look, 10);
  const began = performance.now();
  const result = await work();
  look();
  clearInterval(timer);
  return { result, seconds: (performance.now() - began) / 1000, mb: (most - before) / 1e6, stall };
}

/** Everybody who waits and everybody who serves, as the assignment is given them. */
async function measureAssignment(waiting: number, serving: number): Promise<void> {
  const like = slotsLike(NOW);
  const mentors = crowd(serving, 99).map(({ facts, capacity = 1 }) => {
    const whole = { ...PLAIN, ...facts };
    return { traits: new Set(traitsOf(whole)), zone: whole.zone, capacity };
  });
  const began = performance.now();
  const points = someWishes(waiting, 77).map((wishes) => {
    const pointsBy = fitter(wishes, { weights: {} }, like);
    return Int8Array.from(mentors, ({ traits, zone }) => pointsBy(traits, zone));
  });
  const table = { points, places: mentors.map(({ capacity }) => capacity) };
  const weighed = performance.now() - began;
  const places = table.places.reduce((sum, one) => sum + one, 0);
  const pairs = points.reduce((sum, row) => sum + row.filter((one) => one !== NEVER).length, 0);
  const best = await watched(() => assign(table, solveApart));
  const greedy = await watched(async () => assignGreedily(table));
  console.log(
    `\n${waiting} wait, ${serving} mentors with ${places} places, ${pairs} pairs that may be, weighed in ${(weighed / 1000).toFixed(1)} s\n`,
  );
  console.log('| assignment | seconds | memory more, MB | longest without a turn, ms | paired | points | points a pair |');
  console.log('| --- | --: | --: | --: | --: | --: | --: |');
  for (const [name, { result, seconds, mb, stall }] of [
    ['best, by HiGHS', best],
    ['who waits longest chooses first', greedy],
  ] as const)
    console.log(`| ${name} | ${seconds.toFixed(2)} | ${mb.toFixed(0)} | ${stall.toFixed(0)} | ${quality(table, result)} |`);
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'homegroup-bench-'));
try {
  console.log(`${machine()}\n`);
  console.log('| database | requests | suggestions each | p50 ms | p95 ms | open everything and sort, p50 ms | ratio |');
  console.log('| --- | --: | --: | --: | --: | --: | --: |');
  const url = process.env.DATABASE_URL;
  const places = [...(url ? [['PostgreSQL', { url }] as const] : []), ['embedded', { dir: path.join(folder, 'db') }] as const];
  for (const [name, where] of places) {
    const database = await openDatabase(where, silent);
    const isKept = await measure(name, database);
    await database.close();
    if (!isKept) console.log(`\nThe promise (p95 under ${PROMISED_P95} ms) was not kept on ${name}.`);
    if (!isKept) process.exitCode = 1;
  }
  await measureAssignment(isQuick ? 400 : 2_000, isQuick ? 100 : 500);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
