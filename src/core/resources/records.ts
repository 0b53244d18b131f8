import { foldWords } from '../../words/fold.js';
import { csvRows } from '../lists/csv.js';
import { jsonRecords } from '../lists/json.js';
import { type Fields, isBlank, isFields } from '../lists/read.js';
import type { Entry } from '../lists/unpack.js';
import { Unreadable } from '../lists/unreadable.js';
import { COLUMNS } from './columns.js';
import { firstOf } from './read.js';
import { loadTables, type Tables, whole } from './tables.js';

async function* texts(entry: Entry): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of entry.open()) yield decoder.decode(chunk, { stream: true });
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** JSON begins with a bracket, whatever the file is called. */
async function isJson(entry: Entry): Promise<boolean> {
  let begun = '';
  for await (const text of texts(entry)) {
    begun = (begun + text)
      .trimStart()
      .replace(/^\uFEFF/u, '')
      .trimStart();
    if (begun !== '') return /^[[{]/u.test(begun);
  }
  return false;
}

const tableOf = ({ name }: Entry) => name.replace(/\.csv$/iu, '').toLowerCase();

/** A row that somebody keeps by hand, with its name and town as its id where it has none. */
function withId(row: Fields): Fields {
  if (!isBlank(firstOf(row, COLUMNS.id))) return row;
  const id = foldWords(
    [COLUMNS.name, COLUMNS.city]
      .map((names) => firstOf(row, names))
      .filter((one) => typeof one === 'string')
      .join(' '),
  );
  return id === '' ? row : { ...row, id: id.slice(0, 150) };
}

async function* table(entry: Entry, tables: Tables): AsyncGenerator<unknown> {
  for await (const row of csvRows(texts(entry))) yield whole(withId(row), tables);
}

/** What describes a data package is no record. */
async function* list(entry: Entry): AsyncGenerator<unknown> {
  for await (const record of jsonRecords(texts(entry))) if (!isFields(record) || !('openapi_url' in record)) yield record;
}

/**
 * The services of files, one at a time, each with everything that belongs to it inside: HSDS' JSON, its tables, or a table that
 * somebody keeps by hand.
 * @throws Unreadable
 */
export async function* recordsOf(entries: readonly Entry[]): AsyncGenerator<unknown> {
  const sheets: Entry[] = [];
  const lists: Entry[] = [];
  for (const entry of entries) {
    if (entry.name.toLowerCase() === 'datapackage.json') continue;
    ((await isJson(entry)) ? lists : sheets).push(entry);
  }
  for (const entry of lists) yield* list(entry);
  if (lists.length > 0 && sheets.length === 0) return;
  const services = sheets.find((entry) => /^services?$/u.test(tableOf(entry))) ?? (sheets.length === 1 ? sheets[0] : undefined);
  if (!services) throw new Unreadable(entries.length === 0 ? 'nothing' : 'not-services');
  const others = sheets.filter((entry) => entry !== services);
  const tables = await loadTables(others.map((entry) => ({ name: tableOf(entry), rows: csvRows(texts(entry)) })));
  yield* table(services, tables);
}
