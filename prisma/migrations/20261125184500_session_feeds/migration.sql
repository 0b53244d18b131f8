-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "sharesLink" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Feed" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "isDiscreet" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PublicList" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PublicList_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Feed_communityId_id_key" ON "Feed"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Feed_communityId_memberId_key" ON "Feed"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "PublicList_communityId_key" ON "PublicList"("communityId");

-- CreateIndex
CREATE UNIQUE INDEX "PublicList_communityId_id_key" ON "PublicList"("communityId", "id");

-- AddForeignKey
ALTER TABLE "Feed" ADD CONSTRAINT "Feed_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feed" ADD CONSTRAINT "Feed_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PublicList" ADD CONSTRAINT "PublicList_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

