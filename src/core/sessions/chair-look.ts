import { randomUUID } from 'node:crypto';
import type { Prisma } from '../../db/generated/client.js';
import type { PlatformName } from '../names.js';
import { type Covered, coverChair } from './cover.js';
import { type DateRow, endOf } from './date-row.js';
import type { Looked, SessionNotice } from './looked.js';
import { CHAIR, LEADERLESS, TAKEN, UNCOVERED } from './work.js';

type Tx = Prisma.TransactionClient;

/** Milliseconds after the start in which it helps to hear that nobody chairs; until then late joiners are expected too. */
const HELPS_WITHIN = 15 * 60_000;

/** Who chairs it: for this date, else for all. */
export const chairOf = ({ chairId, session }: Pick<DateRow, 'chairId'> & { session: { chairId: string | null } }) =>
  chairId ?? session.chairId ?? undefined;

const lineOf = (row: DateRow): string[] => [
  ...new Set(
    [chairOf(row), row.session.coChairId, ...row.session.backups.map(({ memberId }) => memberId)].filter(
      (id) => id !== null && id !== undefined,
    ),
  ),
];

export const coverOf = (row: DateRow, now: Date): Covered =>
  coverChair({
    startsAt: row.startsAt,
    now,
    chair: chairOf(row),
    coChair: row.session.coChairId ?? undefined,
    backups: row.session.backups.map(({ memberId }) => memberId),
    asks: row.asks,
  });

/** Nobody is held to what they said for another start: whoever stood in then does not now. */
async function forgetOtherStarts(tx: Tx, row: DateRow): Promise<void> {
  const stale = row.asks.filter(({ startsAt }) => startsAt.getTime() !== row.startsAt.getTime());
  if (stale.length === 0) return;
  const standIn = stale.find(({ memberId, isCover, said }) => isCover && said === 'yes' && memberId === row.chairId);
  if (standIn) {
    await tx.occurrence.update({ where: { id: row.id }, data: { chairId: null } });
    row.chairId = null;
  }
  await tx.chairAsk.deleteMany({ where: { id: { in: stale.map(({ id }) => id) } } });
  row.asks = row.asks.filter((ask) => !stale.includes(ask));
}

/** Asks whom it is time to ask. Who can be written to nowhere has not been reached, and the next is asked. */
async function askThem(tx: Tx, row: DateRow, platforms: ReadonlyMap<string, PlatformName>, now: Date): Promise<Covered> {
  for (;;) {
    const covered = coverOf(row, now);
    if (covered.ask.length === 0) return covered;
    const asks = covered.ask.map(({ memberId, isCover }) => ({
      id: randomUUID(),
      communityId: row.communityId,
      occurrenceId: row.id,
      memberId,
      isCover,
      startsAt: row.startsAt,
      askedAt: now,
      said: platforms.has(memberId) ? null : ('unreached' as const),
    }));
    await tx.chairAsk.createMany({ data: asks });
    row.asks = [...row.asks, ...asks];
  }
}

function noticesOf(row: DateRow, { state, chairs }: Covered, now: Date): SessionNotice[] {
  const { id, startsAt, session } = row;
  const waiting = row.asks.filter(({ said }) => said === null);
  const line = lineOf(row);
  if (state === 'confirmed') {
    return waiting
      .filter(({ memberId }) => memberId !== chairs)
      .map((ask) => ({
        kind: TAKEN,
        subjectId: ask.id,
        memberId: ask.memberId,
        once: `${TAKEN}:${ask.id}`,
        dueAt: now,
        expiresAt: endOf(row),
      }));
  }
  if (now < startsAt) {
    const asked = waiting.map(
      (ask): SessionNotice => ({
        kind: CHAIR,
        subjectId: ask.id,
        memberId: ask.memberId,
        once: `${CHAIR}:${ask.id}`,
        dueAt: ask.askedAt,
        expiresAt: startsAt,
      }),
    );
    const isHopeless = state === 'seeking' && line.length > 0 && waiting.length === 0;
    const { createdById } = session;
    if (!isHopeless || createdById === null) return asked;
    const once = `${UNCOVERED}:${id}:${startsAt.getTime()}`;
    return [{ kind: UNCOVERED, subjectId: id, memberId: createdById, once, dueAt: now, expiresAt: startsAt }];
  }
  const until = new Date(Math.min(startsAt.getTime() + HELPS_WITHIN, endOf(row).getTime()));
  // A group that never names anybody to chair does not have to be told each time that nobody does.
  if (line.length === 0 || now >= until) return [];
  return row.rsvps
    .filter(({ state }) => state === 'going')
    .map(({ memberId }) => ({
      kind: LEADERLESS,
      subjectId: id,
      memberId,
      once: `${LEADERLESS}:${id}:${startsAt.getTime()}:${memberId}`,
      dueAt: startsAt,
      expiresAt: until,
    }));
}

/** Who chairs this date: whom to ask, whom to tell, and when to look again. */
export async function lookAtChair(
  tx: Tx,
  row: DateRow,
  platforms: ReadonlyMap<string, PlatformName>,
  now: Date,
): Promise<Looked> {
  await forgetOtherStarts(tx, row);
  const covered = await askThem(tx, row, platforms, now);
  if (covered.state !== row.chairState)
    await tx.occurrence.update({ where: { id: row.id }, data: { chairState: covered.state } });
  return { notices: noticesOf(row, covered, now), next: covered.next ? [covered.next] : [] };
}
