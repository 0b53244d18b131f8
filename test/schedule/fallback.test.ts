import type { Address, PrivateThread, Sent } from '../../src/chat/index.js';
import type { Fallback } from '../../src/schedule/kinds.js';
import { type Database, testDatabase } from '../support/db.js';
import { down, FakePlatform } from './support/platform.js';
import { community, delivered, promptFor, rig, single, until } from './support/world.js';

/** What becomes of a message whose direct conversation is closed. */

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await database.prisma.community.deleteMany();
});

const thread: PrivateThread = { kind: 'thread', space: 'space', channel: 'c', user: 'u', title: 'Note', mark: '0a1b' };
const CLOSED: Sent = { ok: false, why: 'closed' };

/** A platform on which direct messages are closed, and a member who agreed to a thread for as long as `agrees` says so. */
function closed(hasThreads = true) {
  const platform = new FakePlatform(hasThreads ? { privateThreads: true } : {});
  const asked: Address['kind'][] = [];
  const used: string[] = [];
  const set = {
    platform,
    asked,
    used,
    agrees: true,
    isOpen: false,
    inThread: (): Sent | Error => ({ ok: true, ref: 't/1', thread: 't' }),
  };
  platform.answer = ({ to }) => {
    asked.push(to.kind);
    if (to.kind === 'thread') return set.inThread();
    return set.isOpen ? undefined : CLOSED;
  };
  const fallback: Fallback = {
    of: async () => (set.agrees ? { to: thread, reply: { summary: 'There is something.', blocks: [] } } : undefined),
    used: async (_delivery, _to, id) => void used.push(id),
  };
  return Object.assign(set, { fallback });
}

async function sendOne(set: ReturnType<typeof closed>) {
  const { engine, clock } = rig(database, [set.platform], { prompt: single }, { fallback: set.fallback });
  await engine.start();
  const communityId = await community(database);
  const member = await database.prisma.member.create({ data: { communityId } });
  const message = promptFor({ id: '', communityId, subjectId: communityId, dueAt: clock.now() }, { memberId: member.id });
  await database.prisma.$transaction((tx) => engine.enqueue(tx, [message]));
  return engine;
}

const end = () => database.prisma.delivery.findFirstOrThrow({ select: { state: true, reason: true, ref: true } });
const unreached = async () => (await database.prisma.member.findFirstOrThrow()).unreachedAt;

test('it goes to the thread that was agreed to, and the thread is remembered', async () => {
  const set = closed();
  await sendOne(set);
  await delivered(database);
  expect(set.asked).toEqual(['direct', 'thread']);
  expect(set.used).toEqual(['t']);
  expect(await end()).toEqual({ state: 'sent', reason: null, ref: 't/1' });
  expect(await unreached()).toBeNull();
});

test('an open conversation is preferred, and then nothing goes to the thread', async () => {
  const set = closed();
  set.isOpen = true;
  await sendOne(set);
  await delivered(database);
  expect(set.asked).toEqual(['direct']);
  expect(set.used).toEqual([]);
});

test.each([
  ['nobody agreed', (set: ReturnType<typeof closed>) => Object.assign(set, { agrees: false }), true],
  ['the platform has no such threads', (set: ReturnType<typeof closed>) => set, false],
] as const)('where %s, it is dropped, and the member is to be told', async (_, change, hasThreads) => {
  const set = change(closed(hasThreads));
  await sendOne(set);
  await delivered(database);
  expect(set.asked).toEqual(['direct']);
  expect(await end()).toMatchObject({ state: 'dropped', reason: 'closed' });
  expect(await unreached()).not.toBeNull();
});

test.each(['gone', 'forbidden', 'left'] as const)('a thread that is %s is the end of it', async (why) => {
  const set = closed();
  set.inThread = () => ({ ok: false, why });
  await sendOne(set);
  await delivered(database);
  expect(set.asked).toEqual(['direct', 'thread']);
  expect(await end()).toMatchObject({ state: 'dropped', reason: `thread-${why}` });
  expect(await unreached()).not.toBeNull();
});

test('whoever takes over goes on in the thread, also when the conversation was opened meanwhile', async () => {
  const set = closed();
  set.inThread = () => down();
  const first = await sendOne(set);
  await until(() => set.asked.includes('thread'));
  await first.stop();
  expect(await end()).toMatchObject({ state: 'queued', reason: 'closed' });
  set.isOpen = true;
  set.inThread = () => ({ ok: true, ref: 't/1', thread: 't' });
  const { engine } = rig(database, [set.platform], { prompt: single }, { fallback: set.fallback });
  await engine.start();
  await delivered(database);
  expect(set.asked.filter((kind) => kind === 'direct')).toHaveLength(1);
  expect(await end()).toEqual({ state: 'sent', reason: null, ref: 't/1' });
});

test('an agreement that is taken back while it waits holds for what waits', async () => {
  const set = closed();
  set.inThread = () => down();
  const first = await sendOne(set);
  await until(() => set.asked.includes('thread'));
  await first.stop();
  set.agrees = false;
  const before = set.asked.length;
  const { engine } = rig(database, [set.platform], { prompt: single }, { fallback: set.fallback });
  await engine.start();
  await delivered(database);
  expect(set.asked.slice(before)).toEqual([]);
  expect(await end()).toMatchObject({ state: 'dropped', reason: 'closed' });
});
