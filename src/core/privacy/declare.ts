import { z } from 'zod';
import type { Cipher } from '../../db/cipher.js';
import type { Prisma } from '../../db/generated/client.js';
import type { PlatformName } from '../names.js';

type Models = Prisma.TypeMap['model'];
type Columns<M extends Prisma.ModelName> = Exclude<keyof Models[M]['payload']['scalars'], 'id' | 'communityId'> & string;
type Where<M extends Prisma.ModelName> = NonNullable<NonNullable<Models[M]['operations']['findMany']['args']>['where']>;
type Row<M extends Prisma.ModelName> = Models[M]['payload']['scalars'];

/** The member whose rows are looked for. */
export interface Who {
  readonly id: string;
  readonly cipher: Cipher;
  readonly accounts: readonly { readonly platform: PlatformName; readonly externalId: string }[];
  /** The guilds and workspaces of their community. */
  readonly spaces: readonly { readonly platform: PlatformName; readonly externalId: string }[];
}

/** Not personal, and why. */
export interface Not {
  readonly not: string;
}
/** Personal, and not in the export, and why. */
export interface Kept {
  readonly kept: string;
}

/** About the member, and encrypted: exported opened. */
export interface Sealed {
  /** What it holds, as it is exported: words, or JSON. */
  readonly sealed: z.ZodType;
}

/**
 * What one column is: `mine`, about the member, exported as it is; {@link Sealed}, the same, opened for `Model.column:<id>`;
 * `self`, leads to the member; `other`, leads to somebody else, and is never exported; `either`, to the one or the other of
 * two; `named`, may lead to the member in a row that outlives them, and is emptied with them.
 */
export type Column = 'mine' | Sealed | 'self' | 'other' | 'either' | 'named' | Not | Kept;

export const not = (because: string): Not => ({ not: because });
export const kept = (because: string): Kept => ({ kept: because });

export const sealed = (holds: z.ZodType): Sealed => ({ sealed: holds });
export const sealedIn = (column: Column | undefined): z.ZodType | undefined =>
  typeof column === 'object' && 'sealed' in column ? column.sealed : undefined;
/** Whether the export has the column, unless the table has a shape of its own. */
export const isExported = (column: Column): boolean => column === 'mine' || sealedIn(column) !== undefined;

/** What is sealed in a row, by its column: words or JSON as it was kept; null where there is none or it does not open. */
export type Open = <T>(column: string) => T | null;

/** A table in which a row can be about a member. Every column is told of: the compiler asks for one that is new. */
export interface Personal<M extends Prisma.ModelName = Prisma.ModelName> {
  /** The rows that are about them: they are exported. */
  readonly mine: (who: Who) => Where<M>;
  readonly columns: Readonly<Record<Columns<M>, Column>>;
  /** What `/privacy show` counts, where that is not all of `mine`; false: it tells of them in another way. */
  readonly counted?: false | ((who: Who) => Where<M>);
  /**
   * What becomes of them with the member. `goes`: the database deletes them with the member, or with what they belong to; `deleted`:
   * they lead to no row of the member's, and we delete them; `stays`: without the member, because `named` columns are emptied.
   */
  readonly erased: 'goes' | 'deleted' | 'stays';
  /** What is exported of a row, in place of its columns. */
  readonly shape?: Shape<M>;
}

/** What is exported of a row that says less than its columns, or in another form. Each may be absent. */
export interface Shape<M extends Prisma.ModelName> {
  /** Columns that it has as they are, with a space between them. */
  readonly columns: string;
  /** What else it has, and what that is. */
  readonly more: Readonly<Record<string, z.ZodType>>;
  of(row: Row<M>, who: Who, open: Open): Readonly<Record<string, unknown>>;
}

/** A table in which no row is about a member. `columns` names all of them, so that a new one is thought about. */
export interface Impersonal {
  readonly because: string;
  readonly columns: string;
}

/** How a folder says what it keeps. */
export const personal = <M extends Prisma.ModelName>(_model: M, table: Personal<M>): Personal<M> => table;
export const shaped = <M extends Prisma.ModelName>(columns: string, more: Shape<M>['more'], of: Shape<M>['of']): Shape<M> => ({
  columns,
  more,
  of,
});
export const nobodys = (because: string, columns: string): Impersonal => ({ because, columns });

/** Reasons that come again and again. */
export const COMMUNITYS = not('of the community, whoever it was');
export const WORKING = not('how the bot does its work');
export const LEADS = not('leads from one row to another; the export names rows by their ids');

/** The `id` of another row of the export. */
export const ROW = z.string().describe('the id of another row');
export const FLAG = z.boolean();
/** In place of for whose eyes it is. */
export const IS_SHOWN = z.literal(true).optional().describe('mentors may see it, while the member wants that');
