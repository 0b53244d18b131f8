-- CreateTable
CREATE TABLE "Relay" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "aId" UUID NOT NULL,
    "bId" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "closedBy" UUID,
    "isQuiet" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Relay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RelayMessage" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "relayId" UUID NOT NULL,
    "fromId" UUID NOT NULL,
    "body" BYTEA,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RelayMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MemberBlock" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "otherId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MemberBlock_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Relay_communityId_aId_idx" ON "Relay"("communityId", "aId");

-- CreateIndex
CREATE INDEX "Relay_communityId_bId_idx" ON "Relay"("communityId", "bId");

-- CreateIndex
CREATE UNIQUE INDEX "Relay_communityId_id_key" ON "Relay"("communityId", "id");

-- CreateIndex
CREATE INDEX "RelayMessage_communityId_relayId_idx" ON "RelayMessage"("communityId", "relayId");

-- CreateIndex
CREATE INDEX "RelayMessage_communityId_fromId_sentAt_idx" ON "RelayMessage"("communityId", "fromId", "sentAt");

-- CreateIndex
CREATE INDEX "MemberBlock_communityId_otherId_idx" ON "MemberBlock"("communityId", "otherId");

-- CreateIndex
CREATE UNIQUE INDEX "MemberBlock_communityId_memberId_otherId_key" ON "MemberBlock"("communityId", "memberId", "otherId");

-- AddForeignKey
ALTER TABLE "Relay" ADD CONSTRAINT "Relay_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Relay" ADD CONSTRAINT "Relay_communityId_aId_fkey" FOREIGN KEY ("communityId", "aId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Relay" ADD CONSTRAINT "Relay_communityId_bId_fkey" FOREIGN KEY ("communityId", "bId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RelayMessage" ADD CONSTRAINT "RelayMessage_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RelayMessage" ADD CONSTRAINT "RelayMessage_communityId_relayId_fkey" FOREIGN KEY ("communityId", "relayId") REFERENCES "Relay"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RelayMessage" ADD CONSTRAINT "RelayMessage_communityId_fromId_fkey" FOREIGN KEY ("communityId", "fromId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberBlock" ADD CONSTRAINT "MemberBlock_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberBlock" ADD CONSTRAINT "MemberBlock_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberBlock" ADD CONSTRAINT "MemberBlock_communityId_otherId_fkey" FOREIGN KEY ("communityId", "otherId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

