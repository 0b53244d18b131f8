import { UserError } from '../../chat/errors.js';
import type { Session, SessionNaming, SessionPart } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { replan } from './replan.js';
import { NAMED, NAMING_DECLINED } from './work.js';

/** Who serves a session, by part; backups in their order. */
export interface Serving {
  readonly chair?: string;
  readonly coChair?: string;
  readonly backups: readonly string[];
}

const listOf = ({ chair, coChair, backups }: Serving): [SessionPart, string][] => [
  ...(chair === undefined ? [] : [['chair', chair] as [SessionPart, string]]),
  ...(coChair === undefined ? [] : [['coChair', coChair] as [SessionPart, string]]),
  ...backups.map((one): [SessionPart, string] => ['backup', one]),
];

/**
 * Whoever serves now and did not before is told of it, privately, and can say no; who named themselves knows. Pass the
 * transaction that names them.
 */
export async function tellNamed(
  tx: TenantDb,
  { member, now }: Pick<Scope, 'member' | 'now'>,
  sessionId: string,
  before: Serving,
  after: Serving,
): Promise<void> {
  const { communityId } = tx;
  const known = new Set(listOf(before).map((one) => one.join()));
  for (const [part, memberId] of listOf(after)) {
    if (memberId === member.id || known.has(`${part},${memberId}`)) continue;
    const data = { communityId, sessionId, memberId, part, byId: member.id, at: now };
    const naming = await tx.sessionNaming.create({ data });
    await plan(tx, { kind: NAMED, subjectId: naming.id }, now);
  }
}

/** Whether the naming still holds: the session goes on, and they still have that part. */
export async function stillNamed(
  db: Pick<TenantDb, 'session' | 'sessionBackup'>,
  { sessionId, memberId, part, declinedAt }: SessionNaming,
): Promise<Session | undefined> {
  const session = await db.session.findFirst({ where: { id: sessionId, state: 'active' } });
  if (!session || declinedAt) return undefined;
  if (part !== 'backup') return session[`${part}Id`] === memberId ? session : undefined;
  return (await db.sessionBackup.findFirst({ where: { sessionId, memberId } })) ? session : undefined;
}

/**
 * "I can't do that." It needs no reason, takes effect at once, and whoever named them is told. Twice is once.
 * @throws UserError when it was somebody else who was named
 */
export async function declineNaming(scope: Scope, id: string): Promise<void> {
  const { db, member, now } = scope;
  await db.transact(async (tx) => {
    const naming = await tx.sessionNaming.findFirst({ where: { id, memberId: member.id } });
    if (!naming) throw new UserError('session.gone');
    const session = await stillNamed(tx, naming);
    if (!session) return;
    await tx.sessionNaming.update({ where: { id }, data: { declinedAt: now } });
    const { part, sessionId, memberId } = naming;
    if (part === 'backup') await tx.sessionBackup.deleteMany({ where: { sessionId, memberId } });
    else await tx.session.update({ where: { id: sessionId }, data: { [`${part}Id`]: null } });
    // What they were asked for in it, and had not answered, is over.
    await tx.chairAsk.deleteMany({ where: { memberId, said: null, occurrence: { sessionId } } });
    if (naming.byId !== null) await plan(tx, { kind: NAMING_DECLINED, subjectId: id }, now);
    await replan(tx, scope, session);
  });
}
