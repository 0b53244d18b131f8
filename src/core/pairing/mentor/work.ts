/** Somebody took back that they have seen a training or certificate; to its owner; the subject is the credential. */
export const UNSEEN = 'mentor.unseen';
/** Asks a mentor once a month whether all of their profile still holds; the subject is the profile. */
export const RECONFIRM = 'mentor.reconfirm';
/** Nobody answered that: offers rest, and the mentor hears it; the subject is the profile. */
export const LAPSED = 'mentor.lapsed';
/** The same, to coordinators; the subject is the profile. */
export const SILENT = 'mentor.silent';
/** A pause ends by itself; the subject is the profile. */
export const RESUME = 'mentor.resume';
/** Whom a mentor helps hears that they take time for themselves, or are back; the subject is the profile. */
export const AWAY = 'mentor.away';
/** A training or certificate expires soon, or has; the subject is the credential. */
export const EXPIRY = 'mentor.expiry';

const DAY = 24 * 3_600_000;
/** Milliseconds after which a mentor is asked again whether all of it holds. */
export const CONFIRM_EVERY = 30 * DAY;
/** Milliseconds of silence after which offers rest. */
export const CONFIRM_WITHIN = 7 * DAY;
/** Milliseconds before its end at which the owner of a credential is warned. */
export const WARN_BEFORE = 30 * DAY;
/** A pause without an end: none of us will see it. */
export const NO_END = new Date('9999-12-31T00:00:00Z');
