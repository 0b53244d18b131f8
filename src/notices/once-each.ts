import type { Delivery, DueRow, NewDelivery } from '../schedule/kinds.js';

/** Work that is done with one look. */
export const nothingNext = (rows: readonly DueRow[]): ReadonlyMap<string, null> => new Map(rows.map(({ id }) => [id, null]));

/** One message to a member of whom it is known where they can be written to; none for who has no account any more. */
export function toMember(
  platforms: ReadonlyMap<string, Delivery['platform']>,
  memberId: string,
  message: Omit<NewDelivery, 'memberId' | 'platform'>,
): NewDelivery[] {
  const platform = platforms.get(memberId);
  return platform ? [{ ...message, memberId, platform }] : [];
}
