/**
 * Runs once before all tests: makes the migrated databases that `test/support/db.ts` hands out, unless an earlier run with
 * the same migrations did. Not TypeScript, because jest loads a global setup without mapping `.js` imports to `.ts` files.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { cache, compile } from './compile.mjs';

const silent = { info() {}, warn() {}, error() {} };
const pglitePackage = path.resolve(import.meta.dirname, '../../node_modules/@electric-sql/pglite/package.json');

/** Names one state of the migrations and of the embedded database that runs them. */
function stateOf(migrations) {
  const hash = createHash('sha256').update(readFileSync(pglitePackage));
  for (const { name, sql } of migrations) hash.update(`\0${name}\0${sql}`);
  return hash.digest('hex').slice(0, 16);
}

/** A migrated database as a tar: making one takes seconds, loading one a fraction of a second. */
async function makeImage(file, { poolOn, migrate, migrations }) {
  const pglite = await PGlite.create();
  const pool = poolOn(pglite, silent);
  const client = await pool.connect();
  await migrate(client, migrations);
  client.release();
  await pool.end();
  const image = await pglite.dumpDataDir('none');
  await pglite.close();
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, Buffer.from(await image.arrayBuffer()));
  renameSync(draft, file);
}

/** Under another name until it is whole. */
async function fillTemplate(admin, server, name, { migrate, migrations }) {
  const draft = `${name}_draft`;
  await admin.query(`DROP DATABASE IF EXISTS "${draft}" WITH (FORCE)`);
  await admin.query(`CREATE DATABASE "${draft}"`);
  const url = new URL(server);
  url.pathname = `/${draft}`;
  const client = new pg.Client(url.href);
  await client.connect();
  await migrate(client, migrations);
  await client.end();
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
  const compiled = compile(['src/db/open.ts']);
  const load = (file) => import(pathToFileURL(path.join(compiled, file)).href);
  const { migrate, readMigrations } = await load('src/db/migrate.js');
  const { poolOn } = await load('src/db/pglite.js');
  const migrations = await readMigrations();
  const parts = { poolOn, migrate, migrations };
  const state = stateOf(migrations);

  process.env.TEST_COMPILED = compiled;
  const server = process.env.TEST_DATABASE_URL;
  if (server) {
    process.env.TEST_POSTGRES_TEMPLATE = `homegroup_template_${state}`;
    await makeTemplate(server, process.env.TEST_POSTGRES_TEMPLATE, parts);
  }
  const image = path.join(cache, `${state}.tar`);
  process.env.TEST_PGLITE_IMAGE = image;
  if (!existsSync(image)) await makeImage(image, parts);
}
