import { commands } from '../../commands/index.js';
import type { Invocation, Message, Router } from '../../src/chat/index.js';
import { makeCanaries } from '../support/canary.js';
import { testDatabase } from '../support/db.js';
import { SITE } from '../support/site.js';

const SAID = 'I drank again, "only" once';
const silent: Router = {
  commands,
  plan: () => ({ first: 'ack', show: 'private' }),
  check: () => [],
  run: async (): Promise<Message> => ({ summary: '', blocks: [] }),
  suggest: async () => [],
};

/** As if somebody had typed it as the note of a check-in. */
async function typed() {
  const canaries = makeCanaries(commands);
  const call = { said: { kind: 'call', path: ['checkin', 'now'], input: { note: SAID } } } as unknown as Invocation;
  await canaries.listenTo(silent).run(call, {} as never);
  return canaries;
}

test('what was typed is found in any row, the queue’s too, also as bytes', async () => {
  const database = await testDatabase();
  try {
    const canaries = await typed();
    expect(await canaries.inRows(database)).toEqual([]);
    await database.pool.query('CREATE TABLE "Plain" ("words" jsonb, "bytes" bytea)');
    await database.pool.query('INSERT INTO "Plain" VALUES ($1, NULL)', [JSON.stringify({ deep: [`so: ${SAID}.`] })]);
    expect(await canaries.inRows(database)).toEqual([expect.stringContaining('is in Plain')]);
    await database.pool.query('UPDATE "Plain" SET "words" = NULL, "bytes" = $1', [Buffer.from(`so: ${SAID}.`)]);
    expect(await canaries.inRows(database)).toEqual([expect.stringContaining('is in Plain')]);
    await database.pool.query('DELETE FROM "Plain"');
    await database.pool.query(`CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.job AS SELECT $$${SAID}$$ AS data`);
    expect(await canaries.inRows(database)).toEqual([expect.stringContaining('is in job')]);
  } finally {
    await database.close();
  }
});

test('it is found in what was logged, and in what a platform carries about, wherever that is', async () => {
  const canaries = await typed();
  expect(canaries.inLog([{ error: { cause: [SAID] } }])).toHaveLength(1);
  expect(canaries.inLog([{ error: 'TypeError' }])).toEqual([]);
  const carried = [
    { components: [{ custom_id: SAID }] },
    { view: JSON.stringify({ private_metadata: SAID }) },
    { view: { callback_id: SAID } },
    { blocks: [{ type: 'button', action_id: 'a', value: SAID }] },
    { options: [{ label: 'One', value: SAID }] },
    { choices: [{ label: 'One', value: SAID }] },
    { url: `https://example.org/?q=${SAID}` },
  ];
  for (const body of carried) expect(canaries.inIds([JSON.stringify(body)])).toHaveLength(1);
  const query = new URLSearchParams({ q: SAID }).toString();
  const addresses = [
    `https://maps.example/?q=${encodeURIComponent(SAID)}`,
    `Look: <https://maps.example/?${query}|here>`,
    `[here](${SITE}/slips/i-drank-again,-only-once)`,
    `webcal://calendar.example/${encodeURI(SAID)}`,
  ];
  for (const text of addresses) expect(canaries.inIds([JSON.stringify({ content: text })])).toHaveLength(1);
  const read = [
    { content: `${SAID} https://maps.example/?q=Hartford` },
    { content: SAID },
    { type: 4, custom_id: 'note', value: SAID },
    { name: 'note', label: 'Note', required: false, value: SAID },
    { kind: 'facts', facts: [{ label: 'Note', value: SAID }] },
  ];
  for (const body of read) expect(canaries.inIds([JSON.stringify(body)])).toEqual([]);
});
