-- AlterTable
ALTER TABLE "MentorProfile" ADD COLUMN     "lot" INTEGER NOT NULL,
ADD COLUMN     "mark0" BIGINT NOT NULL,
ADD COLUMN     "mark1" BIGINT NOT NULL,
ADD COLUMN     "mark2" BIGINT NOT NULL,
ADD COLUMN     "mark3" BIGINT NOT NULL,
ADD COLUMN     "mark4" BIGINT NOT NULL,
ADD COLUMN     "mark5" BIGINT NOT NULL,
ADD COLUMN     "mark6" BIGINT NOT NULL,
ADD COLUMN     "mark7" BIGINT NOT NULL,
ADD COLUMN     "zone" TEXT NOT NULL;

-- CreateIndex
CREATE INDEX "MentorProfile_communityId_zone_idx" ON "MentorProfile"("communityId", "zone");

