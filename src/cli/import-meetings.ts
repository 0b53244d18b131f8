import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.js';
import type { Config } from '../config.js';
import type { Version } from '../core/lists/fetch.js';
import { type Fetched, feedAddress, fetchFeed } from '../core/meetings/fetch-feed.js';
import { type Import, importFeed } from '../core/meetings/import.js';
import { type Feed, parseFeed } from '../core/meetings/parse.js';
import { removeSource, type Source, sourcesOf, type Trouble } from '../core/meetings/sources.js';
import { type Database, openDatabase } from '../db/open.js';
import { type TenantDb, tenantDb } from '../db/tenant.js';
import { databaseOf } from '../key-source.js';
import { makeLog } from '../log/make.js';
import { OperatorError } from '../operator.js';
import { communityOf } from './community-of.js';
import { describeFeed, describeList, describeNoFeed } from './meetings-report.js';
import { zoneOf } from './zone-of.js';

const USAGE = `Usage:
  homegroup import meetings URL|FILE [--zone America/New_York] [--name "…"] [--language en] [--community ID]
                                     [--formats FILE] [--dry-run] [--believe]
  homegroup import meetings --list [--community ID]
  homegroup import meetings --remove NAME [--community ID]`;

const OPTIONS = {
  zone: { type: 'string' },
  name: { type: 'string' },
  language: { type: 'string' },
  community: { type: 'string' },
  formats: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  believe: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  remove: { type: 'string' },
} as const;

const WHY: Readonly<Record<Trouble, string>> = {
  unreachable: 'Nobody answers at that address. Look whether it opens in a browser.',
  refused: 'The server refuses to give that list, or sends us on to an address that is not of the web.',
  'too-large': 'What comes from that address is too large for a list of meetings.',
  'too-slow': 'The server takes too long. Try again later.',
  unreadable: 'What comes from that address is no list of meetings.',
  lost: 'The list has lost most of its meetings.',
};

interface Given {
  readonly text: string;
  /** Undefined: a file. */
  readonly url?: string;
  readonly version?: Version;
  /** What the list is called when nobody says. */
  readonly name: string;
}

type Say = (line: string) => void;

function mustFetch(fetched: Fetched): { readonly text: string; readonly version: Version } {
  if (!fetched.ok) throw new OperatorError(WHY[fetched.why]);
  // Without a known version, no server says that nothing changed.
  if ('unchanged' in fetched) throw new OperatorError(WHY.refused);
  const { text, ...version } = fetched;
  return { text, version };
}

async function read(place: string): Promise<Given> {
  const url = existsSync(place) ? undefined : feedAddress(place);
  if (url !== undefined)
    return { url, name: new URL(url).hostname, ...mustFetch(await fetchFeed(url, {}, new AbortController().signal)) };
  try {
    return { text: await readFile(place, 'utf8'), name: path.basename(place, path.extname(place)) };
  } catch {
    throw new OperatorError(`${place} is neither an address that begins with http:// or https:// nor a file that can be read.`);
  }
}

async function readFormats(file: string | undefined): Promise<unknown> {
  if (file === undefined) return undefined;
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw new OperatorError(`--formats: ${file} cannot be read as JSON.`);
  }
}

/** The list that is meant: by its name where one was given, else by its address. A new one must not take another's name. */
function known(sources: readonly Source[], { url, name }: Pick<Given, 'url' | 'name'>, isNamed: boolean): Source | undefined {
  const byName = sources.find((source) => source.name === name);
  const byUrl = sources.find((source) => url !== undefined && source.url === url);
  if (isNamed) return byName ?? byUrl;
  const source = url === undefined && byName?.url === undefined ? byName : byUrl;
  if (!source && byName) throw new OperatorError(`A list is called ${name} already. Give this one another name with --name.`);
  return source;
}

function languageOf(given: string | undefined): string | undefined {
  if (given !== undefined && !/^[a-z]{2,3}$/u.test(given))
    throw new OperatorError('--language: expected a code such as en or es.');
  return given;
}

function mustParse(text: string, defaults: Parameters<typeof parseFeed>[1], formats: unknown): Feed {
  const parsed = parseFeed(text, defaults, formats);
  if (!parsed.ok) throw new OperatorError(describeNoFeed(parsed));
  const { meetings, skipped } = parsed.feed;
  if (meetings.length === 0 && skipped.some(({ why }) => why === 'no-zone'))
    throw new OperatorError('These meetings name no time zone. Say where they are with --zone, such as --zone America/New_York.');
  return parsed.feed;
}

type Options = ReturnType<typeof parse>['values'];
const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });

async function bring(database: Database, place: string, options: Options, say: Say): Promise<void> {
  const community = await communityOf(database, options.community, 'meetings');
  const db = tenantDb(database.prisma, community.id);
  const [zone, language] = [zoneOf(options.zone), languageOf(options.language)];
  const formats = await readFormats(options.formats);
  const given = await read(place);
  const name = options.name?.trim() || given.name;
  const { url } = given;
  const source = known(await sourcesOf(db), { ...given, name }, options.name !== undefined);
  const meant = zone ?? source?.zone;
  const defaults = { language: language ?? source?.language ?? community.language, ...(meant !== undefined && { zone: meant }) };
  const feed = mustParse(given.text, defaults, formats);
  const work: Import = {
    ...(source && { id: source.id }),
    source: { ...defaults, name: options.name === undefined ? (source?.name ?? name) : name, ...(url !== undefined && { url }) },
    feed,
    ...(given.version && { version: given.version }),
    nightZone: community.zone,
    now: systemClock.now(),
    believe: options.believe,
    dryRun: options['dry-run'],
  };
  const imported = await importFeed(db, work);
  say(describeFeed(work.source.name, feed));
  if (!imported.ok)
    throw new OperatorError(
      `The list had ${imported.before} meetings and has ${imported.after} now. That may be a mistake of its server, so nothing was changed. If it is right, say --believe.`,
    );
  const { added, changed, removed, unchanged } = imported.changes;
  say(`${options['dry-run'] ? 'Would be: ' : ''}${added} added, ${changed} changed, ${removed} removed, ${unchanged} as before.`);
  if (options['dry-run']) say('Nothing was changed.');
  else
    say(
      url === undefined
        ? 'A file is not looked at again: import it again when it changes.'
        : 'The address is looked at again every night.',
    );
}

async function remove(db: TenantDb, name: string, say: Say): Promise<void> {
  const source = (await sourcesOf(db)).find((one) => one.name === name || one.id === name);
  if (!source) throw new OperatorError(`No list is called ${name}. homegroup import meetings --list shows them.`);
  await removeSource(db, source.id);
  say(`${source.name} and its meetings are gone.`);
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
export async function importMeetings(database: Database, args: readonly string[], say: Say): Promise<void> {
  const { values: options, positionals } = mustParseArgs(args);
  const [place] = positionals;
  if (place !== undefined) return bring(database, place, options, say);
  const db = tenantDb(database.prisma, (await communityOf(database, options.community, 'meetings')).id);
  if (options.remove !== undefined) return remove(db, options.remove, say);
  for (const line of await describeList(db)) say(line);
}

/** Brings in, lists or forgets lists of meetings elsewhere. */
export async function run(config: Config, args: readonly string[]): Promise<void> {
  // A misspelt option is told of before a database is made.
  mustParseArgs(args);
  const database = await openDatabase(databaseOf(config), makeLog('silent'));
  try {
    await importMeetings(database, args, (line) => void process.stdout.write(`${line}\n`));
  } finally {
    await database.close();
  }
}
