import { type Column, type Impersonal, type Personal, sealedIn } from '../../../src/core/privacy/declare.js';
import { COUNTED_TABLES, type CountedTable } from '../../../src/core/privacy/kept.js';
import { type AnyPersonal, PERSONAL_TABLES, TABLES, tableOf } from '../../../src/core/privacy/tables.js';
import type { Prisma } from '../../../src/db/generated/client.js';
import { type Database, testDatabase } from '../../support/db.js';

/** Walks what the migrations made, so that no table or column with something personal in it can be forgotten. */

let database: Database;
interface Found {
  readonly table: string;
  readonly column: string;
  /** As PostgreSQL names it; of a list with an underscore before it. */
  readonly type: string;
  readonly nullable: boolean;
}
interface Reference {
  readonly table: string;
  readonly column: string;
  readonly to: string;
  /** c: deleted with it; n: emptied. */
  readonly onDelete: string;
}
let columns: Found[];
let references: Reference[];

beforeAll(async () => {
  database = await testDatabase();
  const found = await database.pool.query(
    `SELECT table_name AS "table", column_name AS "column", udt_name AS type, is_nullable = 'YES' AS nullable
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'`,
  );
  columns = found.rows as Found[];
  const held = await database.pool.query(
    `SELECT c.conrelid::regclass::text AS "table", a.attname AS "column", c.confrelid::regclass::text AS "to", c.confdeltype AS "onDelete"
     FROM pg_constraint c JOIN unnest(c.conkey) AS k(n) ON true
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n
     WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND a.attname <> 'communityId'`,
  );
  references = (held.rows as Reference[]).map((row) => ({
    ...row,
    table: row.table.replaceAll('"', ''),
    to: row.to.replaceAll('"', ''),
  }));
});
afterAll(() => database.close());

const declared = (table: string): AnyPersonal | Impersonal => TABLES[table as Prisma.ModelName] as AnyPersonal | Impersonal;
const isPersonal = (table: AnyPersonal | Impersonal): table is AnyPersonal => 'mine' in table;
const namesIn = (table: AnyPersonal | Impersonal): string[] =>
  isPersonal(table) ? Object.keys(table.columns) : table.columns.split(' ');
const columnOf = (table: string, column: string): Column | undefined => {
  const found = declared(table);
  return isPersonal(found) ? found.columns[column] : undefined;
};
const isSaid = (column: Column | undefined, ...as: readonly Column[]) => column !== undefined && as.includes(column);
const reasonOf = (column: Column | undefined) => (typeof column === 'object' ? Object.values(column).join() : undefined);

test('every table of the database is declared, and every column of it', () => {
  const tables = [...new Set(columns.map(({ table }) => table))].sort();
  expect(tables.length).toBeGreaterThan(60);
  expect(Object.keys(TABLES).sort()).toEqual(tables);
  for (const table of tables) {
    const there = columns.filter((one) => one.table === table && !['id', 'communityId'].includes(one.column));
    expect({ table, columns: namesIn(declared(table)).sort() }).toEqual({
      table,
      columns: there.map(({ column }) => column).sort(),
    });
  }
});

test('whatever refers to a member says so', () => {
  const toMembers = references.filter(({ to }) => to === 'Member');
  expect(toMembers.length).toBeGreaterThan(40);
  const unsaid = toMembers.filter(({ table, column }) => !isSaid(columnOf(table, column), 'self', 'other', 'either', 'named'));
  expect(unsaid).toEqual([]);
});

test('an id without a reference, or a list of ids, may be a member: it says what it is', () => {
  const referring = new Set(references.map(({ table, column }) => `${table}.${column}`));
  const bare = columns.filter(
    ({ table, column, type }) =>
      ['uuid', '_uuid'].includes(type) && !['id', 'communityId'].includes(column) && !referring.has(`${table}.${column}`),
  );
  expect(bare.map(({ table, column }) => `${table}.${column}`)).toContain('PairingRequest.picks');
  const unsaid = bare.filter(({ table, column }) => {
    const said = columnOf(table, column);
    return !isSaid(said, 'self', 'other', 'either', 'named') && reasonOf(said) === undefined;
  });
  expect(unsaid).toEqual([]);
});

test('what is sealed is exported opened, or says why not', () => {
  const sealed = columns.filter(({ type }) => type === 'bytea');
  expect(sealed.length).toBeGreaterThan(20);
  const unsaid = sealed.filter(({ table, column }) => {
    const found = declared(table);
    if (!isPersonal(found)) return found.because === '';
    const said = found.columns[column];
    return !sealedIn(said) && !isSaid(said, 'self') && reasonOf(said) === undefined;
  });
  expect(unsaid).toEqual([]);
});

test('a column that is emptied with a member can be', () => {
  const named = columns.filter(({ table, column }) => columnOf(table, column) === 'named');
  expect(named.map(({ table, column }) => `${table}.${column}`)).toContain('AuditEvent.actorId');
  expect(named.filter(({ nullable }) => !nullable)).toEqual([]);
  // Where the database deletes the row with them, nothing is left to empty.
  const gone = references.filter(({ table, column, onDelete }) => columnOf(table, column) === 'named' && onDelete === 'c');
  expect(gone).toEqual([]);
});

test('a table that goes with the member is deleted by the database, by whatever leads there', () => {
  const goes = PERSONAL_TABLES.filter((name) => name !== 'Member' && tableOf(name).erased === 'goes');
  const cascades = new Set(['Member']);
  for (let before = 0; before !== cascades.size; ) {
    before = cascades.size;
    for (const { table, to, onDelete } of references) if (onDelete === 'c' && cascades.has(to)) cascades.add(table);
  }
  expect(goes.filter((name) => !cascades.has(name))).toEqual([]);
  const stays = PERSONAL_TABLES.filter((name) => tableOf(name).erased !== 'goes');
  const direct = references.filter(
    ({ table, to, onDelete }) => to === 'Member' && onDelete === 'c' && stays.some((one) => one === table),
  );
  // A report stays without who made it, and goes with whom it is about.
  expect(direct.map(({ table, column }) => `${table}.${column}`)).toEqual(['MemberReport.reportedId']);
});

test('no table that can be about a member is forgotten by /privacy show', () => {
  const told = ['Member', 'Identity', 'CheckIn', 'Consent'];
  const elsewhere = PERSONAL_TABLES.filter((name) => !COUNTED_TABLES.includes(name as CountedTable) && !told.includes(name));
  // Counted with what they belong to, or rows of the community's that only say who made them.
  expect(elsewhere.sort()).toEqual(['DueWork', 'GoalStep', 'GroupCheckIn', 'MentorCredential', 'SessionEvent']);
});

test('a table without anybody in it refers to nobody', () => {
  const nobodys = Object.entries(TABLES as Record<string, Personal | Impersonal>).filter(([, table]) => !('mine' in table));
  expect(nobodys.length).toBeGreaterThan(10);
  const wrong = nobodys.filter(([name]) => references.some(({ table, to }) => table === name && to === 'Member'));
  expect(wrong).toEqual([]);
});
