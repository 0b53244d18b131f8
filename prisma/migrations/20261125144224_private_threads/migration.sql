-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "fallbackThread" TEXT,
ADD COLUMN     "unreachedAt" TIMESTAMPTZ(3);

