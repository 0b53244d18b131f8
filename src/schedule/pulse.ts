import type { Adapter } from '../chat/index.js';
import { type Clock, systemClock } from '../clock.js';
import { comeUp, stillUp } from '../core/uptime.js';
import type { PrismaClient } from '../db/generated/client.js';

/** Real milliseconds between two notes. */
const EVERY = 10_000;
/** Real milliseconds without a beat after which nobody was listening: the machine slept, or the database was away. */
const LOST = 60_000;
/** Milliseconds by which the clock must have gained on real time to count as moved. */
const MOVED = 2_000;

/** Writes down that this process listens, and where, so that a downtime can be told from a person's silence. */
export interface Pulse {
  /** Call it before every look at what is due. Costs nothing most of the time. @throws when the database cannot be used */
  beat(): Promise<void>;
}

type Listener = Pick<Adapter, 'platform' | 'listens'>;

/** @param real the unmoved clock of the machine, which goes on while the machine sleeps */
export function makePulse(prisma: PrismaClient, clock: Clock, listeners: readonly Listener[], real: Clock = systemClock): Pulse {
  const lives = new Map<Listener, { readonly id: string; readonly real: number; readonly clock: number }>();

  async function beat(listener: Listener): Promise<void> {
    if (listener.listens?.() === false) return void lives.delete(listener);
    const life = lives.get(listener);
    const at = { real: real.now().getTime(), clock: clock.now().getTime() };
    const passed = life ? at.real - life.real : 0;
    const moved = life ? at.clock - life.clock - passed : 0;
    if (life && passed < EVERY && moved < MOVED) return;
    const goesOn = life !== undefined && passed < LOST && (await stillUp(prisma, life.id, clock.now()));
    const id = goesOn && life ? life.id : await comeUp(prisma, listener.platform, clock.now());
    lives.set(listener, { id, ...at });
  }

  return {
    async beat() {
      for (const listener of listeners) await beat(listener);
    },
  };
}
