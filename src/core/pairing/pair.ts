/** Two members as a separation keeps them: the smaller id first. */
export const pairKey = (one: string, other: string): { readonly aId: string; readonly bId: string } =>
  one < other ? { aId: one, bId: other } : { aId: other, bId: one };

/** A place is taken from the introduction on. */
export const TAKES_PLACE = ['introducing', 'active'] as const;
