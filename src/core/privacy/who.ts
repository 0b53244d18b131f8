import type { Cipher } from '../../db/cipher.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Who } from './declare.js';

/** A member with what their rows are found by. */
export async function whoIs({ db, cipher }: { readonly db: TenantDb; readonly cipher: Cipher }, id: string): Promise<Who> {
  const known = { platform: true, externalId: true } as const;
  const [accounts, spaces] = await Promise.all([
    db.identity.findMany({ where: { memberId: id }, select: known }),
    db.space.findMany({ select: known }),
  ]);
  return { id, cipher, accounts, spaces };
}
