import type { TenantDb } from '../../db/tenant.js';
import { dayOf } from '../../time/local.js';
import type { Scope } from '../scope.js';
import type { Act } from './acts.js';
import { holdChain, link, saveState } from './chain.js';
import type { Read } from './reads.js';

interface About {
  /** Whose own is read, or who is restricted: they can see that it was done. Of anything else it is not kept whom it was about. */
  readonly about?: string;
  /** The thing that it was done to, where what was done to it can be looked up. */
  readonly subject?: string;
  /** Nobody did it: the bot itself. */
  readonly byItself?: boolean;
}

/**
 * Writes down that the member did something which they may do by their role, or looked at what is another's: what and when, never
 * what was said. The one place where the audit trail is written. Pass the transaction that does it, and call it last: whoever adds
 * to the same trail waits until that ends.
 */
export async function note(
  tx: TenantDb,
  { cipher, member, now }: Pick<Scope, 'cipher' | 'now'> & { readonly member: { readonly id: string } },
  act: Act,
  { about, subject, byItself = false }: About = {},
): Promise<void> {
  await tx.transact(async (held) => {
    const chain = await holdChain(held, cipher);
    const event = {
      actorId: byItself ? null : member.id,
      action: act,
      at: now,
      aboutId: about ?? null,
      subjectId: subject ?? null,
    };
    const { row, after } = link(chain.state, held.communityId, event);
    await held.auditEvent.create({ data: row });
    await saveState(held, cipher, { ...chain, state: after });
  });
}

const DAY = 24 * 3_600_000;

/**
 * Writes down that the member reads something of these members' own, which is told to each of them: once for each, each kind and each
 * day of the community, so that a look at a list is no flood. Nobody is told of what they read of themselves.
 */
export async function noteReads(
  db: TenantDb,
  { cipher, community, member, now }: Pick<Scope, 'cipher' | 'community' | 'member' | 'now'>,
  read: Read,
  whose: readonly string[],
): Promise<void> {
  const others = [...new Set(whose)].filter((id) => id !== member.id).sort();
  const today = dayOf(now, community.zone).toString();
  async function untold(of: TenantDb): Promise<string[]> {
    const where = { actorId: member.id, action: read, aboutId: { in: others }, at: { gt: new Date(now.getTime() - 2 * DAY) } };
    const rows = await of.auditEvent.findMany({ where, select: { aboutId: true, at: true } });
    const told = new Set(rows.filter(({ at }) => dayOf(at, community.zone).toString() === today).map(({ aboutId }) => aboutId));
    return others.filter((id) => !told.has(id));
  }
  if (others.length === 0 || (await untold(db)).length === 0) return;
  await db.transact(async (held) => {
    const chain = await holdChain(held, cipher);
    let { state } = chain;
    // Who holds the chain sees what was written by whoever held it before.
    for (const about of await untold(held)) {
      const event = { actorId: member.id, action: read, at: now, aboutId: about, subjectId: null };
      const { row, after } = link(state, held.communityId, event);
      await held.auditEvent.create({ data: row });
      state = after;
    }
    await saveState(held, cipher, { ...chain, state });
  });
}
