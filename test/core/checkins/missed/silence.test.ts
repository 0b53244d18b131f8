import { randomUUID } from 'node:crypto';
import { AGAIN_AFTER, askKey } from '../../../../src/core/checkins/missed/asks.js';
import { heardFrom } from '../../../../src/core/checkins/missed/heard.js';
import { ASKING, planOf, SILENCE } from '../../../../src/core/checkins/missed/plan.js';
import { answerRequest, requestsTo } from '../../../../src/core/checkins/missed/recipient.js';
import { type StepDraft, savePlan } from '../../../../src/core/checkins/missed/save.js';
import { watchSilence } from '../../../../src/core/checkins/missed/watch.js';
import { withdrawPlan } from '../../../../src/core/checkins/missed/withdraw.js';
import { recordCheckIn } from '../../../../src/core/checkins/record.js';
import { keepApart, unblock } from '../../../../src/core/members/apart.js';
import { enter } from '../../../../src/core/members/enter.js';
import { keepTwoApart } from '../../../../src/core/pairing/keep-apart.js';
import { forgetOld } from '../../../../src/core/retention/night.js';
import type { Scope } from '../../../../src/core/scope.js';
import { checkInAsked } from '../../../../src/notices/checkin-asked.js';
import { checkInMissed } from '../../../../src/notices/checkin-missed.js';
import type { Delivery, NewDelivery } from '../../../../src/schedule/kinds.js';
import { makeTestWorld, type TestWorld } from '../../../support/world.js';

/** The plan at work on the database, with prompts and sendings written as the engine writes them. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = new Date('2026-03-02T09:00:00Z').getTime();
const at = (ms: number) => new Date(START + ms);

let home: TestWorld;
let members = 0;
let ana: Scope;
let account: string;
let schedule: string;

beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const scopeOf = (userId: string, now = at(0)) => enter(home.world, { platform: 'playground', userId, space: { id: 'S1' } }, now);

beforeEach(async () => {
  account = `ana${members++}`;
  ana = await scopeOf(account);
  const { id } = await ana.db.checkInSchedule.create({
    data: {
      communityId: ana.community.id,
      memberId: ana.member.id,
      rrule: 'FREQ=DAILY',
      start: '2026-03-01',
      times: ['09:00'],
      template: 'halt',
      skips: [],
      settled: '2026-03-01T09:00',
    },
  });
  schedule = id;
  await home.database.prisma.uptime.deleteMany();
  await up(-DAY, 60 * DAY);
});

const up = (from: number, to: number, platform: 'playground' | 'slack' = 'playground') =>
  home.database.prisma.uptime.create({ data: { platform, since: at(from), until: at(to) } });

const toBen = (more: Partial<StepDraft> = {}): StepDraft => ({
  afterMissed: 2,
  waitMinutes: 0,
  account: 'ben',
  words: 'I have gone quiet. Please call me.',
  ...more,
});

const save = (steps: readonly StepDraft[], now = at(0)) =>
  savePlan({ ...ana, now }, steps, { platform: 'playground', userId: account });

async function benSays(answer: 'yes' | 'no', ms = 0) {
  const ben = await scopeOf('ben', at(ms));
  const request = (await requestsTo(ben)).find(({ authorId }) => authorId === ana.member.id);
  if (!request) throw new Error('Ben was asked nothing.');
  await answerRequest(ben, request.planId, answer, request.agreement);
}

/** A prompt that reached Ana, unless told otherwise. */
async function prompt(
  ms: number,
  { state = 'sent', sentAt = ms }: { state?: 'sent' | 'dropped' | 'queued'; sentAt?: number } = {},
) {
  const { communityId } = ana.db;
  const memberId = ana.member.id;
  const row = { communityId, memberId, scheduleId: schedule, local: `day ${ms}`, zone: 'UTC', dueAt: at(ms) };
  const { id } = await ana.db.checkInPrompt.create({ data: row });
  await ana.db.delivery.create({
    data: {
      communityId,
      kind: 'checkin.prompt',
      subjectId: id,
      memberId,
      platform: 'playground',
      once: randomUUID(),
      state,
      dueAt: at(ms),
      expiresAt: at(ms + 2 * HOUR),
      rank: 1,
      ...(state !== 'queued' && { endedAt: at(sentAt) }),
    },
  });
  return id;
}

const planId = async () => (await ana.db.missedPlan.findFirstOrThrow({ where: { memberId: ana.member.id } })).id;

async function look(ms: number): Promise<{ deliveries: readonly NewDelivery[]; next: Date | null | undefined }> {
  const kind = checkInMissed(home.world);
  const row = { id: 'row', communityId: ana.community.id, subjectId: await planId(), dueAt: at(ms) };
  const { deliveries, next } = await home.database.prisma.$transaction(async (tx) => {
    if (!kind.due) throw new Error('Nothing falls due.');
    return kind.due([row], tx, at(ms));
  });
  return { deliveries, next: next.get('row') };
}

async function arrives(delivery: NewDelivery, ms: number) {
  return checkInMissed(home.world).render?.({ ...delivery, id: 'd', tries: 0, faults: 0 } as Delivery, at(ms));
}

const silentTwice = async () => {
  await prompt(DAY);
  await prompt(2 * DAY);
  return 2 * DAY + 2 * HOUR;
};

test('after two missed prompts the recipient who agreed is told the agreed words, once', async () => {
  await save([toBen()]);
  await benSays('yes');
  await prompt(DAY);
  expect((await look(DAY + 2 * HOUR)).deliveries).toEqual([]);
  await prompt(2 * DAY);
  expect((await look(2 * DAY + 2 * HOUR - 1)).deliveries).toEqual([]);
  const { deliveries } = await look(2 * DAY + 2 * HOUR);
  expect(deliveries).toHaveLength(1);
  const [delivery] = deliveries as [NewDelivery];
  const told = await arrives(delivery, 2 * DAY + 2 * HOUR);
  if (!told || !('reply' in told)) throw new Error('It was dropped.');
  expect(told.to).toEqual({ kind: 'direct', space: 'S1', user: 'ben' });
  const text = JSON.stringify(told.reply.blocks.filter(({ kind }) => kind !== 'buttons'));
  expect(text).toContain('I have gone quiet. Please call me.');
  expect(text).not.toMatch(/check|missed|prompt|recover/iu);
  expect(told.reply.summary).not.toContain('quiet');
  await prompt(3 * DAY);
  expect((await look(3 * DAY + 2 * HOUR)).deliveries).toEqual([]);
});

test('what was said and who is told cannot be read from the work that is kept', async () => {
  await save([toBen()]);
  await benSays('yes');
  const { deliveries } = await look(await silentTwice());
  expect(JSON.stringify(deliveries)).not.toMatch(/quiet|call/u);
  const [step] = await ana.db.missedStep.findMany({ where: { planId: await planId() } });
  expect(Buffer.from(step?.words ?? []).toString('latin1')).not.toContain('quiet');
});

test('without a yes nobody is told; a yes that comes after the step fell due does not bring it back', async () => {
  await save([toBen()]);
  const end = await silentTwice();
  expect((await look(end)).deliveries).toEqual([]);
  await benSays('yes', end + HOUR);
  expect((await look(end + 2 * HOUR)).deliveries).toEqual([]);
});

test('stepping back works at once, also when the message already waits', async () => {
  await save([toBen()]);
  await benSays('yes');
  const { deliveries } = await look(await silentTwice());
  await benSays('no', 2 * DAY + 2 * HOUR);
  expect(await arrives(deliveries[0] as NewDelivery, 2 * DAY + 2 * HOUR)).toEqual({ drop: 'declined' });
  expect(await ana.db.consent.count({ where: { memberId: ana.member.id, revokedAt: null } })).toBe(0);
});

test('a yes to other words is no yes', async () => {
  await save([toBen()]);
  const ben = await scopeOf('ben');
  const old = (await requestsTo(ben)).find(({ authorId }) => authorId === ana.member.id);
  await save([toBen({ words: 'Something else entirely.' })]);
  await expect(answerRequest(ben, old?.planId ?? '', 'yes', old?.agreement)).rejects.toThrow('plan.errors.changed');
  expect((await planOf(ana))?.[0]?.agreed).toBe('asked');
});

test('a plan that is saved again unchanged keeps the yes, and asks nobody anew', async () => {
  await save([toBen()]);
  await benSays('yes');
  await ana.db.dueWork.deleteMany({ where: { kind: 'checkin.asked' } });
  await save([toBen(), { afterMissed: 1, waitMinutes: 60, words: 'A walk?' }]);
  expect((await planOf(ana))?.map(({ agreed }) => agreed)).toEqual(['accepted', 'me']);
  expect(await ana.db.dueWork.count({ where: { kind: 'checkin.asked' } })).toBe(0);
});

test.each([
  ['a check-in', () => recordCheckIn({ ...ana, now: at(2 * DAY + HOUR) }, {})],
  ['anything else that the member does', () => heardFrom(ana.db, ana.member.id, at(2 * DAY + HOUR))],
])('%s ends the silence', async (_, act) => {
  await save([toBen()]);
  await benSays('yes');
  const end = await silentTwice();
  await act();
  expect((await look(end)).deliveries).toEqual([]);
  expect((await look(end + DAY)).deliveries).toEqual([]);
});

test('an answer that comes while the message waits stops it', async () => {
  await save([toBen()]);
  await benSays('yes');
  const end = await silentTwice();
  const { deliveries } = await look(end);
  await recordCheckIn({ ...ana, now: at(end + MINUTE) }, {});
  expect(await arrives(deliveries[0] as NewDelivery, end + 2 * MINUTE)).toEqual({ drop: 'over' });
});

test('a plan that was taken back tells nobody, also what already waits', async () => {
  await save([toBen()]);
  await benSays('yes');
  const { deliveries } = await look(await silentTwice());
  const subjectId = await planId();
  expect(await ana.db.dueWork.count({ where: { kind: SILENCE, subjectId } })).toBe(1);
  await withdrawPlan(ana);
  expect(await arrives(deliveries[0] as NewDelivery, 2 * DAY + 2 * HOUR)).toEqual({ drop: 'over' });
  expect(await ana.db.consent.count({ where: { memberId: ana.member.id, revokedAt: null } })).toBe(0);
  expect(await ana.db.dueWork.count({ where: { kind: SILENCE, subjectId } })).toBe(0);
});

test('prompts that did not reach the member are no silence', async () => {
  await save([toBen()]);
  await benSays('yes');
  await prompt(DAY, { state: 'dropped' });
  await prompt(2 * DAY, { state: 'dropped' });
  await prompt(3 * DAY);
  expect((await look(3 * DAY + 2 * HOUR)).deliveries).toEqual([]);
});

test('a prompt that still waits in the queue is looked at again', async () => {
  await save([toBen({ afterMissed: 1 })]);
  await prompt(DAY, { state: 'queued' });
  expect((await look(DAY + 3 * HOUR)).next).toEqual(at(DAY + 3 * HOUR + 10 * MINUTE));
});

test('prompts of a paused schedule are no silence', async () => {
  await save([toBen()]);
  await benSays('yes');
  const end = await silentTwice();
  await ana.db.checkInSchedule.update({ where: { id: schedule }, data: { state: 'paused' } });
  expect((await look(end)).deliveries).toEqual([]);
});

test('while the bot was down, windows and waits stand still', async () => {
  await home.database.prisma.uptime.deleteMany();
  await up(-DAY, 2 * DAY + HOUR);
  await up(4 * DAY, 60 * DAY);
  await save([toBen({ waitMinutes: 60 })]);
  await benSays('yes');
  await silentTwice();
  expect((await look(4 * DAY)).deliveries).toEqual([]);
  expect((await look(4 * DAY + 2 * HOUR - MINUTE)).deliveries).toEqual([]);
  expect((await look(4 * DAY + 2 * HOUR)).deliveries).toHaveLength(1);
});

test('while the platform was away, its members are not silent, although the bot was up elsewhere', async () => {
  await home.database.prisma.uptime.deleteMany();
  await up(-DAY, 2 * DAY + HOUR);
  await up(-DAY, 60 * DAY, 'slack');
  await up(4 * DAY, 60 * DAY);
  await save([toBen({ waitMinutes: 60 })]);
  await benSays('yes');
  await silentTwice();
  expect((await look(4 * DAY + 2 * HOUR - MINUTE)).deliveries).toEqual([]);
  expect((await look(4 * DAY + 2 * HOUR)).deliveries).toHaveLength(1);
});

test('a time of which nothing is known counts as downtime', async () => {
  await home.database.prisma.uptime.deleteMany();
  await save([toBen()]);
  await benSays('yes');
  await silentTwice();
  expect((await look(20 * DAY)).deliveries).toEqual([]);
});

test('a new silence takes the steps anew', async () => {
  await save([toBen({ afterMissed: 1 })]);
  await benSays('yes');
  await prompt(DAY);
  const first = (await look(DAY + 2 * HOUR)).deliveries;
  await recordCheckIn({ ...ana, now: at(DAY + 3 * HOUR) }, {});
  await prompt(2 * DAY);
  const second = (await look(2 * DAY + 2 * HOUR)).deliveries;
  expect([first.length, second.length]).toEqual([1, 1]);
  expect(first[0]?.once).not.toBe(second[0]?.once);
});

test("nobody is written to in their own quiet hours, and the member's own note neither", async () => {
  await save([toBen({ afterMissed: 1 }), { afterMissed: 1, waitMinutes: 0, words: 'A walk?' }]);
  await benSays('yes');
  const ben = await scopeOf('ben');
  await home.database.prisma.member.update({ where: { id: ben.member.id }, data: { quietFrom: '10:00', quietTo: '13:00' } });
  await prompt(DAY);
  const early = await look(DAY + 2 * HOUR);
  expect(early.deliveries.map(({ memberId }) => memberId)).toEqual([ana.member.id]);
  expect(early.next).toEqual(at(DAY + 4 * HOUR));
  expect((await look(DAY + 4 * HOUR)).deliveries.map(({ memberId }) => memberId)).toEqual([ben.member.id]);
  await home.database.prisma.member.update({ where: { id: ben.member.id }, data: { quietFrom: null, quietTo: null } });
});

test('looking is planned for plans whose members are asked, and for nobody else', async () => {
  const other = await scopeOf(`without${members}`);
  await save([toBen()]);
  await ana.db.dueWork.deleteMany({ where: { kind: SILENCE } });
  const watched = [ana, other].map(({ member }) => ({ memberId: member.id, closesAt: at(5 * HOUR) }));
  await home.database.prisma.$transaction((tx) => watchSilence(tx, watched));
  await home.database.prisma.$transaction((tx) => watchSilence(tx, [{ memberId: ana.member.id, closesAt: at(9 * HOUR) }]));
  const work = await home.database.prisma.dueWork.findMany({ where: { kind: SILENCE } });
  expect(work.map(({ subjectId, dueAt, wakeAt }) => [subjectId, dueAt, wakeAt])).toEqual([
    [await planId(), at(5 * HOUR), at(5 * HOUR)],
  ]);
});

test('a plan has at most four steps, and names nobody twice for the same time, nor oneself', async () => {
  const me = (i: number): StepDraft => ({ afterMissed: i, waitMinutes: 0, words: `note ${i}` });
  await expect(save([1, 2, 3, 4, 5].map(me))).rejects.toThrow('plan.errors.steps');
  await expect(save([toBen(), toBen()])).rejects.toThrow('plan.errors.steps');
  await expect(save([toBen({ account })])).rejects.toThrow('plan.errors.yourself');
  expect(await planOf(ana)).toBeUndefined();
});

const ofAna = async (ben: Scope) => (await requestsTo(ben)).filter(({ authorId }) => authorId === ana.member.id);

const askedToBen = async () => {
  const ask = await ana.db.missedAsk.findFirstOrThrow({ where: { memberId: ana.member.id } });
  const delivery = { kind: ASKING, subjectId: ask.id, memberId: ask.recipientId, communityId: ana.community.id };
  return checkInAsked(home.world).render?.({ ...delivery, platform: 'playground' } as unknown as Delivery, at(0));
};

test('who is not to be brought together with them is asked nothing and told nothing, and they see that it is no yes', async () => {
  const ben = await scopeOf('ben');
  await ana.db.transact((tx) => keepApart(tx, ben, ana.member.id));
  await save([toBen({ words: 'You cannot get away from me.' })]);
  expect(await ofAna(ben)).toEqual([]);
  expect(await askedToBen()).toEqual({ drop: 'over' });
  await unblock(ben, ana.member.id);
  expect(await askedToBen()).toHaveProperty('reply');
  await benSays('yes');
  const now = await silentTwice();
  const { deliveries } = await look(now);
  expect(deliveries).toHaveLength(1);
  await ana.db.transact((tx) => keepApart(tx, ben, ana.member.id));
  expect(await arrives(deliveries[0] as NewDelivery, now)).toEqual({ drop: 'declined' });
  expect(await planOf(ana)).toMatchObject([{ agreed: 'declined' }]);
  await unblock(ben, ana.member.id);
});

test('nor whom those who coordinate keep apart from them', async () => {
  const [ben, carla] = [await scopeOf('ben'), await scopeOf('carla')];
  await save([toBen()]);
  await benSays('yes');
  const now = await silentTwice();
  const { deliveries } = await look(now);
  await keepTwoApart(carla, [ben.member.id, ana.member.id], true);
  expect(await arrives(deliveries[0] as NewDelivery, now)).toEqual({ drop: 'declined' });
  await save([toBen({ words: 'Other words' })]);
  expect(await ofAna(ben)).toEqual([]);
  await keepTwoApart(carla, [ben.member.id, ana.member.id], false);
});

describe('asked once', () => {
  const asks = () => ana.db.missedAsk.findMany({ where: { memberId: ana.member.id } });
  const words = (text: string, ms = 0) => save([toBen({ words: text })], at(ms));

  test('a no holds for a month, whatever the words and also of another plan, which reach nobody', async () => {
    await save([toBen()]);
    await benSays('no', HOUR);
    expect(await words('You owe me an answer.', 2 * HOUR)).toEqual(new Map([['ben', 'declined']]));
    await withdrawPlan({ ...ana, now: at(DAY) });
    expect(await words('I know where you live.', 2 * DAY)).toEqual(new Map([['ben', 'declined']]));
    expect(await words('Say yes.', HOUR + AGAIN_AFTER - 1)).toEqual(new Map([['ben', 'declined']]));
    expect(await planOf(ana)).toMatchObject([{ agreed: 'declined' }]);
    const ben = await scopeOf('ben', at(HOUR + AGAIN_AFTER));
    expect(await ofAna(ben)).toEqual([]);
    expect(await askedToBen()).toEqual({ drop: 'over' });
    expect(await words('May I ask again?', HOUR + AGAIN_AFTER)).toEqual(new Map([['ben', 'asked']]));
    expect(await ofAna(ben)).toMatchObject([{ words: ['May I ask again?'] }]);
    expect(await askedToBen()).toHaveProperty('reply');
  });

  test('so does stepping back after a yes', async () => {
    await save([toBen()]);
    await benSays('yes');
    expect(await asks()).toEqual([]);
    await benSays('no', HOUR);
    expect(await words('Please.', 2 * HOUR)).toEqual(new Map([['ben', 'declined']]));
  });

  test('who does not answer is written to once in a month, and sees what the plan says by then', async () => {
    expect(await save([toBen()])).toEqual(new Map([['ben', 'asked']]));
    expect(await words('Other words.', DAY)).toEqual(new Map([['ben', 'waits']]));
    await withdrawPlan({ ...ana, now: at(DAY) });
    expect(await words('And others.', 2 * DAY)).toEqual(new Map([['ben', 'waits']]));
    expect(JSON.stringify(await askedToBen())).toContain('And others.');
    expect(await words('A month later.', AGAIN_AFTER)).toEqual(new Map([['ben', 'asked']]));
    expect(await asks()).toMatchObject([{ askedAt: at(AGAIN_AFTER), declinedAt: null }]);
  });

  test('whoever said yes is asked about other words at once, and who was never reached again', async () => {
    await save([toBen()]);
    await benSays('yes');
    expect(await words('Other words.')).toEqual(new Map([['ben', 'asked']]));
    const [ask] = await asks();
    if (!ask) throw new Error('Nobody was asked.');
    const { communityId, recipientId: memberId } = ask;
    const sent = { communityId, kind: ASKING, subjectId: ask.id, memberId, platform: 'playground' as const, rank: 1 };
    await ana.db.delivery.create({
      data: { ...sent, once: askKey(ask), state: 'dropped', dueAt: at(0), endedAt: at(0), expiresAt: at(DAY) },
    });
    expect(await words('Once more.', DAY)).toEqual(new Map([['ben', 'asked']]));
  });

  test('of whom a plan does not name, nothing is written down that a later one would tell', async () => {
    const ben = await scopeOf('ben');
    await ana.db.transact((tx) => keepApart(tx, ben, ana.member.id));
    expect(await words('Hello.')).toEqual(new Map([['ben', 'asked']]));
    expect(await planOf(ana)).toMatchObject([{ agreed: 'asked' }]);
    await unblock(ben, ana.member.id);
  });

  test('what holds no more is forgotten in the night', async () => {
    await save([toBen()]);
    await benSays('no', HOUR);
    const night = (ms: number) => forgetOld(home.world, { subjectId: ana.community.id }, at(ms), new AbortController().signal);
    await night(HOUR + AGAIN_AFTER - 1);
    expect(await asks()).toHaveLength(1);
    await night(HOUR + AGAIN_AFTER);
    expect(await asks()).toEqual([]);
  });
});

test("another's plan cannot be answered by somebody whom it does not name", async () => {
  await save([toBen()]);
  const cleo = await scopeOf('cleo');
  await expect(answerRequest(cleo, await planId(), 'yes', 'x')).rejects.toThrow('plan.errors.gone');
});
