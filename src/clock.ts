/** The one place that reads the computer's clock; everything else is told the time. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that can be put forward, for the playground and for tests. It never goes back. */
export interface MovableClock extends Clock {
  /** @param ms not negative */
  advance(ms: number): void;
}

export function makeMovableClock(base: Clock = systemClock): MovableClock {
  let ahead = 0;
  return {
    now: () => new Date(base.now().getTime() + ahead),
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError('The clock only goes forward.');
      ahead += ms;
    },
  };
}
