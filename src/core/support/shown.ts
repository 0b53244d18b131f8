import type { CrisisLine } from './crisis-table.js';
import type { Topic } from './topics.js';

/** A line as it is shown: of the table that everybody has, or what a community says. */
export interface ShownLine
  extends Pick<
    CrisisLine,
    'id' | 'name' | 'phone' | 'sms' | 'chat' | 'web' | 'languages' | 'interpreters' | 'verified' | 'note'
  > {
  readonly topics: readonly Topic[];
  /** Words under `crisis.hours`; absent where a community says it in its own. */
  readonly hours?: CrisisLine['hours'];
  /** What a community says of its own line. */
  readonly local?: { readonly source: string; readonly hours?: string; readonly note?: string };
  /** A community says that it has changed; what it says stands above. */
  readonly isDoubted?: true;
}
