/** Milliseconds. A platform that is down is asked ever more rarely, up to this. */
const FIRST = 500;
const LONGEST = 60_000;
/** One message that the platform could not take says little about the next. */
const FORGIVEN = 2;

/** Stops a lane while its platform cannot take messages, so that not everything that waits is tried in vain. */
export interface Brake {
  /** Milliseconds until it is worth trying again; 0 as a rule. */
  wait(): number;
  /** @param since when the try began that failed, by `performance.now()`. @param after milliseconds that the platform asked for */
  pull(since: number, after?: number): void;
  /** It took a message. */
  release(): void;
  /** Time was moved: what we decided ourselves no longer counts, what the platform asked for does. */
  forget(): void;
}

export function makeBrake(): Brake {
  let troubles = 0;
  let noticed = 0;
  let asked = 0;
  let decided = 0;
  return {
    wait: () => Math.max(0, Math.max(asked, decided) - performance.now()),
    pull(since, after) {
      const now = performance.now();
      if (after !== undefined) asked = Math.max(asked, now + after);
      // Those that were under way when the first one failed tell nothing new.
      if (since < noticed) return;
      noticed = now;
      troubles += 1;
      if (after !== undefined || troubles <= FORGIVEN) return;
      const pause = Math.min(FIRST * 2 ** (troubles - FORGIVEN - 1), LONGEST);
      decided = now + pause * (0.75 + Math.random() / 2);
    },
    release() {
      troubles = 0;
    },
    forget() {
      troubles = 0;
      decided = 0;
    },
  };
}
