import type { Prisma } from '../../../db/generated/client.js';
import { SILENCE } from './plan.js';

/** A prompt that was promised, and when its window will close. */
export interface Watched {
  readonly memberId: string;
  readonly closesAt: Date;
}

/**
 * Has the plans of these members looked at when the windows of their prompts close; members without a plan, and plans of
 * which every step had its turn, cost nothing. Call it in the transaction that makes the prompts, or puts them off.
 */
export async function watchSilence(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  watched: readonly Watched[],
): Promise<void> {
  if (watched.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "DueWork" ("id", "communityId", "kind", "subjectId", "dueAt", "wakeAt")
    SELECT md5(${SILENCE} || ':' || p."id"::text)::uuid, p."communityId", ${SILENCE}, p."id", min(w.at), min(w.at)
    FROM unnest(${watched.map(({ memberId }) => memberId)}::uuid[], ${watched.map(({ closesAt }) => closesAt.toISOString())}::text[]::timestamptz[]) AS w(member, at)
    JOIN "MissedPlan" AS p ON p."memberId" = w.member
    WHERE cardinality(p."taken") < (SELECT count(*) FROM "MissedStep" AS s WHERE s."planId" = p."id")
    GROUP BY p."communityId", p."id"
    ON CONFLICT ("id") DO UPDATE
    SET "dueAt" = LEAST("DueWork"."dueAt", EXCLUDED."dueAt"), "wakeAt" = LEAST("DueWork"."wakeAt", EXCLUDED."wakeAt")`;
}
