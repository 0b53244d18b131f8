import { commands } from '../../commands/index.js';
import { makeDiscord } from '../adapters/discord/index.js';
import { makePlayground } from '../adapters/playground/index.js';
import { makeSlack } from '../adapters/slack/index.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config.js';
import { verifyAudit } from '../core/audit/verify.js';
import { FEW } from '../core/communities/report.js';
import { graceOver } from '../core/leaving/kinds.js';
import type { Trouble } from '../core/meetings/sources.js';
import { NIGHT } from '../core/retention/night.js';
import { sumsSince } from '../core/retention/report.js';
import { writtenKeys } from '../core/slips/public-key.js';
import { within } from '../core/within.js';
import { type Cipher, makeCipher, Sealed } from '../db/cipher.js';
import { type FoundDatabase, openAsFound } from '../db/open.js';
import { spareKeys } from '../db/rotate.js';
import { lookAtKeys } from '../db/verify-keys.js';
import { databaseOf, keySourceOf, settingOfKeys } from '../key-source.js';
import { makeLog } from '../log/make.js';
import { OperatorError } from '../operator.js';
import { counts } from '../schedule/report.js';
import { describeTrail } from './audit.js';
import { localCrisisAge, shippedCrisisAge } from './crisis-age.js';
import { type Finding, look, ok } from './finding.js';
import { lookAtJournal } from './journal.js';
import { describeTrouble } from './meetings-report.js';

const DAY_MS = 86_400_000;
/** Days of messages that are counted. */
const COUNTED_DAYS = 7;

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
const byReason = (reasons: Readonly<Record<string, number>>) =>
  Object.entries(reasons)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ');

function* migrations({ standing: { missing, edited, unknown } }: FoundDatabase): Generator<Finding> {
  if (missing.length > 0)
    yield look(`Not applied yet, the next start does it: ${missing.join(', ')}. What comes after was not looked at.`);
  if (edited.length > 0) yield look(`Changed after they were applied here: ${edited.join(', ')}.`);
  if (unknown.length > 0) yield look(`Applied by a newer version of Homegroup: ${unknown.join(', ')}.`);
  if (missing.length + edited.length + unknown.length === 0) yield ok('All migrations are applied.');
}

async function* keys({ prisma }: FoundDatabase, config: Config): AsyncGenerator<Finding> {
  const found = await lookAtKeys(prisma, await keySourceOf(config));
  yield found
    ? ok(`${plural(found.keyring.length, 'encryption key')}, from ${found.file ?? settingOfKeys(config)}.`)
    : ok('There is no encryption key yet; the first start makes one.');
  const spare = found ? await spareKeys(prisma, found.keyring) : [];
  if (spare.length > 0) yield ok(`Not needed any more, and can be taken out: ${spare.join(', ')}.`);
  if (!found) return;
  const cipher = makeCipher(found.keyring);
  yield* slipKeys(prisma, cipher);
  yield* trails(prisma, cipher);
}

/** What was written down of privileged acts, as it was written. */
async function* trails(prisma: FoundDatabase['prisma'], cipher: Cipher): AsyncGenerator<Finding> {
  const all = await prisma.auditChain.findMany({ select: { communityId: true } });
  for (const { communityId } of all) {
    const found = await verifyAudit(within({ prisma, cipher }, communityId));
    if (found.broken.length > 0) yield look(`Audit trail: ${describeTrail(communityId, found)}`);
  }
  if (all.length > 0) yield ok(`${plural(all.length, 'audit trail')} looked through.`);
}

/** Without them slips can be neither made nor checked. */
async function* slipKeys(prisma: FoundDatabase['prisma'], cipher: Cipher): AsyncGenerator<Finding> {
  try {
    const { length } = await writtenKeys({ prisma, cipher });
    if (length > 0) yield ok(`${plural(length, 'key')} with which attendance slips are signed, readable.`);
  } catch (error) {
    if (!(error instanceof Sealed)) throw error;
    yield look('A key with which attendance slips are signed cannot be read. Bring it back from a backup of the table SlipKey.');
  }
}

async function* messages({ prisma }: FoundDatabase): AsyncGenerator<Finding> {
  yield ok(`Communities: ${await prisma.community.count()}.`);
  const places = await prisma.space.groupBy({ by: ['communityId'], _count: true });
  const joined = places.filter(({ _count }) => _count > 1).length;
  if (joined > 0) yield ok(`Of these, on two platforms: ${joined}.`);
  const since = new Date(systemClock.now().getTime() - COUNTED_DAYS * DAY_MS);
  const { queued, sent, dropped, dead, parked } = await counts(prisma, { since });
  yield ok(
    `Messages of the last ${COUNTED_DAYS} days: ${sent} sent, dropped: ${byReason(dropped) || 'none'}. ${queued} queued now.`,
  );
  const failed = byReason(dead);
  yield failed ? look(`Messages given up after many failures: ${failed}.`) : ok('No message was given up.');
  if (parked > 0) yield look(`${plural(parked, 'piece')} of work failed when due and will be tried again; the log says why.`);
}

/** Places that the bot was removed from, until what was said there is erased. */
async function* removedPlaces({ prisma }: FoundDatabase): AsyncGenerator<Finding> {
  for (const { platform, removedAt } of await prisma.space.findMany({ where: { removedAt: { not: null } } }))
    if (removedAt)
      yield look(
        `The bot was removed from a place on ${platform}. What was said there is erased after ${graceOver(removedAt).toISOString().slice(0, 10)}, unless it is added again.`,
      );
}

/** What was deleted because its time was over, and nights that did not come. */
async function* forgotten({ prisma }: FoundDatabase): AsyncGenerator<Finding> {
  const now = systemClock.now().getTime();
  const sums = await sumsSince(prisma, new Date(now - COUNTED_DAYS * DAY_MS).toISOString().slice(0, 10));
  const told = [...sums].map(([name, count]) => `${name} ${count < FEW ? `fewer than ${FEW}` : count}`).join(', ');
  if (told) yield ok(`Deleted in the last ${COUNTED_DAYS} nights, because their time was over: ${told}.`);
  const late = await prisma.dueWork.count({ where: { kind: NIGHT, dueAt: { lt: new Date(now - 2 * DAY_MS) } } });
  if (late > 0) yield look(`Old rows were not deleted for two days: ${late} of the communities. Is the bot running?`);
}

/** Lists of meetings elsewhere that are not as in their sources. */
async function* meetings({ prisma }: FoundDatabase): AsyncGenerator<Finding> {
  const lists = await prisma.meetingSource.findMany({ select: { name: true, problem: true } });
  for (const { name, problem } of lists) if (problem !== null) yield look(describeTrouble({ name, trouble: problem as Trouble }));
  if (lists.length > 0 && lists.every(({ problem }) => problem === null))
    yield ok(`${plural(lists.length, 'list')} of meetings elsewhere, refreshed without trouble.`);
}

/** Nothing is made or changed here: no database, no migration, no key. */
async function* database(config: Config): AsyncGenerator<Finding> {
  const db = await openAsFound(databaseOf(config), makeLog('silent'));
  if (!db) {
    yield ok('There is no database yet; the first start makes one.');
    return;
  }
  try {
    await db.ping();
    yield ok(`The database answers (${db.kind}).`);
    yield* migrations(db);
    if (db.standing.missing.length > 0) return;
    yield* told(() => keys(db, config));
    yield* told(() => messages(db));
    yield* told(() => removedPlaces(db));
    yield* told(() => lookAtJournal(db, config));
    yield* told(() => meetings(db));
    yield* told(() => localCrisisAge(db.prisma, systemClock.now()));
    yield* told(() => forgotten(db));
  } finally {
    await db.close();
  }
}

/** A finding, too, when it could not be found out. Sentences for the operator are told; of anything else only what kind it is. */
function failure(error: unknown): Finding {
  if (error instanceof OperatorError) return look(error.message);
  const { name, code } = error as NodeJS.ErrnoException;
  return look(`A check failed (${[name, code].filter(Boolean).join(' ')}). This is a fault in Homegroup.`);
}

async function* told(find: () => AsyncIterable<Finding> | Iterable<Finding>): AsyncGenerator<Finding> {
  try {
    yield* find();
  } catch (error) {
    yield failure(error);
  }
}

function definitions(config: Config): Finding[] {
  const log = makeLog('silent');
  const any = {
    discord: { token: 'unused', appId: '0' },
    slack: { botToken: 'xoxb-unused', appToken: 'xapp-unused', mode: 'socket' as const },
  };
  const adapters = [
    makeDiscord({ ...any.discord, log }),
    makeSlack({ ...any.slack, prefix: config.slackPrefix, log }),
    makePlayground({ log }),
  ];
  const problems = adapters.flatMap((adapter) =>
    adapter.review(commands).map((problem) => ({ ok: false, text: `${adapter.platform}: ${problem}` })),
  );
  return problems.length > 0 ? problems : [{ ok: true, text: `${commands.length} commands fit the limits of every platform.` }];
}

async function* findings(config: Config): AsyncGenerator<Finding> {
  const connected = [config.discord && 'Discord', config.slack && 'Slack', config.playground && 'the playground']
    .filter(Boolean)
    .join(', ');
  yield ok(`The settings can be read. They connect: ${connected || 'nothing'}.`);
  yield* told(() => definitions(config));
  yield shippedCrisisAge(systemClock.now());
  yield* told(() => database(config));
}

/** Tells each finding as it comes. Ends with 1 when there is something to look at. */
export async function run(config: Config): Promise<void> {
  for await (const finding of findings(config)) {
    process.stdout.write(`${finding.ok ? 'ok  ' : 'look'}  ${finding.text}\n`);
    if (!finding.ok) process.exitCode = 1;
  }
}
