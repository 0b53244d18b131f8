/**
 * How fast messages go out: against a platform that refuses whatever is above its published limit, with nine communities
 * that have much waiting and a tenth that has little; then with the real Discord adapter against the loopback Discord, which
 * counts every request of the bot. `--quick`: fewer messages.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeDiscord } from '../src/adapters/discord/adapter.js';
import { type Adapter, Busy, type Router } from '../src/chat/index.js';
import { workRow } from '../src/core/work/id.js';
import { type Database, openDatabase } from '../src/db/open.js';
import { makeEngine } from '../src/schedule/engine.js';
import type { Kind } from '../src/schedule/kinds.js';
import { LoopbackDiscord } from '../test/support/discord/index.js';

const quick = process.argv.includes('--quick');
const LARGE = quick ? 300 : 5_000;
const OTHERS = quick ? 20 : 100;
const SMALL = 10;
const DAY = 24 * 60 * 60_000;
const silent = { info() {}, warn() {}, error() {} };

/** Refuses the 51st message of any second, and tells how long to wait, as Discord does. */
function platform(allowed: number, perSecond: number) {
  const times: number[] = [];
  const order: string[] = [];
  let refused = 0;
  const adapter = {
    platform: 'discord',
    can: { formFields: 5, fileBytes: 9_000_000, fieldErrors: true, completion: true, zone: true, send: { perSecond } },
    async send(_to: unknown, message: { summary: string }, _once: string, turn: () => Promise<void>) {
      await turn();
      const now = performance.now();
      const recent = times.length >= allowed ? (times[times.length - allowed] ?? 0) : Number.NEGATIVE_INFINITY;
      if (now - recent < 1000) {
        refused += 1;
        throw new Busy('429', 1000 - (now - recent));
      }
      times.push(now);
      order.push(message.summary);
      // What a round trip takes.
      await new Promise((resolve) => setTimeout(resolve, 40 + Math.random() * 60));
      return { ok: true as const, ref: String(times.length) };
    },
  };
  return { adapter: adapter as unknown as Adapter, times, order, refused: () => refused };
}

const prompt: Kind = {
  due: async (rows) => ({
    deliveries: rows.map(({ communityId, subjectId, dueAt }) => ({
      ...{ communityId, subjectId, dueAt, kind: 'prompt', platform: 'discord' as const, once: subjectId },
      expiresAt: new Date(dueAt.getTime() + DAY),
    })),
    next: new Map(rows.map(({ id }) => [id, null])),
  }),
  render: async ({ communityId, subjectId }) => ({
    to: { kind: 'direct', space: 's', user: subjectId },
    reply: { summary: communityId, blocks: [] },
  }),
};

async function measure(name: string, where: { url: string } | { dir: string }): Promise<void> {
  const allowed = 50;
  const fake = platform(allowed, allowed);
  const database = await openDatabase(where, silent);
  await database.pool.query('TRUNCATE "Community" CASCADE');
  const now = new Date();
  const communities: string[] = [];
  for (const count of [LARGE, ...Array.from({ length: 8 }, () => OTHERS), SMALL]) {
    const { id } = await database.prisma.community.create({ data: {} });
    communities.push(id);
    // The larger one came first.
    const at = new Date(now.getTime() - 60_000 + communities.length * 1_000);
    await database.pool.query(
      `INSERT INTO "DueWork" ("id", "communityId", "kind", "subjectId", "dueAt", "wakeAt")
       SELECT gen_random_uuid(), $1, 'prompt', gen_random_uuid(), $2, $2 FROM generate_series(1, $3::int)`,
      [id, at, count],
    );
  }
  const total = LARGE + 8 * OTHERS + SMALL;
  const engine = makeEngine({
    database,
    clock: { now: () => new Date() },
    adapters: [fake.adapter],
    kinds: { prompt },
    seal: async ({ summary }) => ({ summary, blocks: [] }),
    log: silent,
  });
  await engine.start();
  while (fake.order.length < total) await new Promise((resolve) => setTimeout(resolve, 100));
  await engine.stop();
  const seconds = ((fake.times.at(-1) ?? 0) - (fake.times[0] ?? 0)) / 1000;
  const rate = (total - 1) / seconds;
  const tenth = fake.order.lastIndexOf(communities[9] ?? '') + 1;
  console.log(
    `| ${name} | ${total} | ${rate.toFixed(1)}/s, ${((rate / allowed) * 100).toFixed(1)} % | ${fake.refused()} | ${tenth} of ${total} |`,
  );
  await database.close();
}

/** One message to each of these people, as fast as Discord lets us. @returns what Discord saw of it */
async function sendAll(database: Database, discord: LoopbackDiscord, adapter: Adapter, people: readonly string[]) {
  const { id } = await database.prisma.community.create({ data: {} });
  const now = new Date();
  const userOf = new Map<string, string>();
  const render: Kind['render'] = async ({ subjectId }) => ({
    to: { kind: 'direct', space: 's', user: userOf.get(subjectId) ?? '' },
    reply: { summary: 'How are you?', blocks: [] },
  });
  const engine = makeEngine({
    database,
    clock: { now: () => new Date() },
    adapters: [adapter],
    kinds: { prompt: { ...prompt, render } },
    seal: async ({ summary }) => ({ summary, blocks: [] }),
    log: silent,
  });
  for (const user of people) {
    const row = await database.prisma.dueWork.create({
      data: workRow({ communityId: id, kind: 'prompt', subjectId: randomUUID() }, now),
    });
    userOf.set(row.subjectId, user);
  }
  const { requests } = discord.rest;
  const from = requests.length;
  const until = discord.world.messages.size + people.length;
  const before = process.cpuUsage();
  await engine.start();
  while (requests.length === from) await new Promise(setImmediate);
  const began = performance.now();
  while (discord.world.messages.size < until) await new Promise((resolve) => setTimeout(resolve, 5));
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  await engine.stop();
  const asked = requests.slice(from);
  return {
    rate: people.length / seconds,
    requests: (asked.length - 1) / seconds,
    refused: asked.filter(({ status }) => status === 429).length,
    busy: (user + system) / 1e6 / seconds,
  };
}

/** Twice to the same people: the first message to somebody takes a request more, which opens the conversation. */
async function measureDiscord(dir: string): Promise<void> {
  const discord = await LoopbackDiscord.start();
  const database = await openDatabase({ dir }, silent);
  const adapter = makeDiscord({ token: discord.token, appId: discord.appId, apiUrl: discord.apiUrl, log: silent });
  await adapter.start({ commands: [] } as unknown as Router);
  const people = Array.from({ length: quick ? 200 : 1_000 }, (_, number) => discord.addAccount(`Person ${number}`).id);
  for (const name of ['first message to each', 'one more to each']) {
    const { rate, requests, refused, busy } = await sendAll(database, discord, adapter, people);
    const share = ((requests / 50) * 100).toFixed(1);
    console.log(
      `| ${name} | ${people.length} | ${rate.toFixed(1)}/s | ${requests.toFixed(1)}/s, ${share} % | ${refused} | ${busy.toFixed(2)} |`,
    );
  }
  await adapter.stop();
  await database.close();
  await discord.close();
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'homegroup-bench-'));
try {
  console.log(
    "| database | messages | rate, of 50/s allowed | refused (429) | last of the tenth community's 10 |\n| --- | --- | --- | --- | --- |",
  );
  const url = process.env.DATABASE_URL;
  if (url) await measure('PostgreSQL', { url });
  await measure('embedded', { dir: path.join(folder, 'db') });
  console.log(
    '\n| real Discord adapter | messages | rate | requests, of 50/s allowed | refused (429) | processors busy with it and with Discord |\n| --- | --- | --- | --- | --- | --- |',
  );
  await measureDiscord(path.join(folder, 'discord'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
