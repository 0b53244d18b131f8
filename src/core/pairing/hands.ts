import type { Cipher } from '../../db/cipher.js';
import type { TenantDb } from '../../db/tenant.js';

/** A community's handle inside a transaction, and what opens what is sealed. */
export interface Hands {
  readonly db: TenantDb;
  readonly cipher: Cipher;
}
