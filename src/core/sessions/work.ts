/** Makes the rows of the dates of a session that come near; the subject is the session. */
export const OPEN = 'session.open';
/** Looks after one date: places, reminders, who chairs it, its card in the channel; the subject is the occurrence. */
export const DATE = 'session.date';

/** Milliseconds before its start from which a date is looked after: its card is shown, and it has a row. */
export const OPEN_BEFORE = 48 * 3_600_000;
