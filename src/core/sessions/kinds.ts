/** What a session is like. `own`: its name is in the details. */
export const SESSION_FORMATS = ['open', 'speaker', 'study', 'round', 'skills', 'newcomer', 'meditation', 'own'] as const;
export type SessionFormat = (typeof SESSION_FORMATS)[number];

/** Where people come together. `link`: somewhere else on the internet; `person`: at an address, which is in the details. */
export const SESSION_PLACES = ['voice', 'stage', 'text', 'huddle', 'link', 'person'] as const;
export type SessionPlace = (typeof SESSION_PLACES)[number];

/** Who finds it: the community, or everybody through its public feed. */
export const SESSION_VISIBILITIES = ['community', 'public'] as const;
export type SessionVisibility = (typeof SESSION_VISIBILITIES)[number];

/** Characters, minutes, people and sessions at most. */
export const SESSION_LIMITS = {
  title: 80,
  name: 40,
  description: 1000,
  where: 300,
  words: 500,
  minutes: { least: 5, most: 600 },
  capacity: 1000,
  backups: 10,
  /** Active ones of a community: more is no list that anybody reads. */
  active: 100,
} as const;
