/**
 * Services: how well judged questions are answered beside MiniSearch and Fuse.js, how long a search takes among 14,034 and among
 * 200,000 of them (the same list fourteen times), and how fast and in how much memory they are imported; embedded, and on the
 * database that DATABASE_URL names. Needs the lists of ../shared. `--quick`: without the 200,000.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findResources } from '../src/core/resources/find.js';
import { importResources } from '../src/core/resources/import.js';
import { type Asked, searchOf } from '../src/core/resources/understand.js';
import type { Scope } from '../src/core/scope.js';
import { type Database, openDatabase } from '../src/db/open.js';
import { type TenantDb, tenantDb } from '../src/db/tenant.js';
import { type Engine, fuse, miniSearch, ours } from '../test/support/services/engines.js';
import { bringServices } from '../test/support/services/lists.js';
import { answersOf, qualityOf } from '../test/support/services/quality.js';
import { loadServices, type Service, sampled } from '../test/support/services/records.js';
import { machine } from './report.js';

const isQuick = process.argv.includes('--quick');
const ROUNDS = isQuick ? 5 : 20;
const TIMES = 14;
const SHARE = 6;
const now = new Date('2026-11-26T00:00:00Z');
const silent = { info() {}, warn() {}, error() {} };

const ASKED: readonly Asked[] = [
  { what: 'treatment' },
  { what: 'recovery center' },
  { what: 'detox that takes medicaid in hartford' },
  { what: 'suboxon clinic near 06103' },
  { what: 'vivienda sobria mujeres' },
  {},
  { place: 'hartford' },
  { what: 'methadone', place: 'new york' },
  { place: 'ca', category: 'treatment' },
  { what: 'recovery house', place: 'los angeles', within: 25 },
  { category: 'housing' },
  { what: 'women', place: 'tx' },
  { what: 'outpatient counseling' },
  { what: 'veterans', place: 'brooklyn' },
  { what: 'xyzzyx' },
  { open: true },
];

const percentile = (times: readonly number[], share: number) =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? Number.NaN;
const megabytes = (bytes: number) => Math.round(bytes / 1e6);

/** The records so many times, each time as others, and the most memory that the process had meanwhile. */
class Multiplied {
  rss = 0;
  heap = 0;
  constructor(
    private readonly services: readonly Service[],
    private readonly times: number,
  ) {}

  async *records(): AsyncGenerator<unknown> {
    for (let i = 0; i < this.times; i++)
      for (const { record } of this.services) {
        const { rss, heapUsed } = process.memoryUsage();
        this.rss = Math.max(this.rss, rss);
        this.heap = Math.max(this.heap, heapUsed);
        yield { ...record, id: `${record.id}-${i}` };
      }
  }
}

async function bring(database: Database, name: string, services: readonly Service[], times: number): Promise<TenantDb> {
  const { id } = await database.prisma.community.create({ data: {} });
  const db = tenantDb(database.prisma, id);
  const list = new Multiplied(services, times);
  const before = process.memoryUsage();
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await importResources(db, { source: { name: 'Bench' }, records: list.records(), now });
  const seconds = (performance.now() - began) / 1000;
  const count = services.length * times;
  console.log(
    `| ${name} | ${count} | ${seconds.toFixed(1)} | ${Math.round(count / seconds)} | ${(process.cpuUsage(cpu).user / 1e6).toFixed(1)} | ${megabytes(list.rss)} (${megabytes(before.rss)}) | ${megabytes(list.heap)} (${megabytes(before.heapUsed)}) |`,
  );
  await database.pool.query('ANALYZE "Resource"');
  await database.pool.query('ANALYZE "ResourceWord"');
  return db;
}

interface Searched {
  readonly line: string;
  readonly p95: number;
}

async function measure(name: string, db: TenantDb, count: number): Promise<Searched> {
  const scope = { db, now } as unknown as Scope;
  const search = async (asked: Asked) => findResources(scope, await searchOf(db, asked), 5);
  const slowest: string[] = [];
  const all: number[] = [];
  for (const asked of ASKED) {
    await search(asked);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now();
      await search(asked);
      times.push(performance.now() - began);
    }
    all.push(...times);
    slowest.push(`${percentile(times, 0.5).toFixed(0)} ${JSON.stringify(asked)}`);
  }
  const [p50, p95] = [percentile(all, 0.5), percentile(all, 0.95)];
  const worst = slowest.toSorted((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))[0];
  return { line: `| ${name} | ${count} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${worst} |`, p95 };
}

async function quality(database: Database, services: readonly Service[]): Promise<void> {
  const answers = answersOf(services.map(({ facts }) => facts));
  const some = sampled(services, answers, SHARE);
  console.log('| engine | services | nDCG@5 | recall@20 |\n| --- | --: | --: | --: |');
  const tell = async (name: string, engine: Engine, of: readonly Service[]) => {
    const { ndcg5, recall20 } = await qualityOf(
      engine,
      of.map(({ facts }) => facts),
    );
    console.log(`| ${name} | ${of.length} | ${ndcg5.toFixed(3)} | ${recall20.toFixed(3)} |`);
  };
  for (const list of isQuick ? [some] : [some, services]) {
    const { db, keys } = await bringServices(database, list, now);
    const facts = list.map((one) => one.facts);
    await tell('ours', ours(db, now, keys), list);
    await tell('MiniSearch 7.2', miniSearch(facts), list);
    // It takes seconds for each question of the whole list.
    if (list === some) await tell('Fuse.js 7.5', fuse(facts), list);
  }
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'homegroup-bench-'));
try {
  console.log(`${machine()}\n`);
  const services = await loadServices();
  const treatment = services.filter(({ facts }) => facts.list === 'treatment');
  const url = process.env.DATABASE_URL;
  const places = [...(url ? [['PostgreSQL', { url }] as const] : []), ['embedded', { dir: path.join(folder, 'db') }] as const];
  const searches: Searched[] = [];
  for (const [name, where] of places) {
    const database = await openDatabase(where, silent);
    if (name === places[0]?.[0]) await quality(database, services);
    console.log(
      '\n| import | services | s | a second | CPU s | most RSS MB (before) | most heap MB (before) |\n| --- | --: | --: | --: | --: | --: | --: |',
    );
    for (const [times, most] of isQuick
      ? ([[1, 30]] as const)
      : ([
          [1, 30],
          [TIMES, 80],
        ] as const)) {
      const count = treatment.length * times;
      const searched = await measure(name, await bring(database, name, treatment, times), count);
      searches.push(searched);
      if (name !== 'PostgreSQL' || searched.p95 <= most) continue;
      console.log(`\nThe promise (p95 under ${most} ms among ${count}) was not kept on ${name}: ${searched.p95.toFixed(1)} ms.`);
      process.exitCode = 1;
    }
    await database.close();
  }
  console.log(`\n| search | services | p50 ms | p95 ms | slowest question, p50 ms |\n| --- | --: | --: | --: | --- |`);
  for (const { line } of searches) console.log(line);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
