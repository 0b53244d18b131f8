-- The same work has the same id from now on (src/core/work/id.ts), so nothing else has to be unique.
UPDATE "DueWork" SET "id" = md5("kind" || ':' || "subjectId"::text)::uuid;

-- DropIndex
DROP INDEX "DueWork_communityId_kind_subjectId_key";

-- CreateIndex
CREATE INDEX "DueWork_communityId_idx" ON "DueWork"("communityId");

