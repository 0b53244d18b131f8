/** What a line of the log may hold. */
export type Plain = string | number | boolean | readonly string[];

/**
 * What a field of the log may look like. Whatever does not look like it stays out.
 * @typeParam T what may be handed over, for the compiler
 */
export interface Shape<T> {
  /** What is written of a value; undefined when it is not of this shape. @param known words that were allowed at the start */
  take(value: unknown, known: ReadonlySet<string>): Plain | undefined;
  /** Never there: holds T. */
  readonly type?: T;
}

export const matching = (pattern: RegExp): Shape<string> => ({
  take: (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined),
});

export const oneOf = <const T extends string>(...words: readonly T[]): Shape<T> => {
  const all: ReadonlySet<unknown> = new Set(words);
  return { take: (value) => (all.has(value) ? (value as T) : undefined) };
};

/** A word that the program itself made known, such as the name of a command. */
export const known: Shape<string> = {
  take: (value, words) => (typeof value === 'string' && words.has(value) ? value : undefined),
};

/** Whole, not negative. */
export const count: Shape<number> = {
  take: (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined),
};

export const yesOrNo: Shape<boolean> = { take: (value) => (typeof value === 'boolean' ? value : undefined) };

export const instant: Shape<Date> = {
  take: (value) => (value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined),
};

export const anyOf = <A, B>(a: Shape<A>, b: Shape<B>): Shape<A | B> => ({
  take: (value, words) => a.take(value, words) ?? b.take(value, words),
});

/** Those of a list that are of the shape; the others are left out without a sign. */
export const listOf = <T extends string>(shape: Shape<T>): Shape<readonly T[]> => ({
  take: (value, words) =>
    Array.isArray(value) ? value.map((one) => shape.take(one, words)).filter((one) => typeof one === 'string') : undefined,
});
