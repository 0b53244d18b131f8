-- CreateTable
CREATE TABLE "Attendance" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "occurrenceId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "cameAt" TIMESTAMPTZ(3) NOT NULL,
    "leftAt" TIMESTAMPTZ(3),
    "slipId" UUID,

    CONSTRAINT "Attendance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Slip" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "lookup" TEXT NOT NULL,
    "token" BYTEA NOT NULL,

    CONSTRAINT "Slip_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SlipKey" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "privateKey" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SlipKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SlipKey_communityId_key" ON "SlipKey"("communityId");

-- CreateIndex
CREATE INDEX "Attendance_communityId_memberId_idx" ON "Attendance"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Attendance_communityId_occurrenceId_memberId_key" ON "Attendance"("communityId", "occurrenceId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Slip_lookup_key" ON "Slip"("lookup");

-- CreateIndex
CREATE INDEX "Slip_communityId_idx" ON "Slip"("communityId");

-- AddForeignKey
ALTER TABLE "Attendance" ADD CONSTRAINT "Attendance_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attendance" ADD CONSTRAINT "Attendance_communityId_occurrenceId_fkey" FOREIGN KEY ("communityId", "occurrenceId") REFERENCES "Occurrence"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attendance" ADD CONSTRAINT "Attendance_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Slip" ADD CONSTRAINT "Slip_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SlipKey" ADD CONSTRAINT "SlipKey_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

