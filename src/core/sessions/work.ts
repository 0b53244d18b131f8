/** Makes the rows of the dates of a session that come near; the subject is the session. */
export const OPEN = 'session.open';
/** Looks after one date: places, reminders, who chairs it, its card in the channel; the subject is the occurrence. */
export const DATE = 'session.date';

/** Milliseconds before its start from which a date is looked after: its card is shown, and it has a row. */
export const OPEN_BEFORE = 48 * 3_600_000;

/** The card of a date in its channel: sent once, then changed in its place; the subject is the occurrence. */
export const DATE_CARD = 'session.card';
/** To who said yes, before the start; the subject is the answer. */
export const REMINDER = 'session.reminder';
/** A place came free; the subject is the answer of who waited. */
export const OFFER = 'session.offer';
/** The place went on to the next, because there was no answer; the subject is the answer of who waited. */
export const LAPSED = 'session.lapsed';
/** Whether somebody chairs a date; the subject is the ask. */
export const CHAIR = 'session.chair';
/** Somebody else chairs it; the subject is the ask. */
export const TAKEN = 'session.taken';
/** Everybody who could chair it said that they cannot; to who made the session; the subject is the occurrence. */
export const UNCOVERED = 'session.uncovered';
/** It begins, and nobody chairs it; to who comes; the subject is the occurrence. */
export const LEADERLESS = 'session.leaderless';
/** What is said to who comes when a date changes; the subject is the occurrence. */
export const TOLD = { moved: 'session.moved', off: 'session.off', place: 'session.place', back: 'session.back' } as const;
export type WhatChanged = keyof typeof TOLD;

/** The key of the message that is the card of a date in a channel. Later deliveries change it, with more after it. */
export const cardKey = (occurrence: string, channel: string): string => `${DATE_CARD}:${occurrence}:${channel}`;
export const reminderKey = (rsvp: string, startsAt: Date, minutes: number): string =>
  `${REMINDER}:${rsvp}:${startsAt.getTime()}:${minutes}`;
export const offerKey = (kind: string, rsvp: string, until: Date): string => `${kind}:${rsvp}:${until.getTime()}`;
/** Tells somebody that they were named to serve a session; the subject is the naming. */
export const NAMED = 'session.named';
/** Tells who named them that they cannot; the subject is the naming. */
export const NAMING_DECLINED = 'session.declined';
/** Keeps the next date in the calendar of a guild; the subject is the session. */
export const MIRROR = 'session.mirror';
/** Asks whoever turned that on what is meant by a change by hand, or tells them what is in the way; the subject is the event's row. */
export const EVENT_ASK = 'session.event';
