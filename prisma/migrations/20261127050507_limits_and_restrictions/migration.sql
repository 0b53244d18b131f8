-- CreateEnum
CREATE TYPE "RestrictionKind" AS ENUM ('ask', 'volunteer');

-- CreateTable
CREATE TABLE "Restriction" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "kind" "RestrictionKind" NOT NULL,
    "reason" BYTEA NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Restriction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ActCount" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID,
    "act" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "toldAt" TIMESTAMPTZ(3),

    CONSTRAINT "ActCount_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Restriction_communityId_id_key" ON "Restriction"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Restriction_communityId_memberId_kind_key" ON "Restriction"("communityId", "memberId", "kind");

-- CreateIndex
CREATE INDEX "ActCount_communityId_memberId_idx" ON "ActCount"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "ActCount_communityId_id_key" ON "ActCount"("communityId", "id");

-- AddForeignKey
ALTER TABLE "Restriction" ADD CONSTRAINT "Restriction_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Restriction" ADD CONSTRAINT "Restriction_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActCount" ADD CONSTRAINT "ActCount_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActCount" ADD CONSTRAINT "ActCount_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

