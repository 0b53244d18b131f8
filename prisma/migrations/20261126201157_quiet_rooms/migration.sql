-- CreateEnum
CREATE TYPE "MicrophoneState" AS ENUM ('asked', 'done', 'byHand');

-- AlterTable
ALTER TABLE "LiveSession" ADD COLUMN     "isQuiet" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "isQuiet" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Microphone" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "liveId" UUID NOT NULL,
    "who" BYTEA NOT NULL,
    "account" BYTEA NOT NULL,
    "isOff" BOOLEAN NOT NULL,
    "state" "MicrophoneState" NOT NULL DEFAULT 'asked',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Microphone_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Microphone_who_idx" ON "Microphone"("who");

-- CreateIndex
CREATE UNIQUE INDEX "Microphone_communityId_liveId_who_key" ON "Microphone"("communityId", "liveId", "who");

-- AddForeignKey
ALTER TABLE "Microphone" ADD CONSTRAINT "Microphone_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Microphone" ADD CONSTRAINT "Microphone_communityId_liveId_fkey" FOREIGN KEY ("communityId", "liveId") REFERENCES "LiveSession"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

