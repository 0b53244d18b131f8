import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sealCredential } from '../../../src/core/pairing/credentials.js';
import { openFacts, sealFacts } from '../../../src/core/pairing/facts.js';
import { lookAtRequests } from '../../../src/core/pairing/look.js';
import { newDraft, withFacts } from '../../../src/core/pairing/mentor/draft.js';
import { pauseMentor } from '../../../src/core/pairing/mentor/pause.js';
import { saveMentor } from '../../../src/core/pairing/mentor/save.js';
import { pairKey } from '../../../src/core/pairing/pair.js';
import { beginRequest } from '../../../src/core/pairing/request.js';
import { blindTrait, blindTraits, traitsOf } from '../../../src/core/pairing/traits.js';
import { markBand } from '../../../src/core/pairing/verify/band.js';
import { verifyCredential } from '../../../src/core/pairing/verify/credential.js';
import { vouchFor } from '../../../src/core/pairing/verify/vouch.js';
import { EXPERIENCES, GENDERS, PATHWAYS, TOPICS } from '../../../src/core/pairing/vocabulary.js';
import { openWishes, sealWishes, wishesSchema } from '../../../src/core/pairing/wishes.js';
import { makeCipher } from '../../../src/db/cipher.js';
import { parseKeys } from '../../../src/db/keys.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { person } from '../sessions/support.js';

const NOW = '2026-11-26T12:00:00Z';

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
  const other = makeCipher(parseKeys(Buffer.alloc(32, 9).toString('base64')));
  fc.assert(
    fc.property(facts, fc.constantFrom(...PATHWAYS), (said, pathway) => {
      const digests = blindTraits(cipher, said);
      expect(digests.includes(blindTrait(cipher, `pathway:${pathway}`))).toBe(said.pathways.includes(pathway));
      expect(digests).toHaveLength(traitsOf(said).length);
      expect(new Set(digests).size).toBe(digests.length);
      for (const digest of digests) expect(Number.isInteger(digest) && Math.abs(digest) <= 2 ** 31).toBe(true);
      expect(blindTraits(other, said).filter((digest) => digests.includes(digest))).toEqual([]);
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

test('who pauses while they are being asked is asked no more, and the request goes on at once', async () => {
  const [mo, ana] = [await person(home, 'mo', NOW, 'pausing'), await person(home, 'ana', NOW, 'pausing')];
  await saveMentor(mo, withFacts(newDraft('UTC'), { languages: ['en'] }));
  const id = randomUUID();
  await beginRequest(ana, { id, wishes: { wishes: [], zone: 'UTC' }, urgency: 'week', picks: [] });
  const offers = () => mo.db.pairingOffer.findMany({ select: { state: true } });
  expect(await offers()).toEqual([{ state: 'open' }]);
  const now = new Date(mo.now.getTime() + 60_000);
  await pauseMentor({ ...mo, now }, { tell: false });
  expect(await mo.db.dueWork.findFirst({ where: { subjectId: id } })).toMatchObject({ dueAt: now });
  const due = [{ communityId: mo.community.id, subjectId: id }];
  await home.database.prisma.$transaction((tx) => lookAtRequests(tx, home.world.cipher, due, now));
  expect(await offers()).toEqual([{ state: 'withdrawn' }]);
});

test('nobody verifies what they say of themselves, vouches for themselves or marks their own band', async () => {
  const [mo, fay] = [await person(home, 'mo', NOW, 'verifying'), await person(home, 'fay', NOW, 'verifying')];
  const { id: profileId } = await saveMentor(mo, withFacts(newDraft('UTC'), { languages: ['en'] })).then(() =>
    mo.db.mentorProfile.findFirstOrThrow({ where: { memberId: mo.member.id } }),
  );
  const id = randomUUID();
  const details = sealCredential(home.world.cipher, id, { name: 'Training' });
  await mo.db.mentorCredential.create({ data: { id, communityId: mo.community.id, profileId, code: 'OTHER', details } });
  const own = { key: 'verify.own' };
  await expect(verifyCredential(mo, id, true)).rejects.toMatchObject(own);
  await expect(vouchFor(mo, mo.member.id, true)).rejects.toMatchObject(own);
  await expect(markBand(mo, mo.member.id, null)).rejects.toMatchObject(own);
  expect(await verifyCredential(fay, id, true)).toBe(mo.member.id);
  expect(await mo.db.auditEvent.findMany({ select: { actorId: true, action: true } })).toEqual([
    { actorId: fay.member.id, action: 'mentor.verify' },
  ]);
});
