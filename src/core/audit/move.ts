import type { Cipher } from '../../db/cipher.js';
import type { AuditEvent } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { holdChain, link, saveState } from './chain.js';

/** Takes a community's whole trail out of it, to be added to that of another by {@link addTrail} in the same transaction. */
export async function takeTrail(from: TenantDb): Promise<readonly AuditEvent[]> {
  const rows = await from.auditEvent.findMany({ where: {}, orderBy: { seq: 'asc' } });
  await from.auditEvent.deleteMany({ where: {} });
  await from.auditChain.deleteMany({ where: {} });
  return rows;
}

/** Adds what was written down in another community, after what is there, with its times. */
export async function addTrail(to: TenantDb, cipher: Cipher, rows: readonly AuditEvent[]): Promise<void> {
  const chain = await holdChain(to, cipher);
  let { state } = chain;
  const data = rows.map((one) => {
    const { row, after } = link(state, to.communityId, one);
    state = after;
    return row;
  });
  await to.auditEvent.createMany({ data });
  await saveState(to, cipher, { ...chain, state });
}
