/** Something waits for those who look after the services; the subject is the community. */
export const WAITING = 'resource.waiting';
/** What somebody reported is settled; to them; the subject is the report. */
export const SETTLED = 'resource.settled';
/** What somebody suggested is decided; to them; the subject is the suggestion. */
export const DECIDED = 'resource.decided';
/** What is settled or decided is deleted; the subject is the report or suggestion. */
export const FORGET = 'resource.forget';

/** Milliseconds for which it is kept what became of a report or suggestion, so that its member can be told. */
export const KEPT_FOR = 30 * 24 * 3_600_000;
