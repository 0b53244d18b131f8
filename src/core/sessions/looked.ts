import type { Notice } from '../notice.js';

/** What one look at a date found. */
export interface Looked {
  /** To members or to the channel; the session knows its community and platform. */
  readonly notices: readonly SessionNotice[];
  /** When there may be more to do. */
  readonly next: readonly Date[];
}

export type SessionNotice = Omit<Notice, 'communityId' | 'platform'>;
