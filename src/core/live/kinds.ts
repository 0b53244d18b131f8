import type { SealedAt } from '../../db/sealed.js';
/** The start of one date of a session: the chair is offered to begin; the subject is the occurrence. */
export const BEGIN = 'session.begin';
/** Shows the card of a live session, or changes it; the subject is the live session, as in all that follow. */
export const CARD = 'live.card';
/** Tells whoever shares how their time stands. */
export const CUE = 'live.cue';
/** Ends a session that nobody ended. */
export const CLOSE = 'live.close';
/** Tells somebody that they chair now. */
export const SEAT = 'live.seat';
/** Counts the pulse and deletes what need not be kept. */
export const AFTER = 'live.after';
/** Turns microphones off while somebody shares, and back. */
export const MICS = 'live.mics';
/** Tells who chairs that microphones cannot be turned, and why. */
export const MICS_REFUSED = 'live.mics-refused';
/** Turns one microphone back at once, because whose it is is erased; the subject is the microphone. */
export const MIC_BACK = 'live.mic-back';
/** A share in writing, in the channel; the subject is the share. */
export const SHARE = 'live.share';

export const MINUTE = 60_000;
/** Milliseconds before the start at which the chair is offered to begin. */
export const EARLY = 5 * MINUTE;
/** Milliseconds after the start at which those who came are told that nobody began. */
export const LATE = 10 * MINUTE;
/** Milliseconds in which whoever comes late is welcome as if they were not. */
export const WELCOME = 15 * MINUTE;
/** Milliseconds after its time that a session may take to end. */
export const GRACE = 30 * MINUTE;
/** Milliseconds for which the pulse of a session is open. */
export const PULSE_OPEN = 24 * 60 * MINUTE;
/** Fewer answers are shown to nobody. */
export const PULSE_FEWEST = 5;

export const SHARE_MINUTES = { least: 1, usual: 3, most: 20 } as const;
export const EXTRA_MINUTES = 2;
export const SHARE_LIMIT = 1500;

/** The key of the message that is the card. Later deliveries change it. */
export const firstCard = (live: string, cardNo: number): string => `${CARD}:${live}:${cardNo}`;
export const firstShare = (share: string): string => `${SHARE}:${share}`;

export const shareBinding = (id: string): SealedAt => `Share.body:${id}`;
export const pulseBinding = (id: string): SealedAt => `PulseAnswer.answers:${id}`;
export const scriptBinding = (id: string): SealedAt => `SessionScript.body:${id}`;
export const liveScriptBinding = (id: string): SealedAt => `LiveSession.script:${id}`;
