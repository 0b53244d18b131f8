import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Json } from './world.js';

/** Milliseconds until Slack gives up on an acknowledgement. */
export const ACK_MS = 3_000;

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';

interface Envelope {
  readonly id: string;
  readonly type: EnvelopeType;
  readonly payload: Json;
  attempt: number;
  timer?: NodeJS.Timeout;
  done(ack: Json | undefined): void;
}

/**
 * Socket Mode: hello, envelopes, acknowledgements within three seconds, and whatever was not acknowledged again on the next
 * connection. Slack itself repeats only events; the loopback repeats everything, which is harder to get right.
 */
export class Sockets {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #open = new Set<WebSocket>();
  readonly #stale = new Set<WebSocket>();
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, Envelope>();
  readonly #acked = new Set<string>();
  readonly #opened = new Set<() => void>();
  /** Drops the next connection as soon as it has got an envelope, before any acknowledgement. */
  dropOnNext = false;

  constructor(
    private readonly fault: (what: string) => void,
    private readonly wire: (body: Json) => void,
  ) {}

  ticket(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return ticket;
  }

  get connections(): number {
    return this.#open.size;
  }

  /** Resolves at the next connection. */
  connected(): Promise<void> {
    return new Promise((resolve) => this.#opened.add(resolve));
  }

  /** Resolves when nobody is connected. */
  async left(): Promise<void> {
    await Promise.all([...this.#open].map((ws) => new Promise((resolve) => ws.once('close', resolve))));
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://loopback').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#accept(ws));
  }

  #accept(ws: WebSocket): void {
    this.#open.add(ws);
    ws.on('close', () => this.#open.delete(ws));
    ws.on('error', () => ws.terminate());
    ws.on('message', (data) => this.#read(String(data)));
    ws.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#open.size,
        connection_info: { app_id: 'A0HOMEGROUP' },
        debug_info: { host: 'loopback' },
      }),
    );
    for (const envelope of this.#waiting.values()) this.#send(envelope, ws);
    for (const resolve of this.#opened) resolve();
    this.#opened.clear();
  }

  #read(text: string): void {
    let ack: Json;
    try {
      ack = JSON.parse(text) as Json;
    } catch {
      this.fault('Something that is not JSON came over the socket.');
      return;
    }
    this.wire(ack);
    const id = String(ack.envelope_id);
    const envelope = this.#waiting.get(id);
    if (!envelope) {
      this.fault(
        this.#acked.has(id)
          ? 'An envelope was acknowledged twice, or late.'
          : 'An envelope that does not exist was acknowledged.',
      );
      return;
    }
    const unknown = Object.keys(ack).filter((name) => name !== 'envelope_id' && name !== 'payload');
    if (unknown.length > 0) this.fault(`An acknowledgement held ${unknown.join(', ')}.`);
    const payload = (ack.payload ?? {}) as Json;
    if (envelope.type === 'events_api' && Object.keys(payload).length > 0)
      this.fault('An event was acknowledged with a payload.');
    this.#settle(envelope, payload);
  }

  #settle(envelope: Envelope, ack: Json | undefined): void {
    clearTimeout(envelope.timer);
    this.#waiting.delete(envelope.id);
    this.#acked.add(envelope.id);
    envelope.done(ack);
  }

  #expect(envelope: Envelope): void {
    clearTimeout(envelope.timer);
    envelope.timer = setTimeout(() => {
      this.fault(`${envelope.type} was not acknowledged within ${ACK_MS} ms.`);
      this.#settle(envelope, undefined);
    }, ACK_MS);
  }

  #send(envelope: Envelope, ws: WebSocket): void {
    this.#expect(envelope);
    const { id, type, payload, attempt } = envelope;
    const retry = attempt > 0 ? { retry_attempt: attempt, retry_reason: 'timeout' } : {};
    envelope.attempt += 1;
    this.wire(payload);
    ws.send(JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: type !== 'events_api', ...retry }), () => {
      if (!this.dropOnNext) return;
      this.dropOnNext = false;
      this.drop();
    });
  }

  /** Resolves with the acknowledgement's payload; undefined when none came in time. */
  deliver(type: EnvelopeType, payload: Json): Promise<Json | undefined> {
    return new Promise((done) => {
      const envelope: Envelope = { id: randomUUID(), type, payload, attempt: 0, done };
      this.#waiting.set(envelope.id, envelope);
      const [ws] = this.#open;
      if (ws) this.#send(envelope, ws);
      else this.#expect(envelope);
    });
  }

  /** As when the network fails. */
  drop(): void {
    for (const ws of this.#open) ws.terminate();
    this.#open.clear();
  }

  /**
   * As Slack does every few hours: asks the app to connect anew. The old line stays open and says nothing more, not even to a
   * goodbye, as seen in github.com/slackapi/node-slack-sdk/issues/2752.
   */
  refresh(): void {
    for (const ws of this.#open) {
      ws.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'loopback' } }), () =>
        ws.pause(),
      );
      this.#stale.add(ws);
    }
    this.#open.clear();
  }

  close(): void {
    for (const envelope of this.#waiting.values()) clearTimeout(envelope.timer);
    for (const ws of [...this.#open, ...this.#stale]) ws.terminate();
    this.#server.close();
  }
}
