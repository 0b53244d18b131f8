-- What is taken out of a channel may be on its way there: its id is written down once the platform took it.
ALTER TABLE "Retraction" ALTER COLUMN "ref" DROP NOT NULL;
