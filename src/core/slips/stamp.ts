import { createHash, type KeyObject, sign, verify } from 'node:crypto';

/** Readers pass over a comment, and the last line is again what ends a PDF. */
const LEAD = '%slip-stamp:';
const END = '\n%%EOF\n';
const SIGNS = 86;
const LENGTH = LEAD.length + SIGNS + END.length;
const STAMP = new RegExp(`^${LEAD}([A-Za-z0-9_-]{${SIGNS}})${END}$`, 'u');

const signed = (communityId: string, body: Uint8Array) =>
  Buffer.concat([Buffer.from(`slip-file:${communityId}:`), createHash('sha256').update(body).digest()]);

/** The file with its own signature at the end: whoever edits what can be read in it makes it invalid. */
export const stampFile = (file: Uint8Array, communityId: string, key: KeyObject): Uint8Array =>
  Buffer.concat([file, Buffer.from(`${LEAD}${sign(null, signed(communityId, file), key).toString('base64url')}${END}`)]);

/** Whether the file is, to the last byte, as that community stamped it. */
export function isStamped(file: Uint8Array, communityId: string, key: KeyObject): boolean {
  const at = Math.max(0, file.length - LENGTH);
  const stamp = STAMP.exec(Buffer.from(file.subarray(at)).toString('latin1'))?.[1];
  return stamp !== undefined && verify(null, signed(communityId, file.subarray(0, at)), key, Buffer.from(stamp, 'base64url'));
}
