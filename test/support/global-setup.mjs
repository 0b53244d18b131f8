/**
 * Runs once before all tests: makes the migrated databases that `test/support/db.ts` hands out, unless an earlier run with
 * the same migrations did. Not TypeScript, because jest loads a global setup without mapping `.js` imports to `.ts` files.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import pg from 'pg';
import { cache, compile } from './compile.mjs';

const silent = { info() {}, warn() {}, error() {} };
const root = path.resolve(import.meta.dirname, '../..');
/** What decides, beside the migrations, how a new database looks. */
const makers = [
  'node_modules/@electric-sql/pglite/package.json',
  'node_modules/pg-boss/package.json',
  'src/schedule/queue.ts',
  'test/support/global-setup.mjs',
];

/** Names one state of a new database. */
function stateOf(migrations) {
  const hash = createHash('sha256');
  for (const file of makers) hash.update(`\0${readFileSync(path.join(root, file))}`);
  for (const { name, sql } of migrations) hash.update(`\0${name}\0${sql}`);
  return hash.digest('hex').slice(0, 16);
}

/** Migrated, and with the queue's own tables: making those takes as long as all the rest. */
async function fill(where, { openDatabase, makeQueue }) {
  const database = await openDatabase(where, silent);
  const queue = makeQueue(database, silent);
  await queue.start();
  await queue.stop();
  await database.close();
}

/** The files of a database that was closed: one that was copied while it ran would recover at each opening. */
async function makeImage(file, parts) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'homegroup-image-'));
  const dir = path.join(folder, 'db');
  await fill({ dir }, parts);
  const entries = readdirSync(dir, { withFileTypes: true, recursive: true });
  const nameOf = (entry) => path.relative(dir, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/');
  const folders = entries.filter((entry) => entry.isDirectory()).map(nameOf);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => [nameOf(entry), readFileSync(path.join(entry.parentPath, entry.name))]);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, v8.serialize({ folders: folders.sort(), files: new Map(files) }));
  renameSync(draft, file);
  rmSync(folder, { recursive: true });
}

/** Under another name until it is whole. */
async function fillTemplate(admin, server, name, parts) {
  const draft = `${name}_draft`;
  await admin.query(`DROP DATABASE IF EXISTS "${draft}" WITH (FORCE)`);
  await admin.query(`CREATE DATABASE "${draft}"`);
  const url = new URL(server);
  url.pathname = `/${draft}`;
  await fill({ url: url.href }, parts);
  await admin.query(`ALTER DATABASE "${draft}" RENAME TO "${name}"`);
}

/** A migrated database on the server, which `CREATE DATABASE … TEMPLATE` copies. Runs that start together wait for each other. */
async function makeTemplate(server, name, parts) {
  const admin = new pg.Client(server);
  await admin.connect();
  try {
    await admin.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await fillTemplate(admin, server, name, parts);
  } finally {
    await admin.end();
  }
}

export default async function setup() {
  const compiled = compile(['src/db/open.ts', 'src/schedule/queue.ts']);
  const load = (file) => import(pathToFileURL(path.join(compiled, file)).href);
  const { readMigrations } = await load('src/db/migrate.js');
  const parts = { ...(await load('src/db/open.js')), ...(await load('src/schedule/queue.js')) };
  const state = stateOf(await readMigrations());

  process.env.TEST_COMPILED = compiled;
  const server = process.env.TEST_DATABASE_URL;
  if (server) {
    process.env.TEST_POSTGRES_TEMPLATE = `homegroup_template_${state}`;
    await makeTemplate(server, process.env.TEST_POSTGRES_TEMPLATE, parts);
  }
  const image = path.join(cache, `${state}.image`);
  process.env.TEST_PGLITE_IMAGE = image;
  if (!existsSync(image)) await makeImage(image, parts);
  // It pays for itself after a few starts.
  if (process.env.CI) {
    const { bundleProgram } = await import('./process/bundle.mjs');
    process.env.TEST_PROGRAM = await bundleProgram(cache, image);
  }
}
