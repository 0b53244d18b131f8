import type { Temporal } from 'temporal-polyfill';
import { Prisma } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { localAt } from '../../time/local.js';
import { dateOf, instant, quietOf } from '../checkins/schedules/kept.js';
import { platformsOf } from '../members/reach.js';
import { zoneOf } from '../members/zone.js';
import type { PlatformName } from '../names.js';
import type { Scope } from '../scope.js';
import { cancel, plan } from '../work/plan.js';
import { maySpeak, nextLook } from './when.js';

export interface Look {
  readonly id: string;
  readonly memberId: string;
  readonly dueAt: Date;
}

export interface Looked {
  /** The next look; null when there is nothing to look at any more. */
  readonly next: Temporal.Instant | null;
  /** Where to tell that there is something; absent when there is not. */
  readonly tell?: { readonly platform: PlatformName; readonly day: string };
}

/** What a look found: nothing is kept any more, nothing to tell today, or something. */
export type Found = 'nothing' | 'silent' | 'tell';

const FORGET_AFTER = 12 * 3_600_000;

/**
 * The daily look at what many members keep. The trace of an earlier message is removed, so that the tables do not show on
 * which day there was something to tell; for the same reason `lookAt` writes everything anew that it looks at ({@link sealAnew}).
 * @param kind of the work, whose subject is the member
 * @param tx over all communities
 * @param lookAt called for those who can be spoken to now, with the day where they are
 */
export async function lookDaily(
  kind: string,
  looks: readonly Look[],
  tx: Prisma.TransactionClient,
  now: Date,
  lookAt: (memberId: string, today: Temporal.PlainDate) => Found,
): Promise<ReadonlyMap<string, Looked>> {
  const ids = looks.map(({ memberId }) => memberId);
  const [platforms, members] = await Promise.all([
    platformsOf(tx, ids),
    tx.member.findMany({ where: { id: { in: ids } }, include: { community: { select: { zone: true } } } }),
  ]);
  await tx.delivery.deleteMany({
    where: { kind, subjectId: { in: ids }, endedAt: { lt: new Date(now.getTime() - FORGET_AFTER) } },
  });
  const byId = new Map(members.map((member) => [member.id, member]));
  const results = looks.map((look): [string, Looked] => {
    const member = byId.get(look.memberId);
    if (!member) return [look.id, { next: null }];
    const zone = zoneOf(member, member.community);
    const quiet = quietOf(member);
    const next = nextLook(instant(now), zone, quiet);
    if (!maySpeak(instant(look.dueAt), instant(now), zone, quiet)) return [look.id, { next }];
    const today = localAt(instant(now), zone).toPlainDate();
    const found = lookAt(member.id, today);
    if (found === 'nothing') return [look.id, { next: null }];
    const platform = platforms.get(member.id);
    return [look.id, { next, ...(found === 'tell' && platform && { tell: { platform, day: today.toString() } }) }];
  });
  return new Map(results);
}

/** A sealed row as a look found it, and as it leaves it. */
export interface Resealed {
  readonly id: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** Writes the `details` of these rows. What a member changed meanwhile is left alone: it is looked at tomorrow. */
export async function sealAnew(
  tx: Prisma.TransactionClient,
  table: 'Milestone' | 'Goal' | 'GoalStep',
  rows: readonly Resealed[],
): Promise<void> {
  if (rows.length === 0) return;
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  await tx.$executeRaw`
    UPDATE ${Prisma.raw(`"${table}"`)} AS m SET "details" = decode(n.after, 'hex')
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ before }) => hex(before))}::text[],
                ${rows.map(({ after }) => hex(after))}::text[]) AS n(id, before, after)
    WHERE m."id" = n.id AND m."details" = decode(n.before, 'hex')`;
}

/** Plans the daily look of the member of the scope. Pass the transaction that writes the first thing to look at. */
export async function planLook(tx: TenantDb, kind: string, { member, now }: Pick<Scope, 'member' | 'now'>): Promise<void> {
  const self = await tx.member.findUniqueOrThrow({ where: { id: member.id } });
  await plan(tx, { kind, subjectId: member.id }, dateOf(nextLook(instant(now), member.zone, quietOf(self))));
}

/** Forgets the look, and that there ever was one. Pass the transaction that removes the last thing to look at. */
export async function stopLooking(tx: TenantDb, kind: string, memberId: string): Promise<void> {
  await cancel(tx, { kind, subjectId: memberId });
  await tx.delivery.deleteMany({ where: { kind, subjectId: memberId, endedAt: { not: null } } });
}
