import type { Cipher } from '../../db/cipher.js';
import { Prisma } from '../../db/generated/client.js';
import { selectIn, type TenantDb } from '../../db/tenant.js';
import { plan } from '../work/plan.js';
import type { Who } from './declare.js';

/**
 * What others are told when a member is erased or left: that something of theirs ended, never of whom or why. The subject of the work is who
 * is told.
 */
export const ENDED = {
  /** To a mentee: they have no sponsor or mentor any more. */
  mentee: 'ended.mentee',
  /** To a mentor: somebody whom they helped, or would have, needs it no more. */
  mentor: 'ended.mentor',
  /** To who was asked for something: it is over. */
  asked: 'ended.asked',
  /** To who asked for somebody to talk to: whoever said yes cannot. */
  volunteer: 'ended.volunteer',
  /** To who writes with somebody through the bot. */
  relay: 'ended.relay',
  /** To who named somebody in a plan: nobody is told there any more. */
  plan: 'ended.plan',
  /** To a coordinator: a report is closed. */
  report: 'ended.report',
  /** To who looks after a session: nobody chairs it. */
  chair: 'ended.chair',
} as const;
export type Ended = keyof typeof ENDED;

/** A member is being erased, or left: what goes on with others ends, in one transaction; of who is erased, before their rows go. */
export interface Ending {
  /** The transaction. */
  readonly db: TenantDb;
  readonly cipher: Cipher;
  readonly who: Who;
  readonly now: Date;
  /** Has somebody told of an end; twice is once. */
  tell(what: Ended, memberId: string): Promise<void>;
}

/** Whether they are there, and stay until the transaction ends: who is erased at the same moment is told nothing any more. */
async function isThere(db: TenantDb, memberId: string): Promise<boolean> {
  const rows = await selectIn(
    db,
    (communityId) => Prisma.sql`
      SELECT 1 FROM "Member" WHERE "id" = ${memberId}::uuid AND "communityId" = ${communityId}::uuid FOR KEY SHARE`,
  );
  return rows.length > 0;
}

export function endingOf(parts: Omit<Ending, 'tell'>): Ending {
  const told = new Set<string>();
  return {
    ...parts,
    async tell(what, memberId) {
      // Who hears that a conversation ended for a reason need not hear it again without one.
      const known = `${what}:${memberId}`;
      const isKnown = told.has(known) || (what === 'relay' && [...told].some((one) => one.endsWith(memberId)));
      if (isKnown || memberId === parts.who.id) return;
      told.add(known);
      if (!(await isThere(parts.db, memberId))) return;
      await plan(parts.db, { kind: ENDED[what], subjectId: memberId }, parts.now);
    },
  };
}
