import { Readable } from 'node:stream';
import fc from 'fast-check';
import { unpack } from '../../../src/core/lists/unpack.js';
import { importResources } from '../../../src/core/resources/import.js';
import { parseRecord } from '../../../src/core/resources/parse.js';
import { recordsOf } from '../../../src/core/resources/records.js';
import type { ParsedResource } from '../../../src/core/resources/resource.js';
import { type TenantDb, tenantDb } from '../../../src/db/tenant.js';
import { type Database, testDatabase } from '../../support/db.js';
import { type HostileFile, hostileFile } from '../../support/services/hostile.js';
import { HSDS, recordsIn } from './list.js';

/**
 * Lists come from hundreds of editors, and through hands that we do not know. Whatever is in a file, it is taken whole or refused
 * with a reason, and no other list changes. `FUZZ=10000 npm test -- test/core/resources/import-fuzz` is the long form.
 */
const RUNS = Number(process.env.FUZZ ?? 200);
/** Of them, those that go into a database. */
const IMPORTED = Math.ceil(RUNS / 10);

const MOST = { bytes: 400_000, files: 50 };
const REFUSALS = ['not-json', 'not-csv', 'cut-off', 'too-large', 'not-zip', 'hostile', 'nothing', 'not-services'];
const now = new Date('2026-11-25T12:00:00Z');

async function* arriving({ bytes, step }: HostileFile) {
  for (let from = 0; from < bytes.length; from += step) yield bytes.subarray(from, from + step);
}
const recordsFrom = async (file: HostileFile) =>
  recordsOf(await unpack({ name: file.name, open: () => Readable.from(arriving(file)) }, MOST));

/** The reason why a file is not taken. @throws anything that is no reason */
function refusal(error: unknown): string {
  const why = (error as { readonly why?: string }).why ?? '';
  if (!REFUSALS.includes(why)) throw error;
  return why;
}

interface Read {
  readonly why: string;
  readonly resources: readonly ParsedResource[];
}

/** What a file should become: its services, each once, or a refusal. */
async function readAll(file: HostileFile): Promise<Read> {
  const found = new Map<string, ParsedResource>();
  try {
    for await (const record of await recordsFrom(file)) {
      const parsed = parseRecord(record);
      for (const one of parsed.ok ? parsed.resources : []) if (!found.has(one.key)) found.set(one.key, one);
    }
  } catch (error) {
    return { why: refusal(error), resources: [] };
  }
  return { why: 'taken', resources: [...found.values()] };
}

/** Controls but for line breaks, signs that turn the direction of what follows, and halves of characters. */
const UNSEEN = /[^\P{Cc}\n]|\p{Cf}|\p{Cs}/u;

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function expectHarmless(resource: ParsedResource): void {
  for (const text of textsIn(resource)) {
    expect(text).not.toMatch(UNSEEN);
    expect([...text].length).toBeLessThanOrEqual(1_500);
  }
  const { name, details, hours, zone, verified, key } = resource;
  expect(name.trim()).toBe(details.name);
  expect(name).not.toBe('');
  expect([...key].length).toBeLessThanOrEqual(401);
  expect(details.url ?? 'https://').toMatch(/^https?:\/\//u);
  expect(hours.every((minute) => minute >= 0 && minute <= 10_080)).toBe(true);
  if (zone !== null) expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  if (verified !== null) expect(Date.parse(`${verified}T12:00:00Z`)).not.toBeNaN();
  expect(JSON.stringify(resource).length).toBeLessThan(40_000);
}

const counts = new Map<string, number>();
const count = (why: string) => void counts.set(why, (counts.get(why) ?? 0) + 1);

let database: Database;
let db: TenantDb;
beforeAll(async () => {
  database = await testDatabase();
  const { id } = await database.prisma.community.create({ data: {} });
  db = tenantDb(database.prisma, id);
});
afterAll(async () => {
  process.stderr.write(
    `Of ${RUNS} files and ${IMPORTED} imports: ${[...counts].map(([why, times]) => `${times} ${why}`).join(', ')}.\n`,
  );
  await database.close();
});

test('whatever is in a file, it is read or refused, and what is read is harmless', async () => {
  await fc.assert(
    fc.asyncProperty(hostileFile, async (file) => {
      const { why, resources } = await readAll(file);
      count(why);
      resources.forEach(expectHarmless);
    }),
    { numRuns: RUNS },
  );
  if (RUNS >= 2_000)
    expect([...counts.keys()]).toEqual(expect.arrayContaining(['taken', 'too-large', 'hostile', 'not-json', 'not-zip']));
}, 3_600_000);

const sourceNamed = async (name: string) => (await db.resourceSource.findFirst({ where: { name } }))?.id;

/** Everything that an import may change, of one list or of all. */
async function digest(source?: string): Promise<string> {
  const of = (table: string, where: string) =>
    `(SELECT md5(string_agg(t::text, E'\\n' ORDER BY t.id)) FROM "${table}" t${source === undefined ? '' : ` WHERE ${where} = '${source}'`})`;
  const words = source === undefined ? `(SELECT md5(string_agg(t::text, E'\\n' ORDER BY t.id)) FROM "ResourceWord" t)` : 'NULL';
  const sql = `SELECT concat_ws(' ', ${of('Resource', '"sourceId"')}, ${of('ResourceSource', 'id')}, ${words}) AS digest`;
  const [row] = await database.prisma.$queryRawUnsafe<{ digest: string }[]>(sql);
  return row?.digest ?? '';
}

test('whatever is imported, it is there whole or not at all, and an earlier list is as it was', async () => {
  const bring = (name: string, records: AsyncIterable<unknown>, more: object, id?: string) =>
    importResources(db, { ...(id && { id }), source: { name }, records, now, ...more });
  await bring('Earlier', recordsIn(HSDS.contents), {});
  await bring('Fuzzed', recordsIn(HSDS.contents), {});
  const [earlier, fuzzed] = [(await sourceNamed('Earlier')) as string, await sourceNamed('Fuzzed')];
  const before = await digest(earlier);
  const more = fc.record({ believe: fc.boolean(), dryRun: fc.integer({ max: 9, min: 0 }).map((one) => one === 0) });
  await fc.assert(
    fc.asyncProperty(hostileFile, more, async (file, options) => {
      const [{ why, resources }, all] = [await readAll(file), await digest()];
      const done = await recordsFrom(file)
        .then((records) => bring('Fuzzed', records, options, fuzzed))
        .catch((error) => ({ ok: false as const, why: refusal(error) }));
      count(done.ok ? 'imported' : `${done.why} at import`);
      if (!done.ok) expect(done.why === 'lost' ? 'taken' : done.why).toBe(why);
      if (!done.ok || options.dryRun) return expect(await digest()).toBe(all);
      const rows = await db.resource.findMany({ where: { sourceId: fuzzed ?? '', retiredAt: null } });
      const shown = (list: readonly { key: string; details: unknown }[]) =>
        new Map(list.map(({ key, details }) => [key, details]));
      expect(shown(rows)).toEqual(shown(JSON.parse(JSON.stringify(resources))));
      expect(await digest(earlier)).toBe(before);
    }),
    { numRuns: IMPORTED },
  );
  expect(await db.resourceSource.count()).toBe(2);
}, 3_600_000);
