import type { Cipher } from '../../db/cipher.js';
import type { Prisma, PrismaClient } from '../../db/generated/client.js';
import { firstCard, questionBinding } from './kinds.js';

/** What everybody in the channel may see of a round. */
export interface Card {
  readonly round: string;
  readonly question: string;
  /** Answers of every kind. Never who. */
  readonly count: number;
  readonly closesAt: Date;
  readonly isClosed: boolean;
  /** IANA. */
  readonly zone: string;
  /** The community's. */
  readonly language: string;
  /** The platform's ids. */
  readonly space: string;
  readonly channel: string;
  /** The platform's id of the message, once it was sent. */
  readonly ref?: string;
}

/** @returns undefined when the round or its group check-in is gone */
export async function cardOf(
  { prisma, cipher }: { prisma: PrismaClient; cipher: Cipher },
  round: string,
): Promise<Card | undefined> {
  const [found, first] = await Promise.all([
    prisma.groupRound.findUnique({
      where: { id: round },
      include: {
        group: { include: { space: { select: { externalId: true } } } },
        community: { select: { language: true } },
        _count: { select: { answers: true } },
      },
    }),
    prisma.delivery.findUnique({ where: { once: firstCard(round) }, select: { ref: true } }),
  ]);
  if (!found) return undefined;
  const { group, community, closesAt, closedAt, _count } = found;
  return {
    round,
    question: cipher.open(group.question, questionBinding(group.id)),
    count: _count.answers,
    closesAt,
    isClosed: closedAt !== null,
    zone: group.zone,
    language: community.language,
    space: group.space.externalId,
    channel: group.channelId,
    ...(first?.ref && { ref: first.ref }),
  };
}

/** Closes rounds whose time is over. @param tx over all communities @returns the platforms of their channels, by round */
export async function closeRounds(rounds: readonly string[], tx: Prisma.TransactionClient, now: Date) {
  await tx.groupRound.updateMany({ where: { id: { in: [...rounds] }, closedAt: null }, data: { closedAt: now } });
  return platformsOfRounds(rounds, tx);
}

/** The platforms of their channels, by round. */
export async function platformsOfRounds(rounds: readonly string[], tx: Prisma.TransactionClient) {
  const found = await tx.groupRound.findMany({
    where: { id: { in: [...rounds] } },
    select: { id: true, closesAt: true, group: { select: { space: { select: { platform: true } } } } },
  });
  return new Map(found.map(({ id, group }) => [id, group.space.platform]));
}
