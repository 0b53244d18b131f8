import type { SealedAt } from '../../db/sealed.js';
/** Opens a round of a group check-in; the subject is the group check-in. */
export const OPEN = 'group.open';
/** Shows a round's card in its channel, or changes it there; the subject is the round. */
export const CARD = 'group.card';
/** Closes a round; the subject is the round. */
export const CLOSE = 'group.close';

/** The key of the message that is the card of a round. Later deliveries change it. */
export const firstCard = (round: string): string => `${CARD}:${round}`;

export const questionBinding = (id: string): SealedAt => `GroupCheckIn.question:${id}`;
export const answerBinding = (id: string): SealedAt => `GroupAnswer.body:${id}`;

export const GROUP_LIMITS = { question: 500, answer: 1000, hours: 168, running: 10 } as const;
