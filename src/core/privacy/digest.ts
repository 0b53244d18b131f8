import type { Cipher } from '../../db/cipher.js';

const named = (id: string) => `erased ${id}`;

/** What stands in the journal for a member or a community: only the key makes it, and of an id that is in no database any more. */
export const digestOf = (cipher: Cipher, id: string): string => cipher.tag(named(id)).toString('base64url');

/** The same, as each of the keys makes it: a line was written with the key of its time. */
export const digestsOf = (cipher: Cipher, id: string): readonly string[] =>
  cipher.tags(named(id)).map((tag) => tag.toString('base64url'));
