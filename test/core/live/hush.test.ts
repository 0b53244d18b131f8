import type { InRoom, Rooms } from '../../../src/chat/index.js';
import { act } from '../../../src/core/live/act.js';
import { hush } from '../../../src/core/live/mics/hush.js';
import { raise } from '../../../src/core/live/raise.js';
import { beginLive } from '../../../src/core/live/start.js';
import type { Scope } from '../../../src/core/scope.js';
import { ensureOccurrence } from '../../../src/core/sessions/ensure.js';
import { dateNamed } from '../../../src/core/sessions/find.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { makeSession, person } from '../sessions/support.js';

/** What is done to the microphones of a large room, at the pace that a platform allows. */

const SECOND = 1000;
const START = new Date('2026-03-03T19:00:00Z');
const at = (seconds: number) => new Date(START.getTime() + seconds * SECOND);
let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

/** A room in memory, in which everything succeeds. */
function roomOf(accounts: readonly string[], room: string) {
  const people = new Map(
    accounts.map((account): [string, InRoom] => [
      account,
      { account, room, isMuted: false, isAudience: false, isBot: false, roles: [] },
    ]),
  );
  const turned: string[] = [];
  const rooms: Rooms = {
    pace: { turns: 10, within: 10 * SECOND },
    people: () => [...people.values()],
    async turn(_, { account }, _kind, isOff) {
      const one = people.get(account);
      if (!one) return { ok: false, why: 'away' };
      people.set(account, { ...one, isMuted: isOff });
      turned.push(`${isOff ? 'off' : 'on'} ${account}`);
      return { ok: true };
    },
    watch: () => undefined,
  };
  return { rooms, turned, muted: () => [...people.values()].filter(({ isMuted }) => isMuted).length };
}

/** @returns the id of a session that is quiet and goes on */
async function begun(olga: Scope): Promise<string> {
  const session = await makeSession(home, olga, {
    ...{ rrule: null, zone: 'UTC', place: 'voice', channelId: 'circle', isQuiet: true, settled: '2026-01-01T00:00' },
  });
  const date = await dateNamed(olga.db, session, '2026-03-03T19:00');
  if (!date) throw new Error('The session has no date.');
  const { id: occurrence } = await ensureOccurrence(olga.db, session, date);
  return (await beginLive(olga, { occurrence, script: 'open', shareMinutes: 3 })).id;
}

test('a large room is muted little by little, and whoever gets the turn does not wait for that', async () => {
  const olga: Scope = { ...(await person(home, 'olga', START)), roles: new Set(['facilitator'] as const) };
  const [ana, ben] = [await person(home, 'ana', START), await person(home, 'ben', START)];
  const live = await begun(olga);
  await raise(ana, live);
  await raise(ben, live);
  const { after } = await act(olga, live, { kind: 'next', seen: undefined });
  const others = Array.from({ length: 12 }, (_, one) => `other-${one}`);
  const { rooms, turned, muted } = roomOf(['olga', 'ana', 'ben', ...others], 'circle');
  const world = { ...home.world, rooms: { playground: rooms } };
  const row = { communityId: olga.community.id, subjectId: live };

  expect(await hush(world, row, at(1))).toEqual({ next: at(2) });
  expect(turned).toHaveLength(7);
  expect(turned).toContain('off ben');
  expect(await hush(world, row, at(2))).toEqual({ next: at(3) });
  expect(turned).toHaveLength(7);
  await act({ ...olga, now: at(3) }, live, { kind: 'next', seen: after.sharing?.id });
  await hush(world, row, at(3));
  expect(turned.slice(7)).toEqual(['on ben']);
  expect(await hush(world, row, at(12))).toEqual({ next: at(27) });
  expect(muted()).toBe(13);
  await act({ ...olga, now: at(31) }, live, { kind: 'end' });
  expect(await hush(world, row, at(31))).toEqual({ next: null });
  expect(muted()).toBe(0);
  expect(await home.database.prisma.microphone.count()).toBe(0);
});
