import { z } from 'zod';
import { schema } from '../../db/schema.js';
import { type SealedPlace, sealedAt } from '../../db/sealed.js';
import type { TenantDb } from '../../db/tenant.js';
import { isExported, sealedIn, type Who } from '../privacy/declare.js';
import { accessorOf, PERSONAL_TABLES, type PersonalTable, tableOf } from '../privacy/tables.js';
import type { Scope } from '../scope.js';

/** One row that is about the member, as it is exported. */
export type Exported = Readonly<Record<string, unknown>>;

/** Rows in memory at once. */
const PAGE = 500;
/** What rows are put in order by, the first that a table has. */
const ORDER = ['at', 'createdAt', 'askedAt', 'sentAt', 'grantedAt', 'openedAt', 'startsAt', 'startedAt', 'cameAt', 'dueAt'];
interface Table {
  findMany(args: object): Promise<Record<string, unknown>[]>;
  count(args: object): Promise<number>;
}
const rowsIn = (db: TenantDb, name: PersonalTable) => db[accessorOf(name)] as unknown as Table;

/** Columns that are a day and no instant. */
const daysOf = (name: PersonalTable) =>
  schema()
    .columns(name)
    .flatMap((column) => (column.isDay ? [column.name] : []));

/** What is kept as words stays as it is, whatever it looks like. */
const read = (text: string, holds: z.ZodType | undefined): unknown => (holds instanceof z.ZodString ? text : JSON.parse(text));

function exported({ cipher }: Pick<Scope, 'cipher'>, who: Who, name: PersonalTable, row: Record<string, unknown>): Exported {
  const { columns, shape } = tableOf(name);
  const id = String(row.id);
  const unreadable: string[] = [];
  function open<T>(column: string): T | null {
    const value = row[column];
    if (!(value instanceof Uint8Array)) return null;
    try {
      const place = `${name}.${column}` as SealedPlace;
      const text = cipher.open(value, sealedAt(place, { id, communityId: String(row.communityId) }));
      return read(text, sealedIn(columns[column])) as T;
    } catch {
      unreadable.push(column);
      return null;
    }
  }
  const parts = shape
    ? shape.of(row, who, open)
    : Object.fromEntries(
        Object.entries(columns)
          .filter(([, kind]) => isExported(kind))
          .map(([column, kind]) => [column, sealedIn(kind) ? open(column) : row[column]]),
      );
  const days = daysOf(name).flatMap((day) => (parts[day] instanceof Date ? [[day, parts[day].toISOString().slice(0, 10)]] : []));
  return { id, ...parts, ...Object.fromEntries(days), ...(unreadable.length > 0 && { unreadable }) };
}

/** All rows of a table that are about the member, in order, a page in memory at a time. */
export async function* rowsOf(scope: Pick<Scope, 'db' | 'cipher'>, who: Who, name: PersonalTable): AsyncGenerator<Exported> {
  const { columns, mine } = tableOf(name);
  const by = ORDER.find((column) => column in columns);
  const orderBy = [...(by === undefined ? [] : [{ [by]: 'asc' }]), { id: 'asc' }];
  for (let last: Record<string, unknown> | undefined; ; ) {
    const later = last && { id: { gt: last.id } };
    const after = last && by !== undefined ? { OR: [{ [by]: { gt: last[by] } }, { [by]: last[by], ...later }] } : (later ?? {});
    const page = await rowsIn(scope.db, name).findMany({ where: { AND: [mine(who), after] }, orderBy, take: PAGE });
    for (const row of page) yield exported(scope, who, name, row);
    if (page.length < PAGE) return;
    last = page.at(-1);
  }
}

/** How many rows of each table are about the member. */
export async function countRows(db: TenantDb, who: Who): Promise<ReadonlyMap<PersonalTable, number>> {
  const counts = new Map<PersonalTable, number>();
  for (const name of PERSONAL_TABLES) counts.set(name, await rowsIn(db, name).count({ where: tableOf(name).mine(who) }));
  return counts;
}

/** A column that is about the member and not in the export, and why. */
export interface LeftOut {
  readonly table: PersonalTable;
  readonly column: string;
  readonly because: string;
}

const WHY: Readonly<Record<string, string>> = {
  self: 'leads to you',
  other: 'leads to somebody else',
  either: 'leads to you or to somebody else; told in words where it matters',
  named: 'says who, which is told in words where it is you',
};

/** Every column of these tables that is not exported as it is. */
export const LEFT_OUT: readonly LeftOut[] = PERSONAL_TABLES.flatMap((table) =>
  Object.entries(tableOf(table).columns).flatMap(([column, kind]): LeftOut[] => {
    if (isExported(kind)) return [];
    const because = typeof kind === 'string' ? WHY[kind] : Object.values(kind)[0];
    return [{ table, column, because: because ?? '' }];
  }),
);
