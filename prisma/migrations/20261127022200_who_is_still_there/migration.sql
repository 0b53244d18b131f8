-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "leftAt" TIMESTAMPTZ(3),
ADD COLUMN     "thereAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "Space" ADD COLUMN     "removedAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Member_communityId_thereAt_idx" ON "Member"("communityId", "thereAt");


-- The nightly look, which communities that are made from now on get when they are made.
INSERT INTO "DueWork" ("id", "communityId", "kind", "subjectId", "dueAt", "wakeAt")
SELECT md5('leaving.look:' || "id"::text)::uuid, "id", 'leaving.look', "id", now(), now() FROM "Community";
