import { createPublicKey, type KeyObject } from 'node:crypto';
import { tenantDb } from '../../db/tenant.js';
import type { World } from '../scope.js';
import { slipKey } from './keys.js';

/** What checks a community's slips where its database is not. */
export interface CheckingKey {
  readonly communityId: string;
  readonly key: KeyObject;
}

const KEY = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.([A-Za-z0-9_-]{43})$/u;

/** The community's id, which is bound into what is signed, and the 32 bytes of its Ed25519 key in base64url. */
const writeKey = ({ communityId, key }: CheckingKey): string => `${communityId}.${key.export({ format: 'jwk' }).x}`;

/** Undefined: that is no such key. */
export function readKey(text: string): CheckingKey | undefined {
  const [, communityId, x] = KEY.exec(text.trim()) ?? [];
  if (communityId === undefined || x === undefined) return undefined;
  return { communityId, key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) };
}

/** Of one community, or of all here that made a slip. */
export async function writtenKeys({ prisma, cipher }: Pick<World, 'prisma' | 'cipher'>, communityId?: string): Promise<string[]> {
  const rows = await prisma.slipKey.findMany({
    where: communityId === undefined ? {} : { communityId },
    select: { communityId: true },
    orderBy: { createdAt: 'asc' },
  });
  const keys: string[] = [];
  for (const { communityId: id } of rows) {
    const key = await slipKey({ db: tenantDb(prisma, id), cipher });
    if (key) keys.push(writeKey({ communityId: id, key: createPublicKey(key) }));
  }
  return keys;
}
