import type { World } from '../scope.js';
import { tapBinding } from './keep.js';

export interface FoundTap {
  readonly path: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly community: string;
  /** The member who may press it; undefined: anyone in the community. */
  readonly reader?: string;
}

/** What lies behind a button's token. Whether this person may press it is decided by {@link mayPress}. */
export async function findTap({ prisma, cipher }: World, token: string): Promise<FoundTap | undefined> {
  const tap = await prisma.tap.findUnique({ where: { id: token } });
  if (!tap) return undefined;
  const input = JSON.parse(cipher.open(tap.input, tapBinding(tap.id))) as FoundTap['input'];
  return { path: tap.path, input, community: tap.communityId, ...(tap.memberId && { reader: tap.memberId }) };
}

/** A button is bound to its community, and a private one to its reader. */
export const mayPress = (tap: FoundTap, community: string, member: string): boolean =>
  tap.community === community && (tap.reader === undefined || tap.reader === member);
