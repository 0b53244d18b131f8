import { createHmac, type KeyObject, sign, timingSafeEqual, verify } from 'node:crypto';
import { CODE_BYTES } from '../code.js';

/** What a slip says. The name and the group are not in it: only a digest of both, which nobody can read without a guess. */
export interface SlipFacts {
  /** Random, {@link CODE_BYTES} long. */
  readonly code: Uint8Array;
  /** Local date of the session, YYYY-MM-DD. */
  readonly date: string;
  readonly minutes: number;
  /** Of {@link digestOf}. */
  readonly digest: Uint8Array;
}

const VERSION = 1;
const DAY = 86_400_000;
const DIGEST_BYTES = 16;
const PAYLOAD_BYTES = 1 + CODE_BYTES + 4 + 2 + DIGEST_BYTES;
const SIGNATURE_BYTES = 64;

/** 97 bytes in base64url. Its last sign holds two bits, so what is read must be written back the same. */
const TOKEN = /^[A-Za-z0-9_-]{130}$/u;

const printed = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim().toLowerCase();

/** Binds what is printed to the slip. The code is the salt. Case and blanks do not matter: people type it again. */
export const digestOf = (code: Uint8Array, name: string, group: string): Buffer =>
  createHmac('sha256', code)
    .update(JSON.stringify([printed(name), printed(group)]))
    .digest()
    .subarray(0, DIGEST_BYTES);

const signed = (communityId: string, payload: Uint8Array) => Buffer.concat([Buffer.from(`slip:${communityId}:`), payload]);

/** The slip as a text of 130 signs: the payload and an Ed25519 signature of it, in which the community is bound. */
export function signSlip({ code, date, minutes, digest }: SlipFacts, communityId: string, key: KeyObject): string {
  const numbers = Buffer.alloc(6);
  numbers.writeUInt32BE(Date.parse(date) / DAY);
  numbers.writeUInt16BE(minutes, 4);
  const payload = Buffer.concat([Buffer.of(VERSION), code, numbers, digest]);
  return Buffer.concat([payload, sign(null, signed(communityId, payload), key)]).toString('base64url');
}

function bytesOf(token: string): Buffer | undefined {
  const bytes = TOKEN.test(token) ? Buffer.from(token, 'base64url') : undefined;
  return bytes?.length === PAYLOAD_BYTES + SIGNATURE_BYTES && bytes.toString('base64url') === token ? bytes : undefined;
}

/** The code in a token, whether it is genuine or not. Undefined: that is no token. */
export const codeIn = (token: string): Buffer | undefined => bytesOf(token)?.subarray(1, 1 + CODE_BYTES);

/** What a token says; undefined when that community did not sign it as it is. */
export function openSlip(token: string, communityId: string, key: KeyObject): SlipFacts | undefined {
  const bytes = bytesOf(token);
  const payload = bytes?.subarray(0, PAYLOAD_BYTES);
  if (!bytes || !payload || payload[0] !== VERSION) return undefined;
  if (!verify(null, signed(communityId, payload), key, bytes.subarray(PAYLOAD_BYTES))) return undefined;
  const at = 1 + CODE_BYTES;
  return {
    code: payload.subarray(1, at),
    date: new Date(payload.readUInt32BE(at) * DAY).toISOString().slice(0, 10),
    minutes: payload.readUInt16BE(at + 4),
    digest: payload.subarray(at + 6),
  };
}

/** Whether the slip was made for this name and group. */
export const isFor = ({ code, digest }: SlipFacts, name: string, group: string): boolean =>
  timingSafeEqual(digestOf(code, name, group), digest);
