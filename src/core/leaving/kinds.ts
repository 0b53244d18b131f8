/** The look by night at who is still there; its subject is the community. */
export const LOOK = 'leaving.look';
/** Tells somebody who left what becomes of what they said; its subject is the member. */
export const WORD = 'leaving.word';
/** What somebody who left said is erased; its subject is the member. */
export const ERASE = 'leaving.erase';
/** What was said in a guild or workspace that the bot is not in any more is erased; its subject is the space. */
export const CLOSE = 'leaving.close';

/** Days between somebody's leaving, or the bot's, and the erasing: long enough to come back from a mistake. */
export const GRACE_DAYS = 30;

const DAY = 24 * 3_600_000;

/** When somebody who was there at that time is asked for again: a week later. */
export const askedAgain = (thereAt: Date): Date => new Date(thereAt.getTime() + 7 * DAY);

/** When what is kept of who left at that time is erased. */
export const graceOver = (since: Date): Date => new Date(since.getTime() + GRACE_DAYS * DAY);
