import type { Adapter, Message, Reply, Sent, Turn } from '../chat/index.js';
import type { Clock } from '../clock.js';
import type { PrismaClient } from '../db/generated/client.js';
import type { Delivery, Fallback, Rendered } from './kinds.js';

export interface BringParts {
  readonly prisma: PrismaClient;
  readonly clock: Clock;
  /** Makes the buttons of a message work: replaces what they do by ids that are kept on our side. */
  seal(reply: Reply, delivery: Delivery): Promise<Message>;
  /** Without it, whoever takes no direct messages gets none. */
  readonly fallback?: Fallback;
}

/** The platform's id of the message, or one word that says why there is none. */
export type Brought = { readonly ref: string } | { readonly drop: string };

/** What is sent: a reply, and the same with working buttons. */
type Parcel = Exclude<Rendered, { readonly drop: string }> & { readonly message: Message };

const brought = (sent: Sent): Brought => (sent.ok ? { ref: sent.ref } : { drop: sent.why });

/**
 * Sends to the thread that its recipient agreed to. That it does is written down before: whoever takes over after a crash goes
 * on there, although the direct conversation may be open by then. Never goes anywhere else.
 */
async function bringToThread(
  parts: BringParts,
  adapter: Adapter,
  delivery: Delivery,
  reply: Reply,
  turn: Turn,
): Promise<Brought> {
  const { fallback, clock, prisma } = parts;
  const found = adapter.can.privateThreads && (await fallback?.of(delivery, reply, clock.now()));
  if (!fallback || !found) return { drop: 'closed' };
  await prisma.delivery.updateMany({ where: { id: delivery.id, state: 'queued' }, data: { reason: 'closed' } });
  const sent = await adapter.send(found.to, await parts.seal(found.reply, delivery), delivery.once, turn);
  if (!sent.ok) return { drop: `thread-${sent.why}` };
  const { ref, thread } = sent;
  if (thread !== undefined && thread !== found.to.known) await fallback.used(delivery, found.to, thread, clock.now());
  return { ref };
}

/** Brings a message to where it belongs. @param turn awaited before each request; what it throws ends this */
export async function bring(
  parts: BringParts,
  adapter: Adapter,
  delivery: Delivery,
  { to, reply, message, edit }: Parcel,
  turn: Turn,
): Promise<Brought> {
  if (edit !== undefined) {
    await turn();
    return brought(await adapter.edit(edit, to, message));
  }
  if (delivery.reason !== 'closed') {
    const sent = await adapter.send(to, message, delivery.once, turn);
    if (sent.ok || sent.why !== 'closed' || to.kind !== 'direct') return brought(sent);
  }
  return bringToThread(parts, adapter, delivery, reply, turn);
}
