import type { Temporal } from 'temporal-polyfill';
import type { Prisma } from '../../db/generated/client.js';
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
 * which day there was something to tell; for the same reason `lookAt` writes everything anew that it looks at ({@link reseal}).
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
