-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "coordinatesAt" TIMESTAMPTZ(3);

