-- AlterTable
ALTER TABLE "Pairing" ADD COLUMN     "farewell" BYTEA,
ADD COLUMN     "relayId" UUID;

