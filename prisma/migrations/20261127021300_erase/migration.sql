-- DropForeignKey
ALTER TABLE "MemberReport" DROP CONSTRAINT "MemberReport_communityId_reporterId_fkey";

-- AlterTable
ALTER TABLE "MemberReport" ALTER COLUMN "reporterId" DROP NOT NULL,
ALTER COLUMN "details" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Retraction" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "platform" "Platform" NOT NULL,
    "space" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Retraction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Retraction_communityId_idx" ON "Retraction"("communityId");

-- AddForeignKey
ALTER TABLE "MemberReport" ADD CONSTRAINT "MemberReport_communityId_reporterId_fkey" FOREIGN KEY ("communityId", "reporterId") REFERENCES "Member"("communityId", "id") ON DELETE SET NULL ("reporterId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Retraction" ADD CONSTRAINT "Retraction_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;
