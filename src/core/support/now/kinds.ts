import type { SealedAt } from '../../../db/sealed.js';
/** Looks after one request for somebody to talk to; the subject is the request. */
export const LOOK = 'support.look';
/** Asks somebody whether they have time; the subject is the ask. */
export const ASK = 'support.ask';
/** To who was asked and need not answer any more; the subject is the ask. */
export const SETTLED = 'support.settled';
/** To who said yes, when the two did not find each other; the subject is the ask. */
export const MISSED = 'support.missed';
/** How it stands, to who asked; the subject is the request. Its `once` ends with {@link What}. */
export const NEWS = 'support.news';

/**
 * `more`: more people were asked; `coordinators`: those who look after the community were; `nobody`: there is nobody left to ask;
 * `taken`: somebody has time; `check`: whether the two have spoken; `over`: time is over.
 */
export type What = 'more' | 'coordinators' | 'nobody' | 'taken' | 'check' | 'over';

const MINUTE = 60_000;
/** Milliseconds for which somebody is looked for. */
export const LOOKS_FOR = 60 * MINUTE;
/** Milliseconds after a yes until the asker is asked whether they have spoken, and until a request that nobody ended is over. */
export const CHECKS_AFTER = 15 * MINUTE;
export const STAYS_TAKEN = 24 * 60 * MINUTE;
/** Milliseconds after its end for which a request is kept, and the most requests of one person that may be kept. */
export const KEPT = 24 * 60 * MINUTE;
export const MOST_A_DAY = 6;

export const MOST_WORDS = 500;
export const wordsBinding = (id: string): SealedAt => `SupportRequest.words:${id}`;

interface Asking {
  readonly id: string;
  readonly round: number;
}

/** The keys of one asking: who is asked again in a later round is told so anew. */
export const askKey = ({ id, round }: Asking): string => `${ASK}:${id}:${round}`;
export const settledKey = ({ id, round }: Asking): string => `${SETTLED}:${id}:${round}`;
/** @param nth tells apart what may be said several times */
export const newsKey = (request: string, what: What, nth: string | number): string => `${NEWS}:${request}:${nth}:${what}`;
export const whatIn = (once: string): What => once.split(':').at(-1) as What;
