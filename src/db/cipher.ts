import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import type { SealedAt } from './sealed.js';

/**
 * A sealed value is: 1 byte version, 8 bytes key id, 12 bytes nonce, the ciphertext, 16 bytes tag. AES-256-GCM with a
 * random nonce; version, key id and `bind` are authenticated with it.
 */
const VERSION = 1;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;
const SHORTEST = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;
const ALGORITHM = 'aes-256-gcm';

export interface Key {
  /** 16 hexadecimal digits, derived from the key; not secret. */
  readonly id: string;
  /** 32 bytes, in a form that does not show itself when printed. */
  readonly secret: KeyObject;
}

/** The first seals, all of them open. */
export type Keyring = readonly [Key, ...Key[]];

/** A sealed value does not open. Says nothing of the value, nor of what it was bound to. */
export class Sealed extends Error {
  override readonly name = 'Sealed';
  /** @param why `key`: sealed with a key that we do not have; `damaged`: changed, cut, or belonging to another place. */
  constructor(
    readonly why: 'key' | 'damaged',
    message: string,
  ) {
    super(message);
  }
}

/** What is made of a sealed value; undefined when it does not open. Other errors stay errors. */
export function ifOpens<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Sealed) return undefined;
    throw error;
  }
}

/** @typeParam Place where values may live; a column of the database as a rule */
export interface Cipher<Place extends string = SealedAt> {
  /** The same text seals differently every time. @param bind where the value lives, such as `CheckIn.answers:<row id>` */
  seal(plain: string, bind: Place): Uint8Array<ArrayBuffer>;
  /** @throws {@link Sealed} also when it was sealed for another place. */
  open(sealed: Uint8Array, bind: Place): string;
  /** Whether the active key sealed it; where not, it can be sealed anew to let the older key retire. */
  isCurrent(sealed: Uint8Array): boolean;
  /** 16 bytes that only this key makes of a text, the same each time: an unguessable name for what it says. */
  tag(plain: string): Buffer;
  /** The tags that all the keys make of it, that of the active one first: what was tagged before a key was changed is among them. */
  tags(plain: string): readonly Buffer[];
}

const tagBy = ({ secret }: Key, plain: string): Buffer => {
  // A key of its own is derived first, so that no tag is ever made with the key that seals.
  const own = createHmac('sha256', secret).update('homegroup tag').digest();
  return createHmac('sha256', own).update(plain, 'utf8').digest().subarray(0, 16);
};

function damaged(): Sealed {
  return new Sealed('damaged', 'A sealed value is damaged, or belongs to another place.');
}

function keyIdOf(sealed: Uint8Array): string {
  if (sealed.length < SHORTEST || sealed[0] !== VERSION) throw damaged();
  return Buffer.from(sealed.subarray(1, HEADER_BYTES)).toString('hex');
}

export function makeCipher<Place extends string = SealedAt>(keyring: Keyring): Cipher<Place> {
  const [active] = keyring;
  const keys = new Map(keyring.map((key) => [key.id, key]));
  const header = Buffer.concat([Buffer.of(VERSION), Buffer.from(active.id, 'hex')]);
  const context = (head: Uint8Array, bind: string) => Buffer.concat([head, Buffer.from(bind, 'utf8')]);

  return {
    seal(plain, bind) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, active.secret, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(context(header, bind));
      const body = [cipher.update(plain, 'utf8'), cipher.final()];
      return new Uint8Array(Buffer.concat([header, nonce, ...body, cipher.getAuthTag()]));
    },

    open(sealed, bind) {
      const id = keyIdOf(sealed);
      const key = keys.get(id);
      if (!key) throw new Sealed('key', `A value was sealed with the key ${id}, which is not among ENCRYPTION_KEY.`);
      const body = sealed.subarray(HEADER_BYTES + NONCE_BYTES, sealed.length - TAG_BYTES);
      const nonce = sealed.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
      const decipher = createDecipheriv(ALGORITHM, key.secret, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(context(sealed.subarray(0, HEADER_BYTES), bind));
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch {
        throw damaged();
      }
    },

    isCurrent: (sealed) => keyIdOf(sealed) === active.id,

    tag: (plain) => tagBy(active, plain),
    tags: (plain) => keyring.map((key) => tagBy(key, plain)),
  };
}
