import fc from 'fast-check';
import { crisis } from '../../../commands/crisis.js';
import { drawLayout } from '../../../src/adapters/discord/layout.js';
import type { Message } from '../../../src/chat/index.js';
import { localCrisisAge } from '../../../src/cli/crisis-age.js';
import { makePlaces } from '../../../src/core/communities/places.js';
import { enter } from '../../../src/core/members/enter.js';
import type { Scope } from '../../../src/core/scope.js';
import { crisisFor } from '../../../src/core/support/crisis.js';
import { crisisLines } from '../../../src/core/support/crisis-table.js';
import { factsSchema, LENGTHS, LOCAL_TOPICS, type LocalLine } from '../../../src/core/support/local/line.js';
import { loadLocalLines, localLines } from '../../../src/core/support/local/load.js';
import { readLink, readSms, readSpoken, readTelephone } from '../../../src/core/support/local/read.js';
import { checkedLine, hideLine, removeLine, saveLine } from '../../../src/core/support/local/save.js';
import { TOPICS } from '../../../src/core/support/topics.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { offlineContext } from './offline.js';

const NOON = new Date('2026-05-04T12:00:00Z');
const facts = factsSchema.parse({
  topic: 'now',
  name: 'River line',
  phone: '555 0100',
  languages: ['en'],
  source: 'They said so',
});

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

let count = 0;
const coordinator = (space: string, now = NOON): Promise<Scope> =>
  enter(home.world, { platform: 'playground', userId: `c${++count}`, zone: 'UTC', space: { id: space } }, now);

const countries = [...new Set(crisisLines.map(({ country }) => country))];
const said = fc.constantFrom(...countries).chain((country) => {
  const table = crisisLines.filter((line) => line.country === country).map(({ id }) => id);
  const line = fc.record({
    shipped: fc.option(fc.constantFrom(...table), { nil: undefined }),
    topic: fc.option(fc.constantFrom(...LOCAL_TOPICS), { nil: undefined }),
  });
  return fc.record({ country: fc.constant(country), lines: fc.array(line, { maxLength: 20 }) });
});

test('whatever a community says, a topic keeps a line of the table, the emergency number stays, and what is corrected stands beside', () => {
  fc.assert(
    fc.property(said, ({ country, lines }) => {
      const local = lines.map(
        ({ shipped, topic }, at): LocalLine => ({
          ...{ id: `own${at}`, country, verified: '2026-05-04', shipped },
          facts: topic && { ...facts, topic },
        }),
      );
      const before = crisisFor(country);
      const after = crisisFor(country, local);
      expect(after.emergency).toEqual(before.emergency);
      const ids = new Set(after.lines.map(({ id }) => id));
      for (const topic of TOPICS) {
        const known = before.lines.filter(({ topics }) => topics.includes(topic));
        expect(known.length === 0 || known.some(({ id }) => ids.has(id))).toBe(true);
      }
      for (const { id, shipped, facts: its } of local) {
        if (its) expect([...after.lines, ...after.beside].some((line) => line.id === id)).toBe(true);
        if (its && its.topic !== 'emergency' && before.lines.some((line) => line.id === shipped))
          expect(after.lines.find((line) => line.id === shipped)?.isDoubted).toBe(true);
      }
      expect(crisisFor(country === 'US' ? 'GB' : 'US', local)).toEqual(crisisFor(country === 'US' ? 'GB' : 'US'));
    }),
  );
});

test('a line is read strictly', () => {
  expect(readTelephone(' 01 234-5678 ')).toBe('01 234-5678');
  for (const bad of ['HELP', '12', '1234 5678 9012 3456', '<@1>']) expect([bad, readTelephone(bad)]).toEqual([bad, undefined]);
  expect(readSms('HOME to 741741')).toEqual({ keyword: 'HOME', number: '741741' });
  expect(readSms('HOME')).toBeUndefined();
  expect(readLink('https://line.example/chat')).toBe('https://line.example/chat');
  for (const bad of ['http://line.example', 'javascript:alert(1)', 'https://bank.example@evil.example', 'https://localhost'])
    expect([bad, readLink(bad)]).toEqual([bad, undefined]);
  expect(readSpoken('English, Spanish and English')).toEqual(['en', 'es']);
  expect(readSpoken('Klingonese')).toBeUndefined();
  expect(factsSchema.safeParse({ ...facts, phone: undefined }).success).toBe(false);
});

test('only its own community has a line; another cannot change it', async () => {
  const [here, there] = [await coordinator('here'), await coordinator('there')];
  await saveLine(here, { country: 'IE', facts });
  const [line] = await localLines(here);
  expect(line).toMatchObject({ country: 'IE', verified: '2026-05-04', facts: { name: 'River line' } });
  expect(await localLines(there)).toEqual([]);
  expect(home.world.places.linesOf('playground', 'there')).toEqual([]);
  for (const act of [checkedLine, removeLine])
    await expect(act(there, line?.id ?? '')).rejects.toMatchObject({ key: 'crisis.local.problems.gone' });
  const other = { country: 'IE', line: line?.id, facts: { ...facts, name: 'Other' } };
  await expect(saveLine(there, other)).rejects.toMatchObject({ key: 'crisis.local.problems.gone' });
  expect(await localLines(here)).toEqual([line]);
});

test('a topic has room for few; the only line of a topic and the emergency number cannot be left out', async () => {
  const here = await coordinator('few');
  await saveLine(here, { country: 'IE', facts });
  await expect(saveLine(here, { country: 'IE', facts })).rejects.toMatchObject({ key: 'crisis.local.problems.many' });
  const emergency = crisisLines.find(({ category }) => category === 'emergency')?.id ?? '';
  await expect(hideLine(here, emergency)).rejects.toMatchObject({ key: 'crisis.local.problems.last' });
});

test('another process sees it at its next look, and keeps what it read while the database is away', async () => {
  const here = await coordinator('twice');
  const places = makePlaces();
  places.learn('playground', 'twice', { id: here.community.id, country: 'IE', language: 'en' });
  const second = { ...home.world, places };
  const seen = () => places.linesOf('playground', 'twice').map(({ facts: its }) => its?.name);
  await loadLocalLines(second);
  expect(seen()).toEqual([]);
  await saveLine(here, { country: 'IE', facts });
  await loadLocalLines(second);
  expect(seen()).toEqual(['River line']);
  const prisma = { localLine: { findMany: () => Promise.reject(new Error('away')) } } as unknown as typeof home.world.prisma;
  await expect(loadLocalLines({ ...second, prisma })).rejects.toThrow('away');
  expect(seen()).toEqual(['River line']);
});

test('the doctor names what nobody checked for half a year, until somebody does', async () => {
  const here = await coordinator('old');
  await saveLine(here, { country: 'FR', facts });
  const now = new Date('2026-11-27T12:00:00Z');
  const told = async () => {
    const found: string[] = [];
    for await (const finding of localCrisisAge(home.database.prisma, now)) found.push(JSON.stringify(finding));
    return found.filter((text) => text.includes(here.community.id));
  };
  expect(await told()).toEqual([expect.stringMatching(/for FR, last checked more than 180 days ago: 1\./u)]);
  const [line] = await localLines(here);
  await checkedLine({ ...here, now }, line?.id ?? '');
  expect(await told()).toEqual([]);
});

test.each(['US', 'GB', 'IE', 'ES'].flatMap((country) => ['en', 'es'].map((language) => [country, language] as const)))(
  'the first screen of %s in %s with as many lines as there can be is one message on Discord',
  async (country, language) => {
    const long = {
      ...facts,
      name: 'n'.repeat(60),
      chat: `https://a.example/${'c'.repeat(60)}`,
      hours: 'h'.repeat(40),
      note: 'o'.repeat(LENGTHS.note),
    };
    const local = (['now', 'overdose', 'substances', 'emergency'] as const).map(
      (topic): LocalLine => ({ id: topic, country, verified: '2026-05-04', facts: { ...long, topic } }),
    );
    const { summary, blocks } = await crisis.run({ country: undefined }, offlineContext({ country, language, lines: local }));
    const drawn = { summary, blocks: blocks.filter(({ kind }) => kind !== 'select' && kind !== 'buttons') } as unknown as Message;
    const parts = drawLayout(drawn, new Map());
    expect(parts).toHaveLength(1);
  },
);
