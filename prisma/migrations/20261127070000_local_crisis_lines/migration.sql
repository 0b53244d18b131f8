-- CreateTable
CREATE TABLE "LocalLine" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "country" TEXT NOT NULL,
    "shipped" TEXT,
    "verifiedOn" DATE NOT NULL,
    "facts" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LocalLine_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "LocalLine_communityId_shipped_key" ON "LocalLine"("communityId", "shipped");

-- AddForeignKey
ALTER TABLE "LocalLine" ADD CONSTRAINT "LocalLine_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

