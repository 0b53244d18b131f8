import { pairingSettingsSchema, savePairingSettings } from '../../../src/core/pairing/settings.js';
import type { Scope } from '../../../src/core/scope.js';
import { nobodyCame } from '../../../src/core/support/now/anew.js';
import { answerAsk } from '../../../src/core/support/now/answer.js';
import { endMine } from '../../../src/core/support/now/end.js';
import { ASK, askKey, SETTLED } from '../../../src/core/support/now/kinds.js';
import { lookAtRequests } from '../../../src/core/support/now/look.js';
import { askForSomeone } from '../../../src/core/support/now/start.js';
import { addShift } from '../../../src/core/support/oncall/add.js';
import { makeNotices } from '../../../src/notices/index.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { person } from '../sessions/support.js';

const NOW = '2035-03-07T20:00:00Z';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const prisma = () => home.database.prisma;
const later = (scope: Scope, minutes: number): Scope => ({ ...scope, now: new Date(scope.now.getTime() + minutes * 60_000) });

/** Somebody who asks, and others on call at every hour. */
async function circle(space: string, count: number) {
  const ana = await person(home, 'ana', NOW, space);
  const volunteers = await Promise.all(
    Array.from({ length: count }, (_, i) =>
      person(home, `v${i}`, NOW, space).then((one): Scope => ({ ...one, roles: new Set(['mentor']) })),
    ),
  );
  for (const volunteer of volunteers) await addShift(volunteer, { days: ['daily'], from: '0:00', to: '0:00', zone: 'UTC' });
  return { ana, volunteers };
}
const look = (id: string, now: Date) => prisma().$transaction(async (tx) => (await lookAtRequests(tx, [id], now)).get(id));
const openOf = (scope: Scope) =>
  scope.db.supportRequest.findFirstOrThrow({ where: { openFor: scope.member.id }, include: { asks: true } });

test('asking ten times at once is one request', async () => {
  const { ana } = await circle('once', 2);
  const started = await Promise.all(Array.from({ length: 10 }, () => askForSomeone(ana, { language: 'en' })));
  expect(started.filter((one) => one === 'asking')).toHaveLength(1);
  expect(new Set(started)).toEqual(new Set(['asking', 'open']));
  expect(await ana.db.supportRequest.count({ where: {} })).toBe(1);
});

test('everybody says yes at the same moment: one is with her, the others are told that it is taken, and there is one relay', async () => {
  const { ana, volunteers } = await circle('crowd', 12);
  await askForSomeone(ana, { language: 'en', words: 'Hard evening.' });
  const { id } = await openOf(ana);
  for (const minutes of [0, 5, 10, 15, 20]) await look(id, later(ana, minutes).now);
  const { asks } = await openOf(ana);
  expect(asks).toHaveLength(12);
  const answers = await Promise.all(
    asks.map((ask) => {
      const volunteer = volunteers.find(({ member }) => member.id === ask.memberId) as Scope;
      return answerAsk(later(volunteer, 21), ask.id, 'yes');
    }),
  );
  const [yes, ...more] = answers.filter(({ outcome }) => outcome === 'yes');
  expect(more).toEqual([]);
  expect(yes).toMatchObject({ with: { asker: ana.member.id, words: 'Hard evening.' } });
  expect(answers.filter(({ outcome }) => outcome === 'taken')).toHaveLength(11);
  expect(await ana.db.relay.count({ where: {} })).toBe(1);
});

test('she stops in the moment in which somebody says yes: either of the two holds, and nothing in between', async () => {
  for (let round = 0; round < 5; round++) {
    const { ana, volunteers } = await circle(`edge${round}`, 1);
    await askForSomeone(ana, { language: 'en' });
    const { id } = await openOf(ana);
    await look(id, ana.now);
    const [ask] = (await openOf(ana)).asks;
    const [stopped, answered] = await Promise.allSettled([
      endMine(ana, id, 'withdrawn'),
      answerAsk(volunteers[0] as Scope, ask?.id ?? '', 'yes'),
    ]);
    expect([stopped.status, answered.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(await ana.db.supportRequest.findFirst({ where: { id } })).toMatchObject({ ended: 'withdrawn', openFor: null });
    expect(await ana.db.relay.count({ where: { closedAt: null } })).toBe(0);
  }
});

test('a look that is undone by a crash, or comes twice, asks nobody twice and says nothing twice', async () => {
  const { ana } = await circle('twice', 6);
  await askForSomeone(ana, { language: 'en' });
  const { id } = await openOf(ana);
  await expect(
    prisma().$transaction(async (tx) => {
      await lookAtRequests(tx, [id], ana.now);
      throw new Error('The process died.');
    }),
  ).rejects.toThrow('died');
  expect((await openOf(ana)).asks).toEqual([]);
  const first = await look(id, ana.now);
  expect(first?.notices.map(({ kind }) => kind)).toEqual(['support.ask', 'support.ask']);
  const again = await look(id, ana.now);
  expect(again?.notices.map(({ once }) => once).sort()).toEqual(first?.notices.map(({ once }) => once).sort());
  expect((await openOf(ana)).asks).toHaveLength(2);
});

test('who was to be asked and was not told yet hears nothing of it being settled', async () => {
  const { ana, volunteers } = await circle('early', 2);
  await askForSomeone(ana, { language: 'en' });
  const { id } = await openOf(ana);
  await look(id, ana.now);
  const [first, second] = (await openOf(ana)).asks;
  if (!first || !second) throw new Error('Two are asked.');
  const volunteer = volunteers.find(({ member }) => member.id === first.memberId) as Scope;
  await answerAsk(volunteer, first.id, 'yes');
  const notice = (await look(id, ana.now))?.notices.find(({ kind }) => kind === SETTLED);
  expect(notice).toMatchObject({ subjectId: second.id, memberId: second.memberId });
  if (!notice) return;
  const render = () => makeNotices(home.world)[SETTLED]?.render?.({ ...notice, id, reason: null, tries: 0, faults: 0 }, ana.now);
  expect(await render()).toEqual({ drop: 'nothing' });
  const asking = { ...notice, kind: ASK, once: askKey(second), rank: 0, state: 'sent' as const };
  await prisma().delivery.create({ data: asking });
  expect(await render()).toMatchObject({ reply: { summary: 'A question is settled.' } });
});

test('nobody came, and the other one had been told that it is taken: they are asked again, and either button is theirs', async () => {
  const { ana, volunteers } = await circle('anew', 2);
  await askForSomeone(ana, { language: 'en' });
  const { id } = await openOf(ana);
  await look(id, ana.now);
  const [first, second] = (await openOf(ana)).asks;
  if (!first || !second) throw new Error('Two are asked.');
  const by = (ask: { memberId: string }) => volunteers.find(({ member }) => member.id === ask.memberId) as Scope;
  await answerAsk(later(by(first), 1), first.id, 'yes');
  await look(id, later(ana, 1).now);
  await nobodyCame(later(ana, 20), id);
  const anew = await look(id, later(ana, 20).now);
  expect(anew?.notices.map(({ kind, memberId }) => [kind, memberId])).toEqual(
    expect.arrayContaining([
      [ASK, second.memberId],
      ['support.missed', first.memberId],
    ]),
  );
  expect(anew?.notices.find(({ kind }) => kind === ASK)?.once).toBe(askKey({ id: second.id, round: 2 }));
  expect((await openOf(ana)).asks.find(({ id: one }) => one === first.id)).toMatchObject({ said: 'missed', round: 1 });
  expect(await answerAsk(later(by(second), 21), second.id, 'yes')).toMatchObject({ outcome: 'yes' });
  expect(await answerAsk(later(by(first), 21), first.id, 'yes')).toEqual({ outcome: 'over' });
});

test('nobody is asked who is kept apart from her, of another age band or reported; who looks after the community is for everybody', async () => {
  const { ana, volunteers } = await circle('safe', 5);
  // The last has no band that anybody marked.
  const [parted, reported, older, young] = volunteers as [Scope, Scope, Scope, Scope, Scope];
  const { db, community } = ana;
  const ids = [ana.member.id, parted.member.id].sort() as [string, string];
  const other = await person(home, 'other', NOW, 'safe');
  await db.separation.create({ data: { communityId: community.id, aId: ids[0], bId: ids[1], kind: 'apart' } });
  const details = new Uint8Array([1]);
  await db.memberReport.create({
    data: { communityId: community.id, reporterId: other.member.id, reportedId: reported.member.id, details },
  });
  await savePairingSettings(db, pairingSettingsSchema.parse({ ageBands: ['under 18', '18 and over'] }));
  const band = (scope: Scope, ageBand: string) => db.member.updateMany({ where: { id: scope.member.id }, data: { ageBand } });
  for (const scope of [ana, young, parted, reported]) await band(scope, 'under 18');
  await band(older, '18 and over');
  await db.roleGrant.create({
    data: { communityId: community.id, spaceId: ana.space?.id ?? '', role: 'coordinator', kind: 'member', externalId: 'other' },
  });
  await askForSomeone(ana, { language: 'en' });
  const { id } = await openOf(ana);
  for (const minutes of [0, 5, 10, 15]) await look(id, later(ana, minutes).now);
  const { asks } = await openOf(ana);
  expect(asks.map(({ memberId }) => memberId).sort()).toEqual([young.member.id, other.member.id].sort());
  expect(asks.find(({ memberId }) => memberId === other.member.id)).toMatchObject({ isCoordinator: true });

  // A report in the meantime counts too.
  await db.memberReport.create({
    data: { communityId: community.id, reporterId: other.member.id, reportedId: young.member.id, details },
  });
  const ask = asks.find(({ memberId }) => memberId === young.member.id);
  expect(await answerAsk(young, ask?.id ?? '', 'yes')).toEqual({ outcome: 'over' });
});

test('whoever is kept apart from her is not asked, and whoever asks six times a day is not heard a seventh time', async () => {
  const { ana, volunteers } = await circle('apart', 2);
  const [first, second] = volunteers as [Scope, Scope];
  const block = { communityId: ana.community.id, memberId: first.member.id, otherId: ana.member.id, at: ana.now };
  await ana.db.memberBlock.create({ data: block });
  for (let count = 0; count < 6; count++) {
    expect(await askForSomeone(ana, { language: 'en' })).toBe('asking');
    const { id } = await openOf(ana);
    await look(id, ana.now);
    expect((await openOf(ana)).asks.map(({ memberId }) => memberId)).toEqual([second.member.id]);
    await endMine(ana, id, 'withdrawn');
  }
  expect(await askForSomeone(ana, { language: 'en' })).toBe('often');
});
