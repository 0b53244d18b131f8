-- CreateTable
CREATE TABLE "Goal" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "details" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Goal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GoalStep" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "goalId" UUID NOT NULL,
    "details" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GoalStep_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Goal_communityId_memberId_idx" ON "Goal"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Goal_communityId_id_key" ON "Goal"("communityId", "id");

-- CreateIndex
CREATE INDEX "GoalStep_communityId_goalId_idx" ON "GoalStep"("communityId", "goalId");

-- CreateIndex
CREATE UNIQUE INDEX "GoalStep_communityId_id_key" ON "GoalStep"("communityId", "id");

-- AddForeignKey
ALTER TABLE "Goal" ADD CONSTRAINT "Goal_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Goal" ADD CONSTRAINT "Goal_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GoalStep" ADD CONSTRAINT "GoalStep_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GoalStep" ADD CONSTRAINT "GoalStep_communityId_goalId_fkey" FOREIGN KEY ("communityId", "goalId") REFERENCES "Goal"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

