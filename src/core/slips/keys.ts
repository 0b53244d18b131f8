import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Cipher } from '../../db/cipher.js';
import type { SealedAt } from '../../db/sealed.js';
import type { TenantDb } from '../../db/tenant.js';

interface Sealing {
  readonly db: TenantDb;
  readonly cipher: Cipher;
}

const bindingOf = (communityId: string): SealedAt => `SlipKey.privateKey:${communityId}`;

/** The key with which a community signs its slips; undefined when it has made none yet. */
export async function slipKey({ db, cipher }: Sealing): Promise<KeyObject | undefined> {
  const { communityId } = db;
  const row = await db.slipKey.findUnique({ where: { communityId } });
  return row ? createPrivateKey(cipher.open(row.privateKey, bindingOf(communityId))) : undefined;
}

/** The same, made when there was none. Two at once make one. */
export async function ensureSlipKey(sealing: Sealing): Promise<KeyObject> {
  const known = await slipKey(sealing);
  if (known) return known;
  const { db, cipher } = sealing;
  const { communityId } = db;
  const made = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const privateKey = cipher.seal(made, bindingOf(communityId));
  await db.slipKey.createMany({ data: [{ communityId, privateKey }], skipDuplicates: true });
  const kept = await slipKey(sealing);
  if (!kept) throw new Error('The key that was just made is not there.');
  return kept;
}
