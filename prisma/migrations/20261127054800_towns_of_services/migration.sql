-- By bytes, whatever the database's own order is: what begins alike stands together in the index. Prisma knows no collations.
-- CreateTable
CREATE TABLE "ResourceTown" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "folded" TEXT COLLATE "C" NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "ResourceTown_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ResourceTown_communityId_count_idx" ON "ResourceTown"("communityId", "count");

-- CreateIndex
CREATE UNIQUE INDEX "ResourceTown_communityId_folded_key" ON "ResourceTown"("communityId", "folded");

-- AddForeignKey
ALTER TABLE "ResourceTown" ADD CONSTRAINT "ResourceTown_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;
