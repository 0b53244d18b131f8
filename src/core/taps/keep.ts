import { randomBytes } from 'node:crypto';
import type { SealedAt } from '../../db/sealed.js';
import type { Scope } from '../scope.js';

export interface NewTap {
  /** Dotted path of a command. */
  readonly path: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Only that member may press it. */
  readonly isPrivate: boolean;
}

export const tapBinding = (id: string): SealedAt => `Tap.input:${id}`;

/** Who will see the buttons: a member who acts, or the one (if any) whom a message is sent to. */
export interface TapsFor extends Pick<Scope, 'db' | 'cipher' | 'now'> {
  readonly community: { readonly id: string };
  readonly member?: { readonly id: string };
}

/** A button that anybody may press is one row however often it is drawn; a private one is new each time. */
function tokenOf({ cipher, community }: TapsFor, { path, input, isPrivate }: NewTap): string {
  const bytes = isPrivate ? randomBytes(16) : cipher.tag(JSON.stringify([community.id, path, input]));
  return bytes.toString('base64url');
}

/**
 * Keeps what buttons do, so that they work after a restart. A private one in a message to nobody in particular is refused:
 * anybody could press it.
 * @returns an unguessable token for each, in order
 */
export async function keepTaps(reader: TapsFor, taps: readonly NewTap[]): Promise<string[]> {
  const { db, cipher, community, member, now } = reader;
  if (!member && taps.some(({ isPrivate }) => isPrivate)) throw new Error('A message to a channel cannot hold a private button.');
  const rows = taps.map((tap) => {
    const { path, input, isPrivate } = tap;
    const id = tokenOf(reader, tap);
    return {
      id,
      communityId: community.id,
      path,
      memberId: (isPrivate && member?.id) || null,
      input: cipher.seal(JSON.stringify(input), tapBinding(id)),
      createdAt: now,
    };
  });
  await db.tap.createMany({ data: rows, skipDuplicates: true });
  return rows.map(({ id }) => id);
}
