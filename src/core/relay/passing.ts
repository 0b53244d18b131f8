import type { Prisma } from '../../db/generated/client.js';
import { later } from '../../time/later.js';
import { apartFrom } from '../members/apart.js';
import { platformsOf } from '../members/reach.js';
import type { PlatformName } from '../names.js';
import type { MemberNotice } from '../notice.js';
import type { Scope } from '../scope.js';
import { bodyBinding, LOST, otherOf, RELAY, type RelayPurpose, sideOf, WITHIN_MINUTES } from './kinds.js';

type Tx = Prisma.TransactionClient;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Milliseconds in which words that could not be brought yet still have a point. */
const HELPS_WITHIN = DAY;
/** Milliseconds for which words can be opened that came to a private thread, which does not show them. */
const OPENS_WITHIN = DAY;

/** What is to be sent, and when each message is looked at again, by its id: null when it is forgotten. */
export interface Looked {
  readonly deliveries: readonly MemberNotice[];
  readonly next: ReadonlyMap<string, Date | null>;
}

const onceOf = (messageId: string) => `${RELAY}:${messageId}`;

type Row = Prisma.RelayMessageGetPayload<{ include: { relay: { include: { a: true; b: true } } } }>;

/** To who wrote it. */
const lostNotice = ({ id, communityId, relayId, fromId }: Row, platform: PlatformName, now: Date): MemberNotice => ({
  ...{ communityId, kind: LOST, subjectId: relayId, memberId: fromId, platform },
  once: `${LOST}:${id}`,
  dueAt: now,
  expiresAt: later(now, HELPS_WITHIN),
});

const forgetWords = (tx: Tx, id: string) => tx.relayMessage.updateMany({ where: { id }, data: { body: null } });

/** One that was delivered counts for a while towards how much one may write; then it is gone. */
async function forget(tx: Tx, { id, sentAt }: Row, now: Date): Promise<Date | null> {
  const until = later(sentAt, WITHIN_MINUTES * MINUTE);
  if (until > now) {
    await forgetWords(tx, id);
    return until;
  }
  await tx.relayMessage.deleteMany({ where: { id } });
  return null;
}

/** How long its words are still needed after they were sent. */
function opensUntil({ relay, fromId }: Row, sentAt: Date): Date {
  const reader = otherOf(relay, fromId) === relay.aId ? relay.a : relay.b;
  return reader.fallback === null ? sentAt : later(sentAt, OPENS_WITHIN);
}

/** Passes messages on, and forgets their words as soon as they were. Looking twice sends nothing twice. */
export async function passOn(tx: Tx, messageIds: readonly string[], now: Date): Promise<Looked> {
  const rows = await tx.relayMessage.findMany({
    where: { id: { in: [...messageIds] } },
    include: { relay: { include: { a: true, b: true } } },
  });
  const platforms = await platformsOf(
    tx,
    rows.flatMap(({ relay }) => [relay.aId, relay.bId]),
  );
  const sent = await tx.delivery.findMany({ where: { once: { in: rows.map(({ id }) => onceOf(id)) } } });
  const deliveries: MemberNotice[] = [];
  const next = new Map<string, Date | null>();
  for (const row of rows) {
    const { id, communityId, relay, fromId, sentAt } = row;
    const delivery = sent.find(({ once }) => once === onceOf(id));
    if (delivery?.state === 'queued') next.set(id, later(now, MINUTE));
    else if (delivery?.state === 'sent' && delivery.endedAt && opensUntil(row, delivery.endedAt) > now)
      next.set(id, opensUntil(row, delivery.endedAt));
    else if (delivery || row.body === null) next.set(id, await forget(tx, row, now));
    else {
      const memberId = otherOf(relay, fromId);
      const [to, back] = [platforms.get(memberId), platforms.get(fromId)];
      const about = { communityId, kind: RELAY, subjectId: id, once: onceOf(id), dueAt: sentAt };
      if (to) deliveries.push({ ...about, memberId, platform: to, expiresAt: later(sentAt, HELPS_WITHIN) });
      else if (back) deliveries.push(lostNotice(row, back, now));
      next.set(id, to ? later(now, MINUTE) : await forget(tx, row, now));
    }
  }
  return { deliveries, next };
}

/** A message that could not be brought: its words are forgotten, and whoever wrote them hears of it. */
export async function notPassed(tx: Tx, messageId: string, now: Date): Promise<readonly MemberNotice[]> {
  const row = await tx.relayMessage.findUnique({
    where: { id: messageId },
    include: { relay: { include: { a: true, b: true } } },
  });
  if (!row) return [];
  await forgetWords(tx, messageId);
  const platform = (await platformsOf(tx, [row.fromId])).get(row.fromId);
  return platform ? [lostNotice(row, platform, now)] : [];
}

/** What a message says, for its reader. */
export interface Words {
  readonly relay: string;
  readonly purpose: RelayPurpose;
  /** Which of the two wrote it. */
  readonly from: 'a' | 'b';
  readonly words: string;
}

/** @returns undefined when it is forgotten, was not for the member of the scope, or the two do not write to each other any more */
export async function wordsOf({ db, cipher, member }: Scope, messageId: string): Promise<Words | undefined> {
  const row = await db.relayMessage.findFirst({ where: { id: messageId }, include: { relay: true } });
  if (!row?.body || row.relay.closedAt || otherOf(row.relay, row.fromId) !== member.id) return undefined;
  if ((await apartFrom(db, member.id)).has(row.fromId)) return undefined;
  return {
    relay: row.relayId,
    purpose: row.relay.purpose as RelayPurpose,
    from: sideOf(row.relay, row.fromId),
    words: cipher.open(row.body, bodyBinding(row.id)),
  };
}
