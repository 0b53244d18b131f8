import { type Counts, countMessages } from '../core/work/report.js';
import type { PrismaClient } from '../db/generated/client.js';
import { tenantDb } from '../db/tenant.js';

export type { Counts };

export interface Which {
  /** One community; all of them without it. */
  readonly communityId?: string;
  /** Counts what ended from then on. What waits is always counted. */
  readonly since: Date;
}

export const counts = (prisma: PrismaClient, { communityId, since }: Which): Promise<Counts> =>
  countMessages(communityId === undefined ? prisma : tenantDb(prisma, communityId), since);
