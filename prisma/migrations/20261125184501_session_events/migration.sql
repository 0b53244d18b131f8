-- CreateEnum
CREATE TYPE "SessionEventState" AS ENUM ('kept', 'changed', 'deleted', 'refused', 'full');

-- CreateTable
CREATE TABLE "SessionEvent" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "spaceId" UUID NOT NULL,
    "byId" UUID,
    "ref" TEXT,
    "local" TEXT,
    "startsAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "wrote" BYTEA,
    "writing" BYTEA,
    "state" "SessionEventState" NOT NULL DEFAULT 'kept',
    "found" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SessionEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SessionEvent_communityId_id_key" ON "SessionEvent"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SessionEvent_communityId_sessionId_key" ON "SessionEvent"("communityId", "sessionId");

-- AddForeignKey
ALTER TABLE "SessionEvent" ADD CONSTRAINT "SessionEvent_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionEvent" ADD CONSTRAINT "SessionEvent_communityId_sessionId_fkey" FOREIGN KEY ("communityId", "sessionId") REFERENCES "Session"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionEvent" ADD CONSTRAINT "SessionEvent_communityId_spaceId_fkey" FOREIGN KEY ("communityId", "spaceId") REFERENCES "Space"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

