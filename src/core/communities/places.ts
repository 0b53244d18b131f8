import type { PlatformName } from '../names.js';

/** What is remembered of a guild's or workspace's community. */
export interface Place {
  /** ISO 3166-1 alpha-2; null: none was named. */
  readonly country: string | null;
  /** Of a catalogue. */
  readonly language: string;
}

/**
 * Which country and language each guild or workspace named, in memory: so that `/crisis` can answer while the database is
 * away, and so that the first words to somebody, which are said before anything can be asked, are in the community's language.
 * Filled at start and whenever somebody of that community says anything.
 */
export interface Places {
  of(platform: PlatformName, space: string): Place | undefined;
  learn(platform: PlatformName, space: string, place: Place): void;
}

export function makePlaces(): Places {
  const known = new Map<string, Place>();
  return {
    of: (platform, space) => known.get(`${platform}:${space}`),
    learn: (platform, space, { country, language }) => void known.set(`${platform}:${space}`, { country, language }),
  };
}
