-- Who was asked to hear the words of a plan is not asked again for a time, whatever the words.
CREATE TABLE "MissedAsk" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "recipientId" UUID NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "declinedAt" TIMESTAMPTZ(3),

    CONSTRAINT "MissedAsk_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MissedAsk_communityId_recipientId_idx" ON "MissedAsk"("communityId", "recipientId");

-- CreateIndex
CREATE UNIQUE INDEX "MissedAsk_communityId_memberId_recipientId_key" ON "MissedAsk"("communityId", "memberId", "recipientId");

-- AddForeignKey
ALTER TABLE "MissedAsk" ADD CONSTRAINT "MissedAsk_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MissedAsk" ADD CONSTRAINT "MissedAsk_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MissedAsk" ADD CONSTRAINT "MissedAsk_communityId_recipientId_fkey" FOREIGN KEY ("communityId", "recipientId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was asked already counts, too. The asking that waits to be sent is about the first step that names somebody, and keeps its id.
INSERT INTO "MissedAsk" ("id", "communityId", "memberId", "recipientId", "askedAt", "declinedAt")
SELECT DISTINCT ON (p."id", s."recipientId") s."id", p."communityId", p."memberId", s."recipientId", p."since", s."declinedAt"
FROM "MissedStep" AS s JOIN "MissedPlan" AS p ON p."communityId" = s."communityId" AND p."id" = s."planId"
WHERE s."recipientId" IS NOT NULL AND s."acceptedAt" IS NULL
ORDER BY p."id", s."recipientId", s."position";
