import type { PrismaClient } from '../db/generated/client.js';
import { errorFields } from '../log/errors.js';
import type { Told } from '../log/log.js';
import { type Claimed, claim, moveOn, park } from './claim.js';
import type { Kind, Kinds, Tx } from './kinds.js';
import { enqueue } from './outbox.js';
import type { Queue } from './queue.js';
import { attempt } from './savepoint.js';

/** Rows of one transaction: enough to be quick, few enough that others get their turn on the embedded database. */
const BATCH = 500;
/** Milliseconds for one transaction. */
const PATIENCE = 10_000;
/** A batch that took too long is tried again with so many times fewer rows. */
const FEWER = 8;

export interface TickParts {
  readonly prisma: PrismaClient;
  readonly queue: Queue;
  readonly kinds: Kinds;
  readonly log: Told;
  /** Milliseconds that one batch may take. */
  readonly patience?: number;
}

export interface Ticked {
  /** Rows that were due. */
  due: number;
  /** Deliveries that will be sent. */
  queued: number;
  /** Rows that failed and will be looked at later. */
  parked: number;
}

export const NOTHING: Readonly<Ticked> = { due: 0, queued: 0, parked: 0 };

/** Those that a tick takes up; the others are errands. */
export const kindsOfTick = (kinds: Kinds): readonly string[] => Object.keys(kinds).filter((name) => kinds[name]?.due);

interface Batch extends TickParts {
  readonly tx: Tx;
  readonly now: Date;
  readonly ticked: Ticked;
}

async function handle(kind: Kind, rows: readonly Claimed[], { tx, queue, now }: Batch): Promise<number> {
  if (!kind.due) throw new Error('Nothing of this kind falls due.');
  const { deliveries, next } = await kind.due(rows, tx, now);
  const queued = await enqueue(tx, queue, deliveries, now);
  await moveOn(tx, rows, next);
  return queued;
}

/** The rows together; where that fails, each half by itself, down to the one row that is at fault. */
async function isolate(name: string, kind: Kind, rows: readonly Claimed[], batch: Batch): Promise<void> {
  const { tx, log, now, ticked } = batch;
  const failure = await attempt(tx, async () => {
    ticked.queued += await handle(kind, rows, batch);
  });
  if (!failure) return;
  const [only] = rows;
  if (only && rows.length === 1) {
    const until = await park(tx, only, now);
    ticked.parked += 1;
    log.error(
      { kind: name, row: only.id, failures: only.failures + 1, until, ...errorFields(failure.error) },
      'Work that fell due failed.',
    );
    return;
  }
  const half = Math.ceil(rows.length / 2);
  await isolate(name, kind, rows.slice(0, half), batch);
  await isolate(name, kind, rows.slice(half), batch);
}

function byKind(rows: readonly Claimed[]): Map<string, Claimed[]> {
  const groups = new Map<string, Claimed[]>();
  for (const row of rows) {
    const group = groups.get(row.kind);
    if (group) group.push(row);
    else groups.set(row.kind, [row]);
  }
  return groups;
}

interface Share {
  readonly now: Date;
  readonly names: readonly string[];
  readonly limit: number;
}

/** @returns undefined when it took too long, so that nothing of it was done */
async function oneBatch(parts: TickParts, { now, names, limit }: Share): Promise<Ticked | undefined> {
  const { prisma, kinds, patience = PATIENCE } = parts;
  let began: number | undefined;
  try {
    return await prisma.$transaction(
      async (tx) => {
        began = performance.now();
        const rows = await claim(tx, now, names, limit);
        const ticked: Ticked = { ...NOTHING, due: rows.length };
        for (const [name, group] of byKind(rows)) {
          await isolate(name, kinds[name] as Kind, group, { ...parts, tx, now, ticked });
        }
        return ticked;
      },
      { timeout: patience },
    );
  } catch (error) {
    if (began !== undefined && performance.now() - began >= patience) return undefined;
    throw error;
  }
}

/** The row that takes too long all by itself is looked at again later, like one that fails. */
async function parkFirst({ prisma, log }: TickParts, now: Date, names: readonly string[]): Promise<void> {
  await prisma.$transaction(async (tx) => {
    for (const row of await claim(tx, now, names, 1)) {
      const until = await park(tx, row, now);
      log.error({ kind: row.kind, row: row.id, failures: row.failures + 1, until }, 'Work that fell due took too long.');
    }
  });
}

/**
 * Looks at everything that is due at this instant, batch by batch. What it costs follows what is due, not what exists.
 * @param onBatch called after each batch; false ends the tick early
 * @throws when the database cannot be used; what was finished before stays, the rest is done next time
 */
export async function tick(parts: TickParts, now: Date, onBatch: (batch: Ticked) => boolean = () => true): Promise<Ticked> {
  const names = kindsOfTick(parts.kinds);
  const total: Ticked = { ...NOTHING };
  for (let limit = BATCH; ; ) {
    const batch = await oneBatch(parts, { now, names, limit });
    if (batch) {
      total.due += batch.due;
      total.queued += batch.queued;
      total.parked += batch.parked;
      if (!onBatch(batch) || batch.due < limit) return total;
    } else if (limit > 1) {
      limit = Math.ceil(limit / FEWER);
    } else {
      await parkFirst(parts, now, names);
      total.parked += 1;
    }
  }
}
