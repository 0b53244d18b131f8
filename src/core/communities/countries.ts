import type { PlatformName } from '../names.js';

/**
 * Which country each guild or workspace named, in memory, so that `/crisis` can answer while the database is away.
 * Filled at start and whenever somebody of that community says anything.
 */
export interface Countries {
  of(platform: PlatformName, space: string): string | undefined;
  learn(platform: PlatformName, space: string, country: string | undefined): void;
}

export function makeCountries(): Countries {
  const known = new Map<string, string>();
  return {
    of: (platform, space) => known.get(`${platform}:${space}`),
    learn(platform, space, country) {
      if (country === undefined) known.delete(`${platform}:${space}`);
      else known.set(`${platform}:${space}`, country);
    },
  };
}
