import type { CrisisCategory } from './crisis-table.js';

/** The kinds of help, those that matter most first, with the categories of the table that belong to each. */
const categoriesOf = {
  now: ['suicide_crisis', 'suicide_addiction', 'emotional_support', 'text'],
  overdose: ['overdose_prevention'],
  substances: ['drugs_alcohol', 'drugs', 'alcohol', 'treatment_referral'],
  violence: ['domestic_violence'],
  women: ['women'],
  veterans: ['veterans'],
  lgbtq: ['lgbtq', 'lgbtq_youth'],
  youth: ['text_youth', 'lgbtq_youth'],
  indigenous: ['indigenous'],
  poison: ['poison'],
  health: ['medical'],
  information: ['information'],
} as const satisfies Readonly<Record<string, readonly CrisisCategory[]>>;

export type Topic = keyof typeof categoriesOf;

export const TOPICS = Object.keys(categoriesOf) as [Topic, ...Topic[]];

/** What the first screen shows; the rest is one tap away, so that nobody has to scroll past it. */
export const FIRST: readonly Topic[] = ['now', 'overdose', 'substances'];

/** Offered in every country, also where no line of theirs is known: what to do, or where else to look, can still be said. */
export const ALWAYS: ReadonlySet<Topic> = new Set<Topic>(['overdose', 'violence', 'veterans', 'lgbtq', 'youth', 'poison']);

export const isTopic = (name: string): name is Topic => Object.hasOwn(categoriesOf, name);

/** A line may belong to more than one. None for what is no line to call for a topic, such as an emergency number. */
export const topicsOf = (category: CrisisCategory): readonly Topic[] =>
  TOPICS.filter((topic) => (categoriesOf[topic] as readonly CrisisCategory[]).includes(category));
