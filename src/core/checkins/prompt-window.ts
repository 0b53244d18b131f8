import { Temporal } from 'temporal-polyfill';

/** A prompt that is later than this is dropped, not sent at 3 in the morning (design: product.md, "Check-ins"). */
export const WINDOW_MINUTES = 120;

/**
 * Whether a prompt can still be sent.
 *
 * @param dueAt when it was to be sent: after quiet hours, where they put it off
 * @param windowMinutes the end of the window is no longer in it
 */
export const isStillMeaningful = (dueAt: Temporal.Instant, now: Temporal.Instant, windowMinutes = WINDOW_MINUTES): boolean =>
  Temporal.Instant.compare(now, dueAt.add({ minutes: windowMinutes })) < 0;

/** Why a prompt was not sent: its window is over, or a newer one of the same schedule takes its place. */
export type WhyDropped = 'late' | 'replaced';

export interface AfterDowntime<T> {
  readonly send?: T;
  readonly dropped: readonly { readonly prompt: T; readonly why: WhyDropped }[];
}

/**
 * What happens to the prompts of one schedule that fell due while the bot was down: at most one is sent, the latest, if its
 * window is still open. Every other one is dropped and accounted for.
 *
 * @param missed in any order, each with `dueAt` not after `now`
 */
export function sortMissed<T extends { readonly dueAt: Temporal.Instant }>(
  missed: readonly T[],
  now: Temporal.Instant,
  windowMinutes = WINDOW_MINUTES,
): AfterDowntime<T> {
  const newestFirst = [...missed].sort((a, b) => Temporal.Instant.compare(b.dueAt, a.dueAt));
  const isOpen = ({ dueAt }: T) => isStillMeaningful(dueAt, now, windowMinutes);
  const send = newestFirst.find(isOpen);
  const dropped = newestFirst
    .filter((prompt) => prompt !== send)
    .map((prompt) => ({ prompt, why: isOpen(prompt) ? ('replaced' as const) : ('late' as const) }));
  return { ...(send && { send }), dropped };
}
