import { createHash } from 'node:crypto';

/**
 * A UUID made of what happened, so that doing it twice collides.
 * @param attempt the same when the person tries again (`Ctx.attempt`)
 */
export function idOfAttempt(memberId: string, attempt: string): string {
  const hex = createHash('sha256').update(`${memberId} ${attempt}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
