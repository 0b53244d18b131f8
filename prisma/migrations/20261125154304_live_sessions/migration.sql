-- CreateTable
CREATE TABLE "SessionScript" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "body" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SessionScript_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LiveSession" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "occurrenceId" UUID NOT NULL,
    "spaceId" UUID NOT NULL,
    "channelId" TEXT NOT NULL,
    "cardNo" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "script" BYTEA NOT NULL,
    "step" INTEGER NOT NULL DEFAULT 0,
    "stepSince" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "closesAt" TIMESTAMPTZ(3) NOT NULL,
    "pausedAt" TIMESTAMPTZ(3),
    "shareMinutes" INTEGER NOT NULL,
    "isMuted" BOOLEAN NOT NULL DEFAULT false,
    "isClosed" BOOLEAN NOT NULL DEFAULT false,
    "allowsUnnamed" BOOLEAN NOT NULL DEFAULT true,
    "newcomersFirst" BOOLEAN NOT NULL DEFAULT false,
    "chairId" UUID,
    "coChairId" UUID,
    "chairSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "shareCount" INTEGER NOT NULL DEFAULT 0,
    "endedAt" TIMESTAMPTZ(3),
    "tally" INTEGER[],
    "countedAt" TIMESTAMPTZ(3),

    CONSTRAINT "LiveSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Hand" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "liveId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "order" SERIAL NOT NULL,
    "isNew" BOOLEAN NOT NULL DEFAULT false,
    "since" TIMESTAMPTZ(3),
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "Hand_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Share" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "liveId" UUID NOT NULL,
    "memberId" UUID,
    "body" BYTEA NOT NULL,
    "isDown" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Share_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PulseAnswer" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "liveId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "answers" BYTEA NOT NULL,

    CONSTRAINT "PulseAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SessionScript_communityId_createdAt_idx" ON "SessionScript"("communityId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "SessionScript_communityId_id_key" ON "SessionScript"("communityId", "id");

-- CreateIndex
CREATE INDEX "LiveSession_communityId_endedAt_idx" ON "LiveSession"("communityId", "endedAt");

-- CreateIndex
CREATE INDEX "LiveSession_communityId_chairId_idx" ON "LiveSession"("communityId", "chairId");

-- CreateIndex
CREATE INDEX "LiveSession_communityId_coChairId_idx" ON "LiveSession"("communityId", "coChairId");

-- CreateIndex
CREATE UNIQUE INDEX "LiveSession_communityId_id_key" ON "LiveSession"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "LiveSession_communityId_occurrenceId_key" ON "LiveSession"("communityId", "occurrenceId");

-- CreateIndex
CREATE INDEX "Hand_communityId_memberId_idx" ON "Hand"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Hand_communityId_liveId_memberId_key" ON "Hand"("communityId", "liveId", "memberId");

-- CreateIndex
CREATE INDEX "Share_communityId_liveId_idx" ON "Share"("communityId", "liveId");

-- CreateIndex
CREATE INDEX "Share_communityId_memberId_idx" ON "Share"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Share_communityId_id_key" ON "Share"("communityId", "id");

-- CreateIndex
CREATE INDEX "PulseAnswer_communityId_memberId_idx" ON "PulseAnswer"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "PulseAnswer_communityId_liveId_memberId_key" ON "PulseAnswer"("communityId", "liveId", "memberId");

-- AddForeignKey
ALTER TABLE "SessionScript" ADD CONSTRAINT "SessionScript_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LiveSession" ADD CONSTRAINT "LiveSession_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LiveSession" ADD CONSTRAINT "LiveSession_communityId_occurrenceId_fkey" FOREIGN KEY ("communityId", "occurrenceId") REFERENCES "Occurrence"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LiveSession" ADD CONSTRAINT "LiveSession_communityId_spaceId_fkey" FOREIGN KEY ("communityId", "spaceId") REFERENCES "Space"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LiveSession" ADD CONSTRAINT "LiveSession_communityId_chairId_fkey" FOREIGN KEY ("communityId", "chairId") REFERENCES "Member"("communityId", "id") ON DELETE SET NULL ("chairId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LiveSession" ADD CONSTRAINT "LiveSession_communityId_coChairId_fkey" FOREIGN KEY ("communityId", "coChairId") REFERENCES "Member"("communityId", "id") ON DELETE SET NULL ("coChairId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Hand" ADD CONSTRAINT "Hand_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Hand" ADD CONSTRAINT "Hand_communityId_liveId_fkey" FOREIGN KEY ("communityId", "liveId") REFERENCES "LiveSession"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Hand" ADD CONSTRAINT "Hand_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Share" ADD CONSTRAINT "Share_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Share" ADD CONSTRAINT "Share_communityId_liveId_fkey" FOREIGN KEY ("communityId", "liveId") REFERENCES "LiveSession"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Share" ADD CONSTRAINT "Share_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PulseAnswer" ADD CONSTRAINT "PulseAnswer_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PulseAnswer" ADD CONSTRAINT "PulseAnswer_communityId_liveId_fkey" FOREIGN KEY ("communityId", "liveId") REFERENCES "LiveSession"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PulseAnswer" ADD CONSTRAINT "PulseAnswer_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

