import fc from 'fast-check';
import { planOf, recipientName, SILENCE } from '../../../src/core/checkins/missed/plan.js';
import { answerRequest, requestsTo } from '../../../src/core/checkins/missed/recipient.js';
import { savePlan } from '../../../src/core/checkins/missed/save.js';
import { recordCheckIn } from '../../../src/core/checkins/record.js';
import { addGoal } from '../../../src/core/goals/add.js';
import { keepApart } from '../../../src/core/members/apart.js';
import { enter } from '../../../src/core/members/enter.js';
import { addMilestone } from '../../../src/core/milestones/set.js';
import { closePairing } from '../../../src/core/pairing/close.js';
import { keepTwoApart } from '../../../src/core/pairing/keep-apart.js';
import { haveTalked, setNudges } from '../../../src/core/pairing/keep-rhythm.js';
import { lookAt, menteesOf } from '../../../src/core/pairing/mentees.js';
import { reportMember } from '../../../src/core/pairing/report.js';
import { CHECK_BACK, pairingBegan, pairingEnded, RHYTHM, SIDES } from '../../../src/core/pairing/rhythm.js';
import { share, unshare } from '../../../src/core/pairing/share.js';
import { endShares, factOf, GIVEN, type Given, SHOWN, sharesOf } from '../../../src/core/pairing/shares.js';
import { setNote } from '../../../src/core/saved/remind.js';
import { saveResource } from '../../../src/core/saved/save.js';
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
let people = 0;
const member = (): Promise<Scope> =>
  enter(home.world, { platform: 'playground', userId: `person${++people}`, zone: 'UTC', space: { id: 'playground' } }, NOW);

async function pair(mentee: Scope, mentor: Scope): Promise<string> {
  return mentee.db.transact(async (tx) => {
    const ids = { communityId: mentee.community.id, menteeId: mentee.member.id, mentorId: mentor.member.id };
    const row = await tx.pairing.create({ data: { ...ids, menteePace: 'daily', state: 'active', introBy: NOW, startedAt: NOW } });
    await pairingBegan(tx, row.id, NOW);
    return row.id;
  });
}

const end = (mentee: Scope, mentor: Scope, id: string) =>
  mentee.db.transact(async (tx) => {
    await tx.pairing.update({ where: { id }, data: { state: 'ended', endedAt: NOW } });
    await endShares(tx, mentee.member.id, mentor.member.id, NOW);
    await pairingEnded(tx, id);
  });

/** What a message that was queued before would say now; a new process renders it. */
async function rendered(kind: string, subjectId: string, to: Scope, dueAt = NOW): Promise<'sent' | 'dropped'> {
  const delivery = {
    id: subjectId,
    communityId: to.community.id,
    kind,
    subjectId,
    memberId: to.member.id,
    platform: 'playground' as const,
  };
  const rest = { once: 'once', dueAt, expiresAt: new Date(NOW.getTime() + 1), reason: null, tries: 0, faults: 0 };
  const what = await makeNotices(home.world)[kind]?.render?.({ ...delivery, ...rest }, NOW);
  return what && 'reply' in what ? 'sent' : 'dropped';
}

async function fill(mentee: Scope): Promise<{ goals: string[]; milestones: string[]; services: string[] }> {
  const goals = [
    await addGoal(mentee, { words: 'Goal one' }, `a${people}`),
    await addGoal(mentee, { words: 'Goal two' }, `b${people}`),
  ];
  const milestone = await addMilestone(mentee, { label: 'Mark' });
  for (let i = 0; i < 3; i++)
    await recordCheckIn({ ...mentee, now: new Date(NOW.getTime() - i * 86_400_000) }, { mood: 8, line: 'Secret' });
  const [service = '', another = ''] = await bringServices(mentee.db, ['Harbor Shelter', 'Secret Clinic'], NOW);
  const saved = await saveResource(mentee, service);
  await setNote(mentee, saved.id, 'Secret note');
  await saveResource(mentee, another);
  return { goals, milestones: [milestone.id], services: [saved.id] };
}

type Op = { readonly do: 'share' | 'unshare'; readonly what: Given } | { readonly do: 'plan' | 'unplan' | 'end' };
const ops: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('share' as const, 'unshare' as const), what: fc.constantFrom(...GIVEN) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('plan' as const, 'unplan' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const) }) },
);

const looksIn = async ({ db }: Scope, id: string) =>
  (await sharesOf(db, await db.pairing.findUniqueOrThrow({ where: { id } }))).looks;

test('whatever is shown, taken back and ended: a look, and all that is queued, knows it at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(ops, { minLength: 3, maxLength: 8 }), async (steps) => {
      const [mentee, mentor, other] = [await member(), await member(), await member()];
      const mentorAccount = `person${people - 1}`;
      const things = await fill(mentee);
      const [id, apart] = [await pair(mentee, mentor), await pair(mentee, other)];
      const on = new Set<Given>();
      let isPlanned = false;
      let isOver = false;
      const silences: string[] = [];
      for (const op of steps) {
        if (op.do === 'end') {
          // What they plan afterwards is a choice of its own.
          if (isOver) continue;
          await end(mentee, mentor, id);
          [isOver, isPlanned] = [true, false];
          on.clear();
        } else if (op.do === 'plan') {
          const step = { afterMissed: 1, waitMinutes: 0, words: 'Agreed words' };
          await savePlan(mentee, [step, { ...step, account: mentorAccount }], { platform: 'playground', userId: 'none' });
          const [request] = await requestsTo(mentor);
          if (request && !request.isAccepted) await answerRequest(mentor, request.planId, 'yes', request.agreement);
          const plan = await mentee.db.missedPlan.findFirstOrThrow({
            where: { memberId: mentee.member.id },
            include: { steps: true },
          });
          await mentee.db.missedPlan.update({ where: { id: plan.id }, data: { taken: [0, 1] } });
          silences.push(...plan.steps.filter(({ recipientId }) => recipientId).map((one) => one.id));
          isPlanned = true;
        } else if (!isOver) {
          if (op.do === 'share') await share(mentee, id, op.what, op.what === 'mood' ? [] : [things[op.what][0] as string]);
          if (op.do === 'unshare') await unshare(mentee, id, op.what);
          if (op.do === 'unplan') await unshare(mentee, id, 'missed');
          if (op.do === 'share') on.add(op.what);
          if (op.do === 'unshare') on.delete(op.what);
          if (op.do === 'unplan') isPlanned = false;
        }

        if (isOver) await expect(lookAt(mentor, id)).rejects.toThrow('rhythm.problems.over');
        else {
          const { shown } = await lookAt(mentor, id);
          expect(Object.keys(shown).sort()).toEqual([...on].sort());
          if (on.has('services')) expect(shown.services?.map(({ as }) => as.name)).toEqual(['Harbor Shelter']);
          if (on.has('goals')) expect(shown.goals?.map(({ words }) => words)).toEqual(['Goal one']);
          expect(JSON.stringify(shown)).not.toMatch(/Secret|Goal two/u);
        }
        const mine = (await menteesOf(mentor)).map(({ shares }) => [...shares].sort());
        expect(mine).toEqual(isOver ? [] : [[...on].sort()]);
        // Somebody else who supports them sees nothing of it.
        expect((await lookAt(other, apart)).shown).toEqual({});
        const consents = await mentee.db.consent.findMany({
          where: { memberId: mentee.member.id, recipient: recipientName(mentor.member.id) },
        });
        for (const { id: consent, fact, revokedAt } of consents) {
          const given = GIVEN.find((what) => factOf(what) === fact);
          if (given)
            expect(await rendered(SHOWN, consent, mentor)).toBe(revokedAt === null && on.has(given) ? 'sent' : 'dropped');
          expect(await rendered(SHOWN, consent, other)).toBe('dropped');
        }
        for (const step of silences.slice(0, -1)) expect(await rendered(SILENCE, step, mentor)).toBe('dropped');
        const last = silences.at(-1);
        if (last) expect(await rendered(SILENCE, last, mentor)).toBe(isPlanned ? 'sent' : 'dropped');
        for (const side of SIDES) {
          const to = side === 'mentee' ? mentee : mentor;
          for (const kind of [RHYTHM[side], CHECK_BACK[side]])
            expect(await rendered(kind, id, to)).toBe(isOver ? 'dropped' : 'sent');
        }
      }
    }),
    { numRuns: 6 },
  );
}, 120_000);

test('only the mentee of a pairing shows something in it, only its mentor looks, and nobody else does either', async () => {
  const [mentee, mentor, stranger] = [await member(), await member(), await member()];
  const { goals } = await fill(mentee);
  const id = await pair(mentee, mentor);
  await share(mentee, id, 'goals', goals);
  for (const not of [mentor, stranger]) {
    await expect(share(not, id, 'goals', goals)).rejects.toThrow('rhythm.problems.over');
    await expect(unshare(not, id, 'goals')).rejects.toThrow('rhythm.problems.over');
  }
  for (const not of [mentee, stranger]) await expect(lookAt(not, id)).rejects.toThrow('rhythm.problems.over');
  await expect(setNudges(stranger, id, false)).rejects.toThrow('rhythm.problems.over');
  await expect(haveTalked(stranger, id)).rejects.toThrow('rhythm.problems.over');
  expect((await looksIn(mentee, id)).count).toBe(0);
  await lookAt(mentor, id);
  expect((await looksIn(mentee, id)).count).toBe(1);
});

test('pressed many times at once it is one consent; taken back at the same time, it is shown or it is not', async () => {
  const [mentee, mentor] = [await member(), await member()];
  const { goals } = await fill(mentee);
  const id = await pair(mentee, mentor);
  await Promise.all([1, 2, 3, 4].map(() => share(mentee, id, 'goals', goals)));
  expect(await mentee.db.consent.count({ where: { memberId: mentee.member.id } })).toBe(1);
  const looks = await Promise.all([unshare(mentee, id, 'goals').then(() => undefined), lookAt(mentor, id), lookAt(mentor, id)]);
  const seen = looks.filter((one) => one !== undefined && Object.keys(one.shown).length > 0).length;
  expect((await looksIn(mentee, id)).count).toBe(seen);
  expect((await lookAt(mentor, id)).shown).toEqual({});
});

test('a new consent to the same mentor shows what is previewed then, not what was shown once', async () => {
  const [mentee, mentor] = [await member(), await member()];
  const { goals } = await fill(mentee);
  const first = await pair(mentee, mentor);
  await share(mentee, first, 'goals', goals);
  await end(mentee, mentor, first);
  const second = await pair(mentee, mentor);
  expect((await lookAt(mentor, second)).shown).toEqual({});
  await share(mentee, second, 'goals', goals.slice(1));
  expect((await lookAt(mentor, second)).shown.goals?.map(({ words }) => words)).toEqual(['Goal two']);
});

test('a mentor from whom their mentee is kept apart sees nothing more of them, whoever said so', async () => {
  for (const says of ['mentee', 'mentor', 'facilitator'] as const) {
    const [mentee, mentor, facilitator] = [await member(), await member(), await member()];
    const id = await pair(mentee, mentor);
    await fill(mentee);
    await share(mentee, id, 'mood', []);
    expect((await lookAt(mentor, id)).shown).toHaveProperty('mood');
    const two = [mentee.member.id, mentor.member.id] as const;
    if (says === 'facilitator') await keepTwoApart(facilitator, two, true);
    else if (says === 'mentee') await mentee.db.transact((tx) => keepApart(tx, mentee, mentor.member.id));
    else await mentee.db.transact((tx) => keepApart(tx, mentor, mentee.member.id));
    expect((await lookAt(mentor, id)).shown).toEqual({});
    expect(await mentee.db.consent.count({ where: { memberId: mentee.member.id, revokedAt: null } })).toBe(0);
  }
});

test('an introduction leaves a plan alone; an end takes the other out of it; a report looks like a no in the plan of who is reported', async () => {
  const people = await Promise.all([member(), member()]);
  const [mentee, mentor] = people as [Scope, Scope];
  const accountOf = async ({ db, member }: Scope) =>
    (await db.identity.findFirstOrThrow({ where: { memberId: member.id } })).externalId;
  const name = async (who: Scope, other: Scope) => {
    const step = { afterMissed: 1, waitMinutes: 0, words: 'Words', account: await accountOf(other) };
    await savePlan(who, [step], { platform: 'playground', userId: await accountOf(who) });
  };
  const plans = () => mentee.db.missedStep.count({ where: { recipientId: { in: [mentee.member.id, mentor.member.id] } } });
  const ids = { communityId: mentee.community.id, menteeId: mentee.member.id, mentorId: mentor.member.id };
  await name(mentee, mentor);
  const intro = await mentee.db.pairing.create({ data: { ...ids, introBy: NOW } });
  await mentee.db.transact((tx) => closePairing(tx, intro, { tell: [] }, NOW));
  expect(await plans()).toBe(1);
  const id = await pair(mentee, mentor);
  await mentee.db.transact((tx) => closePairing(tx, { id }, { tell: [] }, NOW));
  expect(await plans()).toBe(0);
  await name(mentee, mentor);
  await name(mentor, mentee);
  await reportMember(mentee, mentor.member.id, 'What happened', 'once');
  expect(await planOf(mentee)).toBeUndefined();
  expect(await planOf(mentor)).toMatchObject([{ agreed: 'declined' }]);
});
