import type { Cipher } from '../../db/cipher.js';
import type { Prisma } from '../../db/generated/client.js';
import { within } from '../within.js';
import { hold, write } from './act.js';
import { type Cue, closeItself, cuesOf } from './by-clock.js';
import { firstCard } from './kinds.js';

type Tx = Prisma.TransactionClient;

/** Ends a session whose time is over, unless somebody is to be let finish. @returns when to look again; null: never */
export async function closeLive(
  { tx, cipher, communityId }: { tx: Tx; cipher: Cipher; communityId: string },
  live: string,
  now: Date,
): Promise<Date | null> {
  const here = within({ prisma: tx, cipher }, communityId);
  const held = await hold(here, live);
  if (!held) return null;
  const { row, state } = held;
  const after = closeItself(state, now);
  await write(here.db, row, state, after, now);
  return after.endedAt ? null : after.closesAt;
}

/** Where the card of each of these sessions stands. */
export async function cardsOf(tx: Tx, lives: readonly string[]) {
  const rows = await tx.liveSession.findMany({
    where: { id: { in: [...lives] } },
    select: { id: true, cardNo: true, closesAt: true, space: { select: { platform: true } } },
  });
  const sent = await tx.delivery.findMany({
    where: { once: { in: rows.map(({ id, cardNo }) => firstCard(id, cardNo)) } },
    select: { subjectId: true, state: true },
  });
  const stateOf = new Map(sent.map(({ subjectId, state }) => [subjectId, state]));
  return new Map(rows.map(({ id, cardNo, space }) => [id, { cardNo, platform: space.platform, state: stateOf.get(id) }]));
}

export interface DueCue {
  readonly hand: string;
  readonly member: string;
  readonly what: Cue;
  readonly at: Date;
  readonly until: Date;
}

/** What whoever shares is to be told now, and when the next is to be said. After a downtime only the last of them is. */
export async function cuesDue(tx: Tx, lives: readonly string[], now: Date) {
  const rows = await tx.hand.findMany({
    where: { liveId: { in: [...lives] }, since: { not: null }, live: { pausedAt: null, endedAt: null } },
  });
  return new Map(
    rows.flatMap(({ id: hand, liveId, memberId: member, since, until }): [string, { cue?: DueCue; next: Date | null }][] => {
      if (!since || !until) return [];
      const cues = cuesOf({ since, until });
      const last = cues.filter(({ at }) => at <= now).at(-1);
      const next = cues.find(({ at }) => at > now)?.at ?? null;
      return [[liveId, { ...(last && { cue: { hand, member, until, ...last } }), next }]];
    }),
  );
}
