import { type Cipher, ifOpens } from '../../db/cipher.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Who } from '../privacy/declare.js';
import { tapBinding } from './keep.js';

const PAGE = 2000;

/** All that is said in it, as deep as it goes: a draft is JSON within, and several ids stand in one text with commas. */
function saidIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(saidIn);
  if (typeof value !== 'string') return [];
  if (!/^[[{]/u.test(value)) return [value, ...value.split(',')];
  try {
    return saidIn(JSON.parse(value));
  } catch {
    return [value];
  }
}

/**
 * Deletes buttons of others that name a member who is erased: a report's, a roster's, a picture of who waits. What is behind a button
 * is sealed, so all of the community's are opened. One that does not open does nothing for anybody, and goes too.
 * @param since only those that were made from then on
 */
export async function forgetTapsNaming(db: TenantDb, cipher: Cipher, { id, accounts }: Who, since?: Date): Promise<void> {
  const names = new Set([id, ...accounts.map(({ externalId }) => externalId)]);
  for (let after = ''; ; ) {
    const where = { id: { gt: after }, ...(since && { createdAt: { gte: since } }) };
    const taps = await db.tap.findMany({ where, orderBy: { id: 'asc' }, take: PAGE, select: { id: true, input: true } });
    const naming = taps.filter((tap) => {
      const input = ifOpens(() => cipher.open(tap.input, tapBinding(tap.id)));
      return input === undefined || saidIn(input).some((said) => names.has(said));
    });
    if (naming.length > 0) await db.tap.deleteMany({ where: { id: { in: naming.map((tap) => tap.id) } } });
    const last = taps.at(-1);
    if (!last || taps.length < PAGE) return;
    after = last.id;
  }
}
