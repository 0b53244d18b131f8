import type { Words } from '../../words/index.js';
import type { Ended, Held } from '../privacy/consent.js';
import type { Who } from '../privacy/declare.js';
import type { PersonalTable } from '../privacy/tables.js';
import type { Scope } from '../scope.js';

/** What the files of an export are made from. */
export interface Export {
  readonly scope: Scope;
  readonly who: Who;
  readonly words: Words;
  readonly counts: ReadonlyMap<PersonalTable, number>;
  readonly agreed: readonly Pick<Held, 'what' | 'to' | 'since'>[];
  readonly ended: readonly Ended[];
}
