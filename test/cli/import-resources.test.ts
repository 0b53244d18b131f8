import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { importResources } from '../../src/cli/import-resources.js';
import { HSDS } from '../core/resources/list.js';
import { type Database, testDatabase } from '../support/db.js';
import { temporaryFolder } from '../support/temporary.js';

/** What an operator sees who brings in services. */

const home = temporaryFolder();
const inHome = (name: string) => path.join(home, name);
const TABLES = {
  'services.csv': 'id,name,organization_id,status\ns1,Night Shelter,o1,active\ns2,Old,o1,inactive\n',
  'organizations.csv': 'id,name\no1,Harbor House\n',
  'service_at_location.csv': 'id,service_id,location_id\nx,s1,l1\n',
  'locations.csv': 'id,name,latitude,longitude\nl1,Dock,41.7,-72.6\n',
  'addresses.csv': 'id,address_1,city,state_province,postal_code,location_id\na,1 Dock St,Hartford,CT,6103,l1\n',
  'phones.csv': 'id,service_id,number\np,s1,860-555-0101\n',
};
let database: Database;

/** The lines that are told, or the sentence that refuses. */
async function run(...args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  try {
    await importResources(database, args, (line) => void lines.push(line));
  } catch (error) {
    const { name, message } = error as Error;
    return [...lines, name === 'OperatorError' ? `refused: ${message}` : String(error)].join('\n');
  }
  return lines.join('\n');
}

beforeAll(async () => {
  database = await testDatabase();
  await database.prisma.community.create({ data: {} });
  writeFileSync(inHome('county.json'), JSON.stringify(HSDS));
  writeFileSync(inHome('cut.json'), JSON.stringify(HSDS).slice(0, 900));
  mkdirSync(inHome('tables'));
  for (const [name, text] of Object.entries(TABLES)) writeFileSync(path.join(inHome('tables'), name), text);
  writeFileSync(
    inHome('tables.zip'),
    zipSync(Object.fromEntries(Object.entries(TABLES).map(([name, text]) => [name, strToU8(text)]))),
  );
  writeFileSync(inHome('evil.zip'), zipSync({ '../services.csv': strToU8('id,name\n1,a\n') }));
  writeFileSync(inHome('sheet.csv'), 'Nombre;Teléfono;Ciudad;Categoría\nComedor San José;860-555-0102;Hartford;Comida\n;;;\n');
});
afterAll(() => database.close());

test('says what it needs, each in a sentence, and changes nothing', async () => {
  const refusals = [
    [[], 'Usage:'],
    [['--list', '--remove', 'x'], 'Usage:'],
    [[inHome('missing.json')], 'nor a file or folder'],
    [[inHome('cut.json')], 'it was cut off. Nothing was changed.'],
    [[inHome('evil.zip')], 'This archive reaches out of its folder. Nothing was changed.'],
    [[inHome('county.json'), '--zone', 'Mars/Olympus'], '--zone: Mars/Olympus is no time zone'],
    [[inHome('county.json'), '--community', 'nobody'], 'Say whose services these are with --community.'],
    [['http://127.0.0.1:1/list.json'], 'Nobody answers at that address.'],
    [['--remove', 'nothing'], 'No list is called nothing.'],
  ] as const;
  for (const [args, sentence] of refusals)
    expect(await run(...args)).toMatch(new RegExp(`^refused: [^]*${sentence.replace(/[.]/gu, '\\.')}`, 'u'));
  expect([await database.prisma.resourceSource.count(), await database.prisma.resource.count()]).toEqual([0, 0]);
});

test('a dry run, the import, the same again, and what is listed and removed', async () => {
  expect(await run(inHome('county.json'), '--dry-run')).toContain('Would be: 4 added, 0 changed, 0 retired, 0 as before.');
  const told = await run(inHome('county.json'), '--attribution', 'Hartford 211', '--licence', 'CC BY 4.0');
  expect(told).toContain('county: 6 records.');
  expect(told).toContain('1 skipped: the same service twice (record 5)');
  expect(told).toContain('1 taken, although: zeros at the beginning of its postal code were lost, and are back');
  expect(await run(inHome('county.json'))).toContain('0 added, 0 changed, 0 retired, 4 as before.');
  expect(await run('--list')).toMatch(/county: 4 services, 0 retired, from a file, .*, Hartford 211, CC BY 4\.0/u);
});

test('tables in a folder and in an archive are the same; a table kept by hand is taken as it is', async () => {
  expect(await run(inHome('tables'))).toContain('1 added, 0 changed');
  expect(await run(inHome('tables.zip'))).toContain('0 added, 0 changed, 0 retired, 1 as before.');
  const row = await database.prisma.resource.findFirstOrThrow({ where: { key: 's1@l1' } });
  expect(row.details).toMatchObject({ organization: 'Harbor House', area: 'Hartford, CT 06103', phones: ['860-555-0101'] });
  expect(await run(inHome('sheet.csv'))).toContain('1 added');
  const kept = await database.prisma.resource.findFirstOrThrow({ where: { name: 'Comedor San José' } });
  expect(kept.terms).toEqual(expect.arrayContaining(['~food', 'hartford']));
  expect(await run('--remove', 'sheet')).toBe('sheet and its services are gone.');
});

test('an address gives what a file does, page after page', async () => {
  const pages = [HSDS.contents.slice(0, 2), HSDS.contents.slice(2)];
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 1);
    response.end(JSON.stringify({ total_pages: 2, page_number: page, contents: pages[page - 1] ?? [] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await run(`http://127.0.0.1:${port}/services`, '--name', 'By address')).toContain('By address: 6 records.');
  server.close();
  server.closeAllConnections();
});
