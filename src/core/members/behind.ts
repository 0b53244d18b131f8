import { UserError } from '../../chat/errors.js';
import type { Member } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { isUniqueViolation } from '../../db/unique.js';
import type { PlatformName } from '../names.js';
import type { Scope } from '../scope.js';
import { asTold } from './told.js';

export interface Account {
  readonly platform: PlatformName;
  readonly userId: string;
  /** IANA, where the platform tells it. */
  readonly zone?: string;
  /** BCP 47, where the platform tells it. */
  readonly locale?: string;
}

/** The member behind an account, made when the person is met for the first time. Not inside a transaction. */
export async function memberBehind(db: TenantDb, { platform, userId: externalId, ...told }: Account, now: Date): Promise<Member> {
  const { communityId } = db;
  const find = () => db.identity.findFirst({ where: { platform, externalId }, include: { member: true } });
  const known = await find();
  if (known) return known.member;
  try {
    return await db.transact(async (tx) => {
      const member = await tx.member.create({ data: { communityId, thereAt: now, ...asTold(told) } });
      await tx.identity.create({ data: { communityId, memberId: member.id, platform, externalId } });
      return member;
    });
  } catch (error) {
    const other = isUniqueViolation(error) ? await find() : null;
    if (!other) throw error;
    return other.member;
  }
}

/**
 * The same of somebody whom the member of the scope names. Who is not known here yet and not in the community either, as somebody of
 * another one that we serve, is made no member, asked nothing and told nothing. Not inside a transaction.
 * @throws UserError when their platform says that they are not there
 */
export async function memberNamed({ db, isHere, now }: Pick<Scope, 'db' | 'isHere' | 'now'>, account: Account): Promise<Member> {
  const { platform, userId: externalId } = account;
  const isKnown = (await db.identity.count({ where: { platform, externalId } })) > 0;
  if (!isKnown && isHere && !(await isHere(externalId))) throw new UserError('chat.errors.notHere');
  return memberBehind(db, account, now);
}

/** The account by which a member is known on a platform; undefined when they have none there. */
export async function accountOf(db: TenantDb, memberId: string, platform: PlatformName): Promise<string | undefined> {
  const found = await db.identity.findFirst({ where: { memberId, platform }, orderBy: { createdAt: 'asc' } });
  return found?.externalId;
}
