-- CreateEnum
CREATE TYPE "ScheduleState" AS ENUM ('active', 'paused');

-- CreateEnum
CREATE TYPE "PromptState" AS ENUM ('waiting', 'answered', 'skipped', 'missed', 'dropped');

-- CreateEnum
CREATE TYPE "AnswerShown" AS ENUM ('named', 'unnamed', 'facilitators');

-- AlterTable
ALTER TABLE "CheckIn" ADD COLUMN     "promptId" UUID,
ADD COLUMN     "template" TEXT NOT NULL DEFAULT 'quick';

-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "fallback" TEXT,
ADD COLUMN     "quietFrom" TEXT,
ADD COLUMN     "quietTo" TEXT,
ADD COLUMN     "reflection" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "toldZone" TEXT;

-- AlterTable
ALTER TABLE "Space" DROP COLUMN "name";

-- CreateTable
CREATE TABLE "CheckInSchedule" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "rrule" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "times" TEXT[],
    "template" TEXT NOT NULL,
    "window" INTEGER NOT NULL DEFAULT 120,
    "skips" TEXT[],
    "settled" TEXT NOT NULL,
    "state" "ScheduleState" NOT NULL DEFAULT 'active',
    "resumeAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CheckInSchedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckInPrompt" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "scheduleId" UUID NOT NULL,
    "local" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "snoozes" INTEGER NOT NULL DEFAULT 0,
    "state" "PromptState" NOT NULL DEFAULT 'waiting',
    "endedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CheckInPrompt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckInTemplate" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID,
    "content" BYTEA NOT NULL,
    "retiredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CheckInTemplate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MissedPlan" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "taken" INTEGER[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MissedPlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MissedStep" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "planId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "afterMissed" INTEGER NOT NULL,
    "waitMinutes" INTEGER NOT NULL,
    "recipientId" UUID,
    "words" BYTEA NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "declinedAt" TIMESTAMPTZ(3),

    CONSTRAINT "MissedStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Milestone" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "details" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Milestone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupCheckIn" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "spaceId" UUID NOT NULL,
    "channelId" TEXT NOT NULL,
    "createdById" UUID,
    "question" BYTEA NOT NULL,
    "rrule" TEXT,
    "start" TEXT NOT NULL,
    "times" TEXT[],
    "zone" TEXT NOT NULL,
    "closesAfter" INTEGER NOT NULL,
    "settled" TEXT NOT NULL,
    "state" "ScheduleState" NOT NULL DEFAULT 'active',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GroupCheckIn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupRound" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "groupId" UUID NOT NULL,
    "local" TEXT NOT NULL,
    "opensAt" TIMESTAMPTZ(3) NOT NULL,
    "closesAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "GroupRound_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupAnswer" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "roundId" UUID NOT NULL,
    "memberId" UUID,
    "shown" "AnswerShown" NOT NULL,
    "body" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GroupAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CheckInSchedule_communityId_memberId_idx" ON "CheckInSchedule"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "CheckInSchedule_communityId_id_key" ON "CheckInSchedule"("communityId", "id");

-- CreateIndex
CREATE INDEX "CheckInPrompt_communityId_memberId_dueAt_idx" ON "CheckInPrompt"("communityId", "memberId", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "CheckInPrompt_communityId_id_key" ON "CheckInPrompt"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "CheckInPrompt_communityId_scheduleId_local_key" ON "CheckInPrompt"("communityId", "scheduleId", "local");

-- CreateIndex
CREATE INDEX "CheckInTemplate_communityId_memberId_idx" ON "CheckInTemplate"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "MissedPlan_communityId_id_key" ON "MissedPlan"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "MissedPlan_communityId_memberId_key" ON "MissedPlan"("communityId", "memberId");

-- CreateIndex
CREATE INDEX "MissedStep_communityId_recipientId_idx" ON "MissedStep"("communityId", "recipientId");

-- CreateIndex
CREATE UNIQUE INDEX "MissedStep_communityId_planId_position_key" ON "MissedStep"("communityId", "planId", "position");

-- CreateIndex
CREATE INDEX "Milestone_communityId_memberId_idx" ON "Milestone"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "GroupCheckIn_communityId_id_key" ON "GroupCheckIn"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "GroupRound_communityId_id_key" ON "GroupRound"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "GroupRound_communityId_groupId_local_key" ON "GroupRound"("communityId", "groupId", "local");

-- CreateIndex
CREATE INDEX "GroupAnswer_communityId_roundId_idx" ON "GroupAnswer"("communityId", "roundId");

-- CreateIndex
CREATE UNIQUE INDEX "CheckIn_communityId_promptId_key" ON "CheckIn"("communityId", "promptId");

-- AddForeignKey
ALTER TABLE "CheckInSchedule" ADD CONSTRAINT "CheckInSchedule_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckInSchedule" ADD CONSTRAINT "CheckInSchedule_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckInPrompt" ADD CONSTRAINT "CheckInPrompt_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckInPrompt" ADD CONSTRAINT "CheckInPrompt_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckInPrompt" ADD CONSTRAINT "CheckInPrompt_communityId_scheduleId_fkey" FOREIGN KEY ("communityId", "scheduleId") REFERENCES "CheckInSchedule"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckInTemplate" ADD CONSTRAINT "CheckInTemplate_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckInTemplate" ADD CONSTRAINT "CheckInTemplate_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MissedPlan" ADD CONSTRAINT "MissedPlan_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MissedPlan" ADD CONSTRAINT "MissedPlan_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MissedStep" ADD CONSTRAINT "MissedStep_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MissedStep" ADD CONSTRAINT "MissedStep_communityId_planId_fkey" FOREIGN KEY ("communityId", "planId") REFERENCES "MissedPlan"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MissedStep" ADD CONSTRAINT "MissedStep_communityId_recipientId_fkey" FOREIGN KEY ("communityId", "recipientId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Milestone" ADD CONSTRAINT "Milestone_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Milestone" ADD CONSTRAINT "Milestone_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupCheckIn" ADD CONSTRAINT "GroupCheckIn_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupCheckIn" ADD CONSTRAINT "GroupCheckIn_communityId_spaceId_fkey" FOREIGN KEY ("communityId", "spaceId") REFERENCES "Space"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupRound" ADD CONSTRAINT "GroupRound_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupRound" ADD CONSTRAINT "GroupRound_communityId_groupId_fkey" FOREIGN KEY ("communityId", "groupId") REFERENCES "GroupCheckIn"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupAnswer" ADD CONSTRAINT "GroupAnswer_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupAnswer" ADD CONSTRAINT "GroupAnswer_communityId_roundId_fkey" FOREIGN KEY ("communityId", "roundId") REFERENCES "GroupRound"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupAnswer" ADD CONSTRAINT "GroupAnswer_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- CreateTable
CREATE TABLE "Uptime" (
    "id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Uptime_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Uptime_until_idx" ON "Uptime"("until");
