import { Ajv2020 } from 'ajv/dist/2020.js';
import { rowsOf } from '../../src/core/export/rows.js';
import { jsonSchema } from '../../src/core/export/schema.js';
import { PERSONAL_TABLES, type PersonalTable } from '../../src/core/privacy/tables.js';
import { whoIs } from '../../src/core/privacy/who.js';
import type { Scope } from '../../src/core/scope.js';

/** What the schema of the export calls wrong. */
export type Wrong = Readonly<Record<'table' | 'at' | 'because', string | undefined>>;

/** Validates by a JSON Schema of ours. */
export const schemaCheck = (schema: object) =>
  new Ajv2020({ formats: { 'date-time': true, date: true, uuid: true } }).compile(schema);

/** Compares what is exported of people with the JSON Schema that comes along. */
export function makeExportCheck() {
  const schema = JSON.parse(jsonSchema());
  const rows = schema.properties.tables.properties;
  const checks = new Map(PERSONAL_TABLES.map((name) => [name, schemaCheck(rows[name].items)]));
  /** `Table.column` of every value that was there. */
  const filled = new Set<string>();

  /** What of these tables is exported to somebody and is not what the schema says. */
  async function wrongFor(scope: Scope, tables: readonly PersonalTable[] = PERSONAL_TABLES): Promise<Wrong[]> {
    const who = await whoIs(scope, scope.member.id);
    const wrong: Wrong[] = [];
    for (const table of tables)
      for await (const row of rowsOf(scope, who, table)) {
        const plain = JSON.parse(JSON.stringify(row));
        for (const [column, value] of Object.entries(plain)) if (value !== null) filled.add(`${table}.${column}`);
        const check = checks.get(table);
        if (!check?.(plain))
          for (const error of check?.errors ?? []) wrong.push({ table, at: error.instancePath, because: error.message });
      }
    return wrong;
  }

  return { schema, filled, wrongFor };
}
