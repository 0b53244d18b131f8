import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Config } from '../config.js';
import { rotateKeys } from '../core/keys/rotate.js';
import { type Keyring, makeCipher } from '../db/cipher.js';
import type { PrismaClient } from '../db/generated/client.js';
import { openAsFound, openDatabase } from '../db/open.js';
import { countByKey, keysOf, type Passed } from '../db/rotate.js';
import type { SealedPlace } from '../db/sealed.js';
import { lookAtKeys, prepareKeys } from '../db/verify-keys.js';
import { databaseOf, keySourceOf, settingOfKeys } from '../key-source.js';
import { makeLog } from '../log/make.js';
import { OperatorError } from '../operator.js';

/** Milliseconds between looks at processes that seal with another key, and for how long they are waited for. */
const LOOK = 5_000;
const PATIENCE = 120_000;

const USAGE = `Usage:
  homegroup keys status                 which keys there are, and what each of them seals
  homegroup keys rotate [--to KEY-ID]   seal everything with the first key, beside the running bot; --to: go back to an older key
                        [--leave-unreadable]   give up values that no key opens`;

const say = (text: string) => void process.stdout.write(`${text}\n`);

/** Nothing is made or changed by it. */
async function status(config: Config): Promise<void> {
  const database = await openAsFound(databaseOf(config), makeLog('silent'));
  if (!database) return say('There is no database yet; the first start makes one.');
  try {
    if (database.standing.missing.length > 0) throw new OperatorError('Start the bot first: migrations are not applied yet.');
    const found = await lookAtKeys(database.prisma, await keySourceOf(config));
    if (!found) return say('There is no encryption key yet; the first start makes one.');
    say(`Keys from ${found.file ?? settingOfKeys(config)}:`);
    for (const line of await linesOf(database.prisma, found.keyring)) say(`  ${line}`);
  } finally {
    await database.close();
  }
}

async function linesOf(prisma: PrismaClient, keyring: Keyring): Promise<string[]> {
  const [keys, counts] = [await keysOf(prisma), await countByKey(prisma)];
  const known = keys.map(({ id, since, isInUse, retiredAt }) => {
    const at = keyring.findIndex((key) => key.id === id);
    const role = at === 0 ? 'seals' : at > 0 ? 'opens only' : 'not given';
    const use = isInUse ? ', a running process seals with it' : '';
    const spare = retiredAt && at > 0 ? ', not needed any more: it can be taken out' : '';
    return `${id}  ${role}, since ${since.toISOString().slice(0, 10)}, values: ${counts.get(id) ?? 0}${use}${spare}`;
  });
  const strangers = [...counts].filter(([id]) => !keys.some((key) => key.id === id));
  return [...known, ...strangers.map(([id, count]) => `${id}  never known here, values that cannot be read: ${count}`)];
}

/** Says now and then how far it is. */
function progress() {
  let total = 0;
  let told = 0;
  return async (place: SealedPlace, count: number) => {
    total += count;
    if (Date.now() - told < 1_000) return;
    told = Date.now();
    say(`  ${total} values, now ${place}`);
  };
}

function tellUnreadable(unreadable: Passed['unreadable']): never {
  const places = [...unreadable].map(([place, count]) => `${place} ${count}`).join(', ');
  throw new OperatorError(
    `These values open with none of the keys: ${places}. They are as they were; everything else is sealed with the first key. Add the key that is missing, or bring them back from a backup. To give them up: homegroup keys rotate --leave-unreadable`,
  );
}

async function rotate(config: Config, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { to: { type: 'string' }, 'leave-unreadable': { type: 'boolean', default: false } },
  });
  const database = await openDatabase(databaseOf(config), makeLog('silent'));
  try {
    const { prisma } = database;
    const { keyring } = await prepareKeys(prisma, await keySourceOf(config));
    const until = Date.now() + PATIENCE;
    let isTold = false;
    const { resealed, unreadable, retired, inUse } = await rotateKeys({
      ...{ prisma, keyring, cipher: makeCipher(keyring), onBatch: progress() },
      ...(values.to !== undefined && { to: values.to }),
      leavesUnreadable: values['leave-unreadable'],
      async wait() {
        if (!isTold) say('A running process seals with an older key; it is waited for.');
        isTold = true;
        await pause(LOOK);
        return Date.now() < until;
      },
    });
    if (inUse.length > 0)
      throw new OperatorError(
        `A process that is running seals with another key (${inUse.join(', ')}). Start every process anew with ${keyring[0].id} as its first key, then run this again. What was sealed anew stays so.`,
      );
    say(`${resealed} values were sealed anew.`);
    if (unreadable.size > 0 && !values['leave-unreadable']) tellUnreadable(unreadable);
    const spare = keyring.map(({ id }) => id).filter((id) => retired.includes(id));
    say(`Everything is sealed with the key ${keyring[0].id}.`);
    if (spare.length > 0)
      say(
        `Not needed any more: ${spare.join(', ')}. Take it out of ${settingOfKeys(config)}; keep it with backups that are older than this.`,
      );
  } finally {
    await database.close();
  }
}

export async function run(config: Config, [name, ...args]: readonly string[]): Promise<void> {
  if (name === 'status') return status(config);
  if (name === 'rotate') return rotate(config, args);
  throw new OperatorError(USAGE);
}
