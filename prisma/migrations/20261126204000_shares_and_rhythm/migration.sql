-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN     "pairingId" UUID;

-- AlterTable
ALTER TABLE "Pairing" ADD COLUMN     "menteeNudged" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "mentorNudged" BOOLEAN NOT NULL DEFAULT true;

-- CreateIndex
CREATE INDEX "AuditEvent_communityId_pairingId_idx" ON "AuditEvent"("communityId", "pairingId");

-- AddForeignKey
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_communityId_pairingId_fkey" FOREIGN KEY ("communityId", "pairingId") REFERENCES "Pairing"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

