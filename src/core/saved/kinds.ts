/** To the member, at the time that they named. The subject is what they saved. */
export const REMIND = 'saved.remind';
/** Whether the member reached what they saved, once for each. The subject is the member. */
export const ASK = 'saved.ask';
/** To a mentee: their mentor sent them something. The subject is what was sent. */
export const SENT = 'saved.sent';

/** How it went with a service. */
export const REACHED = ['yes', 'no-answer', 'waiting', 'not-for-me', 'skip'] as const;
export type Reached = (typeof REACHED)[number];
