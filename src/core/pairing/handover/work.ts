const DAY = 24 * 3_600_000;

/** A colleague, then the mentee, is asked whether they would; the subject is the handover. */
export const HANDOVER = 'mentor.handover';
/** How it went, to the mentor who asked; the subject is the handover. */
export const HANDED = 'mentor.handed';
/** Milliseconds in which each of the two answers is waited for. */
export const ANSWER_WITHIN = 7 * DAY;
/** Milliseconds before the same colleague is asked about the same person again, whoever of the two did not want to: a no is a no. */
export const AGAIN_AFTER = 30 * DAY;
