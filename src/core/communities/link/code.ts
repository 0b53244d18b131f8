import type { Cipher } from '../../../db/cipher.js';
import { readCode } from '../../code.js';

const named = (code: Uint8Array) => `LinkCode:${Buffer.from(code).toString('hex')}`;

/** What is kept of a code. */
export const digestOf = (cipher: Cipher, code: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(cipher.tag(named(code)));

/** The same of what somebody typed, under each key that may have made it; undefined: that is no code. */
export function digestsOf(cipher: Cipher, typed: string): Uint8Array<ArrayBuffer>[] | undefined {
  const code = readCode(typed);
  return code && cipher.tags(named(code)).map((tag) => new Uint8Array(tag));
}
