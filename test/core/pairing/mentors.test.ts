import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sealCredential } from '../../../src/core/pairing/credentials.js';
import { openFacts, sealFacts } from '../../../src/core/pairing/facts.js';
import { newDraft, withFacts } from '../../../src/core/pairing/mentor/draft.js';
import { saveMentor } from '../../../src/core/pairing/mentor/save.js';
import { isOfferable, offerableWhere, STANDING, standingOf } from '../../../src/core/pairing/offerable.js';
import { pairKey } from '../../../src/core/pairing/pair.js';
import { pairingSettingsSchema } from '../../../src/core/pairing/settings.js';
import { blindTrait, blindTraits, traitsOf } from '../../../src/core/pairing/traits.js';
import { EXPERIENCES, GENDERS, PATHWAYS, RECOVERIES, TOPICS } from '../../../src/core/pairing/vocabulary.js';
import { openWishes, sealWishes, wishesSchema } from '../../../src/core/pairing/wishes.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { person } from '../sessions/support.js';

const NOW = '2026-11-26T12:00:00Z';
const TODAY = '2026-11-26';
const pick = <T>(values: readonly T[], i: number): T => values[i % values.length] as T;

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const some = <T extends string>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 4 });
const facts = fc
  .record({ pathways: some(PATHWAYS), topics: some(TOPICS), experiences: some(EXPERIENCES), onlyGenders: some(GENDERS) })
  .map((said) => withFacts(newDraft('Europe/Madrid'), { ...said, languages: ['es'] }).facts);

test('a profile is found by its traits and by nothing else, and a digest tells nothing without the key', () => {
  const { cipher } = home.world;
  fc.assert(
    fc.property(facts, fc.constantFrom(...PATHWAYS), (said, pathway) => {
      const digests = blindTraits(cipher, said);
      expect(digests.includes(blindTrait(cipher, `pathway:${pathway}`))).toBe(said.pathways.includes(pathway));
      expect(digests).toHaveLength(traitsOf(said).length);
      expect(new Set(digests).size).toBe(digests.length);
      for (const digest of digests) expect(Number.isInteger(digest) && Math.abs(digest) <= 2 ** 31).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('what is sealed for one profile or request opens for no other', () => {
  const { cipher } = home.world;
  const [id, other] = [randomUUID(), randomUUID()];
  const said = withFacts(newDraft('UTC'), { languages: ['en'], story: 'Mine.' }).facts;
  const details = sealFacts(cipher, id, said);
  expect(openFacts(cipher, { id, details })).toEqual(said);
  expect(() => openFacts(cipher, { id: other, details })).toThrow();
  const wishes = wishesSchema.parse({ wishes: [{ what: 'language', values: ['es'], must: true }], zone: 'UTC' });
  const sealed = sealWishes(cipher, id, wishes);
  expect(openWishes(cipher, { id, details: sealed })).toEqual(wishes);
  expect(() => openWishes(cipher, { id: other, details: sealed })).toThrow();
  expect(pairKey(id, other)).toEqual(pairKey(other, id));
});

test('a profile saved twice at once is one profile, with the traits of the last', async () => {
  const mo = await person(home, 'mo', NOW);
  const draft = withFacts({ ...newDraft('UTC'), capacity: 3 }, { languages: ['en'], pathways: ['AA'] });
  await Promise.all([saveMentor(mo, draft), saveMentor(mo, draft)]);
  await saveMentor(mo, withFacts(draft, { pathways: ['SMART'], languages: ['es'] }));
  const rows = await home.database.prisma.mentorProfile.findMany({ where: { memberId: mo.member.id } });
  expect(rows).toHaveLength(1);
  const trait = (name: `${string}:${string}`) => rows[0]?.traits.includes(blindTrait(home.world.cipher, name));
  expect([trait('pathway:AA'), trait('pathway:SMART'), trait('language:en'), trait('language:es')]).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

/** Sixty mentors, each another mixture of what can be said of one. */
async function crowd() {
  const { prisma } = home.database;
  const { cipher } = home.world;
  const asker = await person(home, 'asker', NOW, 'crowd');
  const communityId = asker.community.id;
  const voices = await Promise.all([1, 2, 3].map(() => prisma.member.create({ data: { communityId } })));
  for (let i = 0; i < 60; i++) {
    const id = randomUUID();
    const member = await prisma.member.create({ data: { communityId, ageBand: pick([null, 'teens', 'adults', 'gone'], i) } });
    const recovery = pick([undefined, ...RECOVERIES], i);
    const said = withFacts(newDraft('UTC'), { languages: ['en'], recovery }).facts;
    const at = (every: number) => (i % every === every - 1 ? new Date(NOW) : null);
    await prisma.mentorProfile.create({
      data: {
        ...{ id, communityId, memberId: member.id, details: sealFacts(cipher, id, said), traits: blindTraits(cipher, said) },
        ...{ capacity: 1, confirmedAt: new Date(NOW), lapsedAt: at(11), heldAt: at(13), endedAt: at(17) },
        pausedUntil: pick([null, null, new Date(NOW), new Date('2026-11-27T00:00:00Z')], Math.floor(i / 3)),
      },
    });
    const credentialId = randomUUID();
    if (i % 2 === 0)
      await prisma.mentorCredential.create({
        data: {
          ...{ id: credentialId, communityId, profileId: id, code: 'NCPS', details: sealCredential(cipher, credentialId, {}) },
          verifiedAt: pick([new Date(NOW), null], Math.floor(i / 6)),
          expiresOn: pick([null, new Date('2026-11-26'), new Date('2026-11-25')], Math.floor(i / 2)),
        },
      });
    const vouches = voices
      .slice(0, i % 4)
      .map((voice) => ({ communityId, profileId: id, byId: voice.id, kind: 'vouched' as const }));
    await prisma.mentorVouch.createMany({ data: vouches });
    if (i % 5 === 0) await prisma.mentorVouch.create({ data: { communityId, profileId: id, byId: member.id, kind: 'known' } });
  }
  return asker;
}

test('the database finds exactly those who may be offered by the rules, whatever a community asks', async () => {
  const { db, cipher } = await crowd();
  const now = new Date(NOW);
  const rows = await db.mentorProfile.findMany({ include: STANDING });
  const standings = rows.map((row) => ({ id: row.id, is: standingOf(row, openFacts(cipher, row).recovery, TODAY) }));
  const found: number[] = [];
  const minimum = fc.record({ recovery: fc.constantFrom(...RECOVERIES), training: fc.boolean(), vouches: fc.nat(3) });
  const ageBands = fc.constantFrom([], ['teens', 'adults']);
  await fc.assert(
    fc.asyncProperty(minimum, ageBands, fc.constantFrom(null, 'teens', 'gone'), async (least, bands, ageBand) => {
      const settings = pairingSettingsSchema.parse({ minimum: least, ageBands: bands });
      const where = await offerableWhere({ db, cipher }, { ageBand }, settings, { now, today: TODAY });
      const ids = (await db.mentorProfile.findMany({ where, select: { id: true } })).map(({ id }) => id);
      const expected = standings.filter(({ is }) => isOfferable(is, { ageBand }, settings, now)).map(({ id }) => id);
      expect(ids.sort()).toEqual(expected.sort());
      found.push(ids.length);
    }),
    { numRuns: 40 },
  );
  expect(Math.max(...found)).toBeGreaterThan(5);
});
