-- What the bot sent to whoever is erased is taken back, too: known by the platform's id of the message alone, which is sealed.
ALTER TABLE "Retraction" ADD COLUMN "direct" BYTEA,
ALTER COLUMN "space" DROP NOT NULL,
ALTER COLUMN "channel" DROP NOT NULL;
