import type { Clock } from '../clock.js';
import type { PrismaClient } from '../db/generated/client.js';
import { errorFields } from '../log/errors.js';
import type { Told } from '../log/log.js';
import { type Claimed, claim, moveOn, park } from './claim.js';
import type { Kinds } from './kinds.js';

/** Milliseconds for which an errand belongs to the process that took it; then another one may think it dead. */
const LEASE = 10 * 60_000;
const leaseFrom = (now: Date) => new Date(now.getTime() + LEASE);

export interface ErrandParts {
  readonly prisma: PrismaClient;
  readonly kinds: Kinds;
  readonly log: Told;
  readonly clock: Clock;
}

/** Does what takes long beside the ticks: of each kind one after the other, so that no kind waits for another one. */
export interface Errands {
  /** Begins with these kinds, unless they are under way already. */
  look(due: ReadonlySet<string>): void;
  /** Resolves when nothing is under way any more. */
  done(): Promise<void>;
  /** Breaks off. What was not finished is due again. */
  stop(): Promise<void>;
}

export function makeErrands(parts: ErrandParts): Errands {
  const lanes = Object.keys(parts.kinds)
    .filter((name) => parts.kinds[name]?.errand)
    .map((name) => makeLane(parts, name));
  return {
    look(due) {
      for (const lane of lanes) if (due.has(lane.kind)) lane.look();
    },
    async done() {
      await Promise.all(lanes.map((lane) => lane.done()));
    },
    async stop() {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

/** The errands of one kind. */
interface Lane extends Pick<Errands, 'done' | 'stop'> {
  readonly kind: string;
  look(): void;
}

function makeLane({ prisma, kinds, log, clock }: ErrandParts, name: string): Lane {
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let again = false;

  /** Takes one, and says until when it is ours. */
  function take(now: Date): Promise<Claimed | undefined> {
    return prisma.$transaction(async (tx) => {
      const [row] = await claim(tx, now, [name], 1);
      if (row) await tx.dueWork.update({ where: { id: row.id }, data: { wakeAt: leaseFrom(now) } });
      return row;
    });
  }

  /** What was planned anew while it was under way stands. */
  async function finish(row: Claimed, now: Date, next: Date | null): Promise<void> {
    await prisma.$transaction(async (tx) => {
      const wakeAt = leaseFrom(now);
      const { count } = await tx.dueWork.updateMany({ where: { id: row.id, wakeAt }, data: { wakeAt } });
      if (count > 0) await moveOn(tx, [row], new Map([[row.id, next]]));
    });
  }

  async function run(row: Claimed, now: Date): Promise<void> {
    try {
      const done = await kinds[row.kind]?.errand?.(row, now, stopping.signal);
      if (done?.trouble !== undefined)
        log.warn({ kind: row.kind, subject: row.subjectId, trouble: done.trouble }, 'An errand changed nothing.');
      await finish(row, now, done?.next ?? null);
    } catch (error) {
      if (stopping.signal.aborted) {
        await prisma.dueWork.updateMany({ where: { id: row.id }, data: { wakeAt: now } });
        return;
      }
      const until = await prisma.$transaction((tx) => park(tx, row, now));
      log.error({ kind: row.kind, row: row.id, failures: row.failures + 1, until, ...errorFields(error) }, 'An errand failed.');
    }
  }

  async function runAll(): Promise<void> {
    do {
      again = false;
      for (;;) {
        const now = clock.now();
        const row = stopping.signal.aborted ? undefined : await take(now);
        if (!row) break;
        await run(row, now);
      }
    } while (again);
  }

  function look(): void {
    again = true;
    if (stopping.signal.aborted) return;
    running ??= runAll()
      // The next look comes in a second.
      .catch((error: unknown) => log.warn(errorFields(error), 'Errands could not be looked at.'))
      .finally(() => {
        running = undefined;
      });
  }

  return {
    kind: name,
    look,
    async done() {
      while (running) await running;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
