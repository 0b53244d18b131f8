-- AlterTable
ALTER TABLE "EncryptionKey" ADD COLUMN     "retiredAt" TIMESTAMPTZ(3),
ADD COLUMN     "usedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Forgotten" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "night" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "Forgotten_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Forgotten_communityId_kind_night_key" ON "Forgotten"("communityId", "kind", "night");

-- AddForeignKey
ALTER TABLE "Forgotten" ADD CONSTRAINT "Forgotten_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- The nightly look at what was kept long enough. In a week, so that coordinators can see and change how long that is.
INSERT INTO "DueWork" ("id", "communityId", "kind", "subjectId", "dueAt", "wakeAt")
SELECT md5('retention.night:' || "id"::text)::uuid, "id", 'retention.night', "id", now() + interval '7 days', now() + interval '7 days'
FROM "Community";
