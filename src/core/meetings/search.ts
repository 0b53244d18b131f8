import type { Prisma } from '../../db/generated/client.js';
import type { Window } from '../../time/wish-windows.js';
import { foldWords } from '../../words/fold.js';

/** Minutes into a meeting for which late comers are welcome. */
export const GRACE = 15;

/** What somebody looks for. What is absent does not matter to them. */
export interface Search {
  /** When it may begin: rising, apart from each other, within a week. */
  readonly windows: readonly Window[];
  /** Meetings without a time may come at the end. */
  readonly appointments: boolean;
  readonly how?: 'online' | 'in-person';
  /** Words of a city, region, group, place or name; all must be there. */
  readonly place?: string;
  /** Any of these. */
  readonly types?: readonly string[];
  /** ISO 639. */
  readonly language?: string;
  /** Ids. */
  readonly sources?: readonly string[];
}

export type Where = Prisma.MeetingWhereInput;

/** What a meeting must be, apart from when it is. */
export function conditionOf({ how, place, types, language, sources }: Search): Where {
  const words = place === undefined ? [] : foldWords(place).split(' ').filter(Boolean);
  return {
    ...(how === 'online' && { isOnline: true }),
    ...(how === 'in-person' && { isInPerson: true }),
    // What is neither is not held for now.
    ...(how === undefined && { OR: [{ isOnline: true }, { isInPerson: true }] }),
    ...(types && { types: { hasSome: [...types] } }),
    ...(language !== undefined && { languages: { has: language } }),
    ...(sources && { sourceId: { in: [...sources] } }),
    ...(words.length > 0 && { AND: words.map((word) => ({ words: { contains: word } })) }),
  };
}
