import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { csvRows } from '../../../src/core/lists/csv.js';
import { jsonRecords } from '../../../src/core/lists/json.js';
import { type Entry, unpack } from '../../../src/core/lists/unpack.js';

const entry = (bytes: Uint8Array, name = 'list'): Entry => ({ name, open: () => Readable.from([bytes]) });
async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of from) found.push(one);
  return found;
}
const why = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error) => (error.name === 'Unreadable' ? error.why : String(error)),
  );
async function* pieces(text: string, size: number) {
  for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size);
}
const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

test('records of a list, of a page and of lines are the same, however the text is cut', async () => {
  const record = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })).map((value) => ({ ...value, name: 'x' }));
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 5 }), fc.integer({ min: 1, max: 40 }), async (records, size) => {
      const same = JSON.parse(JSON.stringify(records));
      expect(await all(jsonRecords(pieces(JSON.stringify(records, null, 1), size)))).toEqual(same);
      expect(await all(jsonRecords(pieces(JSON.stringify({ total: 3, contents: records, after: [1] }), size)))).toEqual(same);
      expect(await all(jsonRecords(pieces(records.map((one) => JSON.stringify(one)).join('\n'), size)))).toEqual(same);
    }),
    { numRuns: 150 },
  );
});

test('JSON that ends before its end is refused, wherever that is', async () => {
  const text = JSON.stringify([{ id: 1, name: 'a,]}"' }, { id: 2 }]);
  for (let end = 1; end < text.length; end++) expect(await why(all(jsonRecords(pieces(text.slice(0, end), 7))))).toBe('cut-off');
  expect(await why(all(jsonRecords(pieces('[{"a":1},,{]]', 3))))).not.toBe('taken');
  expect(await why(all(jsonRecords(pieces('}', 3))))).toBe('not-json');
});

test('tables of spreadsheets: whatever stands between columns, a mark at the beginning, cells that begin like a formula', async () => {
  const rows = await all(csvRows(pieces('\uFEFFName;Teléfono\n"=HYPERLINK(""x"")";1\n', 5)));
  expect(rows).toEqual([{ name: '=HYPERLINK("x")', teléfono: '1' }]);
  expect(await all(csvRows(pieces('id,name\n1,"a,b"\n\n2,c,d\n', 4)))).toEqual([
    { id: '1', name: 'a,b' },
    { id: '2', name: 'c' },
  ]);
  expect(await why(all(csvRows(pieces('id,name\n1,"never closed\n', 6))))).toBe('not-csv');
  expect(await all(csvRows(pieces('', 1)))).toEqual([]);
});

test('an archive gives its tables; one that reaches out of its folder, blows up or was cut off is refused', async () => {
  const files = await unpack(entry(zip({ 'pack/services.csv': 'id\n1', 'readme.txt': 'no', '__MACOSX/services.csv': 'x' })));
  expect(files.map(({ name }) => name)).toEqual(['services.csv']);
  expect(await why(unpack(entry(zip({ '../../services.csv': 'x' }))))).toBe('hostile');
  expect(await why(unpack(entry(zip({ '/etc/services.csv': 'x' }))))).toBe('hostile');
  const bomb = zip({ 'services.csv': '0'.repeat(2_000_000) });
  expect(bomb.length).toBeLessThan(10_000);
  expect(await why(unpack(entry(bomb), { bytes: 1_000_000, files: 10 }))).toBe('too-large');
  expect(await why(unpack(entry(zip({ 'a.csv': '', 'b.csv': '', 'c.csv': '' })), { bytes: 100, files: 2 }))).toBe('too-large');
  const whole = zip({ 'services.csv': 'id,name\n'.repeat(500) });
  expect(await why(unpack(entry(whole.subarray(0, 60))))).not.toBe('taken');
  const [packed] = await unpack(entry(gzipSync('0'.repeat(2_000_000)), 'services.json.gz'), { bytes: 1_000_000, files: 10 });
  expect(await why(all(packed?.open() ?? Readable.from([])))).toBe('too-large');
});

test('a table that breaks on the way ends its rows', async () => {
  async function* broken() {
    yield 'id,name\n1,a\n';
    throw new Error('cut off');
  }
  expect(await why(all(csvRows(broken())))).toBe('not-csv');
});

test('an archive that cannot be read to its end is refused, and takes nothing else down', async () => {
  async function* broken() {
    yield gzipSync('id,name\n1,a\n'.repeat(5_000)).subarray(0, 20);
    throw new Error('The disk is gone.');
  }
  const begun: Entry = { name: 'services.csv.gz', open: broken };
  expect(await why(unpack(begun).then(([packed]) => all(packed?.open() ?? Readable.from([]))))).toBe('not-zip');
});

test('whatever the bytes of an archive are, it is taken or refused', async () => {
  const whole = zip({ 'services.csv': 'id,name\n1,a\n', 'organizations.csv': 'id,name\n1,b\n' });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 4, max: whole.length - 1 }), fc.integer({ min: 0, max: 255 }), async (at, byte) => {
      const bytes = Uint8Array.from(whole);
      bytes[at] = byte;
      expect(['taken', 'not-zip', 'cut-off', 'hostile', 'too-large']).toContain(await why(unpack(entry(bytes))));
    }),
    { numRuns: 400 },
  );
});
