/** Days after which a crisis line should be looked at again (issue "Resources", point 5). */
export const STALE_AFTER = 180;
const DAY_MS = 86_400_000;

/** @param verified the day on which a line was looked at last, such as 2026-11-01 */
export const isStale = (verified: string, now: Date): boolean => now.getTime() - Date.parse(verified) > STALE_AFTER * DAY_MS;
