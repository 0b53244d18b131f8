-- CreateEnum
CREATE TYPE "Platform" AS ENUM ('discord', 'slack', 'playground');

-- CreateEnum
CREATE TYPE "RoleName" AS ENUM ('mentor', 'facilitator', 'coordinator');

-- CreateEnum
CREATE TYPE "PrincipalKind" AS ENUM ('role', 'member');

-- CreateTable
CREATE TABLE "Community" (
    "id" UUID NOT NULL,
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "language" TEXT NOT NULL DEFAULT 'en',
    "country" TEXT,
    "setUpAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Community_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Space" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "platform" "Platform" NOT NULL,
    "externalId" TEXT NOT NULL,
    "name" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Space_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleGrant" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "spaceId" UUID NOT NULL,
    "role" "RoleName" NOT NULL,
    "kind" "PrincipalKind" NOT NULL,
    "externalId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RoleGrant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "zone" TEXT,
    "language" TEXT,
    "greetedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Identity" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "platform" "Platform" NOT NULL,
    "externalId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consent" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "fact" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "actorId" UUID,
    "action" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckIn" (
    "id" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "zone" TEXT NOT NULL,
    "answers" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CheckIn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Tap" (
    "id" TEXT NOT NULL,
    "communityId" UUID NOT NULL,
    "memberId" UUID,
    "path" TEXT NOT NULL,
    "input" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Tap_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EncryptionKey" (
    "id" TEXT NOT NULL,
    "check" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EncryptionKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Space_communityId_id_key" ON "Space"("communityId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Space_platform_externalId_key" ON "Space"("platform", "externalId");

-- CreateIndex
CREATE INDEX "RoleGrant_communityId_idx" ON "RoleGrant"("communityId");

-- CreateIndex
CREATE UNIQUE INDEX "RoleGrant_spaceId_role_kind_externalId_key" ON "RoleGrant"("spaceId", "role", "kind", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Member_communityId_id_key" ON "Member"("communityId", "id");

-- CreateIndex
CREATE INDEX "Identity_platform_externalId_idx" ON "Identity"("platform", "externalId");

-- CreateIndex
CREATE INDEX "Identity_memberId_idx" ON "Identity"("memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Identity_communityId_platform_externalId_key" ON "Identity"("communityId", "platform", "externalId");

-- CreateIndex
CREATE INDEX "Consent_communityId_memberId_idx" ON "Consent"("communityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Setting_communityId_key_key" ON "Setting"("communityId", "key");

-- CreateIndex
CREATE INDEX "AuditEvent_communityId_at_idx" ON "AuditEvent"("communityId", "at");

-- CreateIndex
CREATE INDEX "AuditEvent_communityId_actorId_idx" ON "AuditEvent"("communityId", "actorId");

-- CreateIndex
CREATE INDEX "CheckIn_communityId_memberId_at_idx" ON "CheckIn"("communityId", "memberId", "at");

-- CreateIndex
CREATE INDEX "Tap_memberId_idx" ON "Tap"("memberId");

-- AddForeignKey
ALTER TABLE "Space" ADD CONSTRAINT "Space_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleGrant" ADD CONSTRAINT "RoleGrant_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleGrant" ADD CONSTRAINT "RoleGrant_communityId_spaceId_fkey" FOREIGN KEY ("communityId", "spaceId") REFERENCES "Space"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Setting" ADD CONSTRAINT "Setting_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey: written by hand, because Prisma cannot say that only "actorId" becomes null (PostgreSQL 15 and later can).
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_communityId_actorId_fkey" FOREIGN KEY ("communityId", "actorId") REFERENCES "Member"("communityId", "id") ON DELETE SET NULL ("actorId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckIn" ADD CONSTRAINT "CheckIn_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckIn" ADD CONSTRAINT "CheckIn_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tap" ADD CONSTRAINT "Tap_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tap" ADD CONSTRAINT "Tap_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

