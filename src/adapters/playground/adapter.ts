import { Hono } from 'hono';
import { LRUCache } from 'lru-cache';
import {
  type Adapter,
  type Address,
  type Capabilities,
  type Message,
  type Router,
  type Sent,
  withoutEnclosed,
} from '../../chat/index.js';
import type { Told } from '../../log/log.js';
import { Acts } from './acts.js';
import { api } from './api.js';
import { Refused } from './bodies.js';
import { Conversation } from './conversation.js';
import { Enclosures } from './enclosures.js';
import { files } from './files.js';
import { guard } from './guard.js';
import { Streams } from './streams.js';
import { CHANNEL, type Clock, Population, SPACE, threadId } from './world.js';

export interface PlaygroundOptions {
  readonly log: Told;
  /** Without it the page shows the real time and offers no way to move it. */
  readonly clock?: Clock;
  /** Host names, beside addresses and `localhost`, under which the page may be opened. */
  readonly hosts?: readonly string[];
}

export type Playground = Adapter & {
  /** To be mounted at a path of its own, such as `/playground`. */
  readonly app: Hono;
};

/** Messages sent unasked of which a repetition is noticed. */
const REMEMBERED = 10_000;

const can: Capabilities = {
  formFields: 25,
  fileBytes: 9_000_000,
  fieldErrors: true,
  completion: true,
  zone: true,
  privateThreads: true,
};

/** A web page in which one person plays everybody, and nothing leaves the machine. What was said is gone when the process ends. */
export function makePlayground({ log, clock, hosts = [] }: PlaygroundOptions): Playground {
  const people = new Population(clock);
  const enclosures = new Enclosures();
  const talk = new Conversation(enclosures);
  const streams = new Streams();
  const acts = new Acts(people, talk, streams, can);
  const sent = new LRUCache<string, Sent>({ max: REMEMBERED });
  let router: Router | undefined;

  const app = new Hono();
  app.use('/api/*', guard(hosts));
  app.route('/api', api({ people, streams, acts, enclosures, router: () => router ?? tooEarly() }));
  app.route('/', files());

  function deliver(to: Address, message: Message): Sent {
    if (to.space !== SPACE.id) return { ok: false, why: 'gone' };
    if (to.kind === 'channel') {
      if (to.channel !== CHANNEL.id) return { ok: false, why: 'gone' };
      return { ok: true, ref: acts.post({ where: 'channel', message, at: people.now() }) };
    }
    const persona = people.find(to.user);
    if (!persona) return { ok: false, why: 'gone' };
    if (to.kind === 'thread') {
      if (to.channel !== CHANNEL.id) return { ok: false, why: 'gone' };
      const ref = acts.post({ where: 'thread', thread: persona.id, message, at: people.now() });
      return { ok: true, ref, thread: threadId(persona.id) };
    }
    if (persona.closedDirect) return { ok: false, why: 'closed' };
    return { ok: true, ref: acts.post({ where: 'direct', only: persona.id, message, at: people.now() }) };
  }

  return {
    platform: 'playground',
    can,
    app,
    /** Nothing is too long for a page of our own; a long form is asked in steps by the router. */
    review: () => [],
    async start(given) {
      router = given;
      log.info({}, 'The playground is ready.');
    },
    async stop() {
      router = undefined;
      streams.closeAll();
    },
    async send(to, message, once) {
      const before = sent.get(once);
      if (before) return before;
      const result = deliver(to, withoutEnclosed(message));
      if (result.ok) sent.set(once, result);
      return result;
    },
    async edit(ref, to, message) {
      const found = to.space === SPACE.id && acts.change(ref, withoutEnclosed(message));
      return found ? { ok: true, ref } : { ok: false, why: 'gone' };
    },
    remover: { remove: async (ref) => (acts.takeBack(ref) ? { ok: true } : { ok: false, why: 'gone' }) },
  };
}

function tooEarly(): never {
  throw new Refused('The bot is still starting. Please try again in a moment.', 409);
}
