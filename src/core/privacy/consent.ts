import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import type { PersonalTable } from './tables.js';

/** Who sees or hears it: words for each are in `privacy.to`. */
export const AUDIENCES = [
  ...(['mentor', 'mentee', 'colleague', 'named', 'author', 'channel', 'moderators', 'other', 'volunteers'] as const),
  ...(['candidates', 'roster', 'chair', 'group', 'facilitators', 'calendar', 'nobody', 'self'] as const),
] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Something that the member agreed to and that holds now. `what` has words in `privacy.what`. */
export interface Held {
  /** Names it among those of its kind. */
  readonly id: string;
  readonly what: string;
  readonly to: Audience;
  /** The one person, where it is one whose account the member knows. */
  readonly memberId?: string;
  readonly since: Date;
}

/** One that has ended, without content and without whom. */
export interface Ended {
  readonly what: string;
  readonly to: Audience;
  readonly since: Date;
  readonly until: Date;
}

/** One kind of thing that a member agrees to, and the table in which it is kept. */
export interface ConsentKind<T extends PersonalTable = PersonalTable> {
  readonly table: T;
  /** What `list` may say of `what`. */
  readonly whats: readonly string[];
  /** It cannot be had back at a tap: the member is asked once more. */
  readonly asksTwice?: true;
  /** The facts of the table `Consent` that are of this kind; those that were taken back are its history. */
  readonly facts?: readonly string[];
  list(scope: Scope): Promise<readonly Held[]>;
  /** Those that ended, where their rows are kept. */
  past?(scope: Scope): Promise<readonly Ended[]>;
  /** Takes effect at once, on what is queued too. Twice is once. */
  revoke(scope: Scope, held: Held): Promise<unknown>;
}

/** How a folder says what members agree to in one of its tables. */
export const consent = <T extends PersonalTable>(table: T, kind: Omit<ConsentKind<T>, 'table'>): ConsentKind<T> => ({
  table,
  ...kind,
});

const PERSON = 'member:';

/** Consents that are rows of their own. @param revoke is given the recipient's id, where it is a person */
export const factConsent = (
  facts: readonly string[],
  to: Audience,
  revoke: (scope: Scope, held: Held) => Promise<unknown>,
): ConsentKind<'Consent'> =>
  consent('Consent', {
    ...{ facts, whats: facts, revoke },
    async list({ db, member }) {
      const where = { memberId: member.id, fact: { in: [...facts] }, revokedAt: null };
      const rows = await db.consent.findMany({ where });
      return rows.map(({ id, fact, recipient, grantedAt }) => ({
        ...{ id, what: fact, to, since: grantedAt },
        ...(recipient.startsWith(PERSON) && { memberId: recipient.slice(PERSON.length) }),
      }));
    },
  });

/** Ends the row of a consent, where what it was for is gone already. */
export const endRow = ({ db, member, now }: Scope, { id }: Held): Promise<unknown> =>
  db.consent.updateMany({ where: { id, memberId: member.id, revokedAt: null }, data: { revokedAt: now } });

/** Something whose row goes with its end: what is left is what it was, from when till when. */
export const REMEMBERED = { 'feed.link': 'calendar', 'support.oncall': 'volunteers', export: 'self' } as const satisfies Readonly<
  Record<string, Audience>
>;
export type Remembered = keyof typeof REMEMBERED;

/** Remembers that it ended. Pass the transaction that ends it. */
export async function remember(
  tx: TenantDb,
  fact: Remembered,
  ended: readonly { readonly memberId: string; readonly createdAt: Date }[],
  now: Date,
): Promise<void> {
  const { communityId } = tx;
  const rest = { communityId, fact, recipient: REMEMBERED[fact], revokedAt: now };
  await tx.consent.createMany({ data: ended.map(({ memberId, createdAt }) => ({ ...rest, memberId, grantedAt: createdAt })) });
}
