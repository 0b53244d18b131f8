import type { PlatformName } from '../names.js';
import type { LocalLine } from '../support/local/line.js';

/** What is remembered of a guild's or workspace's community. */
export interface Place {
  /** The community's. */
  readonly id: string;
  /** ISO 3166-1 alpha-2; null: none was named. */
  readonly country: string | null;
  /** Of a catalogue. */
  readonly language: string;
}

/**
 * Which country and language each guild or workspace named, and what its community says of crisis lines, in memory: so that `/crisis` can
 * answer while the database is away, and so that the first words to somebody, which are said before anything can be asked, are in the
 * community's language. Filled at start and whenever somebody of that community says anything; the lines also every minute.
 */
export interface Places {
  of(platform: PlatformName, space: string): Place | undefined;
  learn(platform: PlatformName, space: string, place: Place): void;
  /** Of the community of that guild or workspace, and of no other. */
  linesOf(platform: PlatformName, space: string): readonly LocalLine[];
  /** One community's, as they are now. */
  keepLines(community: string, lines: readonly LocalLine[]): void;
  /** How often one community's lines changed. */
  readonly changes: number;
  /** @param all by community, as they were read when `changes` was `then`; not taken when one has changed since */
  keepAllLines(all: ReadonlyMap<string, readonly LocalLine[]>, then: number): void;
}

export function makePlaces(): Places {
  const known = new Map<string, Place>();
  let lines: ReadonlyMap<string, readonly LocalLine[]> = new Map();
  let changes = 0;
  const of = (platform: PlatformName, space: string) => known.get(`${platform}:${space}`);
  return {
    of,
    learn: (platform, space, { id, country, language }) => void known.set(`${platform}:${space}`, { id, country, language }),
    linesOf: (platform, space) => lines.get(of(platform, space)?.id ?? '') ?? [],
    keepLines(community, its) {
      lines = new Map([...lines, [community, its]]);
      changes += 1;
    },
    get changes() {
      return changes;
    },
    keepAllLines(all, then) {
      if (then === changes) lines = all;
    },
  };
}
