-- AlterTable
ALTER TABLE "Uptime" ADD COLUMN "platform" "Platform";

