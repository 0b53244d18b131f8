import { noteUnreached } from '../core/members/unreached.js';
import type { PrismaClient } from '../db/generated/client.js';
import { errorFields } from '../log/errors.js';
import type { Told } from '../log/log.js';
import type { Delivery, Failed, Kinds } from './kinds.js';
import { enqueue } from './outbox.js';
import type { Queue } from './queue.js';
import { attempt } from './savepoint.js';
import { insist } from './sent.js';

export interface EndParts {
  readonly prisma: PrismaClient;
  readonly queue: Queue;
  readonly kinds: Kinds;
  readonly log: Told;
}

/** Ends a delivery unsent and lets its kind react, in one transaction. Once only, whoever comes first. */
export async function endFailed(parts: EndParts, delivery: Delivery, how: Failed, now: Date): Promise<void> {
  const { prisma, queue, kinds, log } = parts;
  const { id, kind } = delivery;
  await insist(() =>
    prisma.$transaction(async (tx) => {
      const { count } = await tx.delivery.updateMany({ where: { id, state: 'queued' }, data: { ...how, endedAt: now } });
      const react = kinds[kind]?.failed;
      if (count === 0) return;
      if (how.state === 'dropped') await noteUnreached(tx, delivery, how.reason, now);
      if (!react) return;
      const failure = await attempt(tx, async () => {
        await enqueue(tx, queue, (await react(delivery, how, tx, now)) ?? [], now);
      });
      if (failure)
        log.error({ kind, delivery: id, ...errorFields(failure.error) }, 'What follows a message that was not sent failed.');
    }),
  );
}

/** Counts a failed try. @returns how many were not the platform's fault; undefined where the delivery was erased meanwhile */
export async function countTry({ prisma }: EndParts, { id }: Delivery, isFault: boolean): Promise<number | undefined> {
  const data = { tries: { increment: 1 }, ...(isFault && { faults: { increment: 1 } }) };
  const [row] = await prisma.delivery.updateManyAndReturn({ where: { id }, data, select: { faults: true } });
  return row?.faults;
}
