import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Removed } from '../../../src/chat/index.js';
import { enter } from '../../../src/core/members/enter.js';
import { eraseMember } from '../../../src/core/privacy/erase.js';
import { removeDirect, TAKE_BACK_WITHIN } from '../../../src/core/privacy/remove-direct.js';
import { TAKE_BACK } from '../../../src/core/privacy/take-back.js';
import type { Scope } from '../../../src/core/scope.js';
import { within } from '../../../src/core/within.js';
import { FakePlatform } from '../../schedule/support/platform.js';
import { dump, tracesOf } from '../../support/dump.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

/** What the bot sent to somebody is taken back when they are erased: all that is known, nothing else, and nothing leads to it then. */

let home: TestWorld;
let platform: FakePlatform;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());
beforeEach(async () => {
  platform = new FakePlatform();
  await home.connect([platform]);
});

let places = 0;
/** Two people in a place of their own. */
async function two(): Promise<{ readonly me: Scope; readonly other: Scope }> {
  const place = `place ${++places}`;
  const comes = (name: string) =>
    enter(home.world, { platform: 'playground', userId: `${name} of ${place}`, space: { id: place } }, home.clock.now());
  return { me: await comes('me'), other: await comes('other') };
}

interface Wrote {
  readonly ref?: string;
  readonly state?: 'queued' | 'sent' | 'dropped';
  readonly kind?: string;
  readonly once?: string;
}

/** A message that the bot sent, or would have. @param to nobody: to a channel */
async function wrote({ db, community }: Scope, to: Scope | undefined, { ref, state = 'sent', kind = 'x', once }: Wrote) {
  const now = home.clock.now();
  // What is queued is not due, so that nobody waits for it here.
  const at = state === 'queued' ? new Date(now.getTime() + 3_600_000) : now;
  const row = await db.delivery.create({
    data: {
      ...{ communityId: community.id, kind, subjectId: randomUUID(), memberId: to?.member.id ?? null, platform: 'playground' },
      ...{
        once: once ?? randomUUID(),
        state,
        ref: ref ?? null,
        dueAt: at,
        expiresAt: new Date(at.getTime() + 3_600_000),
        rank: 1,
      },
      ...(state !== 'queued' && { endedAt: now }),
    },
  });
  return row.id;
}

const erases = async ({ community, member }: Scope) => {
  expect(await eraseMember(within(home.world, community.id), member.id, home.clock.now())).toBe(true);
};
const left = ({ db }: Scope) => db.retraction.count();
const work = ({ db }: Scope) => db.dueWork.findFirst({ where: { kind: TAKE_BACK } });
const closed = () => dump(home.database.pool);
const opened = () => dump(home.database.pool, home.world.cipher);

/** So many messages to somebody who is then erased. */
async function erased(count: number): Promise<{ readonly me: Scope; readonly other: Scope; readonly refs: readonly string[] }> {
  const { me, other } = await two();
  const refs = Array.from({ length: count }, (_, at) => `D${places}:${at}-of-mine`);
  for (const ref of refs) await wrote(me, me, { ref });
  await erases(me);
  return { me, other, refs };
}

test('what was sent to them goes, once each; nothing that was sent to others, to a channel, or not at all', async () => {
  const { me, other } = await two();
  await wrote(me, me, { ref: 'D1:mine' });
  await wrote(me, me, { ref: 'D1:mine' });
  await wrote(me, me, { ref: 'D1:thread' });
  await wrote(me, me, { state: 'dropped' });
  await wrote(me, undefined, { ref: 'C1:everybody' });
  await wrote(me, other, { ref: 'D2:other' });
  await erases(me);
  const elsewhere = await two();
  await wrote(elsewhere.me, elsewhere.me, { ref: 'D3:elsewhere' });
  await home.passes(2_000);
  expect(platform.removals.toSorted()).toEqual(['D1:mine', 'D1:thread']);
  expect(await left(me)).toBe(0);
  expect(await work(me)).toBeNull();
  expect(tracesOf(await opened(), ['D1:'])).toEqual([]);
  expect(await me.db.delivery.count()).toBe(2);
});

test('until it is done nobody reads in the database where it was, without the key not even what; and never whose', async () => {
  await home.disconnect();
  const { me, refs } = await erased(3);
  expect(tracesOf(await closed(), refs)).toEqual([]);
  const traces = tracesOf(await opened(), refs);
  expect(traces.toSorted()).toEqual(refs.map((ref) => `public.Retraction: ${ref}`).toSorted());
  const account = `me of place ${places}`;
  expect(tracesOf(await opened(), [me.member.id, account])).toEqual([]);
  await home.connect([platform]);
  await home.passes(1_000);
  expect(tracesOf(await opened(), refs)).toEqual([]);
});

test.each<[string, Removed, 'kept' | 'gone']>([
  ['is not there any more', { ok: false, why: 'gone' }, 'gone'],
  ['is refused', { ok: false, why: 'refused' }, 'gone'],
  ['has to wait', { ok: false, why: 'busy', after: 600_000 }, 'kept'],
  ['fails', { ok: false, why: 'busy' }, 'kept'],
])('one that %s holds nobody up for good', async (_, said, first) => {
  const { me, refs } = await erased(2);
  platform.lets = () => said;
  await home.passes(500);
  expect(await left(me)).toBe(first === 'kept' ? 2 : 0);
  expect(new Set(platform.removals).size).toBe(!said.ok && said.after !== undefined ? 1 : 2);
  platform.lets = () => ({ ok: true });
  if (said.ok === false && said.after !== undefined) {
    await home.passes(60_000);
    expect(platform.removals).toHaveLength(1);
  }
  await home.passes(15 * 60_000);
  expect(await left(me)).toBe(0);
  expect(await work(me)).toBeNull();
  expect([...new Set(platform.removals)].toSorted()).toEqual([...refs].toSorted());
  // Where all of it was refused, the operator is told so, and not of whom.
  expect(home.logged.splice(0).map((one) => (one as { trouble?: string }).trouble)).toEqual(
    !said.ok && said.why === 'refused' ? ['refused'] : [],
  );
});

test('one of which the platform fails each time keeps nobody from the others; a platform that is down is not asked for all of them', async () => {
  await home.disconnect();
  const { me, refs } = await erased(9);
  platform.lets = () => ({ ok: false, why: 'busy' });
  const { signal } = new AbortController();
  expect((await removeDirect(home.world, me.community.id, home.clock.now(), signal)).next).not.toBeNull();
  expect(platform.removals).toHaveLength(3);
  await home.connect([platform]);
  platform.lets = (ref) => (ref === refs[4] ? { ok: false, why: 'busy' } : { ok: true });
  // The clock goes on by itself, too, so that a slow machine waits for longer.
  await home.passes(5 * 60_000);
  expect(await left(me)).toBe(1);
  await me.db.retraction.deleteMany();
});

test('after two days nothing leads to it any more, whatever the platform says', async () => {
  const { me, refs } = await erased(2);
  platform.lets = () => ({ ok: false, why: 'busy' });
  await home.passes(60_000);
  expect(await left(me)).toBe(2);
  expect(platform.removals.length).toBeLessThan(30);
  await home.leaps(TAKE_BACK_WITHIN);
  expect(await left(me)).toBe(0);
  expect(await work(me)).toBeNull();
  expect(tracesOf(await opened(), refs)).toEqual([]);
});

test('a process that is not connected there leaves it to one that is', async () => {
  await home.connect([new FakePlatform({ platform: 'slack' })]);
  delete home.world.removers?.playground;
  const { me, refs } = await erased(1);
  await home.passes(5 * 60_000);
  expect(await left(me)).toBe(1);
  await home.connect([platform]);
  await home.passes(15 * 60_000);
  expect(platform.removals).toEqual(refs);
  expect(await left(me)).toBe(0);
});

test('broken off in the middle, it goes on where it was, and what was taken back is not asked for again', async () => {
  await home.disconnect();
  const { me, refs } = await erased(4);
  const dying = new AbortController();
  platform.lets = () => {
    if (platform.removals.length === 2) dying.abort();
    return { ok: true };
  };
  await expect(removeDirect(home.world, me.community.id, home.clock.now(), dying.signal)).rejects.toThrow();
  expect(await left(me)).toBe(2);
  await home.connect([platform]);
  await home.passes(1_000);
  expect(platform.removals.toSorted()).toEqual([...refs].toSorted());
  expect(await left(me)).toBe(0);
});

test('a process that is killed between what the platform did and its own note of it is followed by one that finishes', async () => {
  await home.disconnect();
  const { me, refs } = await erased(3);
  const gone = new Set<string>();
  platform.lets = (ref) => {
    const said: Removed = gone.has(ref) ? { ok: false, why: 'gone' } : { ok: true };
    gone.add(ref);
    if (platform.removals.length === 2) throw new Error('It dies.');
    return said;
  };
  // As it is found then: taken by somebody, for minutes.
  const lease = new Date(home.clock.now().getTime() + 10 * 60_000);
  await me.db.dueWork.updateMany({ where: { kind: TAKE_BACK }, data: { wakeAt: lease } });
  const { signal } = new AbortController();
  await expect(removeDirect(home.world, me.community.id, home.clock.now(), signal)).rejects.toThrow('It dies.');
  expect(await left(me)).toBe(2);
  await home.connect([platform]);
  await home.passes(11 * 60_000);
  expect(await left(me)).toBe(0);
  expect([...gone].toSorted()).toEqual([...refs].toSorted());
  expect(platform.removals).toHaveLength(refs.length + 1);
});

test('what does not open any more is given up', async () => {
  await home.disconnect();
  const { me } = await erased(2);
  const [row] = await me.db.retraction.findMany();
  await me.db.retraction.update({ where: { id: row?.id ?? '' }, data: { direct: Buffer.from('damaged') } });
  await home.connect([platform]);
  await home.passes(1_000);
  expect(platform.removals).toHaveLength(1);
  expect(await left(me)).toBe(0);
});

test('one that is on its way at that moment is taken back once it has arrived', async () => {
  const { me } = await two();
  await wrote(me, me, { ref: 'D9:first' });
  const late = await wrote(me, me, { state: 'queued' });
  await erases(me);
  expect(await me.db.delivery.findFirst({ where: { id: late } })).toMatchObject({ memberId: null });
  await home.passes(500);
  expect(platform.removals).toEqual(['D9:first']);
  await me.db.delivery.update({ where: { id: late }, data: { state: 'sent', ref: 'D9:late', endedAt: home.clock.now() } });
  await home.passes(5 * 60_000);
  expect(platform.removals).toEqual(['D9:first', 'D9:late']);
  expect(await left(me)).toBe(0);
  expect(await me.db.delivery.count()).toBe(0);
  expect(tracesOf(await opened(), ['D9:'])).toEqual([]);
});

test('one that was not sent after all leaves nothing', async () => {
  const { me } = await two();
  const never = await wrote(me, me, { state: 'queued' });
  await erases(me);
  await me.db.delivery.update({ where: { id: never }, data: { state: 'dropped', reason: 'gone', endedAt: home.clock.now() } });
  await home.passes(5 * 60_000);
  expect([platform.removals, await left(me), await me.db.delivery.count()]).toEqual([[], 0, 0]);
});

test('a long history holds up nobody: others are written to meanwhile', async () => {
  const gap = 50;
  Object.assign(platform.remover, { gap });
  const { me, other, refs } = await erased(100);
  const { engine } = { engine: await home.connect([platform]) };
  await engine.tick();
  while (platform.removals.length < 5) await pause(gap);
  const [at, once] = [home.clock.now(), randomUUID()];
  const about = { communityId: other.community.id, memberId: other.member.id, platform: 'playground' as const, once, dueAt: at };
  const note = { ...about, kind: 'ended.relay', subjectId: other.member.id, expiresAt: new Date(at.getTime() + 60_000) };
  await home.database.prisma.$transaction((tx) => engine.enqueue(tx, [note]));
  await engine.tick();
  while (platform.arrived.length === 0) await pause(gap);
  expect(platform.removals.length).toBeLessThan(refs.length);
  await engine.idle();
  expect(platform.removals).toHaveLength(refs.length);
  expect(await left(me)).toBe(0);
  expect(home.logged).toEqual([]);
});
