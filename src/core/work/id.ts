import { createHash } from 'node:crypto';

/** What is to be looked at later. */
export interface Work {
  /** Names the code that knows what to do. */
  readonly kind: string;
  /** The id of a row, which no other community has. */
  readonly subjectId: string;
}

/**
 * The id (UUID) of the row of due work: the same work has the same, so that it exists once and is found without another index.
 * No secret, so MD5, which PostgreSQL can make too: `md5("kind" || ':' || "subjectId"::text)::uuid`.
 */
export function workId({ kind, subjectId }: Work): string {
  const hex = createHash('md5').update(`${kind}:${subjectId}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A row that is looked at for the first time at `dueAt`. */
export const workRow = ({ kind, subjectId, communityId }: Work & { readonly communityId: string }, dueAt: Date) => ({
  id: workId({ kind, subjectId }),
  ...{ communityId, kind, subjectId, dueAt, wakeAt: dueAt },
});
