-- CreateEnum
CREATE TYPE "SessionState" AS ENUM ('active', 'ended');

-- CreateEnum
CREATE TYPE "OccurrenceState" AS ENUM ('planned', 'live', 'over', 'cancelled');

-- CreateEnum
CREATE TYPE "ChairState" AS ENUM ('unasked', 'asked', 'confirmed', 'seeking', 'open');

-- CreateEnum
CREATE TYPE "RsvpState" AS ENUM ('going', 'maybe', 'no', 'waiting', 'offered');

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "spaceId" UUID NOT NULL,
    "createdById" UUID,
    "details" BYTEA NOT NULL,
    "format" TEXT NOT NULL,
    "rrule" TEXT,
    "start" TEXT NOT NULL,
    "time" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "place" TEXT NOT NULL,
    "channelId" TEXT,
    "capacity" INTEGER,
    "language" TEXT,
    "isClosed" BOOLEAN NOT NULL DEFAULT false,
    "visibility" TEXT NOT NULL DEFAULT 'community',
    "namesToChair" BOOLEAN NOT NULL DEFAULT false,
    "allowsSlips" BOOLEAN NOT NULL DEFAULT true,
    "newcomersFirst" BOOLEAN NOT NULL DEFAULT false,
    "reminders" INTEGER[] DEFAULT ARRAY[1440, 15]::INTEGER[],
    "chairId" UUID,
    "coChairId" UUID,
    "skips" TEXT[],
    "settled" TEXT NOT NULL,
    "state" "SessionState" NOT NULL DEFAULT 'active',
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SessionBackup" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "SessionBackup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Occurrence" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "local" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "minutes" INTEGER NOT NULL,
    "state" "OccurrenceState" NOT NULL DEFAULT 'planned',
    "changes" BYTEA,
    "channelId" TEXT,
    "chairId" UUID,
    "chairState" "ChairState" NOT NULL DEFAULT 'unasked',
    "endedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Occurrence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Rsvp" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "occurrenceId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "state" "RsvpState" NOT NULL,
    "queue" SERIAL NOT NULL,
    "offeredUntil" TIMESTAMPTZ(3),
    "isMuted" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Rsvp_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Session_communityId_state_idx" ON "Session"("communityId", "state");

-- CreateIndex
CREATE INDEX "Session_communityId_chairId_idx" ON "Session"("communityId", "chairId");

-- CreateIndex
CREATE INDEX "Session_communityId_coChairId_idx" ON "Session"("communityId", "coChairId");

-- CreateIndex
CREATE UNIQUE INDEX "Session_communityId_id_key" ON "Session"("communityId", "id");

-- CreateIndex
CREATE INDEX "SessionBackup_communityId_memberId_idx" ON "SessionBackup"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "SessionBackup_communityId_sessionId_memberId_key" ON "SessionBackup"("communityId", "sessionId", "memberId");

-- CreateIndex
CREATE INDEX "Occurrence_communityId_startsAt_idx" ON "Occurrence"("communityId", "startsAt");

-- CreateIndex
CREATE INDEX "Occurrence_communityId_chairId_idx" ON "Occurrence"("communityId", "chairId");

-- CreateIndex
CREATE UNIQUE INDEX "Occurrence_communityId_id_key" ON "Occurrence"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Occurrence_communityId_sessionId_local_key" ON "Occurrence"("communityId", "sessionId", "local");

-- CreateIndex
CREATE INDEX "Rsvp_communityId_memberId_idx" ON "Rsvp"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Rsvp_communityId_id_key" ON "Rsvp"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Rsvp_communityId_occurrenceId_memberId_key" ON "Rsvp"("communityId", "occurrenceId", "memberId");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_communityId_spaceId_fkey" FOREIGN KEY ("communityId", "spaceId") REFERENCES "Space"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_communityId_chairId_fkey" FOREIGN KEY ("communityId", "chairId") REFERENCES "Member"("communityId", "id") ON DELETE SET NULL ("chairId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_communityId_coChairId_fkey" FOREIGN KEY ("communityId", "coChairId") REFERENCES "Member"("communityId", "id") ON DELETE SET NULL ("coChairId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionBackup" ADD CONSTRAINT "SessionBackup_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionBackup" ADD CONSTRAINT "SessionBackup_communityId_sessionId_fkey" FOREIGN KEY ("communityId", "sessionId") REFERENCES "Session"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionBackup" ADD CONSTRAINT "SessionBackup_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Occurrence" ADD CONSTRAINT "Occurrence_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Occurrence" ADD CONSTRAINT "Occurrence_communityId_sessionId_fkey" FOREIGN KEY ("communityId", "sessionId") REFERENCES "Session"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Occurrence" ADD CONSTRAINT "Occurrence_communityId_chairId_fkey" FOREIGN KEY ("communityId", "chairId") REFERENCES "Member"("communityId", "id") ON DELETE SET NULL ("chairId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Rsvp" ADD CONSTRAINT "Rsvp_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Rsvp" ADD CONSTRAINT "Rsvp_communityId_occurrenceId_fkey" FOREIGN KEY ("communityId", "occurrenceId") REFERENCES "Occurrence"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Rsvp" ADD CONSTRAINT "Rsvp_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

