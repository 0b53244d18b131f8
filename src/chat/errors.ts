import type { Key, Values } from '../words/index.js';
import type { Tap } from './message.js';

/** Something the person can act on. The words come from the catalogue, at the edge. */
export class UserError extends Error {
  override readonly name = 'UserError';
  constructor(
    readonly key: Key,
    readonly values: Values = {},
    /** A way on, offered as a button. */
    readonly next?: { readonly label: Key; readonly tap: Tap },
  ) {
    super(key);
  }
}

/** They did it too often, and can again at that time. Nothing was lost. */
export class Later extends UserError {
  constructor(readonly at: Date) {
    super('chat.errors.later');
  }
}

/** The database (or another thing that we need) cannot be reached now. Nothing was saved, nothing was lost. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}
