import type { SSEStreamingApi } from 'hono/streaming';
import type { StreamEvents } from './wire.js';

/** Events that a page may lag behind before it is cut off; it then comes back and is given everything anew. */
const LAG = 2000;
/** Milliseconds. Shorter than the idle timeouts of common proxies. */
const HEARTBEAT = 20_000;

interface Listener {
  /** Undefined: the page that plays everybody. */
  readonly as: ReadonlySet<string> | undefined;
  push(name: string, data: unknown): void;
  close(): void;
}

/** The open event streams, each of which is told only what its personas may see. */
export class Streams {
  readonly #listeners = new Set<Listener>();
  #marks = 0;

  /** Holds a stream open until the page leaves or {@link closeAll}; `hello` is sent first. */
  async hold(stream: SSEStreamingApi, as: ReadonlySet<string> | undefined, hello: StreamEvents['hello']): Promise<void> {
    await new Promise<void>((resolve) => {
      let waiting = 0;
      let last: Promise<unknown> = Promise.resolve();
      const push = (event: string, data: unknown) => {
        if (++waiting > LAG) return stream.abort();
        const text = JSON.stringify(data);
        last = last.then(() => stream.writeSSE({ event, data: text })).then(() => --waiting);
      };
      const beat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT);
      const listener: Listener = { as, push, close: () => void last.then(leave) };
      const leave = () => {
        clearInterval(beat);
        this.#listeners.delete(listener);
        resolve();
      };
      stream.onAbort(leave);
      push('hello', hello);
      this.#listeners.add(listener);
    });
  }

  /** Tells what belongs to one persona to the streams of that persona, and to no other. */
  tell<E extends 'view' | 'message' | 'form' | 'wiped'>(event: E, data: StreamEvents[E]): void {
    for (const { as, push } of this.#listeners) if (!as || as.has(data.for)) push(event, data);
  }

  /** Tells everybody what nobody needs to hide. */
  tellAll<E extends 'world' | 'mark'>(event: E, data: StreamEvents[E]): void {
    for (const { push } of this.#listeners) push(event, data);
  }

  /** Sends every stream a number after all that was sent before. Whoever has seen it has seen everything until now. */
  mark(): number {
    this.tellAll('mark', { at: ++this.#marks });
    return this.#marks;
  }

  closeAll(): void {
    for (const listener of this.#listeners) listener.close();
    this.#listeners.clear();
  }
}
