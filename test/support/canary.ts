import { codeOf, readId } from '../../src/chat/ids.js';
import { type AnyCommand, type Param, pathName, type Router } from '../../src/chat/index.js';
import type { Database } from '../../src/db/open.js';
import { addressesIn } from './addresses.js';
import { isPublic } from './public-tables.js';
import { SITE } from './site.js';

/**
 * What people typed during a scenario, and where none of it may be: rows that are not sealed, the queue, what was logged, ids and
 * metadata that a platform carries about, addresses. See docs/decisions/tests.md.
 */
export interface Canaries {
  /** The same commands, of whose free text is known what they were given. */
  readonly commands: readonly AnyCommand[];
  /** The same router. What it refuses is listened to as well. */
  listenTo(router: Router): Router;
  /** Where something that was typed is to be read; empty when all is well. @param logged what the log was given, before it filtered */
  inRows(database: Database): Promise<readonly string[]>;
  inLog(logged: readonly unknown[]): readonly string[];
  /** @param wire bodies that went to or came from the platform */
  inIds(wire: readonly string[]): readonly string[];
}

/** Characters. What is shorter, or a single word, is common and would be found anywhere, such as a title “Newcomers”. */
const SHORTEST = 8;
const canBeTold = (needle: string) => needle.length >= SHORTEST && needle.includes(' ');
/** Of a long text its beginning is looked for too, because somebody may have cut it. */
const BEGINNING = 24;

/** Params that take what people write in their own words. */
const freeText = ({ path, params }: AnyCommand): readonly string[] =>
  (Object.entries(params) as [string, Param][])
    .filter(([, { kind }]) => kind === 'text' || kind === 'long')
    .map(([name]) => `${pathName(path)}.${name}`);

/** As JSON and PostgreSQL's rows write it, apart from their quotes and escapes. */
const bare = (text: string) => text.replaceAll(/\\[nrt]|["\\\s]+/gu, ' ').toLowerCase();

function needlesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => bare(line).trim());
  return lines.flatMap((line) => (line.length > BEGINNING * 2 ? [line, line.slice(0, BEGINNING).trim()] : [line]));
}

/** Every table there is, the queue's included, a row a line; without the tables that are public by decision. */
async function dump({ pool }: Database): Promise<readonly { readonly table: string; readonly row: string }[]> {
  const { rows: tables } = await pool.query<{ schema: string; name: string }>(`
    SELECT n.nspname AS "schema", c.relname AS "name" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema')`);
  const selects = tables
    .filter(({ name }) => !isPublic(name))
    .map(({ schema, name }) => `SELECT '${name}' AS "table", to_jsonb(x)::text AS "row" FROM "${schema}"."${name}" x`);
  const { rows } = await pool.query<{ table: string; row: string }>(selects.join(' UNION ALL '));
  return rows;
}

/** What a platform carries about with a button, a menu or a form. */
const CARRIED = new Set(['custom_id', 'action_id', 'block_id', 'callback_id', 'private_metadata', 'external_id', 'id', 'url']);

/** Values of {@link CARRIED}, and of what is pressed or picked. @param within name of what the value was found in */
export function* carriedIn(value: unknown, within = ''): Iterable<string> {
  if (Array.isArray(value)) for (const one of value) yield* carriedIn(one, within);
  else if (typeof value === 'object' && value !== null) {
    // Fields of a form that is filled in beforehand, and the playground's facts, have a label and a value as well; they are read by whom
    // they are for.
    const isRead = within === 'facts' || ['required', 'name', 'kind'].some((key) => key in value);
    const isOption = ('text' in value || 'label' in value) && !isRead;
    const isPicked = 'action_id' in value || isOption;
    for (const [name, one] of Object.entries(value)) {
      const isTyped = 'type' in value && (value.type === 'plain_text_input' || value.type === 4);
      const counts = CARRIED.has(name) || (name === 'value' && isPicked && !isTyped);
      if (counts && typeof one === 'string') yield one;
      else yield* carriedIn(one, name);
    }
  } else if (typeof value === 'string' && /^[[{]/u.test(value)) yield* carriedIn(parsed(value));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function makeCanaries(given: readonly AnyCommand[]): Canaries {
  const byPath = new Map(given.map((command) => [pathName(command.path), command]));
  const byCode = new Map(given.map((command) => [codeOf(command.path), command]));
  const needles = new Map<string, string>();
  /** The same as bytes are written, of what was typed as it was typed. */
  const bytes = new Map<string, string>();

  function saw(command: AnyCommand | undefined, input: Readonly<Record<string, unknown>>): void {
    for (const name of command ? freeText(command) : []) {
      const text = input[name.slice(name.lastIndexOf('.') + 1)];
      const found = typeof text === 'string' ? needlesOf(text).filter(canBeTold) : [];
      for (const needle of found) needles.set(needle, name);
      if (found.length > 0) bytes.set(Buffer.from(String(text).trim()).toString('hex'), name);
    }
  }

  /** @param says of a text: what it is about */
  function search(text: string, where: string): string[] {
    const plain = bare(text);
    return [...needles, ...bytes].flatMap(([needle, name]) =>
      plain.includes(needle) ? [`${name} “${needle}” is in ${where}`] : [],
    );
  }

  return {
    commands: given.map((command) => ({
      ...command,
      run(args: never, context: never) {
        saw(command, args);
        return command.run(args, context);
      },
    })),
    listenTo: (router) => ({
      ...router,
      run(call, can) {
        const { said } = call;
        if (said.kind === 'call') saw(byPath.get(pathName(said.path)), said.input);
        if (said.kind === 'submit') saw(byCode.get(readId(said.id)?.code ?? ''), said.input);
        return router.run(call, can);
      },
    }),
    async inRows(database) {
      if (needles.size === 0) return [];
      const rows = await dump(database);
      const all = rows.map(({ row }) => row).join('\n');
      if (search(all, '').length === 0) return [];
      return [...new Set(rows.flatMap(({ table, row }) => search(row, `${table}: ${row.slice(0, 300)}`)))];
    },
    inLog: (logged) => [...new Set(search(JSON.stringify(logged), 'the log'))],
    inIds: (wire) => {
      const all = [...new Set(wire.flatMap((body) => [...carriedIn(parsed(body)), ...addressesIn(body, SITE)]))];
      return [...new Set(all.flatMap((value) => search(value, `what a platform carries: ${value.slice(0, 300)}`)))];
    },
  };
}
