import type { Cipher } from '../../../db/cipher.js';
import type { Derive } from '../../../db/rotate.js';
import { whoIs } from './who.js';

/** The digest by which a microphone is found, for its account. */
export const deriveWho =
  (cipher: Cipher): Derive =>
  async (account, { id }, prisma) => {
    const row = await prisma.microphone.findUnique({ where: { id }, include: { live: { include: { space: true } } } });
    return row ? { who: whoIs(cipher, row.live.space, account) } : undefined;
  };
