import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Invocation } from './adapter.js';
import type { Input } from './message.js';

/**
 * What somebody typed and could not be taken yet, so that a form can be opened again filled in. Kept in memory only, for a
 * quarter of an hour, and never written: it is free text that nobody has decided to save.
 */
export interface Drafts {
  keep(call: Invocation, input: Input): string;
  /** Undefined when it is gone or belongs to somebody else. */
  find(call: Invocation, token: string): Input | undefined;
}

export const isDraftToken = (token: string): boolean => token.startsWith('~');

const owner = (call: Invocation) => `${call.platform}:${call.user.id}`;

export function makeDrafts(): Drafts {
  const drafts = new LRUCache<string, { owner: string; input: Input }>({ max: 5000, ttl: 15 * 60_000 });
  return {
    keep(call, input) {
      const token = `~${randomBytes(12).toString('base64url')}`;
      drafts.set(token, { owner: owner(call), input });
      return token;
    },
    find(call, token) {
      const draft = drafts.get(token);
      return draft?.owner === owner(call) ? draft.input : undefined;
    },
  };
}
