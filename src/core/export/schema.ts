import { z } from 'zod';
import { type SchemaColumn, schema } from '../../db/schema.js';
import { AUDIENCES } from '../privacy/consent.js';
import { isExported, sealedIn } from '../privacy/declare.js';
import { PERSONAL_TABLES, type PersonalTable, tableOf } from '../privacy/tables.js';

/** Goes up when something that was there is another thing now. */
export const VERSION = 1;

const instant = z.iso.datetime().describe('UTC');
const agreed = { what: z.string(), to: z.enum(AUDIENCES), since: instant };

const TYPES: Readonly<Record<string, z.ZodType>> = {
  String: z.string(),
  Int: z.int(),
  Boolean: z.boolean(),
  DateTime: instant,
};

/** @param sealed what it holds, where it was encrypted; null where that cannot be opened any more */
function typeOf({ type, isOptional, isList, isDay, says }: SchemaColumn, sealed: z.ZodType | undefined): z.ZodType {
  const values = schema().values(type);
  const one = isDay ? z.iso.date() : values ? z.enum(values) : (sealed ?? TYPES[type]);
  if (!one) throw new Error(`What a column of the type ${type} is in an export was not said.`);
  const whole = isList ? z.array(one) : one;
  const value = isOptional || sealed ? whole.nullable() : whole;
  return says === '' ? value : value.describe(says);
}

/** A row: its id, what of it is the member's, and columns that could not be opened, where there are some. */
function rowSchema(name: PersonalTable) {
  const { columns, shape } = tableOf(name);
  const own = shape
    ? shape.columns.split(' ')
    : Object.entries(columns).flatMap(([column, kind]) => (isExported(kind) ? [column] : []));
  const values = schema()
    .columns(name)
    .filter((column) => own.includes(column.name))
    .map((column) => [column.name, typeOf(column, sealedIn(columns[column.name]))] as const)
    .map(([column, type]) => [column, shape ? type.optional() : type]);
  const more = Object.entries(shape?.more ?? {}).map(([key, value]) => [key, value.optional()]);
  const base = { id: z.string(), unreadable: z.array(z.string()).optional() };
  return z.strictObject({ ...base, ...Object.fromEntries(values), ...Object.fromEntries(more) });
}

/** What `homegroup.json` holds. */
export const exportSchema = () =>
  z.strictObject({
    version: z.literal(VERSION),
    madeAt: instant,
    zone: z.string().describe('IANA: of the member, in which the readable page says its times'),
    agreed: z.array(z.strictObject(agreed)).describe('What the member agreed to and that holds'),
    ended: z.array(z.strictObject({ ...agreed, until: instant })).describe('What has ended of it'),
    leftOut: z
      .array(z.strictObject({ table: z.string(), column: z.string(), because: z.string() }))
      .describe('What is kept and not here, and why'),
    tables: z.strictObject(Object.fromEntries(PERSONAL_TABLES.map((name) => [name, z.array(rowSchema(name))]))),
  });

/** The same as a JSON Schema (2020-12). */
export const jsonSchema = (): string => JSON.stringify(z.toJSONSchema(exportSchema()), null, 2);
