-- CreateEnum
CREATE TYPE "VouchKind" AS ENUM ('known', 'vouched');

-- CreateEnum
CREATE TYPE "RequestState" AS ENUM ('choosing', 'approval', 'offered', 'waiting', 'introduced', 'paired', 'withdrawn', 'closed');

-- CreateEnum
CREATE TYPE "Urgency" AS ENUM ('today', 'week', 'month');

-- CreateEnum
CREATE TYPE "OfferState" AS ENUM ('open', 'accepted', 'declined', 'lapsed', 'unreached', 'full', 'withdrawn');

-- CreateEnum
CREATE TYPE "PairingState" AS ENUM ('introducing', 'active', 'ended');

-- CreateEnum
CREATE TYPE "SeparationKind" AS ENUM ('apart', 'ended', 'report');

-- CreateEnum
CREATE TYPE "ReportState" AS ENUM ('open', 'cleared', 'upheld');

-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "ageBand" TEXT;

-- CreateTable
CREATE TABLE "MentorProfile" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "details" BYTEA NOT NULL,
    "traits" INTEGER[],
    "capacity" INTEGER NOT NULL,
    "pausedUntil" TIMESTAMPTZ(3),
    "lapsedAt" TIMESTAMPTZ(3),
    "heldAt" TIMESTAMPTZ(3),
    "confirmedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MentorProfile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MentorCredential" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "profileId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "details" BYTEA NOT NULL,
    "expiresOn" DATE,
    "verifiedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MentorCredential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MentorVouch" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "profileId" UUID NOT NULL,
    "byId" UUID NOT NULL,
    "kind" "VouchKind" NOT NULL,
    "since" DATE,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MentorVouch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PairingRequest" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "openFor" UUID,
    "state" "RequestState" NOT NULL DEFAULT 'choosing',
    "urgency" "Urgency" NOT NULL DEFAULT 'month',
    "details" BYTEA NOT NULL,
    "picks" UUID[],
    "tellBy" TIMESTAMPTZ(3) NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "approvedAt" TIMESTAMPTZ(3),
    "waitingAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PairingRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PairingOffer" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "mentorId" UUID NOT NULL,
    "openFor" UUID,
    "state" "OfferState" NOT NULL DEFAULT 'open',
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PairingOffer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pairing" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "requestId" UUID,
    "menteeId" UUID NOT NULL,
    "mentorId" UUID NOT NULL,
    "state" "PairingState" NOT NULL DEFAULT 'introducing',
    "menteeYesAt" TIMESTAMPTZ(3),
    "mentorYesAt" TIMESTAMPTZ(3),
    "introBy" TIMESTAMPTZ(3) NOT NULL,
    "menteePace" TEXT,
    "mentorPace" TEXT,
    "startedAt" TIMESTAMPTZ(3),
    "nudgeAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Pairing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Separation" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "aId" UUID NOT NULL,
    "bId" UUID NOT NULL,
    "kind" "SeparationKind" NOT NULL,
    "byId" UUID,
    "until" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Separation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MemberReport" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "reporterId" UUID NOT NULL,
    "reportedId" UUID NOT NULL,
    "details" BYTEA NOT NULL,
    "state" "ReportState" NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "MemberReport_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "MentorProfile_communityId_id_key" ON "MentorProfile"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "MentorProfile_communityId_memberId_key" ON "MentorProfile"("communityId", "memberId");

-- CreateIndex
CREATE INDEX "MentorCredential_communityId_profileId_idx" ON "MentorCredential"("communityId", "profileId");

-- CreateIndex
CREATE UNIQUE INDEX "MentorCredential_communityId_id_key" ON "MentorCredential"("communityId", "id");

-- CreateIndex
CREATE INDEX "MentorVouch_communityId_byId_idx" ON "MentorVouch"("communityId", "byId");

-- CreateIndex
CREATE UNIQUE INDEX "MentorVouch_communityId_profileId_byId_kind_key" ON "MentorVouch"("communityId", "profileId", "byId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "PairingRequest_openFor_key" ON "PairingRequest"("openFor");

-- CreateIndex
CREATE INDEX "PairingRequest_communityId_memberId_idx" ON "PairingRequest"("communityId", "memberId");

-- CreateIndex
CREATE INDEX "PairingRequest_communityId_state_askedAt_idx" ON "PairingRequest"("communityId", "state", "askedAt");

-- CreateIndex
CREATE UNIQUE INDEX "PairingRequest_communityId_id_key" ON "PairingRequest"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PairingOffer_openFor_key" ON "PairingOffer"("openFor");

-- CreateIndex
CREATE INDEX "PairingOffer_communityId_mentorId_state_idx" ON "PairingOffer"("communityId", "mentorId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "PairingOffer_communityId_id_key" ON "PairingOffer"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PairingOffer_communityId_requestId_mentorId_key" ON "PairingOffer"("communityId", "requestId", "mentorId");

-- CreateIndex
CREATE INDEX "Pairing_communityId_menteeId_idx" ON "Pairing"("communityId", "menteeId");

-- CreateIndex
CREATE INDEX "Pairing_communityId_mentorId_state_idx" ON "Pairing"("communityId", "mentorId", "state");

-- CreateIndex
CREATE INDEX "Pairing_communityId_requestId_idx" ON "Pairing"("communityId", "requestId");

-- CreateIndex
CREATE UNIQUE INDEX "Pairing_communityId_id_key" ON "Pairing"("communityId", "id");

-- CreateIndex
CREATE INDEX "Separation_communityId_bId_idx" ON "Separation"("communityId", "bId");

-- CreateIndex
CREATE INDEX "Separation_communityId_byId_idx" ON "Separation"("communityId", "byId");

-- CreateIndex
CREATE UNIQUE INDEX "Separation_communityId_aId_bId_kind_key" ON "Separation"("communityId", "aId", "bId", "kind");

-- CreateIndex
CREATE INDEX "MemberReport_communityId_reporterId_idx" ON "MemberReport"("communityId", "reporterId");

-- CreateIndex
CREATE INDEX "MemberReport_communityId_reportedId_state_idx" ON "MemberReport"("communityId", "reportedId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "MemberReport_communityId_id_key" ON "MemberReport"("communityId", "id");

-- AddForeignKey
ALTER TABLE "MentorProfile" ADD CONSTRAINT "MentorProfile_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MentorProfile" ADD CONSTRAINT "MentorProfile_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MentorCredential" ADD CONSTRAINT "MentorCredential_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MentorCredential" ADD CONSTRAINT "MentorCredential_communityId_profileId_fkey" FOREIGN KEY ("communityId", "profileId") REFERENCES "MentorProfile"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MentorVouch" ADD CONSTRAINT "MentorVouch_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MentorVouch" ADD CONSTRAINT "MentorVouch_communityId_profileId_fkey" FOREIGN KEY ("communityId", "profileId") REFERENCES "MentorProfile"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MentorVouch" ADD CONSTRAINT "MentorVouch_communityId_byId_fkey" FOREIGN KEY ("communityId", "byId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PairingRequest" ADD CONSTRAINT "PairingRequest_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PairingRequest" ADD CONSTRAINT "PairingRequest_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PairingOffer" ADD CONSTRAINT "PairingOffer_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PairingOffer" ADD CONSTRAINT "PairingOffer_communityId_requestId_fkey" FOREIGN KEY ("communityId", "requestId") REFERENCES "PairingRequest"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PairingOffer" ADD CONSTRAINT "PairingOffer_communityId_mentorId_fkey" FOREIGN KEY ("communityId", "mentorId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_communityId_requestId_fkey" FOREIGN KEY ("communityId", "requestId") REFERENCES "PairingRequest"("communityId", "id") ON DELETE SET NULL ("requestId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_communityId_menteeId_fkey" FOREIGN KEY ("communityId", "menteeId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_communityId_mentorId_fkey" FOREIGN KEY ("communityId", "mentorId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Separation" ADD CONSTRAINT "Separation_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Separation" ADD CONSTRAINT "Separation_communityId_aId_fkey" FOREIGN KEY ("communityId", "aId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Separation" ADD CONSTRAINT "Separation_communityId_bId_fkey" FOREIGN KEY ("communityId", "bId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Separation" ADD CONSTRAINT "Separation_communityId_byId_fkey" FOREIGN KEY ("communityId", "byId") REFERENCES "Member"("communityId", "id") ON DELETE SET NULL ("byId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberReport" ADD CONSTRAINT "MemberReport_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberReport" ADD CONSTRAINT "MemberReport_communityId_reporterId_fkey" FOREIGN KEY ("communityId", "reporterId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberReport" ADD CONSTRAINT "MemberReport_communityId_reportedId_fkey" FOREIGN KEY ("communityId", "reportedId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

