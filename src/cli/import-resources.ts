import { parseArgs } from 'node:util';
import { systemClock } from '../clock.js';
import type { Config } from '../config.js';
import { Unreadable } from '../core/lists/unreadable.js';
import { importResources as bringIn } from '../core/resources/import.js';
import { recordsOf } from '../core/resources/records.js';
import { type ResourceSource, removeResourceSource, resourceSourcesOf } from '../core/resources/sources.js';
import { type Database, openDatabase } from '../db/open.js';
import { type TenantDb, tenantDb } from '../db/tenant.js';
import { databaseOf } from '../key-source.js';
import { makeLog } from '../log/make.js';
import { OperatorError } from '../operator.js';
import { communityOf } from './community-of.js';
import { type Opened, openResources } from './open-resources.js';
import { describeLists, describeReport, describeUnreadable } from './resources-report.js';
import { zoneOf } from './zone-of.js';

const USAGE = `Usage:
  homegroup import resources FILE|FOLDER|ZIP|URL [--name "…"] [--attribution "…"] [--licence "…"]
                             [--zone America/New_York] [--community ID] [--dry-run] [--believe]
  homegroup import resources --list [--community ID]
  homegroup import resources --remove NAME [--community ID]`;

const OPTIONS = {
  name: { type: 'string' },
  attribution: { type: 'string' },
  licence: { type: 'string' },
  zone: { type: 'string' },
  community: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  believe: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  remove: { type: 'string' },
} as const;

const STEP = 500;

type Say = (line: string) => void;
type Options = ReturnType<typeof parse>['values'];
const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });

/** Shows how far it is, where somebody looks on. */
export type Progress = (records: number) => void;

/** What is remembered of a list, and what was said of it now. */
function identity(known: ResourceSource | undefined, opened: Opened, options: Options, name: string) {
  const facts = {
    url: opened.url,
    attribution: options.attribution ?? known?.attribution ?? undefined,
    licence: options.licence ?? known?.licence ?? undefined,
    zone: zoneOf(options.zone) ?? known?.zone ?? undefined,
  };
  return { name, ...(Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as typeof facts) };
}

async function bring(db: TenantDb, place: string, options: Options, say: Say, onProgress?: Progress): Promise<void> {
  const opened = await openResources(place);
  const name = options.name?.trim() || opened.name;
  const known = (await resourceSourcesOf(db)).find((source) => source.name === name);
  if (known?.isOwn) throw new OperatorError('That is the list that the community keeps itself. Give yours another name.');
  const { url, attribution, licence, zone } = identity(known, opened, options, name);
  const imported = await bringIn(db, {
    ...(known && { id: known.id }),
    source: {
      name,
      ...(url && { url }),
      ...(attribution && { attribution }),
      ...(licence && { licence }),
      ...(zone && { zone }),
    },
    records: recordsOf(opened.entries),
    now: systemClock.now(),
    believe: options.believe,
    dryRun: options['dry-run'],
    ...(onProgress && { onProgress }),
  });
  if (!imported.ok)
    throw new OperatorError(
      `The list had ${imported.before} services and has ${imported.after} of them now. That may be a mistake, so nothing was changed. If it is right, say --believe.`,
    );
  const { added, changed, retired, unchanged } = imported.report;
  say(describeReport(name, imported.report));
  say(`${options['dry-run'] ? 'Would be: ' : ''}${added} added, ${changed} changed, ${retired} retired, ${unchanged} as before.`);
  say(options['dry-run'] ? 'Nothing was changed.' : 'It is not looked at again: import it again when it changes.');
}

async function remove(db: TenantDb, name: string, say: Say): Promise<void> {
  const source = (await resourceSourcesOf(db)).find((one) => one.name === name || one.id === name);
  if (!source) throw new OperatorError(`No list is called ${name}. homegroup import resources --list shows them.`);
  await removeResourceSource(db, source.id);
  say(`${source.name} and its services are gone.`);
}

function mustParseArgs(args: readonly string[]): ReturnType<typeof parse> {
  const parsed = parse(args);
  const { values, positionals } = parsed;
  const wanted = [positionals.length === 1, values.list, values.remove !== undefined].filter(Boolean).length;
  if (wanted !== 1 || positionals.length > 1) throw new OperatorError(USAGE);
  return parsed;
}

/**
 * Does what the arguments say, on a database that is open.
 * @param say is given what the operator reads, line by line
 * @throws OperatorError
 */
export async function importResources(
  database: Database,
  args: readonly string[],
  say: Say,
  onProgress?: Progress,
): Promise<void> {
  const { values: options, positionals } = mustParseArgs(args);
  const db = tenantDb(database.prisma, (await communityOf(database, options.community, 'services')).id);
  const [place] = positionals;
  try {
    if (place !== undefined) return await bring(db, place, options, say, onProgress);
  } catch (error) {
    throw error instanceof Unreadable ? new OperatorError(describeUnreadable(error.why)) : error;
  }
  if (options.remove !== undefined) return remove(db, options.remove, say);
  for (const line of await describeLists(db)) say(line);
}

function showProgress(records: number): void {
  if (records % STEP === 0) process.stderr.write(`\r${records} records`);
}

/** Brings in, lists or forgets lists of services. */
export async function run(config: Config, args: readonly string[]): Promise<void> {
  // A misspelt option is told of before a database is made.
  mustParseArgs(args);
  const database = await openDatabase(databaseOf(config), makeLog('silent'));
  const isWatched = process.stderr.isTTY;
  try {
    await importResources(database, args, (line) => void process.stdout.write(`${line}\n`), isWatched ? showProgress : undefined);
  } finally {
    if (isWatched) process.stderr.write('\r');
    await database.close();
  }
}
