import { readFileSync } from 'node:fs';
import { fromRoot } from '../root.js';

/** A column as `prisma/schema.prisma` has it. */
export interface SchemaColumn {
  readonly name: string;
  /** Of Prisma (`String`, `Int`, `Boolean`, `DateTime`, `Json`, `Bytes`) or the name of an enum. */
  readonly type: string;
  readonly isOptional: boolean;
  readonly isList: boolean;
  /** A day and no instant. */
  readonly isDay: boolean;
  /** The comment above it, in one line; empty where there is none. */
  readonly says: string;
}

/** What the schema says that the generated client does not: comments, types, days. */
export interface Schema {
  columns(table: string): readonly SchemaColumn[];
  /** The values of an enum; undefined where there is none of that name. */
  values(name: string): readonly string[] | undefined;
}

function bodiesOf(kind: 'model' | 'enum', text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(new RegExp(String.raw`^${kind} (\w+) \{([\s\S]*?)^\}`, 'gmu'));
  return new Map([...found].map(([, name = '', body = '']) => [name, body]));
}

const columnsOf = (body: string): readonly SchemaColumn[] =>
  [...body.matchAll(/((?:^ {2}\/\/\/.*\n)*)^ {2}(\w+) +(\w+)(\[\])?(\?)?(.*)$/gmu)].map(
    ([, above = '', name = '', type = '', list, optional, rest = '']) => ({
      ...{ name, type },
      isOptional: optional !== undefined,
      isList: list !== undefined,
      isDay: /@db\.Date\b/u.test(rest),
      says: above.replaceAll(/\s*\/\/\/ ?/gu, ' ').trim(),
    }),
  );

const valuesOf = (body: string): readonly string[] => [...body.matchAll(/^ {2}(\w+)/gmu)].map(([, value = '']) => value);

let read: Schema | undefined;

/** Of this program. Read once. */
export function schema(): Schema {
  if (read) return read;
  const text = readFileSync(fromRoot('prisma', 'schema.prisma'), 'utf8');
  const [models, enums] = [bodiesOf('model', text), bodiesOf('enum', text)];
  const columns = new Map([...models].map(([name, body]) => [name, columnsOf(body)]));
  const values = new Map([...enums].map(([name, body]) => [name, valuesOf(body)]));
  read = { columns: (table) => columns.get(table) ?? [], values: (name) => values.get(name) };
  return read;
}
