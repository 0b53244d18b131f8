-- CreateEnum
CREATE TYPE "SupportEnd" AS ENUM ('spoken', 'withdrawn', 'over');

-- CreateEnum
CREATE TYPE "SupportAnswer" AS ENUM ('yes', 'no', 'unreached', 'missed');

-- CreateTable
CREATE TABLE "OncallVolunteer" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "languages" TEXT[],
    "isListed" BOOLEAN NOT NULL DEFAULT false,
    "pausedAt" TIMESTAMPTZ(3),
    "pausedUntil" TIMESTAMPTZ(3),
    "lastAskedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OncallVolunteer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OncallShift" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "days" TEXT[],
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OncallShift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SupportRequest" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "openFor" UUID,
    "language" TEXT NOT NULL,
    "words" BYTEA,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "relayId" UUID,
    "endedAt" TIMESTAMPTZ(3),
    "ended" "SupportEnd",

    CONSTRAINT "SupportRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SupportAsk" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "isCoordinator" BOOLEAN NOT NULL,
    "round" INTEGER NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "said" "SupportAnswer",
    "saidAt" TIMESTAMPTZ(3),

    CONSTRAINT "SupportAsk_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "OncallVolunteer_communityId_memberId_key" ON "OncallVolunteer"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "OncallShift_communityId_memberId_days_from_to_zone_key" ON "OncallShift"("communityId", "memberId", "days", "from", "to", "zone");

-- CreateIndex
CREATE INDEX "SupportRequest_communityId_memberId_idx" ON "SupportRequest"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "SupportRequest_communityId_id_key" ON "SupportRequest"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SupportRequest_communityId_openFor_key" ON "SupportRequest"("communityId", "openFor");

-- CreateIndex
CREATE INDEX "SupportAsk_communityId_memberId_idx" ON "SupportAsk"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "SupportAsk_communityId_requestId_memberId_key" ON "SupportAsk"("communityId", "requestId", "memberId");

-- AddForeignKey
ALTER TABLE "OncallVolunteer" ADD CONSTRAINT "OncallVolunteer_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OncallVolunteer" ADD CONSTRAINT "OncallVolunteer_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OncallShift" ADD CONSTRAINT "OncallShift_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OncallShift" ADD CONSTRAINT "OncallShift_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SupportRequest" ADD CONSTRAINT "SupportRequest_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SupportRequest" ADD CONSTRAINT "SupportRequest_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SupportAsk" ADD CONSTRAINT "SupportAsk_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SupportAsk" ADD CONSTRAINT "SupportAsk_communityId_requestId_fkey" FOREIGN KEY ("communityId", "requestId") REFERENCES "SupportRequest"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SupportAsk" ADD CONSTRAINT "SupportAsk_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

