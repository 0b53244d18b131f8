import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { recordCheckIn } from '../../../src/core/checkins/record.js';
import { saveTemplate } from '../../../src/core/checkins/templates/own.js';
import { archiveOf, exportFile, exportSize } from '../../../src/core/export/make.js';
import { LEFT_OUT } from '../../../src/core/export/rows.js';
import { exportSchema, jsonSchema } from '../../../src/core/export/schema.js';
import { addGoal } from '../../../src/core/goals/add.js';
import { enter } from '../../../src/core/members/enter.js';
import { endedConsents } from '../../../src/core/privacy/consents.js';
import { isExported } from '../../../src/core/privacy/declare.js';
import { PERSONAL_TABLES, tableOf } from '../../../src/core/privacy/tables.js';
import { openRelay } from '../../../src/core/relay/open.js';
import { sendThrough } from '../../../src/core/relay/send.js';
import type { Scope } from '../../../src/core/scope.js';
import { languages, wordsFor } from '../../../src/words/index.js';
import { schemaCheck } from '../../support/exported.js';
import { ensureRow } from '../../support/rows.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

/** A member takes everything along that is kept about them, and nothing of anybody else. */

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const NOW = new Date('2027-05-03T22:30:00Z');
const words = wordsFor('en');
const LIMIT = 9_000_000;
/** More than two pages. */
const MANY = 1_200;
let people = 0;
const member = (place = `place${people}`): Promise<Scope> =>
  enter(home.world, { platform: 'playground', userId: `person${++people}`, zone: 'Asia/Tokyo', space: { id: place } }, NOW);

function unpack(bytes: Uint8Array | undefined) {
  const files = unzipSync(bytes ?? new Uint8Array());
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  const json = JSON.parse(text('homegroup.json')) as { tables: Record<string, Record<string, unknown>[]>; ended: unknown[] };
  return { names: Object.keys(files), page: text('homegroup.html'), json, schema: text('homegroup.schema.json') };
}

async function everythingAbout(scope: Scope): Promise<void> {
  const { pool } = home.database;
  for (const name of PERSONAL_TABLES) if (name !== 'AuditEvent') await ensureRow(pool, name, scope.community.id);
  for (const name of PERSONAL_TABLES) {
    for (const [column, kind] of Object.entries(tableOf(name).columns)) {
      if (!['self', 'either'].includes(String(kind))) continue;
      const { rows } = await pool.query(
        `SELECT 1 FROM information_schema.columns WHERE table_name = $1 AND column_name = $2 AND udt_name = 'uuid'`,
        [name, column],
      );
      const where = `"communityId" = $2 AND NOT EXISTS (SELECT 1 FROM "${name}" WHERE "${column}" = $1)`;
      if (rows.length > 0)
        await pool.query(`UPDATE "${name}" SET "${column}" = $1 WHERE ${where}`, [scope.member.id, scope.community.id]);
    }
  }
}

test('every column of every table is exported, or left out for a reason', () => {
  const { tables } = JSON.parse(jsonSchema()).properties;
  for (const name of PERSONAL_TABLES) {
    const { columns, shape } = tableOf(name);
    const exported = Object.keys(tables.properties[name].items.properties);
    for (const [column, kind] of Object.entries(columns)) {
      const left = LEFT_OUT.find((one) => one.table === name && one.column === column);
      const isIn = isExported(kind);
      expect({ name, column, isLeft: left !== undefined }).toEqual({ name, column, isLeft: !isIn });
      if (isIn && !shape) expect({ name, exported }).toEqual({ name, exported: expect.arrayContaining([column]) });
      if (left) expect(left.because.length).toBeGreaterThan(5);
    }
  }
});

test('tables and columns have words in every language', () => {
  for (const language of languages) {
    const { has } = wordsFor(language);
    expect(PERSONAL_TABLES.filter((name) => !has(`privacy.tables.${name}`))).toEqual([]);
    const columns = PERSONAL_TABLES.flatMap((name) =>
      Object.entries(tableOf(name).columns).flatMap(([column, kind]) => (isExported(kind) ? [column] : [])),
    );
    expect([...new Set(columns)].filter((column) => !has(`export.fields.${column}`))).toEqual([]);
  }
});

test('it holds what the member said, as a page in their zone and as JSON that its schema describes', async () => {
  const me = await member();
  await addGoal(me, { words: 'A <room> of my own' }, 'a');
  await recordCheckIn(me, { mood: 8, note: 'Better & better' });
  const { names, page, json, schema } = unpack(await exportFile(me, words, LIMIT));
  expect(names).toEqual(['homegroup.html', 'homegroup.json', 'homegroup.schema.json']);
  expect(page).toContain('A &lt;room&gt; of my own');
  expect(page).toContain('Better &amp; better');
  expect(page).toContain('Times are in Asia/Tokyo');
  expect(page).toMatch(/<h3>May 4, 2027 at 7:30/u);
  expect(page).toContain("default-src 'none'; style-src 'sha256-");
  expect(page).not.toMatch(/<script|javascript:|https?:/u);
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/u);
  expect(json.tables.Goal).toMatchObject([{ details: { words: 'A <room> of my own' } }]);
  expect(json.tables.CheckIn).toMatchObject([{ answers: { mood: 8, note: 'Better & better' }, zone: 'Asia/Tokyo' }]);
  const validate = schemaCheck(JSON.parse(schema));
  expect(validate(json) ? [] : validate.errors).toEqual([]);
  expect(exportSchema().safeParse(json).error).toBeUndefined();
  expect(validate({ ...json, more: 1 })).toBe(false);
});

test('what was asked stands beside what was answered, in the words in which it was asked', async () => {
  const me = await member();
  const own = await saveTemplate(me, { title: 'My evening', questions: 'Did I sleep.well?\nDid I sleep.well?' });
  await recordCheckIn(me, { q1: 'Yes', q2: 'Rather' }, { template: own });
  await recordCheckIn(me, { okay: 'not-great' }, { template: 'one-tap' });
  await recordCheckIn(me, { mood: 8, halt: ['lonely'] });
  const { page, json } = unpack(await exportFile(me, wordsFor('es'), LIMIT));
  expect(page).toContain('<dd>My evening</dd>');
  expect(page).toContain('<dt>Did I sleep.well?</dt><dd>Yes</dd>');
  expect(page).toContain('<dt>Did I sleep.well?</dt><dd>Rather</dd>');
  expect(page).toContain('8 de 10');
  expect(page).not.toMatch(/not-great|lonely|one-tap/u);
  expect(new Set(json.tables.CheckIn?.map(({ template }) => template))).toEqual(new Set([own, 'one-tap', 'quick']));
});

test('whatever table has a row about the member, it is there; what cannot be opened holds nothing back', async () => {
  const me = await member();
  await everythingAbout(me);
  const { page, json, schema } = unpack(await exportFile(me, wordsFor('es'), LIMIT));
  const empty = PERSONAL_TABLES.filter((name) => json.tables[name]?.length === 0);
  // Rows that need an account, a chain, or somebody who made them.
  expect(
    empty.filter((name) => !['AuditEvent', 'Microphone', 'RoleGrant', 'GroupCheckIn', 'SessionEvent'].includes(name)),
  ).toEqual([]);
  expect(json.tables.Goal?.[0]).toMatchObject({ unreadable: ['details'] });
  expect(page).toContain('no se pudo leer');
  const validate = schemaCheck(JSON.parse(schema));
  expect(validate(json) ? [] : validate.errors).toEqual([]);
});

test('nothing of anybody else is in it: no id, no account, no word', async () => {
  const me = await member('together');
  const other = await member('together');
  const relay = await openRelay(me.db, { a: me.member.id, b: other.member.id, purpose: 'pairing' }, NOW);
  await sendThrough(me, relay, 'MY-WORDS', 'one');
  // Words that look like JSON are words.
  await sendThrough(me, relay, '[1, 2]', 'three');
  await sendThrough(other, relay, 'THEIR-WORDS', 'two');
  await addGoal(other, { words: 'THEIR-GOAL' }, 'b');
  const { communityId } = me.db;
  const pair = { communityId, menteeId: me.member.id, mentorId: other.member.id, state: 'active' as const, introBy: NOW };
  await me.db.pairing.create({ data: { ...pair, startedAt: NOW } });
  await me.db.consent.create({
    data: { communityId, memberId: me.member.id, fact: 'share.mood', recipient: `member:${other.member.id}` },
  });
  await me.db.memberReport.create({ data: { communityId, reporterId: other.member.id, reportedId: me.member.id } });
  await me.db.memberBlock.create({ data: { communityId, memberId: other.member.id, otherId: me.member.id, at: NOW } });
  const { page, json } = unpack(await exportFile(me, words, LIMIT));
  const whole = `${page}${JSON.stringify(json)}`;
  expect(whole).toContain('MY-WORDS');
  for (const theirs of [other.member.id, 'THEIR', `person${people}`]) expect(whole).not.toContain(theirs);
  expect(json.tables.MemberReport).toEqual([]);
  expect(json.tables.MemberBlock).toEqual([]);
  expect(json.tables.RelayMessage?.map(({ body }) => body)).toContain('[1, 2]');
  expect(json.tables.Pairing).toMatchObject([{ as: 'mentee', state: 'active' }]);
});

test('two at once are one, and the next can be had after an hour; the history says that there was one', async () => {
  const me = await member();
  const both = await Promise.allSettled([exportFile(me, words, LIMIT), exportFile(me, words, LIMIT)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(exportFile(me, words, LIMIT)).rejects.toMatchObject({ key: 'export.lately' });
  expect(await endedConsents(me)).toEqual([{ what: 'export', to: 'self', since: NOW, until: NOW }]);
  const later = { ...me, now: new Date(NOW.getTime() + 61 * 60_000) };
  expect(unpack(await exportFile(later, words, LIMIT)).json.ended).toHaveLength(2);
});

test('one that failed is not counted: it can be asked for again at once', async () => {
  const me = await member();
  const fails = {
    ...words,
    t: (): string => {
      throw new Error('Broken');
    },
  };
  await expect(exportFile(me, fails, LIMIT)).rejects.toThrow('Broken');
  expect(await endedConsents(me)).toEqual([]);
  expect(unpack(await exportFile(me, words, LIMIT)).names).toHaveLength(3);
});

test('one that is too large says so; many pages come whole and in their order, a few in memory at a time', async () => {
  const me = await member();
  const { cipher } = home.world;
  const { communityId } = me.db;
  for (let done = 0; done < MANY; done += MANY / 2)
    await me.db.checkIn.createMany({
      data: Array.from({ length: MANY / 2 }, (_, i) => {
        const id = randomUUID();
        const answers = cipher.seal(JSON.stringify({ mood: i % 11, note: `Day ${done + i}` }), `CheckIn.answers:${id}`);
        const at = new Date(NOW.getTime() - (done + i) * 60_000);
        return { id, communityId, memberId: me.member.id, at, zone: 'UTC', answers };
      }),
    });
  expect(await exportSize(me)).toBeGreaterThanOrEqual(MANY);
  const pieces: Uint8Array[] = [];
  for await (const piece of archiveOf(me, words)) pieces.push(piece);
  const { json, page } = unpack(Buffer.concat(pieces));
  const notes = json.tables.CheckIn?.map(({ answers }) => (answers as { note: string }).note);
  expect(notes).toEqual(Array.from({ length: MANY }, (_, i) => `Day ${MANY - 1 - i}`));
  expect(page.match(/<article>/gu)?.length).toBeGreaterThanOrEqual(MANY);
  expect(await exportFile(me, words, 10_000)).toBeUndefined();
}, 120_000);
