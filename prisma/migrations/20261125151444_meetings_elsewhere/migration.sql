-- CreateTable
CREATE TABLE "MeetingSource" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT,
    "zone" TEXT,
    "language" TEXT NOT NULL,
    "zones" TEXT[],
    "kinds" JSONB NOT NULL,
    "etag" TEXT,
    "modified" TEXT,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "doubts" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "skipped" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MeetingSource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Meeting" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "sourceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "minute" INTEGER,
    "zone" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL,
    "isInPerson" BOOLEAN NOT NULL,
    "types" TEXT[],
    "languages" TEXT[],
    "words" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "Meeting_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "MeetingSource_communityId_id_key" ON "MeetingSource"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "MeetingSource_communityId_name_key" ON "MeetingSource"("communityId", "name");

-- CreateIndex
CREATE INDEX "Meeting_communityId_zone_minute_idx" ON "Meeting"("communityId", "zone", "minute");

-- CreateIndex
CREATE UNIQUE INDEX "Meeting_communityId_sourceId_key_key" ON "Meeting"("communityId", "sourceId", "key");

-- AddForeignKey
ALTER TABLE "MeetingSource" ADD CONSTRAINT "MeetingSource_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_communityId_sourceId_fkey" FOREIGN KEY ("communityId", "sourceId") REFERENCES "MeetingSource"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

