import { z } from 'zod';
import { AUDIENCES } from '../privacy/consent.js';
import { PERSONAL_TABLES, tableOf } from '../privacy/tables.js';

/** Goes up when something that was there is another thing now. */
export const VERSION = 1;

const instant = z.iso.datetime().describe('UTC');
const value = z.unknown();
const agreed = { what: z.string(), to: z.enum(AUDIENCES), since: instant };

/** A row: its id, what of it is the member's, and columns that could not be opened, where there are some. */
function rowSchema(name: (typeof PERSONAL_TABLES)[number]) {
  const base = { id: z.string(), unreadable: z.array(z.string()).optional() };
  const { columns, shape } = tableOf(name);
  if (shape) return z.looseObject(base);
  const own = Object.entries(columns).filter(([, kind]) => kind === 'mine' || kind === 'sealed');
  return z.strictObject({ ...base, ...Object.fromEntries(own.map(([column]) => [column, value])) });
}

/** What `homegroup.json` holds. */
export const exportSchema = z.strictObject({
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
export const jsonSchema = (): string => JSON.stringify(z.toJSONSchema(exportSchema), null, 2);
