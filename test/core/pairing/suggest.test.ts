import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { openFacts } from '../../../src/core/pairing/facts.js';
import { slotsLike } from '../../../src/core/pairing/hours.js';
import { STANDING, standingOf } from '../../../src/core/pairing/offerable.js';
import { pairKey, TAKES_PLACE } from '../../../src/core/pairing/pair.js';
import { NEVER } from '../../../src/core/pairing/queue/assign.js';
import { everybody } from '../../../src/core/pairing/queue/everybody.js';
import { type Candidate, rank, weightOf } from '../../../src/core/pairing/rank.js';
import { type PairingSettings, pairingSettingsSchema, savePairingSettings } from '../../../src/core/pairing/settings.js';
import { nextFor, suggest } from '../../../src/core/pairing/suggest.js';
import { EXPERIENCES, GENDERS, RECOVERIES, SLOTS, TONES, TOPICS, WAYS } from '../../../src/core/pairing/vocabulary.js';
import { sealWishes, WISH_NAMES, WISHES, type Wishes, type WishName } from '../../../src/core/pairing/wishes.js';
import { type Cipher, makeCipher } from '../../../src/db/cipher.js';
import { parseKeys } from '../../../src/db/keys.js';
import { type TenantDb, tenantDb } from '../../../src/db/tenant.js';
import { type Database, testDatabase } from '../../support/db.js';
import { type MentorSpec, makeMentors } from '../../support/mentors.js';

const NOW = new Date('2026-11-26T20:00:00Z');
const LATER = new Date(NOW.getTime() + 1);
const TODAY = '2026-11-26';
const NOBODY = { id: randomUUID(), zone: 'UTC', isGreeted: true, isUnreached: false, isGone: false };
const HERE = { id: randomUUID(), zone: 'Europe/Madrid', language: 'en', isSetUp: true };
const ZONES = ['America/New_York', 'Europe/Madrid', 'Asia/Kolkata', 'Australia/Lord_Howe'];
const LANGUAGES = ['en', 'es', 'fr'];
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const cipher = makeCipher(parseKeys(key(1)));
let database: Database;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function community(): Promise<TenantDb> {
  const { id } = await database.prisma.community.create({ data: { zone: 'Europe/Madrid' } });
  return tenantDb(database.prisma, id);
}

interface Made {
  readonly id: string;
  readonly memberId: string;
  readonly details: Uint8Array<ArrayBuffer>;
  readonly wishes: Wishes;
}

async function ask(db: TenantDb, sealedBy: Cipher, wishes: Partial<Wishes>, ageBand: string | null = null): Promise<Made> {
  const [id, memberId] = [randomUUID(), randomUUID()];
  const whole = { wishes: [], zone: 'Europe/Madrid', ...wishes };
  const details = sealWishes(sealedBy, id, whole);
  await db.member.create({ data: { id: memberId, communityId: db.communityId, ageBand } });
  const row = {
    id,
    communityId: db.communityId,
    memberId,
    openFor: memberId,
    details,
    tellBy: NOW,
    askedAt: NOW,
    state: 'waiting' as const,
  };
  await db.pairingRequest.create({ data: row });
  return { id, memberId, details, wishes: whole };
}

/** Everybody's profile, opened and looked at one by one. */
async function candidates(db: TenantDb, { id, memberId }: Made, openedBy: Cipher): Promise<Candidate[]> {
  const rows = await db.mentorProfile.findMany({ include: STANDING });
  const places = { state: { in: [...TAKES_PLACE] } };
  return Promise.all(
    rows.map(async (row) => {
      const other = row.memberId;
      const [pairings, offers, asked, paired, blocks, apart] = await Promise.all([
        db.pairing.count({ where: { mentorId: other, ...places } }),
        db.pairingOffer.count({ where: { mentorId: other, state: 'open' } }),
        db.pairingOffer.count({ where: { mentorId: other, requestId: id } }),
        db.pairing.count({
          where: {
            ...places,
            OR: [
              { menteeId: memberId, mentorId: other },
              { menteeId: other, mentorId: memberId },
            ],
          },
        }),
        db.memberBlock.count({
          where: {
            OR: [
              { memberId, otherId: other },
              { memberId: other, otherId: memberId },
            ],
          },
        }),
        db.separation.count({ where: { ...pairKey(memberId, other), OR: [{ until: null }, { until: { gt: NOW } }] } }),
      ]);
      const facts = openFacts(openedBy, row);
      return {
        ...{ memberId: other, facts, capacity: row.capacity, taken: pairings + offers },
        standing: standingOf(row, facts.recovery, TODAY),
        isOut: asked + paired + blocks + apart > 0,
      };
    }),
  );
}

const some = <T>(values: readonly T[], most = 3) => fc.subarray([...values], { maxLength: most });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

const facts = fc.record({
  pathways: some(['AA', 'NA', 'SMART'] as const),
  experiences: some(EXPERIENCES.slice(0, 4)),
  recovery: maybe(fc.constantFrom(...RECOVERIES)),
  gender: maybe(fc.constantFrom(...GENDERS)),
  ways: some(WAYS),
  pace: maybe(fc.constantFrom('daily' as const, 'weekly' as const)),
  tone: maybe(fc.constantFrom(...TONES)),
  languages: fc.subarray(LANGUAGES, { minLength: 1 }),
  slots: some(SLOTS),
  zone: fc.constantFrom(...ZONES),
  topics: some(TOPICS.slice(0, 4)),
  medicationFriendly: fc.boolean(),
  onlyGenders: fc.oneof({ weight: 3, arbitrary: some(GENDERS, 0) }, { weight: 1, arbitrary: some(GENDERS) }),
});
const mentor: fc.Arbitrary<MentorSpec> = fc.record({
  facts,
  capacity: fc.integer({ min: 1, max: 3 }),
  pausedUntil: fc.constantFrom(null, null, null, NOW, LATER),
  ageBand: fc.constantFrom('young', 'young', 'young', 'older', null),
});
const valuesOf = (what: WishName): string[] => [...(what === 'pathway' ? ['AA', 'NA'] : (WISHES[what] ?? LANGUAGES))].slice(0, 6);
const wish = fc.constantFrom(...WISH_NAMES).chain((what) =>
  fc.record({
    what: fc.constant(what),
    values: fc.subarray(valuesOf(what), { minLength: 1 }),
    must: fc.nat(9).map((n) => n === 0),
  }),
);
const wishes: fc.Arbitrary<Wishes> = fc.record(
  {
    wishes: fc.uniqueArray(wish, { selector: ({ what }) => what, maxLength: 6 }),
    zone: fc.constantFrom(...ZONES),
    gender: fc.constantFrom(...GENDERS),
  },
  { requiredKeys: ['wishes', 'zone'] },
);
const settings: fc.Arbitrary<PairingSettings> = fc
  .record({
    weights: fc.constantFrom({}, { language: 0, tone: 9.5, way: 0.1 }),
    ageBands: fc.constantFrom([], [], [], ['young', 'older']),
    minimum: fc.record({
      recovery: fc.constantFrom('under1' as const, 'under1' as const, 'years1' as const),
      training: fc.nat(9).map((n) => n === 0),
      vouches: fc.constantFrom(0, 0, 0, 0, 1),
    }),
  })
  .map((said) => pairingSettingsSchema.parse(said));
/** What is between a mentor and the others, by the mentor's number. */
const ties = fc.array(
  fc.record({
    at: fc.nat(11),
    kind: fc.constantFrom(
      ...(['mentee', 'ended', 'offer', 'asked', 'paired', 'mentors', 'blocks', 'blocked', 'apart', 'cooled', 'seen'] as const),
      ...(['unseen', 'expired', 'vouch', 'known', 'oneself'] as const),
    ),
  }),
  { minLength: 10, maxLength: 50 },
);

/** A cipher whose digests say so little that traits are mixed up all the time. */
const forgetful = (real: Cipher, bits: number): Cipher => {
  const short = (tag: Buffer) => Buffer.from(tag.map((byte, i) => (i < 3 ? 0 : i === 3 ? byte % 2 ** bits : byte)));
  return { ...real, tag: (plain) => short(real.tag(plain)), tags: (plain) => real.tags(plain).map(short) };
};
/** The same after the key was changed: what was saved before has the digests of the older one. */
const rotated = makeCipher(parseKeys(`${key(2)},${key(1)}`));
const ciphers = [
  [cipher, cipher],
  [forgetful(cipher, 3), forgetful(cipher, 3)],
  [cipher, rotated],
] as const;

type Tie = { readonly at: number; readonly kind: string };

async function tie(db: TenantDb, mentorId: string, { kind }: Tie, asker: Made, other: Made): Promise<void> {
  const communityId = db.communityId;
  const row = { communityId, introBy: NOW };
  const profile = await db.mentorProfile.findFirstOrThrow({ where: { memberId: mentorId } });
  const vouch = { communityId, profileId: profile.id, byId: randomUUID() };
  const credential = { communityId, profileId: profile.id, code: 'OTHER', details: new Uint8Array([1]) };
  const offer = { communityId, mentorId, askedAt: NOW, deadline: NOW };
  const separation = { communityId, ...pairKey(asker.memberId, mentorId) };
  const doing: Record<string, () => Promise<unknown>> = {
    mentee: () => db.pairing.create({ data: { ...row, mentorId, menteeId: other.memberId } }),
    ended: () => db.pairing.create({ data: { ...row, mentorId, menteeId: asker.memberId, state: 'ended' } }),
    offer: () => db.pairingOffer.createMany({ data: [{ ...offer, requestId: other.id }], skipDuplicates: true }),
    asked: () =>
      db.pairingOffer.createMany({ data: [{ ...offer, requestId: asker.id, state: 'declined' }], skipDuplicates: true }),
    paired: () => db.pairing.create({ data: { ...row, mentorId, menteeId: asker.memberId, state: 'active' } }),
    mentors: () => db.pairing.create({ data: { ...row, mentorId: asker.memberId, menteeId: mentorId } }),
    blocks: () =>
      db.memberBlock.createMany({
        data: [{ communityId, memberId: asker.memberId, otherId: mentorId, at: NOW }],
        skipDuplicates: true,
      }),
    blocked: () =>
      db.memberBlock.createMany({
        data: [{ communityId, memberId: mentorId, otherId: asker.memberId, at: NOW }],
        skipDuplicates: true,
      }),
    apart: () => db.separation.createMany({ data: [{ ...separation, kind: 'apart' }], skipDuplicates: true }),
    cooled: () => db.separation.createMany({ data: [{ ...separation, kind: 'ended', until: NOW }], skipDuplicates: true }),
    seen: () => db.mentorCredential.create({ data: { ...credential, verifiedAt: NOW, expiresOn: new Date(TODAY) } }),
    unseen: () => db.mentorCredential.create({ data: credential }),
    expired: () => db.mentorCredential.create({ data: { ...credential, verifiedAt: NOW, expiresOn: new Date('2026-11-25') } }),
    vouch: async () => {
      await db.member.create({ data: { id: vouch.byId, communityId } });
      await db.mentorVouch.create({ data: { ...vouch, kind: 'vouched' } });
    },
    known: () => db.mentorVouch.createMany({ data: [{ ...vouch, byId: other.memberId, kind: 'known' }], skipDuplicates: true }),
  };
  await doing[kind]?.();
}

test('suggestions are those of the plain ranking of everybody, whatever the index mixes up and whichever key it was made with', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(mentor, { minLength: 5, maxLength: 24 }),
      fc.tuple(wishes, fc.constantFrom('young', 'young', null)),
      settings,
      ties,
      fc.constantFrom(...ciphers),
      async (mentors, [wanted, band], rules, between, [saving, reading]) => {
        const [db, elsewhere] = [await community(), await community()];
        await savePairingSettings(db, rules);
        const asker = await ask(db, saving, wanted, band);
        const other = await ask(db, saving, {});
        const specs = mentors.map((one, i) =>
          between.some(({ at, kind }) => at === i && kind === 'oneself') && i === 0 ? { ...one, memberId: asker.memberId } : one,
        );
        const ids = await makeMentors(db, saving, specs, NOW);
        await makeMentors(elsewhere, saving, mentors, NOW);
        for (const one of between) if (ids[one.at]) await tie(db, ids[one.at] as string, one, asker, other);

        const whole = rank(
          { requestId: asker.id, memberId: asker.memberId, ageBand: band, wishes: wanted },
          await candidates(db, asker, reading),
          rules,
          NOW,
          slotsLike(NOW),
        );
        const looking = { db, cipher: reading, now: NOW, member: NOBODY, community: HERE };
        const { askers, mentors: free, table } = await everybody(looking);
        const points = table.points[askers.findIndex(({ requestId }) => requestId === asker.id)] ?? [];
        const most = wanted.wishes.reduce((sum, { what, must }) => sum + (must ? 0 : weightOf(what, rules)), 0);
        const shares = whole.map(({ mentorId, score }) => [mentorId, most === 0 ? 100 : Math.round((100 * score) / most)]);
        const found = free.map(({ memberId }, i) => [memberId, points[i]]).filter(([, share]) => share !== NEVER);
        expect(new Map(found as [string, number][])).toEqual(new Map(shares as [string, number][]));

        const hands = { db, cipher: reading };
        expect(await suggest(hands, asker, NOW, 3)).toEqual(whole.slice(0, 3));
        expect(await suggest(hands, asker, NOW, 50)).toEqual(whole);
        expect(await db.transact((tx) => nextFor({ db: tx, cipher: reading }, asker, NOW))).toBe(whole[0]?.mentorId);
      },
    ),
    { numRuns: 15 },
  );
}, 120_000);

test('nobody is suggested who may not be offered now, each for a reason of their own', async () => {
  const db = await community();
  await savePairingSettings(
    db,
    pairingSettingsSchema.parse({ ageBands: ['young', 'older'], minimum: { recovery: 'years1', training: true, vouches: 2 } }),
  );
  const fit: MentorSpec = { facts: { recovery: 'years1' }, ageBand: 'young' };
  const specs: Record<string, MentorSpec> = {
    ...{ fit, wasPaused: { ...fit, pausedUntil: NOW }, long: { ...fit, facts: { recovery: 'years10' } } },
    ...{ open: { ...fit, facts: { recovery: 'years2', onlyGenders: ['man', 'woman'] } }, paused: { ...fit, pausedUntil: LATER } },
    ...{ lapsed: { ...fit, lapsedAt: NOW }, held: { ...fit, heldAt: NOW }, left: { ...fit, endedAt: NOW } },
    ...{ isNew: { ...fit, facts: { recovery: 'under1' } }, silent: { ...fit, facts: {} }, older: { ...fit, ageBand: 'older' } },
    ...{ unknown: { ...fit, ageBand: null }, men: { ...fit, facts: { recovery: 'years1', onlyGenders: ['man'] } } },
  };
  const states = Object.keys(specs);
  const alike = ['mentee', 'ended', 'offer', 'asked', 'paired', 'mentors', 'blocks', 'blocked', 'apart', 'cooled'];
  const qualified = ['unqualified', 'unseen', 'expired', 'unvouched', 'known'];
  const names = [...states, ...alike, ...qualified];
  const asker = await ask(db, cipher, { gender: 'woman' }, 'young');
  const other = await ask(db, cipher, {});
  const ids = await makeMentors(
    db,
    cipher,
    names.map((name) => specs[name] ?? fit),
    NOW,
  );
  for (const [i, name] of names.entries()) {
    const add = (kind: string) => tie(db, ids[i] as string, { at: i, kind }, asker, other);
    await add(name);
    if (!['unqualified', 'unseen', 'expired'].includes(name)) await add('seen');
    await add('vouch');
    await add(name === 'unvouched' ? 'known' : 'vouch');
  }
  const suggested = await suggest({ db, cipher }, asker, NOW, names.length);
  const found = new Set(suggested.map(({ mentorId }) => names[ids.indexOf(mentorId)]));
  expect([...found].sort()).toEqual(['cooled', 'ended', 'fit', 'known', 'long', 'open', 'wasPaused']);

  const untold = await ask(db, cipher, {}, 'young');
  const toThem = (await suggest({ db, cipher }, untold, NOW, names.length)).map(({ mentorId }) => names[ids.indexOf(mentorId)]);
  expect(toThem).toContain('fit');
  expect(toThem).not.toContain('open');
  expect(await suggest({ db, cipher }, await ask(db, cipher, {}, null), NOW, 5)).toEqual([]);
});

test('a longer list is looked at where the index took too many for better than they are', async () => {
  const db = await community();
  const mixed = forgetful(cipher, 0);
  // All traits are one to this index, so that everybody seems to speak French.
  const speaks = (language: string) => ({ facts: { languages: [language] } });
  const ids = await makeMentors(db, mixed, [...Array.from({ length: 150 }, () => speaks('en')), speaks('fr')], NOW);
  const asker = await ask(db, mixed, { wishes: [{ what: 'language', values: ['fr'], must: false }] });
  const [first, second] = await suggest({ db, cipher: mixed }, asker, NOW, 2);
  expect(first).toMatchObject({ mentorId: ids.at(-1), score: 600, reasons: [{ what: 'language', values: ['fr'] }] });
  expect(second).toMatchObject({ score: 0, reasons: [] });
});

test('among equals, the one with fewer people comes first, and who comes first otherwise differs for each request', async () => {
  const db = await community();
  const ids = await makeMentors(db, cipher, [{ capacity: 5 }, { capacity: 5 }, { capacity: 5 }], NOW);
  const firsts = new Set<string | undefined>();
  for (let i = 0; i < 30; i++) firsts.add(await nextFor({ db, cipher }, await ask(db, cipher, {}), NOW));
  expect([...firsts].sort()).toEqual([...ids].sort());

  const mentee = await ask(db, cipher, {});
  for (const mentorId of ids.slice(1))
    await db.pairing.create({ data: { communityId: db.communityId, mentorId, menteeId: mentee.memberId, introBy: NOW } });
  for (let i = 0; i < 10; i++) expect(await nextFor({ db, cipher }, await ask(db, cipher, {}), NOW)).toBe(ids[0]);
});
