import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

type Digest = Uint8Array<ArrayBuffer>;

const SECRET_BYTES = 24;
/** Both parts in base64url: 16 bytes that find the row, 24 that prove. */
const TOKEN = /^([\w-]{22})([\w-]{32})$/u;

const hashOf = (secret: string): Digest => new Uint8Array(createHash('sha256').update(secret).digest());
const idText = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
const idOf = (text: string) =>
  Buffer.from(text, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-');

/** What proves an address that is told once: `token` is in it, `id` and `secret` (SHA-256) are kept. */
export function newAddress(): { readonly id: string; readonly secret: Digest; readonly token: string } {
  const id = randomUUID();
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { id, secret: hashOf(secret), token: `${idText(id)}${secret}` };
}

/** @returns the row that a token leads to, and what it proves with; undefined when it is none */
export function readAddress(token: string): { readonly id: string; readonly secret: Digest } | undefined {
  const [, id = '', secret = ''] = TOKEN.exec(token) ?? [];
  return secret === '' ? undefined : { id: idOf(id), secret: hashOf(secret) };
}

/** Takes as long for a wrong secret, or without a row, as for the right one. */
export const proves = (given: Digest, row: { readonly secret: Uint8Array } | null): boolean =>
  timingSafeEqual(given, row?.secret ?? new Uint8Array(given.length)) && row !== null;
