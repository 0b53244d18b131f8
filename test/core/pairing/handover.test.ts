import fc from 'fast-check';
import { keepApart } from '../../../src/core/members/apart.js';
import { endPairing } from '../../../src/core/pairing/end.js';
import { answerHandover } from '../../../src/core/pairing/handover/answer.js';
import { askHandover, keepThem } from '../../../src/core/pairing/handover/ask.js';
import { lookAtHandovers } from '../../../src/core/pairing/handover/look.js';
import { HANDOVER } from '../../../src/core/pairing/handover/work.js';
import { newDraft, withFacts } from '../../../src/core/pairing/mentor/draft.js';
import { pauseMentor, resumeMentor } from '../../../src/core/pairing/mentor/pause.js';
import { saveMentor } from '../../../src/core/pairing/mentor/save.js';
import { hasPlace } from '../../../src/core/pairing/takes.js';
import type { Scope } from '../../../src/core/scope.js';
import { volunteer } from '../../support/mentors.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { person } from '../sessions/support.js';

const NOW = new Date('2026-11-26T12:00:00Z');
const DAY = 24 * 3_600_000;

let home: TestWorld;
let places = 0;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

/** A community of its own with a mentor who helps `count`, and a colleague who has so many places. */
async function house(count: number, capacity: number) {
  const space = `house-${++places}`;
  const { prisma } = home.database;
  const [mo, noor] = [await person(home, `mo-${space}`, NOW, space), await person(home, `noor-${space}`, NOW, space)];
  const communityId = mo.community.id;
  await volunteer(home.world, { communityId, memberId: mo.member.id, now: NOW }, {}, { capacity: 5 });
  await volunteer(home.world, { communityId, memberId: noor.member.id, now: NOW }, {}, { capacity });
  const mentees: Scope[] = [];
  for (let i = 0; i < count; i++) {
    const mentee = await person(home, `mentee-${i}-${space}`, NOW, space);
    const two = { communityId, mentorId: mo.member.id, menteeId: mentee.member.id };
    await prisma.pairing.create({ data: { ...two, state: 'active', introBy: NOW, startedAt: NOW } });
    mentees.push(mentee);
  }
  const pairings = async () => (await mo.db.pairing.findMany({ where: { state: 'active' } })).map(({ id }) => id);
  const open = () =>
    mo.db.handover.findMany({ where: { openFor: { not: null } }, include: { pairing: true }, orderBy: { id: 'asc' } });
  return { mo, noor, mentees, pairings, open };
}

const at = (scope: Scope, now: Date): Scope => ({ ...scope, now });

test('two say yes at once to the last place: one goes on with the colleague, the other stays', async () => {
  const { mo, noor, mentees, pairings, open } = await house(2, 1);
  expect(await askHandover(mo, noor.member.id, await pairings())).toBe(2);
  for (const { id } of await open()) expect(await answerHandover(noor, id, 'yes')).toBe('asked');
  const answers = await Promise.all(
    (await open()).map(({ id, pairing }) => {
      const mentee = mentees.find(({ member }) => member.id === pairing.menteeId) as Scope;
      return answerHandover(mentee, id, 'yes');
    }),
  );
  expect(answers.sort()).toEqual(['full', 'moved']);
  const now = await mo.db.pairing.findMany({ where: { state: 'active' } });
  expect(now.map(({ mentorId }) => mentorId).sort()).toEqual([mo.member.id, noor.member.id].sort());
});

test('who helps nobody any more learns by an old card of nobody whether they serve', async () => {
  const { mo, noor, mentees, pairings } = await house(1, 1);
  const old = await pairings();
  const [mentee] = mentees as [Scope];
  await expect(askHandover(mo, mentee.member.id, old)).rejects.toMatchObject({ key: 'handover.takesNobody' });
  await mo.db.pairing.updateMany({ where: {}, data: { state: 'ended', endedAt: NOW } });
  for (const somebody of [noor, mentee]) expect(await askHandover(mo, somebody.member.id, old)).toBe(0);
});

test('a colleague who should not meet somebody is never asked about them, and nobody can tell', async () => {
  const { mo, noor, mentees, pairings } = await house(1, 1);
  const [mentee] = mentees as [Scope];
  await mo.db.memberBlock.create({
    data: { communityId: mo.community.id, memberId: mentee.member.id, otherId: noor.member.id, at: NOW },
  });
  expect(await askHandover(mo, noor.member.id, await pairings())).toBe(1);
  const ids = (await mo.db.handover.findMany({ select: { id: true } })).map(({ id }) => id);
  const looks = await home.database.prisma.$transaction((tx) => lookAtHandovers(tx, home.world.cipher, ids, NOW));
  expect(looks).toMatchObject([{ asks: false }]);
});

test('nor about anybody by a mentor whom they should not meet', async () => {
  const { mo, noor, pairings, open } = await house(1, 1);
  await noor.db.transact((tx) => keepApart(tx, noor, mo.member.id));
  expect(await askHandover(mo, noor.member.id, await pairings())).toBe(1);
  const ids = (await open()).map(({ id }) => id);
  const looks = await home.database.prisma.$transaction((tx) => lookAtHandovers(tx, home.world.cipher, ids, NOW));
  expect(looks.map(({ asks }) => asks)).toEqual([false]);
});

test('only who is asked can answer, once, and a stranger learns nothing', async () => {
  const { mo, noor, mentees, pairings, open } = await house(1, 1);
  const [mentee] = mentees as [Scope];
  await askHandover(mo, noor.member.id, await pairings());
  const id = (await open())[0]?.id ?? '';
  for (const other of [mo, mentee])
    await expect(answerHandover(other, id, 'yes')).rejects.toMatchObject({ key: 'handover.over' });
  await answerHandover(noor, id, 'no');
  await expect(answerHandover(noor, id, 'yes')).rejects.toMatchObject({ key: 'handover.over' });
});

test('a no is a no for a month; what was taken back can be asked again', async () => {
  const { mo, noor, pairings, open } = await house(1, 1);
  await askHandover(mo, noor.member.id, await pairings());
  await keepThem(mo);
  expect(await askHandover(mo, noor.member.id, await pairings())).toBe(1);
  await answerHandover(noor, (await open())[0]?.id ?? '', 'no');
  const later = (days: number) => at(mo, new Date(NOW.getTime() + days * DAY));
  await expect(askHandover(later(29), noor.member.id, await pairings())).rejects.toMatchObject({ key: 'handover.lately' });
  expect(await askHandover(later(31), noor.member.id, await pairings())).toBe(1);
});

test('a number below those who are helped drops nobody, and takes nobody new', async () => {
  const { mo, pairings } = await house(3, 1);
  await saveMentor(mo, { ...withFacts(newDraft('UTC'), { languages: ['en'] }), capacity: 1 });
  expect(await pairings()).toHaveLength(3);
  expect(await mo.db.transact((tx) => hasPlace(tx, mo.member.id, NOW))).toBe(false);
});

type Step =
  | { readonly does: 'ask' | 'keep' | 'pause' | 'resume' | 'days' }
  | { readonly does: 'answer' | 'end'; readonly nth: number; readonly says: 'yes' | 'no' };
const says = fc.constantFrom<'yes' | 'no'>('yes', 'yes', 'yes', 'yes', 'no');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('ask', 'keep', 'pause', 'resume', 'days') }) },
  { weight: 12, arbitrary: fc.record({ does: fc.constant('answer' as const), nth: fc.nat(3), says }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('end' as const), nth: fc.nat(3), says }) },
);

test('whatever happens, who did not end it has one mentor, no place is taken twice, and everything open has a next time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 14 }), fc.integer({ min: 1, max: 2 }), async (steps, capacity) => {
      const { mo, noor, mentees, pairings, open } = await house(3, capacity);
      const ended = new Set<string>();
      let now = NOW;
      for (const one of [{ does: 'ask' } as Step, ...steps]) {
        now = new Date(now.getTime() + 60_000);
        if (one.does === 'ask') await askHandover(at(mo, now), noor.member.id, await pairings()).catch(() => undefined);
        if (one.does === 'keep') await keepThem(at(mo, now));
        if (one.does === 'pause') await pauseMentor(at(noor, now), { tell: false });
        if (one.does === 'resume') await resumeMentor(at(noor, now));
        if (one.does === 'days') {
          now = new Date(now.getTime() + 8 * DAY);
          const ids = (await open()).map(({ id }) => id);
          await home.database.prisma.$transaction((tx) => lookAtHandovers(tx, home.world.cipher, ids, now));
        }
        if (one.does === 'answer') {
          const rows = await open();
          const row = rows[one.nth % Math.max(1, rows.length)];
          const who = row?.state === 'colleague' ? noor : mentees.find(({ member }) => member.id === row?.pairing.menteeId);
          if (row && who) await answerHandover(at(who, now), row.id, one.says).catch(() => undefined);
        }
        if (one.does === 'end') {
          const mentee = mentees[one.nth % 3] as Scope;
          const mine = await mo.db.pairing.findFirst({ where: { menteeId: mentee.member.id, state: 'active' } });
          if (mine) await endPairing(at(mentee, now), mine.id);
          ended.add(mentee.member.id);
        }
        const active = await mo.db.pairing.findMany({ where: { state: { not: 'ended' } } });
        for (const { member } of mentees)
          expect(active.filter(({ menteeId }) => menteeId === member.id)).toHaveLength(ended.has(member.id) ? 0 : 1);
        expect(active.filter(({ mentorId }) => mentorId === noor.member.id).length).toBeLessThanOrEqual(capacity);
        const works = await mo.db.dueWork.findMany({ where: { kind: HANDOVER }, select: { subjectId: true } });
        for (const { id } of await open()) expect(works.some(({ subjectId }) => subjectId === id)).toBe(true);
      }
    }),
    { numRuns: 12 },
  );
}, 60_000);
