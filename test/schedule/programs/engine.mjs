/**
 * node engine.mjs <unused> <database> <platform> <now>
 * Runs an engine until it is killed. <database>: a postgresql:// address or a directory. <platform>: where messages are
 * posted as JSON. <now>: milliseconds since 1970 at which its clock stands.
 */
import { writeSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile } from '../../support/compile.mjs';

const [, where, platform, now] = process.argv.slice(2);
const compiled = compile(['src/db/open.ts', 'src/schedule/engine.ts']);
const load = (file) => import(pathToFileURL(path.join(compiled, file)).href);
const { openDatabase } = await load('src/db/open.js');
const { makeEngine } = await load('src/schedule/engine.js');
const say = (line) => writeSync(1, `${line}\n`);
const told = (fields, message) => say(`log ${message} ${JSON.stringify(fields)}`);
const log = { info() {}, warn: told, error: told };

const adapter = {
  platform: 'playground',
  can: { formFields: 5, fieldErrors: true, completion: true, zone: true, send: { perSecond: 80 } },
  async send(to, message, once, turn) {
    await turn();
    const response = await fetch(platform, { method: 'POST', body: JSON.stringify({ to, once, text: message.summary }) });
    return response.json();
  },
};

const prompt = {
  due: async (rows) => ({
    deliveries: rows.map(({ communityId, subjectId, dueAt }) => ({
      ...{ communityId, subjectId, dueAt },
      kind: 'prompt',
      platform: 'playground',
      once: `${subjectId} ${dueAt.toISOString()}`,
      expiresAt: new Date(dueAt.getTime() + 2 * 60 * 60_000),
    })),
    next: new Map(rows.map(({ id, dueAt }) => [id, new Date(dueAt.getTime() + 24 * 60 * 60_000)])),
  }),
  render: async ({ subjectId }) => ({
    to: { kind: 'direct', space: 'space', user: subjectId },
    reply: { summary: `for ${subjectId}`, blocks: [] },
  }),
};

const database = await openDatabase(where.startsWith('postgresql:') ? { url: where } : { dir: where }, log);
const engine = makeEngine({
  database,
  clock: { now: () => new Date(Number(now)) },
  adapters: [adapter],
  kinds: { prompt },
  seal: async (reply) => reply,
  log,
});
await engine.start();
say('running');
