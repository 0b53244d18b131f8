import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';

interface Column {
  readonly name: string;
  /** As in pg_type, such as `timestamptz`. */
  readonly type: string;
  /** The first label, where it is an enum. */
  readonly label: string | null;
  /** The table that it refers to, besides the community. */
  readonly refers: string | null;
}

/** What the migrations made is the same in every database of a file. */
const known = new Map<string, readonly Column[]>();

async function columnsOf(pool: pg.Pool, table: string): Promise<readonly Column[]> {
  const found = known.get(table);
  if (found) return found;
  const { rows } = await pool.query<Column>(
    `SELECT a.attname AS name, t.typname AS type,
            (SELECT enumlabel FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder LIMIT 1) AS label,
            (SELECT r.relname FROM pg_constraint c JOIN pg_class r ON r.oid = c.confrelid
             WHERE c.contype = 'f' AND c.conrelid = a.attrelid AND a.attnum = ANY (c.conkey) AND r.relname <> 'Community'
               AND a.attname <> 'communityId' LIMIT 1) AS refers
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped`,
    [`"${table}"`],
  );
  known.set(table, rows);
  return rows;
}

function sampleOf({ type, label }: Column): unknown {
  if (label !== null) return label;
  if (type === 'uuid') return randomUUID();
  if (type === 'timestamptz' || type === 'date') return new Date(0);
  if (type === 'bytea') return randomBytes(9);
  if (type === 'jsonb') return '{}';
  if (type === 'bool') return true;
  if (/^(?:int|float|numeric)/.test(type)) return 1;
  if (type.startsWith('_')) return [];
  return randomBytes(9).toString('base64url');
}

/**
 * Makes sure that a community has a row in this table, whatever its columns are, so that tests over every table need no
 * change when one is added. What it refers to is made too.
 * @returns the row's id
 */
export async function ensureRow(pool: pg.Pool, table: string, communityId: string): Promise<string> {
  const { rows } = await pool.query(`SELECT id FROM "${table}" WHERE "communityId" = $1 LIMIT 1`, [communityId]);
  if (rows[0]) return rows[0].id;

  const columns = await columnsOf(pool, table);
  const values: unknown[] = [];
  for (const column of columns) {
    if (column.name === 'communityId') values.push(communityId);
    else
      values.push(
        column.refers && column.refers !== table ? await ensureRow(pool, column.refers, communityId) : sampleOf(column),
      );
  }
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  const made = await pool.query(`INSERT INTO "${table}" (${names}) VALUES (${places}) RETURNING id`, values);
  return made.rows[0].id;
}
