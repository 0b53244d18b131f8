import { gzipSync } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { FILES, type Given } from './files.js';

/** A list of services as somebody sends it: whole, odd or broken, and how it was made. */
export interface HostileFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Bytes that arrive at once. */
  readonly step: number;
}

/** Words that mean something to a spreadsheet, a chat, a page, a database or a file system, and signs that break texts. */
export const HOSTILE = [
  '=HYPERLINK("https://evil.example.org","Call")',
  '+1-1',
  '@SUM(A1:A9)',
  '<@everyone>',
  '@here <@U1> <@!123456789012345678> <!channel> <#C1|x>',
  '[click](javascript:alert(1)) **b** ||s|| `c` :smile:',
  '<img src=x onerror=alert(1)>',
  '&lt;script&gt;&#0;&#xD800;',
  `'; DROP TABLE "Resource"; --`,
  '../../etc/passwd',
  'javascript:alert(1)',
  'https://user:word@evil.example.org/',
  'http://[::1',
  '\u0000\u0007\u001f',
  '\u202Egnp.exe\u2066\u200B',
  '\uD800',
  '"',
  '""",;\t',
  '\r\n\r\n',
  '{"a":[',
  '\uFEFF',
  '9'.repeat(400),
  'NaN',
  '-91.5',
  '2024-02-31',
  '9999-12-31',
  'Etc/GMT+99',
  '+02:00',
  '25:61',
  'a'.repeat(5_000),
  '🧡'.repeat(300),
  'İ'.repeat(300),
  'e\u0301'.repeat(500),
  'x'.repeat(200),
] as const;

const deep = (levels: number): unknown => (levels === 0 ? 'end' : [deep(levels - 1)]);
const values = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...HOSTILE) },
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 1e-7, [], {}, [[]], '', deep(400)),
  fc.constantFrom(300, 2_000).map((size) => Array.from({ length: size }, (_, i) => ({ id: `${i}`, number: `${i}` }))),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary' }),
);
const MEMBERS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '', 'id', 'name', 'NAME ', 'phones'];

/** What is done to one member of what is in the file. */
const edit = fc.record({
  at: fc.nat(),
  what: fc.constantFrom('set', 'set', 'set', 'drop', 'name', 'copy'),
  value: values,
  member: fc.constantFrom(...MEMBERS),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;
interface Edits {
  readonly edits: readonly Edit[];
  readonly salt: string;
}
type Holder = Record<string, unknown>;

function placesIn(value: unknown, found: [Holder, string][] = []): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Holder, key]);
    if (found.length < 5_000) placesIn((value as Holder)[key], found);
  }
  return found;
}

function put(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, configurable: true, enumerable: true, writable: true });
}

/** The words behind every text. */
function salted(value: unknown, salt: string): unknown {
  if (typeof value === 'string') return value + salt;
  if (Array.isArray(value)) return value.map((one) => salted(one, salt));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, salted(one, salt)]));
}

function edited(content: unknown, { edits, salt }: Edits): unknown {
  const root: Holder = { content: salted(content, salt) };
  for (const { at, what, value, member } of edits) {
    const places = placesIn(root).slice(1);
    const [holder, key] = places[at % Math.max(places.length, 1)] ?? [root, 'content'];
    if (what === 'set') put(holder, key, structuredClone(value));
    else if (Array.isArray(holder) && what === 'copy') holder.push(structuredClone(holder[Number(key)]));
    else if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else {
      if (what !== 'drop') put(holder, member, structuredClone(holder[key]));
      if (what !== 'copy') delete holder[key];
    }
  }
  return root.content;
}

const cell = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
function table(rows: unknown, delimiter: string): string {
  const given = (Array.isArray(rows) ? rows : [rows]).map((row) => (typeof row === 'object' && row !== null ? row : { row }));
  const columns = [...new Set(given.flatMap((row) => Object.keys(row)))];
  return stringify([columns, ...given.map((row) => columns.map((name) => cell((row as Holder)[name])))], { delimiter });
}

/** The files that somebody has, as texts by their names. */
function written({ as, content }: Given, edits: Edits): Record<string, string> {
  const now = edited(content, edits);
  if (as === 'json') return { 'services.json': JSON.stringify(now) ?? '' };
  if (as === 'lines')
    return { 'services.ndjson': (Array.isArray(now) ? now : [now]).map((one) => JSON.stringify(one)).join('\n') };
  if (as === 'sheet') return { 'list.csv': table(now, ';') };
  const tables = typeof now === 'object' && now !== null ? now : {};
  return Object.fromEntries(Object.entries(tables).map(([name, rows]) => [`${name}.csv`, table(rows, ',')]));
}

const ZEROS = new Uint8Array(600_000);
const NAMES = ['../../services.csv', '/etc/services.csv', 'C:\\services.csv', '..\\services.csv', 'a/../../b.csv', '__MACOSX/services.csv', 'services.csv/', 'x'.repeat(300), 'SERVICES.CSV']; // biome-ignore format: names
const packing = fc.record({
  how: fc.constantFrom('as it is', 'gzip', 'zip', 'folder', 'reaching', 'bomb', 'gzip bomb', 'many', 'zip of zip', 'stored'),
  name: fc.constantFrom(...NAMES),
});

function packed(files: Record<string, string>, { how, name }: { how: string; name: string }): [string, Uint8Array] {
  const own: Zippable = Object.fromEntries(Object.entries(files).map(([key, text]) => [key, strToU8(text)]));
  const [[first, text] = ['services.csv', '']] = Object.entries(files);
  // Several tables come in an archive, or only the first of them comes.
  if (how === 'as it is') return Object.keys(files).length > 1 ? ['list.zip', zipSync(own)] : [first, strToU8(text)];
  if (how === 'gzip') return [`${first}.gz`, gzipSync(text, { level: 1 })];
  if (how === 'gzip bomb') return [`${first}.gz`, gzipSync(ZEROS, { level: 1 })];
  const inside: Zippable =
    how === 'folder'
      ? { pack: own }
      : how === 'reaching'
        ? { [name]: strToU8(text), ...own }
        : how === 'bomb'
          ? { 'a.csv': ZEROS, ...own }
          : how === 'many'
            ? { ...own, ...Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${i}.csv`, new Uint8Array()])) }
            : how === 'zip of zip'
              ? { 'services.csv': zipSync(own) }
              : own;
  return ['list.zip', zipSync(inside, { level: how === 'stored' ? 0 : 1 })];
}

/** What happens to the bytes on their way. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  size: fc.integer({ min: 1, max: 200 }),
  what: fc.constantFrom('cut', 'cut', 'lose', 'twice', 'noise', 'flip'),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Uint8Array, { at, size, what, bytes: noise }: Damage): Uint8Array {
  const from = Math.floor(at * bytes.length);
  const [before, hit, after] = [bytes.subarray(0, from), bytes.subarray(from, from + size), bytes.subarray(from + size)];
  if (what === 'cut') return before;
  if (what === 'lose') return Buffer.concat([before, after]);
  if (what === 'twice') return Buffer.concat([before, hit, hit, after]);
  if (what === 'noise') return Buffer.concat([before, noise, hit, after]);
  return Buffer.concat([before, hit.map((byte, i) => byte ^ (noise[i % noise.length] ?? 1)), after]);
}

/** Files of the kinds that we take, each odd or broken in its own way; one in some is whole. */
export const hostileFile: fc.Arbitrary<HostileFile> = fc
  .record({
    of: fc.constantFrom(...Object.keys(FILES)) as fc.Arbitrary<keyof typeof FILES>,
    edits: fc.array(edit, { maxLength: 4 }),
    salt: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, fc.constantFrom(...HOSTILE)),
    how: fc.oneof({ weight: 3, arbitrary: fc.constant({ how: 'as it is', name: '' }) }, packing),
    damages: fc.oneof({ weight: 2, arbitrary: fc.constant<Damage[]>([]) }, fc.array(damage, { minLength: 1, maxLength: 2 })),
    step: fc.constantFrom(7, 64, 1_000, 65_536),
  })
  .map(({ of, edits, salt, how, damages, step }) => {
    const [name, bytes] = packed(written(FILES[of], { edits, salt }), how);
    const file = { name, bytes: damages.reduce<Uint8Array>(damaged, bytes), step };
    // A failure names its seed; a hundred thousand numbers would hide it.
    return Object.assign(file, { [fc.toStringMethod]: () => `${name}, ${file.bytes.length} bytes, ${step} at once` });
  });
