/** An instant so many milliseconds after another. */
export const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
