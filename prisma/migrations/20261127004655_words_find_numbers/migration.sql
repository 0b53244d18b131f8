-- DropIndex
DROP INDEX "Resource_terms_idx";

-- AlterTable
ALTER TABLE "Resource" ADD COLUMN     "no" INTEGER;

-- AlterTable
ALTER TABLE "ResourceWord" ADD COLUMN     "anywhere" BYTEA NOT NULL DEFAULT '\x',
ADD COLUMN     "names" BYTEA NOT NULL DEFAULT '\x',
ADD COLUMN     "places" BYTEA NOT NULL DEFAULT '\x';

-- CreateIndex
CREATE INDEX "Resource_communityId_pinnedAt_idx" ON "Resource"("communityId", "pinnedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Resource_communityId_no_key" ON "Resource"("communityId", "no");


-- What fits equally well is shown in this order: assured last, first. Prisma knows no index of an expression.
CREATE INDEX "Resource_communityId_assured_idx" ON "Resource"("communityId", (coalesce(greatest("verified", "checkedOn"), '')) DESC, "name", "no");
