import type { Choice, Text } from './message.js';

export type FieldKind = 'text' | 'long' | 'choice' | 'choices' | 'member' | 'members' | 'roles';

export interface Field {
  readonly name: string;
  /** At most 45 characters. */
  readonly label: string;
  /** At most 100 characters. */
  readonly help?: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** Characters, for `text` and `long`. */
  readonly max?: number;
  readonly choices?: readonly Choice[];
  /** What the person gave already: one text, or the chosen values. */
  readonly value?: string | readonly string[];
}

export interface Form {
  /** Opaque, at most 90 characters; it comes back with the answers. */
  readonly id: string;
  /** At most 24 characters. */
  readonly title: string;
  readonly intro?: Text;
  /** At most 24 characters. */
  readonly submit: string;
  readonly fields: readonly Field[];
}

/** A field that was refused, and the sentence that says what to do. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}
