import type pg from 'pg';
import type { Cipher } from '../../src/db/cipher.js';
import type { SealedAt } from '../../src/db/sealed.js';

/**
 * Everything that a database holds, as text, row by row: our tables and the queue's. With a cipher, what is sealed is there twice: as it
 * is, and opened.
 */
export async function dump(pool: pg.Pool, cipher?: Cipher): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows: tables } = await pool.query(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const all = new Map<string, readonly string[]>();
  for (const { schema, name } of tables) {
    const { rows } = await pool.query(`SELECT t.*, t::text AS "whole row" FROM "${schema}"."${name}" t`);
    const texts = rows.map(({ 'whole row': text, ...row }) => {
      const opened = Object.entries(row).flatMap(([column, value]) => {
        if (!cipher || !(value instanceof Uint8Array)) return [];
        try {
          return [cipher.open(value, `${name}.${column}:${row.id}` as SealedAt)];
        } catch {
          return [];
        }
      });
      return [text, ...opened].join('\n');
    });
    all.set(`${schema}.${name}`, texts);
  }
  return all;
}

/** Where one of these stands in it. Ids are looked for with and without their dashes. */
export const tracesOf = (found: ReadonlyMap<string, readonly string[]>, secrets: readonly string[]): string[] =>
  [...found].flatMap(([table, rows]) =>
    secrets
      .flatMap((secret) => [secret, secret.replaceAll('-', '')])
      .filter((secret, at, list) => list.indexOf(secret) === at && rows.some((row) => row.includes(secret)))
      .map((secret) => `${table}: ${secret}`),
  );
