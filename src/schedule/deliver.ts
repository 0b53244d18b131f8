import { setTimeout as sleep } from 'node:timers/promises';
import { type Adapter, Busy } from '../chat/index.js';
import { isUnavailable } from '../db/unavailable.js';
import { errorFields } from '../log/errors.js';
import { type BringParts, bring } from './bring.js';
import { countTry, type EndParts, endFailed } from './ends.js';
import type { Delivery } from './kinds.js';
import type { Pace } from './pace.js';
import type { Taken } from './sent.js';

/** Faults of a message's own after which it is given up. */
const FAULTS = 5;
/** A conversation that is spoken for is looked at again after between one and this many milliseconds. */
const CROWDED = [2_000, 6_000] as const;

export interface DeliverParts extends EndParts, BringParts {}

/** What becomes of the job: it is over, or comes again, after these milliseconds if they are known. */
export type Verdict = { readonly over: true } | { readonly over: false; readonly after?: number; readonly busy?: boolean };

/** What the lane tells a message while it waits. */
export interface Permit {
  readonly pace: Pace;
  /** Waits until few enough requests are under way of which nothing is written down. @returns ends what this one is */
  open(): Promise<() => void>;
  /** Resolves when it is written down that a message was sent. */
  taken(taken: Taken): Promise<void>;
  /** Milliseconds for which nothing is to be sent at all, 0 as a rule; undefined when the job is not ours any more. */
  wait(): number | undefined;
}

const OVER: Verdict = { over: true };

export async function load({ prisma }: EndParts, ids: readonly string[]): Promise<Delivery[]> {
  const rows = await prisma.delivery.findMany({ where: { id: { in: [...ids] }, state: 'queued' }, orderBy: { rank: 'asc' } });
  return rows.map(({ memberId, ...row }) => ({ ...row, ...(memberId && { memberId }) }));
}

/** What goes wrong and is neither the platform's business nor the database's is the message's own fault. */
async function fault(parts: DeliverParts, delivery: Delivery, error: unknown): Promise<Verdict> {
  const { log, clock } = parts;
  if (isUnavailable(error)) return { over: false };
  const faults = await countTry(parts, delivery, true);
  if (faults === undefined) return OVER;
  const fields = {
    kind: delivery.kind,
    delivery: delivery.id,
    faults,
    ...errorFields(error),
  };
  if (faults < FAULTS) {
    log.warn(fields, 'A message could not be sent and will be tried again.');
    return { over: false };
  }
  log.error(fields, 'A message could not be sent and was given up.');
  await endFailed(parts, delivery, { state: 'dead', reason: 'broken' }, clock.now());
  return OVER;
}

/** Thrown by a turn, so that the adapter sends no further. */
class Withheld extends Busy {}

/** @throws {@link Withheld} */
function mustBeOurs(permit: Permit): void {
  const wait = permit.wait();
  if (wait !== 0) throw new Withheld('Nothing is sent now.', wait);
}

async function send(parts: DeliverParts, adapter: Adapter, delivery: Delivery, permit: Permit): Promise<Verdict> {
  const { clock, kinds } = parts;
  const drop = async (reason: string) => {
    await endFailed(parts, delivery, { state: 'dropped', reason }, clock.now());
    return OVER;
  };
  if (delivery.expiresAt <= clock.now()) return drop('late');
  const render = kinds[delivery.kind]?.render;
  if (!render) return { over: false };
  let rendered = await render(delivery, clock.now());
  if ('drop' in rendered) return drop(rendered.drop);

  const turn = await permit.pace.conversation(rendered.to);
  if (turn === undefined) return { over: false, after: CROWDED[0] + Math.random() * (CROWDED[1] - CROWDED[0]) };
  if (turn > 0) {
    await sleep(turn);
    // What was answered, taken back or erased while it waited is not sent.
    rendered = await render(delivery, clock.now());
    if ('drop' in rendered) return drop(rendered.drop);
  }
  const parcel = { ...rendered, message: await parts.seal(rendered.reply, delivery) };
  let close: (() => void) | undefined;
  try {
    const outcome = await permit.pace.run(parcel.to, async (ready) => {
      const turn = async () => {
        close?.();
        await ready();
        close = await permit.open();
        mustBeOurs(permit);
      };
      mustBeOurs(permit);
      return bring(parts, adapter, delivery, parcel, turn);
    });
    if ('drop' in outcome) return drop(outcome.drop);
    await permit.taken({ id: delivery.id, ref: outcome.ref, at: clock.now() });
    return OVER;
  } finally {
    close?.();
  }
}

/** Sends one message, or finds out that it should not be. Rejects only when the database cannot be used. */
export async function deliver(parts: DeliverParts, adapter: Adapter, delivery: Delivery, permit: Permit): Promise<Verdict> {
  try {
    return await send(parts, adapter, delivery, permit);
  } catch (error) {
    if (error instanceof Withheld) return error.after === undefined ? OVER : { over: false, after: error.after };
    if (!(error instanceof Busy)) return fault(parts, delivery, error);
    await countTry(parts, delivery, false);
    return { over: false, busy: true, ...(error.after !== undefined && { after: error.after }) };
  }
}
