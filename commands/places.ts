import type { Param } from '../src/chat/index.js';

/** Towns and states in which the community knows services, while somebody types one. */
export const suggestPlaces: Param['suggest'] = async (typed, _language, known) =>
  (await known.placesLike(typed)).map((label) => ({ value: label, label }));
