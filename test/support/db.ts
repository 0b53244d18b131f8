import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import pg from 'pg';

import type { Image } from '../../src/db/memory-fs.js';
import { type Database, openDatabase } from '../../src/db/open.js';
import type { Log, Told } from '../../src/log/log.js';

export type { Database } from '../../src/db/open.js';

/** Keeps what was logged, for tests that look at it. */
export function memoryLog(): Log & { readonly lines: { level: string; fields: object; message: string }[] } {
  const lines: { level: string; fields: object; message: string }[] = [];
  const at = (level: string) => (fields: object, message: string) => void lines.push({ level, fields, message });
  return { lines, info: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') };
}

function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: test/support/global-setup.mjs did not run.`);
  return value;
}

let image: Image | undefined;
function readImage(): Image {
  image ??= v8.deserialize(readFileSync(fromSetup('TEST_PGLITE_IMAGE'))) as Image;
  return image;
}

/** Puts a migrated, empty database where a program will look for one: to make its own takes it many seconds. */
export function layDatabase(folder: string): void {
  const { folders, files } = readImage();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of folders) mkdirSync(path.join(folder, name), { recursive: true, mode: 0o700 });
  for (const [name, bytes] of files) writeFileSync(path.join(folder, name), bytes, { mode: 0o600 });
}

async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A PostgreSQL database of its own, empty unless a template is named; `drop` removes it with whoever is still connected. */
export async function freshPostgres(server: string, template?: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `homegroup_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, (client) => client.query(`CREATE DATABASE "${name}"${template ? ` TEMPLATE "${template}"` : ''}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => onServer(server, async (client) => void (await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`))),
  };
}

/**
 * A migrated, empty database: the embedded one in memory, or a new one on the server that TEST_DATABASE_URL names. Close
 * it in `afterAll`.
 */
export async function testDatabase(log: Told = memoryLog()): Promise<Database> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) return openDatabase({ memory: readImage() }, log);

  const fresh = await freshPostgres(server, fromSetup('TEST_POSTGRES_TEMPLATE'));
  const database = await openDatabase({ url: fresh.url }, log);
  return {
    ...database,
    async close() {
      await database.close();
      await fresh.drop();
    },
  };
}
