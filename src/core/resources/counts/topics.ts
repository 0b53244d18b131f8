import { CATEGORIES, type Concept, conceptsIn, OTHERS, termOf } from '../concepts.js';
import type { Asked } from '../understand.js';

/** What is counted by: kinds of help, and what stands for everything else. */
export const TOPICS = [...CATEGORIES, ...OTHERS, 'else'] as const;
export type Topic = (typeof TOPICS)[number];

const KINDS: readonly Concept[] = [...CATEGORIES, ...OTHERS];
const isTopic = (concept: Concept): concept is Exclude<Topic, 'else'> => KINDS.includes(concept);
const orElse = (topics: readonly Topic[]): readonly Topic[] => (topics.length === 0 ? ['else'] : [...new Set(topics)]);

/** What somebody asks for, as kinds of help: what they chose, and what their words mean. None of the words is left in it. */
export function topicsAsked({ what, category }: Pick<Asked, 'what' | 'category'>): readonly Topic[] {
  const meant = what === undefined ? [] : conceptsIn(what).filter(isTopic);
  return orElse([...(category === undefined ? [] : [category]), ...meant]);
}

/** What a service is for. @param terms by which it is found */
export const topicsOf = (terms: readonly string[]): readonly Topic[] =>
  orElse(CATEGORIES.filter((category) => terms.includes(termOf(category))));
