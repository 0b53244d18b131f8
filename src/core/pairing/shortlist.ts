import type { Cipher } from '../../db/cipher.js';
import { Prisma } from '../../db/generated/client.js';
import { selectIn, type TenantDb } from '../../db/tenant.js';
import type { SlotsLike } from './hours.js';
import { goTogether } from './offerable.js';
import { type Asker, weightOf } from './rank.js';
import type { PairingSettings } from './settings.js';
import { blindlyKnownAs, lotOf, marksOf, type Trait } from './traits.js';
import { RECOVERIES } from './vocabulary.js';
import { recoveryTraits, takesTrait, wantedBy } from './wanted.js';
import type { Wish } from './wishes.js';

/** A mentor as the index knows them: it may take them for better than they are, never for worse. */
export interface Listed {
  readonly id: string;
  readonly memberId: string;
  readonly details: Uint8Array;
  readonly capacity: number;
  readonly taken: number;
  /** The most that their score can be. */
  readonly bound: number;
}

/** What decides a search, gathered before. */
export interface Terms {
  readonly asker: Asker;
  readonly settings: PairingSettings;
  readonly now: Date;
  /** Local to the community, ISO. */
  readonly today: string;
  /** Mentors who did not want to, or were silent, when this asker asked not long ago. */
  readonly refused: readonly string[];
  /** Of the community's mentors; needed where somebody wishes for hours. */
  readonly zones: readonly string[];
  readonly like: SlotsLike;
  readonly cipher: Pick<Cipher, 'tags'>;
}

const { sql, join, raw } = Prisma;
const anyOf = (conditions: readonly Prisma.Sql[]) => (conditions.length > 0 ? sql`(${join(conditions, ' OR ')})` : sql`FALSE`);

/** Whoever has one of the traits has its mark; some have the mark of it from another trait. */
const marked = (digests: readonly number[]): Prisma.Sql =>
  anyOf(marksOf(digests).flatMap((mark, i) => (mark === 0n ? [] : [sql`("mark${raw(String(i))}" & ${mark}::bigint) <> 0`])));

/** @param isNeeded few who lack it are to be left: the digests are compared too */
function hasOne(traits: readonly Trait[], { cipher }: Terms, isNeeded: boolean): Prisma.Sql {
  const digests = traits.flatMap((trait) => blindlyKnownAs(cipher, trait));
  return isNeeded && digests.length > 0 ? sql`(${marked(digests)} AND "traits" && ${digests}::int[])` : marked(digests);
}

/** What the index can tell of a wish. Hours come to other parts of the week in each zone; any other wish is the same everywhere. */
function mayFulfil(wish: Wish, terms: Terms): Prisma.Sql {
  const { asker, zones, like } = terms;
  const traitsIn = (mentor: string) =>
    [...new Set(wish.values.flatMap((value) => wantedBy(wish.what, value, { asker: asker.wishes.zone, mentor }, like)))].sort();
  if (wish.what !== 'hours') return hasOne(traitsIn(asker.wishes.zone), terms, wish.must);
  const alike = new Map<string, { traits: Trait[]; zones: string[] }>();
  for (const zone of zones) {
    const traits = traitsIn(zone);
    const known = alike.get(traits.join());
    if (known) known.zones.push(zone);
    else alike.set(traits.join(), { traits, zones: [zone] });
  }
  return anyOf([...alike.values()].map((one) => sql`("zone" = ANY(${one.zones}) AND ${hasOne(one.traits, terms, wish.must)})`));
}

/** Whom this asker is not brought together with now, and who was asked already. */
const out = (community: Prisma.Sql, { asker: { memberId, requestId }, refused, now }: Terms) => sql`
  SELECT unnest(${[memberId, ...refused]}::uuid[])
  UNION ALL SELECT "mentorId" FROM "PairingOffer" WHERE "communityId" = ${community} AND "requestId" = ${requestId}::uuid
  UNION ALL SELECT CASE WHEN "aId" = ${memberId}::uuid THEN "bId" ELSE "aId" END FROM "Separation"
    WHERE "communityId" = ${community} AND ("aId" = ${memberId}::uuid OR "bId" = ${memberId}::uuid)
      AND ("until" IS NULL OR "until" > ${now}::timestamptz)
  UNION ALL SELECT CASE WHEN "memberId" = ${memberId}::uuid THEN "otherId" ELSE "memberId" END FROM "MemberBlock"
    WHERE "communityId" = ${community} AND ("memberId" = ${memberId}::uuid OR "otherId" = ${memberId}::uuid)
  UNION ALL SELECT CASE WHEN "menteeId" = ${memberId}::uuid THEN "mentorId" ELSE "menteeId" END FROM "Pairing"
    WHERE "communityId" = ${community} AND ("menteeId" = ${memberId}::uuid OR "mentorId" = ${memberId}::uuid)
      AND "state" IN ('introducing', 'active')`;

/** Places that are not free, by mentor. */
const taken = (community: Prisma.Sql) => sql`
  SELECT "mentorId", count(*)::int AS "taken" FROM (
    SELECT "mentorId" FROM "Pairing" WHERE "communityId" = ${community} AND "state" IN ('introducing', 'active')
    UNION ALL SELECT "mentorId" FROM "PairingOffer" WHERE "communityId" = ${community} AND "state" = 'open'
  ) AS places GROUP BY "mentorId"`;

/** What the community asks of its mentors. */
function minimum(community: Prisma.Sql, terms: Terms): Prisma.Sql[] {
  const { recovery, training, vouches } = terms.settings.minimum;
  return [
    ...(recovery === RECOVERIES[0] ? [] : [hasOne(recoveryTraits(recovery), terms, true)]),
    ...(training
      ? [
          sql`"id" IN (SELECT "profileId" FROM "MentorCredential" WHERE "communityId" = ${community}
            AND "verifiedAt" IS NOT NULL AND ("expiresOn" IS NULL OR "expiresOn" >= ${terms.today}::date))`,
        ]
      : []),
    ...(vouches > 0
      ? [
          sql`"id" IN (SELECT "profileId" FROM "MentorVouch" WHERE "communityId" = ${community} AND "kind" = 'vouched'
            GROUP BY "profileId" HAVING count(*) >= ${vouches})`,
        ]
      : []),
  ];
}

function conditions(community: Prisma.Sql, terms: Terms): Prisma.Sql[] {
  const { asker, settings, now } = terms;
  const { gender, wishes } = asker.wishes;
  return [
    sql`"communityId" = ${community} AND "endedAt" IS NULL AND "heldAt" IS NULL AND "lapsedAt" IS NULL`,
    sql`("pausedUntil" IS NULL OR "pausedUntil" <= ${now}::timestamptz)`,
    sql`"memberId" NOT IN (SELECT "memberId" FROM "Restriction" WHERE "communityId" = ${community} AND "kind" = 'volunteer'
      AND "until" > ${now}::timestamptz)`,
    sql`"memberId" NOT IN (SELECT "id" FROM "Member" WHERE "communityId" = ${community} AND "leftAt" IS NOT NULL)`,
    sql`coalesce("taken", 0) < "capacity"`,
    sql`"memberId" <> ALL (ARRAY(${out(community, terms)}))`,
    hasOne([takesTrait({ ...(gender && { gender }) })], terms, false),
    ...wishes.filter(({ must }) => must).map((wish) => mayFulfil(wish, terms)),
    ...minimum(community, terms),
    ...(settings.ageBands.length > 0
      ? [sql`"memberId" IN (SELECT "id" FROM "Member" WHERE "communityId" = ${community} AND "ageBand" = ${asker.ageBand})`]
      : []),
  ];
}

/** The zones of a community's mentors: one step in the index for each, however many mentors there are. */
export async function mentorZones(db: TenantDb): Promise<string[]> {
  const rows = await selectIn<{ zone: string }>(db, (id) => {
    const first = sql`SELECT min("zone") FROM "MentorProfile" WHERE "communityId" = ${id}::uuid`;
    return sql`
      WITH RECURSIVE found AS (
        SELECT (${first}) AS "zone"
        UNION ALL SELECT (${first} AND "zone" > found."zone") FROM found WHERE found."zone" IS NOT NULL
      ) SELECT "zone" FROM found WHERE "zone" IS NOT NULL`;
  });
  return rows.map(({ zone }) => zone);
}

/**
 * Who may be offered to this asker, by what the blind index knows, the best that they can be first. Everybody who may be is among
 * them, and where nobody is taken for better than they are, this is the order.
 * @param most at most so many
 */
export function shortlist(db: TenantDb, terms: Terms, most: number): Promise<Listed[]> {
  const { asker, settings } = terms;
  if (!goTogether(settings, asker.ageBand, asker.ageBand)) return Promise.resolve([]);
  const points = asker.wishes.wishes
    .filter(({ must }) => !must)
    .map((wish) => sql`CASE WHEN ${mayFulfil(wish, terms)} THEN ${weightOf(wish.what, settings)}::int ELSE 0 END`);
  return selectIn<Listed>(db, (id) => {
    const community = sql`${id}::uuid`;
    return sql`
      SELECT "id", "memberId", "details", "capacity", coalesce("taken", 0) AS "taken",
        ${points.length > 0 ? join(points, ' + ') : sql`0`} AS "bound"
      FROM "MentorProfile" LEFT JOIN (${taken(community)}) AS busy ON "mentorId" = "memberId"
      WHERE ${join(conditions(community, terms), ' AND ')}
      ORDER BY "bound" DESC, coalesce("taken", 0), "lot" # ${lotOf(asker.requestId)}::int, "memberId"
      LIMIT ${most}::int`;
  });
}
