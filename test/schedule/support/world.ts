import { randomUUID } from 'node:crypto';
import type { Adapter } from '../../../src/chat/index.js';
import { type MovableClock, makeMovableClock } from '../../../src/clock.js';
import { workRow } from '../../../src/core/work/id.js';
import type { Database } from '../../../src/db/open.js';
import { type Engine, type EngineOptions, makeEngine } from '../../../src/schedule/engine.js';
import type { Delivery, DueRow, Kind, NewDelivery } from '../../../src/schedule/kinds.js';
import { memoryLog } from '../../support/db.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** A message to one member, named after its subject and promised instant. */
export const promptFor = (row: DueRow, more: Partial<NewDelivery> = {}): NewDelivery => ({
  communityId: row.communityId,
  kind: 'prompt',
  subjectId: row.subjectId,
  platform: 'playground',
  once: `${row.subjectId} ${row.dueAt.toISOString()}`,
  dueAt: row.dueAt,
  expiresAt: later(row.dueAt, 2 * HOUR),
  ...more,
});

export const letterTo = ({ subjectId }: Pick<Delivery, 'subjectId'>) => ({
  to: { kind: 'direct', space: 'space', user: subjectId } as const,
  reply: { summary: `for ${subjectId}`, blocks: [] },
});

/** Falls due every day, and is a message each time. */
export const daily: Kind = {
  due: async (rows) => ({
    deliveries: rows.map((row) => promptFor(row)),
    next: new Map(rows.map(({ id, dueAt }) => [id, later(dueAt, DAY)])),
  }),
  render: async (delivery) => letterTo(delivery),
};

/** The same, once. */
export const single: Kind = {
  ...daily,
  due: async (rows) => ({ deliveries: rows.map((row) => promptFor(row)), next: new Map(rows.map(({ id }) => [id, null])) }),
};

export async function community(database: Database): Promise<string> {
  return (await database.prisma.community.create({ data: {} })).id;
}

/** @returns the subjects, which fall due at this instant */
export async function plan(
  database: Database,
  communityId: string,
  count: number,
  dueAt: Date,
  kind = 'prompt',
): Promise<string[]> {
  const subjects = Array.from({ length: count }, () => randomUUID());
  await database.prisma.dueWork.createMany({
    data: subjects.map((subjectId) => workRow({ communityId, kind, subjectId }, dueAt)),
  });
  return subjects;
}

export interface Rig {
  readonly engine: Engine;
  readonly clock: MovableClock;
  readonly log: ReturnType<typeof memoryLog>;
}

interface RigOptions extends Partial<Pick<EngineOptions, 'ticks' | 'fallback'>> {
  readonly clock?: MovableClock;
}

const running = new Set<Engine>();
// Also after a test that failed: an engine that runs keeps the test run alive.
afterEach(async () => {
  await Promise.all([...running].map((engine) => engine.stop()));
  running.clear();
});

export function rig(
  database: Database,
  adapters: readonly Adapter[],
  kinds: Readonly<Record<string, Kind>>,
  { clock = makeMovableClock(), ticks = 'when-told', fallback }: RigOptions = {},
): Rig {
  const log = memoryLog();
  const engine = makeEngine({
    database,
    clock,
    adapters,
    kinds,
    seal: async ({ summary }) => ({ summary, blocks: [] }),
    ...(fallback && { fallback }),
    log,
    ticks,
  });
  running.add(engine);
  return { engine, clock, log };
}

/** Waits for something to become true. @throws after this many milliseconds, with what it last was */
export async function until(what: () => boolean | Promise<boolean>, patience = 20_000): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await what())) {
    if (performance.now() > deadline) throw new Error(`It did not come true in ${patience} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Until nothing is queued. */
export const delivered = (database: Database, patience?: number) =>
  until(async () => (await database.prisma.delivery.count({ where: { state: 'queued' } })) === 0, patience);
