/** Something at a time, in a channel, with people who lead it. */
export interface Booked {
  /** The session. */
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** The platform's id of a channel. */
  readonly channel?: string;
  /** Who chairs and co-chairs, by any name that is the same in both lists. */
  readonly leaders: readonly string[];
}

export interface Conflict {
  /** The other session. */
  readonly id: string;
  /** When the other one starts, the first time that they are at once. */
  readonly at: Date;
  /** `channel` is said before `chair` where it is both. */
  readonly same: 'channel' | 'chair';
}

const overlap = (a: Booked, b: Booked) => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

function sameOf(a: Booked, b: Booked): Conflict['same'] | undefined {
  if (a.channel !== undefined && a.channel === b.channel) return 'channel';
  return a.leaders.some((leader) => b.leaders.includes(leader)) ? 'chair' : undefined;
}

/**
 * What is at the same time in the same channel, or asks the same person to lead: the first of each other session and kind,
 * rising. They are pointed out, never forbidden: a group may want just that. What ends when the other begins is no conflict.
 */
export function conflictsOf(wanted: readonly Booked[], others: readonly Booked[]): Conflict[] {
  const found = new Map<string, Conflict>();
  for (const one of wanted) {
    for (const other of others) {
      const same = one.id !== other.id && overlap(one, other) ? sameOf(one, other) : undefined;
      if (!same) continue;
      const key = `${other.id} ${same}`;
      const before = found.get(key);
      if (!before || other.startsAt < before.at) found.set(key, { id: other.id, at: other.startsAt, same });
    }
  }
  return [...found.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
}
