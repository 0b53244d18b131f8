import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import type { Act } from './acts.js';
import { holdChain, link, saveState } from './chain.js';

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
