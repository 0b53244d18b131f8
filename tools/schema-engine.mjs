#!/usr/bin/env node
/**
 * Stands in for Prisma's native schema engine where that cannot be downloaded: the same JSON-RPC over stdin and stdout,
 * answered by @prisma/schema-engine-wasm. Scratch ("shadow") databases are PGlite in memory, so that authoring a migration
 * and looking for drift need no server. `prisma.config.ts` points Prisma here.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';
import { parseArgs } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const NO_FILTERS = { externalTables: [], externalEnums: [] };
/** Ids in pg_type of "char" and text. */
const CHAR = 18;
const TEXT = 25;
/** The JSON-RPC error code under which Prisma looks for a known error. */
const KNOWN_ERROR = 4466;

function reportLine(message, errorCode) {
  console.error(JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields: { message, error_code: errorCode } }));
}

globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => reportLine(message) };

let wasm;
async function engineModule() {
  if (wasm) return wasm;
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const { instance } = await WebAssembly.instantiate(readFileSync(path.join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  wasm = bindings;
  return wasm;
}

/** An empty database in memory, behind a pool of its one session. */
async function scratchPool() {
  const config = createPgConfig(await PGlite.create());
  const parse = config.connection.parse.bind(config.connection);
  // node-postgres hands its type parsers to parse(); PGlite expects an array of type ids there.
  config.connection.parse = (query) => parse(Array.isArray(query.types) ? query : { ...query, types: undefined });
  return new pg.Pool({ ...config, connection: config.connection, max: 1, idleTimeoutMillis: 0 });
}

/** Prisma's adapter for node-postgres, taught what the schema engine asks of it and applications do not. */
async function adapterOn(pool) {
  const adapter = await new PrismaPg(pool).connect();
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const charColumns = new WeakMap();

  // It refuses columns of type "char", which the engine reads from pg_catalog: pass them as text, and name them back after.
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    const found = [];
    result.fields.forEach((field, index) => {
      if (field.dataTypeID !== CHAR) return;
      field.dataTypeID = TEXT;
      found.push(index);
    });
    charColumns.set(result.rows, found);
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  // It splits scripts at every ";", also inside functions: run them whole.
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}

const argv = process.argv.slice(2);
if (argv.includes('--version')) {
  console.log('schema-engine-wasm', (await engineModule()).version());
  process.exit(0);
}

const { values: options, positionals } = parseArgs({
  args: argv,
  strict: false,
  allowPositionals: true,
  options: {
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    'extension-types': { type: 'string' },
  },
});
const datamodels = (options.datamodels ?? []).map((file) => [file, readFileSync(file, 'utf8')]);
const url = options.datasource ? JSON.parse(options.datasource).url : process.env.DATABASE_URL;

if (positionals[0] === 'cli') {
  try {
    await runDatabaseCommand(positionals[1]);
    process.exit(0);
  } catch (error) {
    console.error();
    reportLine(error.message || error.code, error.code === '3D000' ? 'P1003' : 'P1001');
    process.exit(1);
  }
}

/** `can-connect-to-database`, or `create-database`. */
async function runDatabaseCommand(command) {
  const address = new URL(url);
  const name = decodeURIComponent(address.pathname.slice(1));
  if (command === 'create-database') address.pathname = '/postgres';
  const client = new pg.Client(address.href);
  await client.connect();
  if (command === 'create-database') await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  await client.end();
}

async function engineOn(pool) {
  const { SchemaEngine } = await engineModule();
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: 'homegroup-tools',
    connect: () => adapterOn(pool),
    connectToShadowDb: async () => adapterOn(await scratchPool()),
  });
  return SchemaEngine.new({ datamodels: datamodels.length > 0 ? datamodels : undefined }, () => {}, factory);
}

let targetEngine;
function target() {
  targetEngine ??= engineOn(new pg.Pool({ connectionString: url, max: 2, options: '-c TimeZone=UTC' }));
  return targetEngine;
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

const isLive = (side) => side.tag === 'url' || side.tag === 'schemaDatasource';

/** Where a comparison runs: the real database where a side names it, a scratch one otherwise. */
async function engineForDiff({ from, to }) {
  if (from.tag === 'migrations' && !isLive(to)) {
    const engine = await engineOn(await scratchPool());
    await engine.applyMigrations({ migrationsList: from, filters: NO_FILTERS });
    const files = to.files ?? datamodels.map(([file, content]) => ({ path: file, content }));
    return { engine, from: { tag: 'schemaDatasource', files, configDir: '.' } };
  }
  const engine = isLive(from) || isLive(to) ? await target() : await engineOn(await scratchPool());
  return { engine, from };
}

async function diff(params) {
  const { engine, from } = await engineForDiff(params);
  const result = await engine.diff({
    ...params,
    from,
    exitCode: params.exitCode ?? null,
    filters: params.filters ?? NO_FILTERS,
  });
  if (result.stdout != null) send({ id: 'print', method: 'print', params: { content: result.stdout } });
  return { exitCode: result.exitCode, stdout: null };
}

async function dbExecute({ script }) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(script);
  } finally {
    await client.end();
  }
  return {};
}

/** What the WebAssembly engine lacks or would do elsewhere; every other method is its own. */
const handlers = {
  diff,
  dbExecute,
  getDatabaseVersion: async () => (await target()).version(),
  createDatabase: async () => ({ databaseName: '' }),
  ensureConnectionValidity: async () => ({}),
};

async function answer({ id, method, params }) {
  try {
    const result = handlers[method] ? await handlers[method](params) : await (await target())[method](params);
    send({ id, result: result ?? {} });
  } catch (error) {
    const data = { is_panic: false, message: error.message, error_code: error.code, meta: error.meta };
    send({ id, error: { code: KNOWN_ERROR, message: error.message, data } });
  }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.method) await answer(message);
}
process.exit(0);
