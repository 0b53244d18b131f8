import type { Cipher } from '../../../db/cipher.js';
import type { SealedAt } from '../../../db/sealed.js';
import type { PlatformName } from '../../names.js';

export const micBinding = (id: string): SealedAt => `Microphone.account:${id}`;

interface Guild {
  readonly platform: PlatformName;
  readonly externalId: string;
}

const named = ({ platform, externalId }: Guild, account: string) => `Microphone:${platform}:${externalId}:${account}`;

/** Names an account in a guild, without telling it. */
export const whoIs = (cipher: Cipher, guild: Guild, account: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(cipher.tag(named(guild, account)));

/** All that an account can be known as: rows from before a key was changed have the digest of the older key. */
export const knownAs = (cipher: Cipher, guild: Guild, account: string): Uint8Array<ArrayBuffer>[] =>
  cipher.tags(named(guild, account)).map((tag) => new Uint8Array(tag));
