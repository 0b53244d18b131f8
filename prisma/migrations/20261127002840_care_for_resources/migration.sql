-- CreateEnum
CREATE TYPE "ResourceRetirer" AS ENUM ('source', 'community');

-- CreateEnum
CREATE TYPE "ResourceTrouble" AS ENUM ('number', 'moved', 'closed', 'full', 'unkind', 'other');

-- CreateEnum
CREATE TYPE "ResourceOutcome" AS ENUM ('fixed', 'retired', 'right', 'accepted', 'declined');

-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN     "subjectId" UUID;

-- AlterTable
ALTER TABLE "Resource" ADD COLUMN     "checkedOn" TEXT,
ADD COLUMN     "fixes" JSONB,
ADD COLUMN     "note" BYTEA,
ADD COLUMN     "pinnedAt" TIMESTAMPTZ(3),
ADD COLUMN     "published" JSONB,
ADD COLUMN     "retiredBy" "ResourceRetirer";

-- AlterTable
ALTER TABLE "ResourceSource" ADD COLUMN     "isOwn" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "ResourceReport" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "resourceId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "what" "ResourceTrouble" NOT NULL,
    "openFor" "ResourceTrouble",
    "words" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),
    "outcome" "ResourceOutcome",

    CONSTRAINT "ResourceReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResourceSuggestion" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "body" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),
    "outcome" "ResourceOutcome",
    "resourceId" UUID,

    CONSTRAINT "ResourceSuggestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResourceCount" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "members" INTEGER NOT NULL,

    CONSTRAINT "ResourceCount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResourceCounted" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,

    CONSTRAINT "ResourceCounted_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ResourceReport_communityId_resourceId_openFor_idx" ON "ResourceReport"("communityId", "resourceId", "openFor");

-- CreateIndex
CREATE INDEX "ResourceReport_communityId_openFor_createdAt_idx" ON "ResourceReport"("communityId", "openFor", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ResourceReport_communityId_memberId_resourceId_openFor_key" ON "ResourceReport"("communityId", "memberId", "resourceId", "openFor");

-- CreateIndex
CREATE INDEX "ResourceSuggestion_communityId_memberId_idx" ON "ResourceSuggestion"("communityId", "memberId");

-- CreateIndex
CREATE INDEX "ResourceSuggestion_communityId_resourceId_idx" ON "ResourceSuggestion"("communityId", "resourceId");

-- CreateIndex
CREATE INDEX "ResourceSuggestion_communityId_closedAt_createdAt_idx" ON "ResourceSuggestion"("communityId", "closedAt", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ResourceCount_communityId_month_what_topic_key" ON "ResourceCount"("communityId", "month", "what", "topic");

-- CreateIndex
CREATE UNIQUE INDEX "ResourceCounted_communityId_month_digest_key" ON "ResourceCounted"("communityId", "month", "digest");

-- CreateIndex
CREATE INDEX "AuditEvent_communityId_subjectId_idx" ON "AuditEvent"("communityId", "subjectId");

-- CreateIndex
CREATE UNIQUE INDEX "Resource_communityId_id_key" ON "Resource"("communityId", "id");

-- AddForeignKey
ALTER TABLE "ResourceReport" ADD CONSTRAINT "ResourceReport_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResourceReport" ADD CONSTRAINT "ResourceReport_communityId_resourceId_fkey" FOREIGN KEY ("communityId", "resourceId") REFERENCES "Resource"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResourceReport" ADD CONSTRAINT "ResourceReport_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResourceSuggestion" ADD CONSTRAINT "ResourceSuggestion_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResourceSuggestion" ADD CONSTRAINT "ResourceSuggestion_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResourceSuggestion" ADD CONSTRAINT "ResourceSuggestion_communityId_resourceId_fkey" FOREIGN KEY ("communityId", "resourceId") REFERENCES "Resource"("communityId", "id") ON DELETE SET NULL ("resourceId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResourceCount" ADD CONSTRAINT "ResourceCount_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResourceCounted" ADD CONSTRAINT "ResourceCounted_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What is retired until now, an import retired.
UPDATE "Resource" SET "retiredBy" = 'source' WHERE "retiredAt" IS NOT NULL;
