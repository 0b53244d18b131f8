import { createHash } from 'node:crypto';
import { UserError } from '../../chat/errors.js';
import type { Scope } from '../scope.js';

/**
 * The consent to it: that those who moderate a channel can see that the bot writes to this member, and when. What it writes
 * about opens for the member alone.
 */
export const THREAD_FACT = 'direct.thread';

/** Where a member may be written to when they take no direct messages. Ids are the platform's. */
export interface AgreedThread {
  readonly space: string;
  readonly channel: string;
  /** The thread itself, once there is one. */
  readonly thread?: string;
  /** Names the thread without telling whose it is: whoever knows all accounts could not find out from it. */
  readonly mark: string;
}

const recipientName = (platform: string, channel: string) => `moderators:${platform}:${channel}`;

const LETTERS = 8;
const markOf = (memberId: string) => createHash('sha256').update(`thread\n${memberId}`).digest('hex').slice(0, LETTERS);

/** What the member agreed to; undefined where that is nothing. */
export async function agreedThread({ db, member }: Pick<Scope, 'db' | 'member'>): Promise<AgreedThread | undefined> {
  const row = await db.member.findFirst({ where: { id: member.id }, select: { fallback: true, fallbackThread: true } });
  const [space, channel] = row?.fallback?.split('/') ?? [];
  if (!row || !space || !channel) return undefined;
  return { space, channel, mark: markOf(member.id), ...(row.fallbackThread && { thread: row.fallbackThread }) };
}

/**
 * The member agrees to a private thread in that channel of the guild that they are in, instead of any that was agreed to before.
 * Twice is once. Also the way back into a thread that they left.
 * @param channel the platform's id
 * @throws UserError outside of a guild
 */
export async function agreeToThread(scope: Scope, channel: string): Promise<void> {
  const { db, member, community, space, now } = scope;
  if (!space) throw new UserError('unreached.notHere');
  const recipient = recipientName(space.platform, channel);
  await db.transact(async (tx) => {
    // The row of the member is locked first, so that a button that is pressed twice writes one consent.
    await tx.member.update({
      where: { id: member.id },
      data: { fallback: `${space.externalId}/${channel}`, fallbackThread: null },
    });
    const live = { memberId: member.id, fact: THREAD_FACT, revokedAt: null };
    await tx.consent.updateMany({ where: { ...live, recipient: { not: recipient } }, data: { revokedAt: now } });
    if ((await tx.consent.count({ where: live })) > 0) return;
    await tx.consent.create({
      data: { communityId: community.id, memberId: member.id, fact: THREAD_FACT, recipient, grantedAt: now },
    });
  });
}

/** Takes it back: from now on nothing is sent there, nor what waits to be sent. Twice is once. */
export async function leaveThread({ db, member, now }: Scope): Promise<void> {
  await db.transact(async (tx) => {
    await tx.member.update({ where: { id: member.id }, data: { fallback: null, fallbackThread: null } });
    await tx.consent.updateMany({
      where: { memberId: member.id, fact: THREAD_FACT, revokedAt: null },
      data: { revokedAt: now },
    });
  });
}

/** A message went there: the same thread is used from now on, unless they changed their mind meanwhile. */
export async function rememberThread(
  { db, member }: Pick<Scope, 'db' | 'member'>,
  to: AgreedThread,
  thread: string,
): Promise<void> {
  await db.member.updateMany({
    where: { id: member.id, fallback: `${to.space}/${to.channel}` },
    data: { fallbackThread: thread },
  });
}
