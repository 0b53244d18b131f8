/** Something waits for those who look after the services; the subject is the community. */
export const WAITING = 'resource.waiting';
/** What somebody reported is settled; to them; the subject is the report. */
export const SETTLED = 'resource.settled';
/** What somebody suggested is decided; to them; the subject is the suggestion. */
export const DECIDED = 'resource.decided';
/**
 * Nobody has decided for two weeks; told to whoever reported or suggested it, and to facilitators once more; the subject is the
 * report or suggestion.
 */
export const STILL = 'resource.still';
/** What is settled or decided is deleted; the subject is the report or suggestion. */
export const FORGET = 'resource.forget';

/** Milliseconds for which it is kept what became of a report or suggestion, so that its member can be told. */
export const KEPT_FOR = 30 * 24 * 3_600_000;

/** When it is told that nobody has decided yet. */
export const stillAt = (now: Date): Date => new Date(now.getTime() + 14 * 24 * 3_600_000);
