import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { commands } from '../commands/index.js';
import { makeDiscord } from '../src/adapters/discord/index.js';
import { makeSlack } from '../src/adapters/slack/index.js';
import { makeApp } from '../src/app.js';
import type { Router } from '../src/chat/index.js';
import { systemClock } from '../src/clock.js';
import { makePlaces } from '../src/core/communities/places.js';
import { makeCipher } from '../src/db/cipher.js';
import { parseKeys } from '../src/db/keys.js';
import { type Database, openDatabase } from '../src/db/open.js';
import { makeLog } from '../src/log/make.js';
import { bareDiscord, bareSlack } from './bare.js';
import type { Address, FromLoad, Load, Measured, PlatformName, ToLoad } from './protocol.js';
import { figures, machine, type Row, ratio, table } from './report.js';
import { startTimes } from './start-time.js';

/** The promise (issue 2): 99 of 100 first responses within this many milliseconds, and none late. */
const PROMISED_P99 = 250;
const PER_SECOND = 200;

const quick = process.argv.includes('--quick');
const load: Load = { perSecond: PER_SECOND, seconds: quick ? 3 : 30 };
const warmUp: Load = { perSecond: PER_SECOND, seconds: quick ? 1 : 3 };

type Stop = () => Promise<unknown>;
type Connect = (address: Address) => Promise<Stop>;

async function hear(child: ChildProcess): Promise<FromLoad> {
  const [message] = await once(child, 'message');
  return message as FromLoad;
}

/** Plays a fresh platform in a process of its own against what `connect` connects to it. */
async function measure(
  platform: PlatformName,
  connect: Connect,
  begin: () => void,
): Promise<Measured & { readonly cpu: number }> {
  const child = fork(fileURLToPath(new URL('./load.js', import.meta.url)), [platform]);
  const ask = async (run: Load): Promise<Measured> => {
    child.send({ run } satisfies ToLoad);
    return ((await hear(child)) as { measured: Measured }).measured;
  };
  try {
    const { ready } = (await hear(child)) as { ready: Address };
    const stop = await connect(ready);
    await ask(warmUp);
    begin();
    const before = process.cpuUsage();
    const measured = await ask(load);
    const { user, system } = process.cpuUsage(before);
    await stop();
    return { ...measured, cpu: (user + system) / 1000 / measured.sent };
  } finally {
    child.disconnect();
  }
}

/** Counts every way in which a query can reach the database. */
function countQueries({ pool }: Database): { count: number } {
  const counter = { count: 0 };
  for (const name of ['query', 'connect'] as const) {
    const original = pool[name].bind(pool) as (...given: unknown[]) => unknown;
    Object.assign(pool, {
      [name]: (...given: unknown[]) => {
        counter.count += 1;
        return original(...given);
      },
    });
  }
  return counter;
}

const log = makeLog('error');

async function connectOurs(address: Address, router: Router): Promise<Stop> {
  if (address.platform === 'discord') {
    const discord = makeDiscord({ ...address, log });
    await discord.register(router.commands);
    await discord.start(router);
    return () => discord.stop();
  }
  const slack = makeSlack({ ...address, mode: 'socket', log });
  await slack.start(router);
  return () => slack.stop();
}

async function connectBare(address: Address): Promise<Stop> {
  if (address.platform === 'slack') return bareSlack(address);
  await makeDiscord({ ...address, log }).register(commands);
  return bareDiscord(address);
}

async function main(): Promise<void> {
  const facts = machine();
  const dir = mkdtempSync(path.join(os.tmpdir(), 'homegroup-bench-'));
  const database = await openDatabase({ dir: path.join(dir, 'db') }, log);
  const queries = countQueries(database);
  const key = makeCipher(parseKeys(Buffer.alloc(32, 7).toString('base64')));
  const world = { prisma: database.prisma, cipher: key, places: makePlaces() };
  const router = makeApp({ world, commands, clock: systemClock, log });
  const rows: Row[] = [];
  const lines: string[] = [];
  let kept = true;

  for (const platform of ['discord', 'slack'] as const) {
    let before = 0;
    const note = () => {
      before = queries.count;
    };
    const ours = await measure(platform, (address) => connectOurs(address, router), note);
    const asked = queries.count - before;
    const bare = await measure(platform, connectBare, note);
    const library = platform === 'discord' ? 'bare discord.js' : 'bare Bolt';
    rows.push({ what: `Homegroup on ${platform}`, measured: ours, queries: asked }, { what: library, measured: bare });
    lines.push(`- Homegroup to ${library}: ${ratio(ours, bare)}`);
    for (const fault of new Set(ours.faults)) lines.push(`- ${platform} complained: ${fault}`);
    kept &&= ours.first.length === ours.sent && ours.faults.length === 0 && asked === 0;
    kept &&= quick || figures(ours.first).p99 < PROMISED_P99;
  }
  await database.close();
  rmSync(dir, { recursive: true, force: true });

  process.stdout.write(`${facts}\n${load.perSecond} interactions a second for ${load.seconds} s on each platform\n\n`);
  process.stdout.write(`${table(rows)}\n\n${lines.join('\n')}\n`);
  const { unbuilt, built, again } = await startTimes();
  process.stdout.write(
    `- npm start to the first page of the playground: ${unbuilt.toFixed(1)} s where nothing was built, ${built.toFixed(1)} s where it was, ${again.toFixed(1)} s the next time\n`,
  );
  if (!kept) {
    process.stdout.write('\nThe promise was not kept: see above.\n');
    process.exitCode = 1;
  }
}

await main();
