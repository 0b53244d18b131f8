-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "asksAboutSaved" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "Pairing" ADD COLUMN     "takesResources" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "SavedResource" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "details" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedResource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SentResource" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "pairingId" UUID NOT NULL,
    "fromId" UUID NOT NULL,
    "toId" UUID NOT NULL,
    "details" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SentResource_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SavedResource_communityId_memberId_idx" ON "SavedResource"("communityId", "memberId");

-- CreateIndex
CREATE INDEX "SentResource_communityId_pairingId_idx" ON "SentResource"("communityId", "pairingId");

-- CreateIndex
CREATE INDEX "SentResource_communityId_fromId_idx" ON "SentResource"("communityId", "fromId");

-- CreateIndex
CREATE INDEX "SentResource_communityId_toId_idx" ON "SentResource"("communityId", "toId");

-- AddForeignKey
ALTER TABLE "SavedResource" ADD CONSTRAINT "SavedResource_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SavedResource" ADD CONSTRAINT "SavedResource_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SentResource" ADD CONSTRAINT "SentResource_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SentResource" ADD CONSTRAINT "SentResource_communityId_pairingId_fkey" FOREIGN KEY ("communityId", "pairingId") REFERENCES "Pairing"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SentResource" ADD CONSTRAINT "SentResource_communityId_fromId_fkey" FOREIGN KEY ("communityId", "fromId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SentResource" ADD CONSTRAINT "SentResource_communityId_toId_fkey" FOREIGN KEY ("communityId", "toId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

