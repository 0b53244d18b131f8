/** Work that falls due; the subject is a schedule. */
export const PROMPT = 'checkin.prompt';
/** A prompt that was put off; the subject is the prompt. */
export const AGAIN = 'checkin.again';
