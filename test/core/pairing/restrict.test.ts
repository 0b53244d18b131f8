import { randomUUID } from 'node:crypto';
import { myOffers } from '../../../src/core/pairing/answer.js';
import { newDraft, withFacts } from '../../../src/core/pairing/mentor/draft.js';
import { saveMentor } from '../../../src/core/pairing/mentor/save.js';
import { beginRequest } from '../../../src/core/pairing/request.js';
import { LONGEST, restrict } from '../../../src/core/pairing/restrict.js';
import { liftRestriction, restrictions } from '../../../src/core/pairing/restrictions.js';
import { mayBeAsked } from '../../../src/core/pairing/takes.js';
import { RESTRICTED } from '../../../src/core/pairing/work.js';
import { eraseMember } from '../../../src/core/privacy/erase.js';
import { keptAbout } from '../../../src/core/privacy/kept.js';
import { forgetOld } from '../../../src/core/retention/night.js';
import type { Scope } from '../../../src/core/scope.js';
import { heldBack } from '../../../src/core/support/oncall/kept-from.js';
import { within } from '../../../src/core/within.js';
import { volunteer } from '../../support/mentors.js';
import { openCommunities } from '../../support/newcomers.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

const WHY = 'Wrote to four newcomers in one night.';
const DAY = 24 * 3_600_000;
let home: TestWorld;
const newCommunity = openCommunities(() => home);
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

/** Fay, who facilitates; Nel, who asks; Mira and Max, who serve. Each test has a community of its own. */
async function cast() {
  const as = newCommunity();
  const [fay, nel, mira, max] = [await as('fay'), await as('nel'), await as('mira'), await as('max')];
  for (const {
    member,
    community: { id: communityId },
    now,
  } of [mira, max])
    await volunteer(home.world, { communityId, memberId: member.id, now }, {}, { capacity: 2 });
  const keep = (who: Scope, kind: 'ask' | 'volunteer', days = 30, reason = WHY) =>
    restrict(fay, { memberId: who.member.id, kinds: [kind], until: new Date(fay.now.getTime() + days * DAY), reason });
  const ask = (who: Scope, picks: readonly Scope[] = []) =>
    beginRequest(who, {
      id: randomUUID(),
      wishes: { wishes: [], zone: 'UTC' },
      urgency: 'week',
      picks: picks.map(({ member }) => member.id),
    });
  return { fay, nel, mira, max, keep, ask, as };
}
const at = (scope: Scope, days: number): Scope => ({ ...scope, now: new Date(scope.now.getTime() + days * DAY) });
async function tick() {
  const engine = await home.connect([]);
  await engine.tick();
  await home.disconnect();
}

test('who may not ask is told so, until the day comes or it is lifted', async () => {
  const { fay, nel, keep, ask } = await cast();
  await keep(nel, 'ask');
  await expect(ask(nel)).rejects.toMatchObject({ key: 'sponsor.restrict.you.ask' });
  await expect(ask(at(nel, 29))).rejects.toMatchObject({ key: 'sponsor.restrict.you.ask' });
  await ask(at(nel, 31));
  await nel.db.pairingRequest.deleteMany({});
  const [only] = await restrictions(fay);
  expect(only).toMatchObject({ memberId: nel.member.id, kind: 'ask', reason: WHY });
  await liftRestriction(fay, only?.id ?? '');
  await ask(nel);
  await expect(liftRestriction(fay, only?.id ?? '')).rejects.toMatchObject({ key: 'sponsor.restrict.over' });
  const acts = (await nel.db.auditEvent.findMany({ orderBy: { at: 'asc' } })).map(({ action }) => action);
  expect([...acts].sort()).toEqual(['pairing.restrict', 'pairing.restrictLift', 'pairing.restrictRead']);
});

test('a request that is open ends as if it was taken back: its asker is told, the mentor hears only that it is over', async () => {
  const { nel, mira, keep, ask } = await cast();
  await ask(nel, [mira]);
  expect(await myOffers(mira)).toHaveLength(1);
  await keep(nel, 'ask');
  expect(await myOffers(mira)).toHaveLength(0);
  expect(await nel.db.pairingRequest.findFirstOrThrow()).toMatchObject({ state: 'withdrawn', openFor: null });
  expect(await nel.db.dueWork.count({ where: { kind: RESTRICTED } })).toBe(1);
});

test('who may not volunteer is offered to nobody, and whom they are being asked about goes on to somebody else', async () => {
  const { nel, mira, max, keep, ask } = await cast();
  await ask(nel, [mira]);
  await keep(mira, 'volunteer');
  await tick();
  expect(await myOffers(mira)).toHaveLength(0);
  expect(await myOffers(max)).toHaveLength(1);
  const hands = { db: nel.db, cipher: home.world.cipher };
  expect(await mayBeAsked(hands, { memberId: nel.member.id }, mira.member.id, nel.now)).toBe(false);
  expect(await mayBeAsked(hands, { memberId: nel.member.id }, mira.member.id, at(nel, 31).now)).toBe(true);
  expect((await heldBack(nel.db, nel.now)).has(mira.member.id)).toBe(true);
  const draft = withFacts(newDraft('UTC'), { languages: ['en'] });
  await expect(saveMentor(mira, draft)).rejects.toMatchObject({ key: 'sponsor.restrict.you.volunteer' });
  await saveMentor(at(mira, 31), draft);
});

test('where nobody was asked by name, they are not found either', async () => {
  const { nel, mira, max, keep, ask } = await cast();
  await keep(mira, 'volunteer');
  await ask(nel);
  await tick();
  expect([(await myOffers(mira)).length, (await myOffers(max)).length]).toEqual([0, 1]);
});

test('nothing of it is to be read but by who facilitates, and not by those about themselves', async () => {
  const { fay, nel, keep } = await cast();
  await keep(nel, 'ask', 30, 'An older why, which is gone.');
  await keep(nel, 'ask');
  expect(await nel.db.restriction.count()).toBe(1);
  expect(await restrictions(nel)).toEqual([]);
  const [own] = await nel.db.restriction.findMany();
  await expect(liftRestriction(nel, own?.id ?? '')).rejects.toMatchObject({ key: 'sponsor.restrict.over' });
  expect((await keptAbout(nel)).counts.Restriction).toBe(1);
  const rows = JSON.stringify([await nel.db.restriction.findMany(), await nel.db.auditEvent.findMany()]);
  expect(Buffer.from(own?.reason ?? []).toString('latin1') + rows).not.toContain('newcomers');
  expect(JSON.stringify(await nel.db.auditEvent.findMany())).not.toContain(nel.member.id);
  await expect(
    restrict(fay, { memberId: fay.member.id, kinds: ['ask'], until: at(fay, 3).now, reason: WHY }),
  ).rejects.toMatchObject({ key: 'sponsor.restrict.own' });
  for (const until of [fay.now, new Date(fay.now.getTime() + LONGEST + 1)])
    await expect(restrict(fay, { memberId: nel.member.id, kinds: ['ask'], until, reason: WHY })).rejects.toMatchObject({
      key: 'sponsor.restrict.when',
    });
});

test('both hold, or neither', async () => {
  const { fay, nel } = await cast();
  const said = { memberId: nel.member.id, until: at(fay, 3).now, reason: WHY };
  await expect(restrict(fay, { ...said, kinds: ['ask', 'unheard' as never] })).rejects.toThrow();
  expect(await nel.db.restriction.count()).toBe(0);
  await restrict(fay, { ...said, kinds: ['ask', 'volunteer'] });
  expect(await nel.db.restriction.count()).toBe(2);
});

test('it goes in the night after its end, and with the member', async () => {
  const { fay, nel, mira, keep } = await cast();
  await keep(nel, 'ask', 3);
  await keep(mira, 'volunteer', 30);
  await forgetOld(home.world, { subjectId: fay.community.id }, at(fay, 4).now, AbortSignal.timeout(60_000));
  expect((await nel.db.restriction.findMany()).map(({ memberId }) => memberId)).toEqual([mira.member.id]);
  await eraseMember(within(home.world, fay.community.id), mira.member.id, fay.now);
  expect(await nel.db.restriction.count()).toBe(0);
});
