-- CreateEnum
CREATE TYPE "ChairAnswer" AS ENUM ('yes', 'no', 'unreached');

-- AlterEnum
ALTER TYPE "RsvpState" ADD VALUE 'lapsed';

-- AlterTable
ALTER TABLE "Occurrence" ADD COLUMN     "shown" TEXT;

-- AlterTable
ALTER TABLE "Rsvp" ADD COLUMN     "isNamed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "offeredAt" TIMESTAMPTZ(3),
ADD COLUMN     "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "SessionMute" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,

    CONSTRAINT "SessionMute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChairAsk" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "occurrenceId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "isCover" BOOLEAN NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "said" "ChairAnswer",

    CONSTRAINT "ChairAsk_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SessionMute_communityId_memberId_idx" ON "SessionMute"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "SessionMute_communityId_sessionId_memberId_key" ON "SessionMute"("communityId", "sessionId", "memberId");

-- CreateIndex
CREATE INDEX "ChairAsk_communityId_memberId_idx" ON "ChairAsk"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "ChairAsk_communityId_occurrenceId_memberId_key" ON "ChairAsk"("communityId", "occurrenceId", "memberId");

-- AddForeignKey
ALTER TABLE "SessionMute" ADD CONSTRAINT "SessionMute_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionMute" ADD CONSTRAINT "SessionMute_communityId_sessionId_fkey" FOREIGN KEY ("communityId", "sessionId") REFERENCES "Session"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionMute" ADD CONSTRAINT "SessionMute_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChairAsk" ADD CONSTRAINT "ChairAsk_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChairAsk" ADD CONSTRAINT "ChairAsk_communityId_occurrenceId_fkey" FOREIGN KEY ("communityId", "occurrenceId") REFERENCES "Occurrence"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChairAsk" ADD CONSTRAINT "ChairAsk_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

