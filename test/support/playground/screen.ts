import type { OpenForm, Shown, StreamEvents, World } from '../../../src/adapters/playground/wire.js';
import { readEvents } from './sse.js';

/** Milliseconds after which a stream that should have said something counts as broken. */
const PATIENCE = 60_000;

type Event = { [E in keyof StreamEvents]: { readonly event: E; readonly data: StreamEvents[E] } }[keyof StreamEvents];

/** What one persona's own stream has brought, as a page would keep it. */
export class Screen {
  world: World | undefined;
  form: OpenForm | null = null;
  readonly messages = new Map<string, Shown>();
  /** What must not happen to a stream, one sentence each. */
  readonly faults: string[] = [];
  /** Every event as it came. */
  readonly raw: string[] = [];
  readonly #closing = new AbortController();
  readonly #waiting = new Set<() => void>();
  #mark = -1;
  #ended: string | undefined;

  constructor(readonly persona: string) {}

  /** Resolves when the first view is there. */
  async open(base: string): Promise<void> {
    void this.#read(`${base}/api/stream?as=${encodeURIComponent(this.persona)}`);
    await this.#until(() => this.world !== undefined, 'the first view');
  }

  close(): void {
    this.#closing.abort();
  }

  /** Everything up to that number is on the screen. */
  caughtUp(at: number): Promise<void> {
    return this.#until(() => this.#mark >= at, `mark ${at}`);
  }

  /** @param after what it was `changed` before; the screen must show something newer */
  shows(message: string, after = -1): Promise<void> {
    return this.#until(() => (this.messages.get(message)?.changed ?? -1) > after, `message ${message}`);
  }

  /** It is not on the screen any more. */
  loses(message: string): Promise<void> {
    return this.#until(() => !this.messages.has(message), `the end of message ${message}`);
  }

  async #read(url: string): Promise<void> {
    try {
      for await (const { event, data } of readEvents(url, this.#closing.signal)) {
        this.raw.push(data);
        this.#take({ event, data: JSON.parse(data) } as Event);
        for (const look of this.#waiting) look();
      }
      this.#ended = 'it ended';
    } catch (error) {
      this.#ended = String(error);
    }
    for (const look of this.#waiting) look();
  }

  #take({ event, data }: Event): void {
    if (event === 'hello') this.#takeHello(data);
    else if (event === 'world') this.world = data;
    else if (event === 'mark') this.#mark = data.at;
    else if (data.for !== this.persona) this.faults.push(`${this.persona} was told what belongs to ${data.for}.`);
    else if (event === 'view') this.#takeView(data.view);
    else if (event === 'message') this.messages.set(data.message.id, data.message);
    else if (event === 'wiped') this.messages.delete(data.id);
    else this.form = data.form;
  }

  #takeHello({ world, views }: StreamEvents['hello']): void {
    this.world = world;
    const others = Object.keys(views).filter((id) => id !== this.persona);
    if (others.length > 0) this.faults.push(`${this.persona} was given the view of ${others.join(', ')}.`);
    const mine = views[this.persona];
    if (mine) this.#takeView(mine);
  }

  #takeView({ messages, form }: StreamEvents['view']['view']): void {
    this.messages.clear();
    for (const message of messages) this.messages.set(message.id, message);
    this.form = form;
  }

  async #until(ready: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (!ready()) {
      if (this.#ended) throw new Error(`The stream of ${this.persona} is over (${this.#ended}) before ${what}.`);
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`The stream of ${this.persona} did not bring ${what}.`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, left);
        const waiting = this.#waiting;
        function done() {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        }
        waiting.add(done);
      });
    }
  }
}
