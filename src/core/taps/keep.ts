import { randomBytes } from 'node:crypto';
import type { Scope } from '../scope.js';

export interface NewTap {
  /** Dotted path of a command. */
  readonly path: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Only the member of the scope may press it. */
  readonly isPrivate: boolean;
}

export const tapBinding = (id: string) => `Tap.input:${id}`;

/** Keeps what buttons do, so that they work after a restart. @returns an unguessable token for each, in order */
export async function keepTaps({ db, cipher, community, member }: Scope, taps: readonly NewTap[]): Promise<string[]> {
  const rows = taps.map(({ path, input, isPrivate }) => {
    const id = randomBytes(16).toString('base64url');
    return {
      id,
      communityId: community.id,
      path,
      memberId: isPrivate ? member.id : null,
      input: cipher.seal(JSON.stringify(input), tapBinding(id)),
    };
  });
  await db.tap.createMany({ data: rows });
  return rows.map(({ id }) => id);
}
