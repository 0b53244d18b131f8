import type { Cipher } from '../../db/cipher.js';
import type { TenantDb } from '../../db/tenant.js';
import { holdChain, saveState } from './chain.js';

/**
 * Drops what is older than that, from the beginning of the trail up to the first that is not: the rest can be verified still, because
 * where it begins is kept. Pass a transaction or a handle. @returns how many
 */
export async function dropAudit(db: TenantDb, cipher: Cipher, until: Date): Promise<number> {
  return db.transact(async (tx) => {
    if ((await tx.auditEvent.count({ where: { at: { lt: until } } })) === 0) return 0;
    const chain = await holdChain(tx, cipher);
    const first = await tx.auditEvent.findFirst({
      where: { at: { gte: until } },
      orderBy: { seq: 'asc' },
      select: { seq: true },
    });
    const where = first ? { seq: { lt: first.seq } } : {};
    const last = await tx.auditEvent.findFirst({ where, orderBy: { seq: 'desc' } });
    if (!last) return 0;
    const { count } = await tx.auditEvent.deleteMany({ where });
    const dropped = { seq: last.seq, mac: Buffer.from(last.mac).toString('base64') };
    await saveState(tx, cipher, { ...chain, state: { ...chain.state, dropped } });
    return count;
  });
}
