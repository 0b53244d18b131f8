-- CreateTable
CREATE TABLE "ExportLink" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ExportLink_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ExportLink_communityId_id_key" ON "ExportLink"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ExportLink_communityId_memberId_key" ON "ExportLink"("communityId", "memberId");

-- AddForeignKey
ALTER TABLE "ExportLink" ADD CONSTRAINT "ExportLink_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExportLink" ADD CONSTRAINT "ExportLink_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
