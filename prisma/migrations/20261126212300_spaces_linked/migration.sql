-- AlterTable
ALTER TABLE "Space" ADD COLUMN     "wrongCodes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "wrongSince" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "LinkCode" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "digest" BYTEA NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LinkCode_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "LinkCode_communityId_key" ON "LinkCode"("communityId");

-- CreateIndex
CREATE UNIQUE INDEX "LinkCode_digest_key" ON "LinkCode"("digest");

-- AddForeignKey
ALTER TABLE "LinkCode" ADD CONSTRAINT "LinkCode_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

