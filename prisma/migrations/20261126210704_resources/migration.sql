-- CreateTable
CREATE TABLE "ResourceSource" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT,
    "attribution" TEXT,
    "licence" TEXT,
    "zone" TEXT,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "skipped" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ResourceSource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Resource" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "sourceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "zone" TEXT,
    "hours" INTEGER[],
    "verified" TEXT,
    "names" TEXT[],
    "places" TEXT[],
    "terms" TEXT[],
    "details" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Resource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResourceWord" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "word" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "near" TEXT[],

    CONSTRAINT "ResourceWord_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ResourceSource_communityId_id_key" ON "ResourceSource"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ResourceSource_communityId_name_key" ON "ResourceSource"("communityId", "name");

-- CreateIndex
CREATE INDEX "Resource_terms_idx" ON "Resource" USING GIN ("terms");

-- CreateIndex
CREATE INDEX "Resource_communityId_latitude_idx" ON "Resource"("communityId", "latitude");

-- CreateIndex
CREATE UNIQUE INDEX "Resource_communityId_sourceId_key_key" ON "Resource"("communityId", "sourceId", "key");

-- CreateIndex
CREATE INDEX "ResourceWord_near_idx" ON "ResourceWord" USING GIN ("near");

-- CreateIndex
CREATE UNIQUE INDEX "ResourceWord_communityId_word_key" ON "ResourceWord"("communityId", "word");

-- AddForeignKey
ALTER TABLE "ResourceSource" ADD CONSTRAINT "ResourceSource_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Resource" ADD CONSTRAINT "Resource_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Resource" ADD CONSTRAINT "Resource_communityId_sourceId_fkey" FOREIGN KEY ("communityId", "sourceId") REFERENCES "ResourceSource"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResourceWord" ADD CONSTRAINT "ResourceWord_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

