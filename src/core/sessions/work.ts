/** Makes the rows of the dates of a session that come near; the subject is the session. */
export const OPEN = 'session.open';
/** Looks after one date: places, reminders, who chairs it, its card in the channel; the subject is the occurrence. */
export const DATE = 'session.date';

/** Milliseconds before its start from which a date is looked after: its card is shown, and it has a row. */
export const OPEN_BEFORE = 48 * 3_600_000;
/** Tells somebody that they were named to serve a session; the subject is the naming. */
export const NAMED = 'session.named';
/** Tells who named them that they cannot; the subject is the naming. */
export const NAMING_DECLINED = 'session.declined';
/** What is said to who comes when a date changes; the subject is the occurrence. */
export const TOLD = { moved: 'session.moved', off: 'session.off', place: 'session.place' } as const;
export type WhatChanged = keyof typeof TOLD;
