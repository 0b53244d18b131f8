import { createHash, createSecretKey, hkdfSync } from 'node:crypto';
import { type Cipher, makeCipher } from '../../db/cipher.js';

/** By what a slip is found: nobody gets from it to the code. */
export const lookupOf = (code: Uint8Array): string => createHash('sha256').update('slip.lookup:').update(code).digest('hex');

const BINDING = 'Slip.token';

/** Only who has the code can open the row: not we, and not who runs the bot. So the rows are no list of who was where. */
function cipherOf(code: Uint8Array): Cipher<typeof BINDING> {
  const secret = createSecretKey(Buffer.from(hkdfSync('sha256', code, '', 'slip.seal', 32)));
  return makeCipher([{ id: '0000000000000000', secret }]);
}

export const sealToken = (code: Uint8Array, token: string): Uint8Array<ArrayBuffer> => cipherOf(code).seal(token, BINDING);
/** @throws Sealed */
export const openToken = (code: Uint8Array, sealed: Uint8Array): string => cipherOf(code).open(sealed, BINDING);
