-- CreateEnum
CREATE TYPE "SessionPart" AS ENUM ('chair', 'coChair', 'backup');

-- CreateTable
CREATE TABLE "SessionNaming" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "part" "SessionPart" NOT NULL,
    "byId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "declinedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SessionNaming_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SessionNaming_communityId_sessionId_idx" ON "SessionNaming"("communityId", "sessionId");

-- CreateIndex
CREATE INDEX "SessionNaming_communityId_memberId_idx" ON "SessionNaming"("communityId", "memberId");

-- AddForeignKey
ALTER TABLE "SessionNaming" ADD CONSTRAINT "SessionNaming_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionNaming" ADD CONSTRAINT "SessionNaming_communityId_sessionId_fkey" FOREIGN KEY ("communityId", "sessionId") REFERENCES "Session"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionNaming" ADD CONSTRAINT "SessionNaming_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

