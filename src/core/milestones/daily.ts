import { Temporal } from 'temporal-polyfill';
import type { Cipher } from '../../db/cipher.js';
import type { Prisma } from '../../db/generated/client.js';
import { localAt } from '../../time/local.js';
import { instant, quietOf } from '../checkins/schedules/kept.js';
import { platformsOf } from '../members/reach.js';
import { zoneOf } from '../members/zone.js';
import type { PlatformName } from '../names.js';
import { anniversariesIn } from './anniversaries.js';
import { type Details, openDetails, periodsOf, sealDetails } from './details.js';
import { LOOK, maySpeak, nextLook } from './look.js';
import { openPeriod } from './periods.js';

export interface Look {
  readonly id: string;
  readonly memberId: string;
  readonly dueAt: Date;
}

export interface Looked {
  /** The next look; null when there is nothing to look at any more. */
  readonly next: Temporal.Instant | null;
  /** Where to tell that something was reached; absent when nothing was. */
  readonly tell?: { readonly platform: PlatformName; readonly day: string };
}

/** What was reached since the last look. The result is written whether or not there was something. */
function lookAt(details: Details, today: Temporal.PlainDate): Details {
  const through = Temporal.PlainDate.from(details.through);
  const open = openPeriod(periodsOf(details));
  const isNew = Temporal.PlainDate.compare(today, through) > 0;
  const found = open && isNew ? anniversariesIn(open.from, details.marks, through, today) : [];
  const last = found.at(-1);
  return {
    ...details,
    through: isNew ? today.toString() : details.through,
    // After a long downtime the latest is enough.
    fresh: last ? [{ ...last.mark, on: last.on.toString() }] : [],
  };
}

/**
 * The daily look at the milestones of many members. Every row that is looked at is written anew, and the trace of an earlier
 * message is removed, so that the tables do not show on which day somebody reached something.
 * @param tx over all communities
 */
export async function lookDaily(looks: readonly Look[], tx: Prisma.TransactionClient, cipher: Cipher, now: Date) {
  const ids = looks.map(({ memberId }) => memberId);
  const [platforms, members, rows] = await Promise.all([
    platformsOf(tx, ids),
    tx.member.findMany({ where: { id: { in: ids } }, include: { community: { select: { zone: true } } } }),
    tx.milestone.findMany({ where: { memberId: { in: ids } }, select: { id: true, memberId: true, details: true } }),
  ]);
  await tx.delivery.deleteMany({
    where: { kind: LOOK, subjectId: { in: ids }, endedAt: { lt: new Date(now.getTime() - 12 * 3_600_000) } },
  });
  const byId = new Map(members.map((member) => [member.id, member]));
  const written: { id: string; before: Uint8Array; after: Uint8Array }[] = [];
  const results = looks.map((look): [string, Looked] => {
    const member = byId.get(look.memberId);
    const mine = rows.filter(({ memberId }) => memberId === look.memberId);
    if (!member || mine.length === 0) return [look.id, { next: null }];
    const zone = zoneOf(member, member.community);
    const quiet = quietOf(member);
    const next = nextLook(instant(now), zone, quiet);
    if (!maySpeak(instant(look.dueAt), instant(now), zone, quiet)) return [look.id, { next }];
    const today = localAt(instant(now), zone).toPlainDate();
    const looked = mine.map((row) => ({ row, after: lookAt(openDetails(cipher, row), today) }));
    for (const { row, after } of looked)
      written.push({ id: row.id, before: row.details, after: sealDetails(cipher, row.id, after) });
    const platform = platforms.get(member.id);
    const reached = looked.some(({ after }) => after.fresh.length > 0);
    return [look.id, { next, ...(reached && platform && { tell: { platform, day: today.toString() } }) }];
  });
  await write(tx, written);
  return new Map(results);
}

/** What a member changed meanwhile is left alone: it is looked at tomorrow. */
async function write(
  tx: Prisma.TransactionClient,
  rows: readonly { id: string; before: Uint8Array; after: Uint8Array }[],
): Promise<void> {
  if (rows.length === 0) return;
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  await tx.$executeRaw`
    UPDATE "Milestone" AS m SET "details" = decode(n.after, 'hex')
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ before }) => hex(before))}::text[],
                ${rows.map(({ after }) => hex(after))}::text[]) AS n(id, before, after)
    WHERE m."id" = n.id AND m."details" = decode(n.before, 'hex')`;
}
