-- Where a trail stands: made, with its key, by the first that is written from now on.
-- CreateTable
CREATE TABLE "AuditChain" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "turn" INTEGER NOT NULL DEFAULT 0,
    "state" BYTEA NOT NULL,

    CONSTRAINT "AuditChain_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AuditChain_communityId_key" ON "AuditChain"("communityId");

-- AddForeignKey
ALTER TABLE "AuditChain" ADD CONSTRAINT "AuditChain_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN     "actorTag" BYTEA,
ADD COLUMN     "before" BYTEA NOT NULL DEFAULT '',
ADD COLUMN     "mac" BYTEA NOT NULL DEFAULT '',
ADD COLUMN     "seq" INTEGER,
ADD COLUMN     "aboutId" UUID,
ADD COLUMN     "aboutTag" BYTEA;

-- What was written before has its order; it is chained when the chain is made.
UPDATE "AuditEvent" e SET "seq" = o.n
FROM (SELECT "id", row_number() OVER (PARTITION BY "communityId" ORDER BY "at", "id") AS n FROM "AuditEvent") o
WHERE o."id" = e."id";

-- Who was looked at.
UPDATE "AuditEvent" e SET "aboutId" = p."menteeId" FROM "Pairing" p WHERE p."id" = e."pairingId" AND p."communityId" = e."communityId";

ALTER TABLE "AuditEvent" ALTER COLUMN "seq" SET NOT NULL,
ALTER COLUMN "before" DROP DEFAULT,
ALTER COLUMN "mac" DROP DEFAULT;

-- DropForeignKey
ALTER TABLE "AuditEvent" DROP CONSTRAINT "AuditEvent_communityId_pairingId_fkey";

-- DropIndex
DROP INDEX "AuditEvent_communityId_pairingId_idx";

ALTER TABLE "AuditEvent" DROP COLUMN "pairingId";

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_communityId_seq_key" ON "AuditEvent"("communityId", "seq");

-- CreateIndex
CREATE INDEX "AuditEvent_communityId_aboutId_action_idx" ON "AuditEvent"("communityId", "aboutId", "action");

-- AddForeignKey
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_communityId_aboutId_fkey" FOREIGN KEY ("communityId", "aboutId") REFERENCES "Member"("communityId", "id") ON DELETE SET NULL ("aboutId") ON UPDATE CASCADE;
