-- AlterTable
ALTER TABLE "PairingRequest" ADD COLUMN     "proposalId" UUID,
ADD COLUMN     "proposedId" UUID;

-- CreateIndex
CREATE INDEX "PairingRequest_communityId_proposalId_idx" ON "PairingRequest"("communityId", "proposalId");

