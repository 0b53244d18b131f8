-- CreateEnum
CREATE TYPE "HandoverState" AS ENUM ('colleague', 'mentee', 'done', 'declined', 'withdrawn');

-- AlterTable
ALTER TABLE "MentorProfile" ADD COLUMN     "askedAt" TIMESTAMPTZ(3),
ADD COLUMN     "toldAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Handover" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "pairingId" UUID NOT NULL,
    "toId" UUID NOT NULL,
    "openFor" UUID,
    "state" "HandoverState" NOT NULL DEFAULT 'colleague',
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Handover_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Handover_openFor_key" ON "Handover"("openFor");

-- CreateIndex
CREATE INDEX "Handover_communityId_pairingId_idx" ON "Handover"("communityId", "pairingId");

-- CreateIndex
CREATE INDEX "Handover_communityId_toId_state_idx" ON "Handover"("communityId", "toId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Handover_communityId_id_key" ON "Handover"("communityId", "id");

-- AddForeignKey
ALTER TABLE "Handover" ADD CONSTRAINT "Handover_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Handover" ADD CONSTRAINT "Handover_communityId_pairingId_fkey" FOREIGN KEY ("communityId", "pairingId") REFERENCES "Pairing"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Handover" ADD CONSTRAINT "Handover_communityId_toId_fkey" FOREIGN KEY ("communityId", "toId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

