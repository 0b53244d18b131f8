import type { Cipher } from '../../../db/cipher.js';
import type { PlatformName } from '../../names.js';

export const micBinding = (id: string) => `Microphone.account:${id}`;

/** Names an account in a guild, without telling it. */
export const whoIs = (
  cipher: Cipher,
  { platform, externalId }: { readonly platform: PlatformName; readonly externalId: string },
  account: string,
): Uint8Array<ArrayBuffer> => new Uint8Array(cipher.tag(`Microphone:${platform}:${externalId}:${account}`));
