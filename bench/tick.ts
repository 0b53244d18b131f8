/**
 * What a tick costs: 10,000 due rows among many and among few, the plans of its statements, and how many deliveries one
 * process enqueues a second. `--quick`: a tenth of everything. DATABASE_URL names an empty PostgreSQL database to measure
 * there as well; the embedded one is always measured.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Database, openDatabase } from '../src/db/open.js';
import type { Kind } from '../src/schedule/kinds.js';
import { makeQueue } from '../src/schedule/queue.js';
import { tick } from '../src/schedule/tick.js';

const quick = process.argv.includes('--quick');
const scale = quick ? 0.1 : 1;
const DUE = 10_000 * scale;
const FEW = 20_000 * scale;
const MANY = 1_000_000 * scale;
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

async function fill({ pool }: Database, existing: number): Promise<void> {
  await pool.query('TRUNCATE "Community" CASCADE');
  await pool.query(`INSERT INTO "Community" ("id") SELECT gen_random_uuid() FROM generate_series(1, 20)`);
  const chunk = 50_000;
  for (let from = 0; from < existing; from += chunk) {
    await pool.query(
      `WITH c AS (SELECT array_agg("id") AS ids FROM "Community")
       INSERT INTO "DueWork" ("id", "communityId", "kind", "subjectId", "dueAt", "wakeAt")
       SELECT gen_random_uuid(), c.ids[1 + n % 20], 'prompt', gen_random_uuid(), at, at
       FROM c, generate_series($1::int, $2::int) AS n,
       LATERAL (SELECT $3::timestamptz + CASE WHEN n < $4::int THEN -n * interval '1 ms' ELSE interval '2 days' + n * interval '1 s' END) AS t(at)`,
      [from, Math.min(from + chunk, existing) - 1, NOW, DUE],
    );
  }
  await pool.query('DROP TABLE IF EXISTS bench_due');
  await pool.query(
    `CREATE TABLE bench_due AS SELECT "id", "dueAt" AS at FROM "DueWork" WHERE "wakeAt" <= '${NOW.toISOString()}'`,
  );
  await pool.query('VACUUM ANALYZE "DueWork"');
}

async function putBack({ pool }: Database): Promise<void> {
  await pool.query('DELETE FROM "Delivery"');
  await pool.query('DELETE FROM pgboss.job');
  await pool.query(`UPDATE "DueWork" AS d SET "dueAt" = b.at, "wakeAt" = b.at FROM bench_due AS b WHERE d."id" = b.id`);
  for (const table of ['"DueWork"', '"Delivery"', 'pgboss.job_common']) await pool.query(`VACUUM ANALYZE ${table}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
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
  const explain = async (sql: string, values: unknown[]) => {
    const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${sql}`, values);
    walk(rows[0]['QUERY PLAN'][0].Plan);
  };
  try {
    await client.query('BEGIN');
    await explain(
      `SELECT "id", "communityId", "kind", "subjectId", "dueAt", "failures" FROM "DueWork"
       WHERE "wakeAt" <= $1 AND "kind" = ANY($2) ORDER BY "wakeAt" LIMIT 500 FOR UPDATE SKIP LOCKED`,
      [NOW, ['prompt']],
    );
    const { rows } = await client.query<{ id: string; communityId: string }>(
      'SELECT "id", "communityId" FROM "DueWork" ORDER BY "wakeAt" LIMIT 500',
    );
    const ids = rows.map(({ id }) => id);
    await explain(
      `UPDATE "DueWork" AS d SET "dueAt" = n.at, "wakeAt" = n.at, "failures" = 0
       FROM unnest($1::uuid[], $2::text[]::timestamptz[]) AS n(id, at) WHERE d."id" = n.id`,
      [ids, ids.map(() => NOW.toISOString())],
    );
    await client.query('ROLLBACK');
  } finally {
    client.release();
  }
  return [...found];
}

async function measure(name: string, database: Database): Promise<void> {
  const queue = makeQueue(database, silent);
  await queue.start();
  const parts = (kind: Kind) => ({ prisma: database.prisma, queue, kinds: { prompt: kind }, log: silent });
  const figures: Record<string, number> = {};
  for (const [label, existing] of [
    ['few', FEW],
    ['many', MANY],
  ] as const) {
    await fill(database, existing);
    console.log(`  ${name}: ${DUE} due among ${existing}: scans: ${(await scans(database)).join('; ')}`);
    for (const [what, kind] of [
      ['looked at', silently],
      ['enqueued', prompt],
    ] as const) {
      const times: number[] = [];
      const busy: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        const before = process.cpuUsage();
        times.push(await timed(() => tick(parts(kind), NOW)));
        const { user, system } = process.cpuUsage(before);
        busy.push((user + system) / 1000);
        await putBack(database);
      }
      figures[`${label} ${what}`] = median(times);
      console.log(
        `  ${name}: ${DUE} due among ${existing}, ${what}: ${median(times).toFixed(0)} ms (${times.map((t) => t.toFixed(0)).join(', ')}), ${((DUE / median(times)) * 1000).toFixed(0)}/s; this process was busy for ${median(busy).toFixed(0)} ms`,
      );
    }
  }
  const ratio = (what: string) => ((figures[`many ${what}`] ?? 0) / (figures[`few ${what}`] ?? 1)).toFixed(2);
  console.log(
    `| ${name} | ${ratio('looked at')} | ${ratio('enqueued')} | ${((DUE / (figures['many enqueued'] ?? 1)) * 1000).toFixed(0)} |`,
  );
  await queue.stop();
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'homegroup-bench-'));
try {
  console.log('| database | many : few, looked at | many : few, enqueued | enqueued a second |\n| --- | --- | --- | --- |');
  const url = process.env.DATABASE_URL;
  for (const [name, where] of [
    ...(url ? [['PostgreSQL', { url }] as const] : []),
    ['embedded', { dir: path.join(folder, 'db') }] as const,
  ]) {
    const database = await openDatabase(where, silent);
    await measure(name, database);
    await database.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
