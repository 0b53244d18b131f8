import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Invocation } from './adapter.js';
import type { Input } from './message.js';
import type { Platform } from './platform.js';

/**
 * What somebody typed and could not be taken yet, so that a form can be opened again filled in. Kept in memory only, for a
 * quarter of an hour, and never written: it is free text that nobody has decided to save.
 */
export interface Drafts {
  /** @param token what it was kept behind before, when it is kept anew */
  keep(call: Invocation, known: Known, token?: string): string;
  forget(token: string): void;
  /** Everything that this account typed. */
  forgetAll(platform: Platform, user: string): void;
  /** Undefined when it is gone or belongs to somebody else. */
  find(call: Invocation, token: string): Input | undefined;
  /** What a button that opens a form knows already, so that the form can be drawn without I/O. `token` is that of the button. */
  remember(call: Invocation, token: string, known: Known): void;
  /** What is known behind the token of a draft, a button or a form; of a draft that is gone, what the button it began with knew. */
  recall(call: Invocation, token: string): Known | undefined;
}

export interface Known {
  readonly input: Input;
  /** Labels of fields, by param. */
  readonly asks?: Readonly<Record<string, string>>;
}

/**
 * Names an attempt at something, also when it is tried again.
 * @param begun the token of the button that the form was opened with, or of a draft of it; empty when there was none. It stays part of
 * the draft's, so that what the button points at is found in the database, also after a restart.
 */
export function draftToken(begun = ''): string {
  const button = buttonToken(begun);
  return `~${randomBytes(12).toString('base64url')}${button && `~${button}`}`;
}

export const isDraftToken = (token: string): boolean => token.startsWith('~');

/** The token of the button that a draft began with; any other token is one itself. Empty when there was none. */
export const buttonToken = (token: string): string => (isDraftToken(token) ? (token.split('~')[2] ?? '') : token);

const ownerOf = (platform: Platform, user: string) => `${platform}:${user}`;
const owner = (call: Invocation) => ownerOf(call.platform, call.user.id);

export function makeDrafts(): Drafts {
  const drafts = new LRUCache<string, Known & { owner: string }>({ max: 5000, ttl: 15 * 60_000 });
  const own = (call: Invocation, token: string) => {
    const draft = drafts.get(token);
    return draft?.owner === owner(call) ? draft : undefined;
  };
  const keep: Drafts['keep'] = (call, known, token = draftToken()) => {
    drafts.set(token, { owner: owner(call), ...known });
    return token;
  };
  return {
    keep,
    forget: (token) => void drafts.delete(token),
    forgetAll(platform, user) {
      for (const [token, draft] of drafts.entries()) if (draft.owner === ownerOf(platform, user)) drafts.delete(token);
    },
    find: (call, token) => (isDraftToken(token) ? own(call, token)?.input : undefined),
    remember: (call, token, known) => void keep(call, known, token),
    recall: (call, token) => own(call, token) ?? own(call, buttonToken(token)),
  };
}
