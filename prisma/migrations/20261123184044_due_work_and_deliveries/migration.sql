-- CreateEnum
CREATE TYPE "DeliveryState" AS ENUM ('queued', 'sent', 'dropped', 'dead');

-- CreateTable
CREATE TABLE "DueWork" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subjectId" UUID NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "wakeAt" TIMESTAMPTZ(3) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DueWork_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subjectId" UUID NOT NULL,
    "memberId" UUID,
    "platform" "Platform" NOT NULL,
    "once" TEXT NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'queued',
    "reason" TEXT,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "rank" INTEGER NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "faults" INTEGER NOT NULL DEFAULT 0,
    "ref" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pace" (
    "lane" TEXT NOT NULL,
    "freeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Pace_pkey" PRIMARY KEY ("lane")
);

-- CreateIndex
CREATE INDEX "DueWork_wakeAt_idx" ON "DueWork"("wakeAt");

-- CreateIndex
CREATE UNIQUE INDEX "DueWork_communityId_kind_subjectId_key" ON "DueWork"("communityId", "kind", "subjectId");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_once_key" ON "Delivery"("once");

-- CreateIndex
CREATE INDEX "Delivery_state_platform_tries_rank_idx" ON "Delivery"("state", "platform", "tries", "rank");

-- CreateIndex
CREATE INDEX "Delivery_communityId_state_platform_rank_idx" ON "Delivery"("communityId", "state", "platform", "rank");

-- CreateIndex
CREATE INDEX "Delivery_subjectId_idx" ON "Delivery"("subjectId");

-- CreateIndex
CREATE INDEX "Delivery_memberId_idx" ON "Delivery"("memberId");

-- CreateIndex
CREATE INDEX "Delivery_endedAt_idx" ON "Delivery"("endedAt");

-- AddForeignKey
ALTER TABLE "DueWork" ADD CONSTRAINT "DueWork_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

