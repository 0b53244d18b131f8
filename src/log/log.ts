import type { Fields } from './fields.js';

/** A text that stands in the source as it is: one with a value in it does not compile. */
type Literal<T extends string> = { readonly [K in never]: never } extends Readonly<Record<T, 1>> ? never : T;

/** {@link Fields} and no others, also where the object was made elsewhere. */
type Only<F> = [Exclude<keyof F, keyof Fields>] extends [never] ? F : never;

type Write = <const F extends Fields, const T extends string>(fields: Only<F>, message: T & Literal<T>) => void;

/**
 * Where everything goes that the operator is told. Takes the fields of src/log/fields.ts and sentences that stand in the source,
 * so that nothing that somebody wrote can come in.
 */
export interface Log {
  readonly fatal: Write;
  readonly error: Write;
  readonly warn: Write;
  readonly info: Write;
}

/** The part of it that most need. */
export type Told = Pick<Log, 'info' | 'warn' | 'error'>;
