import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Fields } from './read.js';
import { Unreadable } from './unreadable.js';

const MOST_ROW = 1_000_000;
const DELIMITERS = [',', ';', '\t'];

/** What stands between the columns of the first line. */
function delimiterOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/u, 1);
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/**
 * The rows of a table, one at a time, by the names of its columns in small letters. Cells are texts, whatever they begin with.
 * @throws Unreadable `not-csv`
 */
export async function* csvRows(texts: AsyncIterable<string>): AsyncGenerator<Fields> {
  const from = texts[Symbol.asyncIterator]();
  let begun = '';
  // The whole first line says what stands between columns.
  for (let next = await from.next(); !next.done; next = await from.next()) {
    begun += next.value;
    if (begun.includes('\n') || begun.length > MOST_ROW) break;
  }
  async function* all() {
    yield begun;
    for (let next = await from.next(); !next.done; next = await from.next()) yield next.value;
  }
  // What breaks on the way, such as an archive that is too large, ends the rows as well; `pipe` would leave them waiting.
  const rows = pipeline(
    Readable.from(all()),
    parse({
      bom: true,
      columns: (names: readonly string[]) => names.map((name) => name.trim().toLowerCase()),
      delimiter: delimiterOf(begun),
      max_record_size: MOST_ROW,
      relax_column_count: true,
      skip_empty_lines: true,
    }),
    () => undefined,
  );
  try {
    for await (const row of rows) yield row as Fields;
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('not-csv');
  }
}
