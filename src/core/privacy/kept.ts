import type { Scope } from '../scope.js';

/** How much of what is kept about one member, counted from the tables themselves. */
export interface KeptAboutMember {
  /** Accounts by which the member is known. */
  readonly accounts: readonly { readonly platform: string; readonly since: Date }[];
  /** IANA; undefined when only the community's is used. */
  readonly zone?: string;
  readonly language?: string;
  readonly since: Date;
  readonly checkIns: { readonly count: number; readonly first?: Date; readonly last?: Date };
  readonly consents: readonly { readonly fact: string; readonly recipient: string; readonly since: Date }[];
  /** Private buttons in messages to the member. */
  readonly buttons: number;
  /** Privileged things that the member did, such as setting up the community. */
  readonly actions: number;
  /** Grants that name the member as a person. */
  readonly grants: number;
}

/**
 * The tables in which a row can be about one member, each counted by {@link keptAbout}. A test compares this list with
 * the schema, so that no new table can be forgotten.
 */
export const TABLES_ABOUT_MEMBERS = ['Member', 'Identity', 'CheckIn', 'Consent', 'Tap', 'AuditEvent', 'RoleGrant'] as const;

/** Everything that is kept about the member of the scope. */
export async function keptAbout({ db, member }: Scope): Promise<KeptAboutMember> {
  const memberId = member.id;
  const self = await db.member.findUniqueOrThrow({ where: { id: memberId }, include: { identities: true } });
  const [checkIns, consents, buttons, actions, grants] = await Promise.all([
    db.checkIn.aggregate({ where: { memberId }, _count: true, _min: { at: true }, _max: { at: true } }),
    db.consent.findMany({ where: { memberId, revokedAt: null }, orderBy: { grantedAt: 'asc' } }),
    db.tap.count({ where: { memberId } }),
    db.auditEvent.count({ where: { actorId: memberId } }),
    db.roleGrant.count({ where: { kind: 'member', externalId: { in: self.identities.map(({ externalId }) => externalId) } } }),
  ]);
  return {
    accounts: self.identities.map(({ platform, createdAt }) => ({ platform, since: createdAt })),
    ...(self.zone && { zone: self.zone }),
    ...(self.language && { language: self.language }),
    since: self.createdAt,
    checkIns: {
      count: checkIns._count,
      ...(checkIns._min.at && { first: checkIns._min.at }),
      ...(checkIns._max.at && { last: checkIns._max.at }),
    },
    consents: consents.map(({ fact, recipient, grantedAt }) => ({ fact, recipient, since: grantedAt })),
    buttons,
    actions,
    grants,
  };
}
