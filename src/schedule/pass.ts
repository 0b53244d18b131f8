import { setTimeout as sleep } from 'node:timers/promises';
import type { MovableClock } from '../clock.js';
import type { PrismaClient } from '../db/generated/client.js';
import type { Engine } from './engine.js';

export interface PassParts {
  readonly prisma: PrismaClient;
  readonly clock: MovableClock;
  readonly engine: Pick<Engine, 'tick' | 'idle'>;
  /** Milliseconds for what is being sent at one instant, until we go on without it. */
  readonly patience?: number;
}

/** Stops on the way; what is further is passed in one leap, as if we had been down. */
const MOST_STOPS = 500;
/** Looks at one instant, so that work which plans itself anew for now keeps nobody for ever. */
const MOST_ROUNDS = 5;
/** Milliseconds between looks at what is still being sent. */
const LOOK = 20;
const PATIENCE = 8_000;

/** Waits until everything that is due has been sent, dropped or given up. */
export async function settled({ prisma, clock, patience = PATIENCE }: Omit<PassParts, 'engine'>): Promise<boolean> {
  const until = performance.now() + patience;
  for (;;) {
    const waiting = await prisma.delivery.count({ where: { state: 'queued', dueAt: { lte: clock.now() } } });
    if (waiting === 0) return true;
    if (performance.now() > until) return false;
    await sleep(LOOK);
  }
}

/**
 * Lets time pass as it does for a process that runs: stops at every instant at which something falls due, and goes on when
 * it has been sent. To move the clock alone is to have been down meanwhile.
 * @param ms not negative
 * @returns whether all of it was sent, dropped or given up by then
 */
export async function pass(parts: PassParts, ms: number): Promise<boolean> {
  const { prisma, clock, engine } = parts;
  const end = clock.now().getTime() + ms;
  const look = async () => {
    // What falls due may make more fall due at the same instant.
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const { due } = await engine.tick();
      await engine.idle();
      if (due === 0) return;
    }
  };
  await look();
  for (let stop = 0; stop < MOST_STOPS && (await settled(parts)); stop++) {
    const next = await prisma.dueWork.findFirst({
      where: { wakeAt: { gt: clock.now(), lte: new Date(end) } },
      orderBy: { wakeAt: 'asc' },
      select: { wakeAt: true },
    });
    if (!next) break;
    clock.advance(Math.max(0, next.wakeAt.getTime() - clock.now().getTime()));
    await look();
  }
  clock.advance(Math.max(0, end - clock.now().getTime()));
  await look();
  return settled(parts);
}
