import { randomBytes } from 'node:crypto';

/** Crockford's: no I, L, O and U, which people take for others. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 5;
/** A code that people type: 80 random bits. */
export const CODE_BYTES = 10;
const LENGTH = (CODE_BYTES * 8) / BITS;

export const newCode = (): Buffer => randomBytes(CODE_BYTES);

/** Four groups of four signs, for typing. */
export function writeCode(code: Uint8Array): string {
  const bits = [...code].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const signs = Array.from({ length: LENGTH }, (_, i) => SIGNS[Number.parseInt(bits.slice(i * BITS, (i + 1) * BITS), 2)]);
  return signs.join('').replace(/.{4}(?=.)/gu, '$&-');
}

/** As people type it: in any case, with blanks or without, O for 0, I or L for 1. Undefined: that is no code. */
export function readCode(typed: string): Buffer | undefined {
  const signs = typed.toUpperCase().replace(/[\s-]/gu, '').replace(/O/gu, '0').replace(/[IL]/gu, '1');
  const values = [...signs].map((sign) => SIGNS.indexOf(sign));
  if (values.length !== LENGTH || values.includes(-1)) return undefined;
  const bits = values.map((value) => value.toString(2).padStart(BITS, '0')).join('');
  return Buffer.from(Array.from({ length: CODE_BYTES }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2)));
}
