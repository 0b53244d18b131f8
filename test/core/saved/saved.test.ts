import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { readWhen } from '../../../src/chat/when.js';
import { quietAt } from '../../../src/core/checkins/quiet-hours.js';
import { enter } from '../../../src/core/members/enter.js';
import { endPairing } from '../../../src/core/pairing/end.js';
import { answer, setAsks } from '../../../src/core/saved/answer.js';
import { ASK, SENT } from '../../../src/core/saved/kinds.js';
import { keptOf, MOST_SAVED, unanswered } from '../../../src/core/saved/mine.js';
import { removeSaved, saveResource } from '../../../src/core/saved/save.js';
import { MOST_SENT, sendResource, sentToMe } from '../../../src/core/saved/send.js';
import { askAt, reminderAt } from '../../../src/core/saved/times.js';
import type { Scope } from '../../../src/core/scope.js';
import { makeNotices } from '../../../src/notices/index.js';
import { bringServices } from '../../support/services.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const NOW = new Date('2027-05-03T12:00:00Z');
const DAY = 24 * 3_600_000;
let people = 0;
const member = (now = NOW): Promise<Scope> =>
  enter(home.world, { platform: 'playground', userId: `person${++people}`, zone: 'UTC', space: { id: 'playground' } }, now);
const services = (scope: Scope, count: number) =>
  bringServices(
    scope.db,
    Array.from({ length: count }, (_, i) => `Service ${i}`),
    NOW,
  );
async function paired({ db, community, member }: Scope, mentor: Scope): Promise<string> {
  const who = { communityId: community.id, menteeId: member.id, mentorId: mentor.member.id };
  return (await db.pairing.create({ data: { ...who, state: 'active', introBy: NOW, startedAt: NOW } })).id;
}
const subjectOf = ({ member }: Scope) => ({ kind: ASK, subjectId: member.id });

/** One look of the engine at what falls due for this member, undone when `dies`. */
async function look({ community, member }: Scope, now: Date, dies = false): Promise<number> {
  const row = { id: member.id, communityId: community.id, subjectId: member.id, dueAt: now };
  let told = 0;
  const looked = home.database.prisma.$transaction(async (tx) => {
    told = (await makeNotices(home.world)[ASK]?.due?.([row], tx, now))?.deliveries.length ?? 0;
    if (dies) throw new Error('killed');
  });
  if (dies) await expect(looked).rejects.toThrow('killed');
  else await looked;
  return told;
}

const quiet = { from: Temporal.PlainTime.from('22:00'), to: Temporal.PlainTime.from('08:00') };
const zones = fc.constantFrom('America/New_York', 'Europe/Madrid', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');

test('a reminder at a time that was named comes then; of a day alone never at night; the question is a week later and never in quiet hours', () => {
  fc.assert(
    fc.property(
      zones,
      fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
      fc.nat(300 * DAY),
      (zone, now, ahead) => {
        const at = new Date(now.getTime() + ahead + 1);
        expect(reminderAt({ instant: at, hasTime: true }, now, { zone, quiet })).toEqual(at);
        const day = reminderAt({ instant: new Date(at.getTime() + DAY), hasTime: false }, now, { zone, quiet });
        if (!(day instanceof Date)) throw new Error(day);
        expect(day > now).toBe(true);
        const asked = askAt({ savedAt: now.toISOString(), remindAt: at.toISOString() }, { zone, quiet });
        if (!asked) throw new Error('never');
        expect(asked.getTime() - at.getTime()).toBeGreaterThan(6 * DAY);
        expect(asked.getTime() - at.getTime()).toBeLessThan(9 * DAY);
        for (const one of [day, asked])
          expect(quietAt(quiet, Temporal.Instant.fromEpochMilliseconds(one.getTime()), zone)).toBeUndefined();
      },
    ),
    { numRuns: 100 },
  );
  const place = { zone: 'UTC' };
  expect(reminderAt({ instant: NOW, hasTime: true }, NOW, place)).toBe('past');
  expect(reminderAt({ instant: new Date(NOW.getTime() + 400 * DAY), hasTime: true }, NOW, place)).toBe('far');
});

test('"tomorrow at 10" is ten by the clocks of that day, also when they change at night', () => {
  for (const words of ['tomorrow at 10:00', 'mañana a las 10']) {
    const when = readWhen(words)?.at('America/New_York', new Date('2027-03-13T17:00:00Z'), true);
    expect(when && reminderAt(when, NOW, { zone: 'America/New_York' })).toBe('past');
    expect(when && reminderAt(when, new Date('2027-03-13T17:00:00Z'), { zone: 'America/New_York' })).toEqual(
      new Date('2027-03-14T14:00:00Z'),
    );
  }
});

test('saved many times at once it is saved once, and there is a limit that says so', async () => {
  const scope = await member();
  const ids = await services(scope, MOST_SAVED + 1);
  const first = ids[0] as string;
  await Promise.all([1, 2, 3, 4].map(() => saveResource(scope, first)));
  expect(await keptOf(scope)).toHaveLength(1);
  for (const id of ids.slice(1, MOST_SAVED)) await saveResource(scope, id);
  await expect(saveResource(scope, ids[MOST_SAVED] as string)).rejects.toThrow('saved.problems.tooMany');
  await expect(saveResource(scope, scope.member.id)).rejects.toThrow('resource.gone');
});

test('killed while it asks, the question is asked again; once it is asked it never is again, and two answers are one', async () => {
  const scope = await member();
  const [one = '', two = ''] = await services(scope, 2);
  const { id } = await saveResource(scope, one);
  await saveResource(scope, two);
  const due = new Date('2027-05-10T18:00:00Z');
  expect(await scope.db.dueWork.findMany({ where: subjectOf(scope) })).toMatchObject([{ dueAt: due }]);
  expect(await look(scope, due, true)).toBe(1);
  expect(unanswered(await keptOf(scope))).toEqual([]);
  expect(await look(scope, due)).toBe(1);
  expect(unanswered(await keptOf(scope))).toHaveLength(2);
  expect(await look(scope, new Date(due.getTime() + DAY))).toBe(0);
  // What comes later changes nothing of it.
  await removeSaved(scope, (await keptOf(scope)).find(({ resource }) => resource === two)?.id ?? '');
  expect(await scope.db.dueWork.count({ where: subjectOf(scope) })).toBe(0);
  const answers = await Promise.all([answer(scope, id, 'no-answer'), answer(scope, id, 'yes'), answer(scope, id, 'no-answer')]);
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(
    await scope.db.resourceCount.aggregate({ where: { what: { in: ['reached', 'unanswered'] } }, _sum: { members: true } }),
  ).toEqual({
    _sum: { members: 1 },
  });
});

test('who wants no questions has none waiting and none planned; turned on again, what was not asked is asked', async () => {
  const scope = await member();
  const [one = ''] = await services(scope, 1);
  await saveResource(scope, one);
  await setAsks(scope, false);
  expect(await scope.db.dueWork.count({ where: subjectOf(scope) })).toBe(0);
  expect(await look(scope, new Date('2027-05-10T18:00:00Z'))).toBe(0);
  await setAsks(scope, true);
  expect(await scope.db.dueWork.count({ where: subjectOf(scope) })).toBe(1);
});

test('a mentor sends to a mentee of now alone, a few a week, the same one once, and nothing where the two are kept apart', async () => {
  const [mentee, mentor, other] = [await member(), await member(), await member()];
  const ids = await services(mentor, MOST_SENT + 2);
  const id = await paired(mentee, mentor);
  for (const not of [mentee, other])
    await expect(sendResource(not, id, ids[0] as string)).rejects.toThrow('rhythm.problems.over');
  const [first = ''] = ids;
  const sent = await Promise.all([1, 2, 3].map(() => sendResource(mentor, id, first)));
  expect(sent.filter(Boolean)).toHaveLength(1);
  for (const resource of ids.slice(1, MOST_SENT)) await sendResource(mentor, id, resource);
  const next = ids[MOST_SENT] as string;
  await expect(sendResource(mentor, id, next)).rejects.toThrow('saved.problems.manySent');
  const later = { ...mentor, now: new Date(NOW.getTime() + 8 * DAY) };
  await sendResource(later, id, next);
  await mentee.db.memberBlock.create({
    data: { communityId: mentee.community.id, memberId: mentee.member.id, otherId: mentor.member.id, at: NOW },
  });
  await expect(sendResource(later, id, ids[MOST_SENT + 1] as string)).rejects.toThrow('rhythm.problems.over');
});

test.each(['mentee', 'mentor'] as const)(
  'when the %s ends the pairing, what the mentee saved stays theirs, and what they did not is forgotten',
  async (side) => {
    const [mentee, mentor] = [await member(), await member()];
    const [one = '', two = ''] = await services(mentor, 2);
    const id = await paired(mentee, mentor);
    for (const resource of [one, two]) await sendResource(mentor, id, resource);
    const sent = await mentee.db.sentResource.findMany({ where: { pairingId: id } });
    const work = { kind: SENT, subjectId: { in: sent.map((row) => row.id) } };
    const saved = await saveResource(mentee, one, mentor.member.id);
    await endPairing(side === 'mentee' ? mentee : mentor, id);
    expect(await keptOf(mentee)).toMatchObject([{ id: saved.id, resource: one, from: mentor.member.id, shownTo: [] }]);
    expect(await mentee.db.dueWork.count({ where: subjectOf(mentee) })).toBe(1);
    for (const row of sent) expect(await sentToMe(mentee, row.id)).toBeUndefined();
    expect(await mentee.db.sentResource.count({ where: { pairingId: id } })).toBe(0);
    const rows = await home.database.prisma.dueWork.findMany({ where: work });
    const looked = await home.database.prisma.$transaction(
      (tx) => makeNotices(home.world)[SENT]?.due?.(rows, tx, NOW) ?? Promise.resolve(undefined),
    );
    expect(looked?.deliveries).toEqual([]);
    await expect(sendResource(mentor, id, two)).rejects.toThrow('rhythm.problems.over');
  },
);
