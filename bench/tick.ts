/**
 * What a tick costs: 10,000 due rows among many and among few, turn about, the plans of its statements, and how many
 * deliveries one process enqueues a second. `--quick`: a tenth of everything. DATABASE_URL names a PostgreSQL server on which
 * databases may be made, to measure there as well; the embedded one is always measured.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Prisma } from '../src/db/generated/client.js';
import { type Database, openDatabase } from '../src/db/open.js';
import { dueRows, movedRows } from '../src/schedule/claim.js';
import type { Kind } from '../src/schedule/kinds.js';
import { makeQueue, type Queue } from '../src/schedule/queue.js';
import { tick } from '../src/schedule/tick.js';

const quick = process.argv.includes('--quick');
const scale = quick ? 0.1 : 1;
const DUE = 10_000 * scale;
const FEW = 20_000 * scale;
const MANY = 1_000_000 * scale;
const ROUNDS = quick ? 3 : 7;
const NOW = new Date('2030-01-01T08:00:00Z');
const DAY = 24 * 60 * 60_000;

const silent = { info() {}, warn() {}, error() {} };

const prompt: Kind = {
  due: async (rows) => ({
    deliveries: rows.map(({ communityId, subjectId, dueAt }) => ({
      ...{ communityId, subjectId, dueAt, kind: 'prompt', platform: 'playground' as const },
      once: `${subjectId} ${dueAt.toISOString()}`,
      expiresAt: new Date(dueAt.getTime() + DAY),
    })),
    next: new Map(rows.map(({ id, dueAt }) => [id, new Date(dueAt.getTime() + DAY)])),
  }),
};

/** Only the claiming and moving on: what must not depend on how much there is. */
const silently: Kind = {
  due: async (rows) => ({ deliveries: [], next: new Map(rows.map(({ id, dueAt }) => [id, new Date(dueAt.getTime() + DAY)])) }),
};

/** The due rows lie among the others as they do after some time: anywhere. */
async function fill({ pool }: Database, existing: number): Promise<void> {
  await pool.query(`INSERT INTO "Community" ("id") SELECT gen_random_uuid() FROM generate_series(1, 20)`);
  const chunk = 50_000;
  const every = existing / DUE;
  for (let from = 0; from < existing; from += chunk) {
    await pool.query(
      `WITH c AS (SELECT array_agg("id") AS ids FROM "Community")
       INSERT INTO "DueWork" ("id", "communityId", "kind", "subjectId", "dueAt", "wakeAt")
       SELECT gen_random_uuid(), c.ids[1 + n % 20], 'prompt', gen_random_uuid(), at, at
       FROM c, generate_series($1::int, $2::int) AS n,
       LATERAL (SELECT $3::timestamptz + CASE WHEN n % $4::int = 0 THEN -n * interval '1 ms' ELSE interval '1000 days' + n * interval '1 s' END) AS t(at)`,
      [from, Math.min(from + chunk, existing) - 1, NOW, every],
    );
  }
  await pool.query('VACUUM ANALYZE "DueWork"');
}

/** As after a night: all was sent, what is kept is tidy, and the log begins anew. */
async function rest({ pool }: Database): Promise<void> {
  await pool.query('TRUNCATE "Delivery"');
  await pool.query('DELETE FROM pgboss.job');
  await pool.query('VACUUM "DueWork"');
  await pool.query('CHECKPOINT');
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The scans in the plans of what a tick asks, each once. */
async function scans({ pool }: Database): Promise<string[]> {
  const client = await pool.connect();
  const found = new Set<string>();
  const walk = (node: Record<string, unknown>) => {
    const type = String(node['Node Type']);
    if (type.includes('Scan') && !/^(?:Function|CTE|Subquery|Values)/.test(type))
      found.add(`${type} ${node['Index Name'] ?? node['Relation Name'] ?? ''}`);
    for (const child of (node.Plans as Record<string, unknown>[] | undefined) ?? []) walk(child);
  };
  const explain = async ({ text, values }: Prisma.Sql) => {
    const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${text}`, values as unknown[]);
    walk(rows[0]['QUERY PLAN'][0].Plan);
  };
  try {
    await client.query('BEGIN');
    await explain(dueRows(NOW, ['prompt'], 500));
    const { rows } = await client.query<{ id: string }>('SELECT "id" FROM "DueWork" ORDER BY "wakeAt" LIMIT 500');
    await explain(movedRows(rows.map(({ id }) => ({ id, at: NOW }))));
    await client.query('ROLLBACK');
  } finally {
    client.release();
  }
  return [...found];
}

interface Arm {
  readonly database: Database;
  readonly queue: Queue;
  readonly existing: number;
}

interface Cost {
  readonly wall: number;
  /** Milliseconds that this process was busy; on the embedded database the database's work is part of it. */
  readonly busy: number;
  /** Bytes of the database's log. */
  readonly log: number;
}

async function openArm(where: Parameters<typeof openDatabase>[0], existing: number): Promise<Arm> {
  const database = await openDatabase(where, silent);
  const queue = makeQueue(database, silent);
  await queue.start();
  await fill(database, existing);
  return { database, queue, existing };
}

const written = async ({ pool }: Database) =>
  Number((await pool.query(`SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS bytes`)).rows[0].bytes);

/** The rows that were due yesterday are due again. */
async function once({ database, queue }: Arm, kind: Kind, day: number): Promise<Cost> {
  await rest(database);
  const log = await written(database);
  const before = process.cpuUsage();
  const began = performance.now();
  const ticked = await tick(
    { prisma: database.prisma, queue, kinds: { prompt: kind }, log: silent },
    new Date(NOW.getTime() + day * DAY),
  );
  const wall = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  if (ticked.due !== DUE) throw new Error(`${ticked.due} were due instead of ${DUE}.`);
  return { wall, busy: (user + system) / 1000, log: (await written(database)) - log };
}

/** Both take turns, so that what else the machine does falls on both; each ratio is of two neighbours. */
async function compare(name: string, [few, many]: readonly [Arm, Arm]): Promise<void> {
  let day = 0;
  for (const [what, kind] of [
    ['looked at', silently],
    ['enqueued', prompt],
  ] as const) {
    const pairs: { readonly few: Cost; readonly many: Cost }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = round % 2 === 0 ? few : many;
      const a = await once(first, kind, day);
      const b = await once(first === few ? many : few, kind, day);
      pairs.push(first === few ? { few: a, many: b } : { few: b, many: a });
      day += 1;
    }
    const ratio = (of: keyof Cost) => median(pairs.map((pair) => pair.many[of] / pair.few[of])).toFixed(2);
    const rate = (arm: 'few' | 'many') => ((DUE / median(pairs.map((pair) => pair[arm].wall))) * 1000).toFixed(0);
    const all = pairs.map((pair) => (pair.many.wall / pair.few.wall).toFixed(2)).join(', ');
    console.log(
      `| ${name}, ${what} | ${ratio('wall')} (${all}) | ${ratio('busy')} | ${ratio('log')} | ${rate('few')} | ${rate('many')} |`,
    );
  }
}

async function measure(name: string, places: readonly [Parameters<typeof openDatabase>[0], Parameters<typeof openDatabase>[0]]) {
  const few = await openArm(places[0], FEW);
  const many = await openArm(places[1], MANY);
  for (const { database, existing } of [few, many]) {
    console.error(`  ${name}: ${DUE} due among ${existing}: ${(await scans(database)).join('; ')}`);
  }
  await compare(name, [few, many]);
  for (const { queue, database } of [few, many]) {
    await queue.stop();
    await database.close();
  }
}

/** Two databases beside the one that the address names, until the work is done. */
async function onServer(url: string, work: (urls: readonly [string, string]) => Promise<void>): Promise<void> {
  const admin = new pg.Client(url);
  await admin.connect();
  const names = ['few', 'many'].map((name) => `homegroup_bench_${name}`);
  const drop = async () => {
    for (const name of names) await admin.query(`DROP DATABASE IF EXISTS ${name}`);
  };
  await drop();
  for (const name of names) await admin.query(`CREATE DATABASE ${name}`);
  const [few, many] = names.map((name) => Object.assign(new URL(url), { pathname: `/${name}` }).href);
  try {
    await work([few ?? '', many ?? '']);
  } finally {
    await drop();
    await admin.end();
  }
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'homegroup-bench-'));
try {
  console.log(
    '| database | many : few, time (each round) | many : few, processor time of this process | many : few, bytes of log | a second, few | a second, many |\n| --- | --- | --- | --- | --- | --- |',
  );
  const url = process.env.DATABASE_URL;
  if (url) await onServer(url, ([few, many]) => measure('PostgreSQL', [{ url: few }, { url: many }]));
  await measure('embedded', [{ dir: path.join(folder, 'few') }, { dir: path.join(folder, 'many') }]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
