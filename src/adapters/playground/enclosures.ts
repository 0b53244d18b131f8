import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Enclosure, enclosureOf, isEnclosed, type Message, withoutEnclosed } from '../../chat/index.js';
import type { ShownBlock, ShownMessage } from './wire.js';

/** Kept in memory; older ones are let go, and their words stay. */
const KEPT = 200;

interface Held extends Enclosure {
  readonly only: string;
}

/** Pictures and files that came with private answers. Each has an address that nobody can guess, and one reader. */
export class Enclosures {
  readonly #held = new LRUCache<string, Held>({ max: KEPT });

  /** The message as a page is given it: bytes have become addresses. Whoever is not its only reader gets words. */
  show(message: Message, only: string | undefined): ShownMessage {
    const { summary, blocks } = only === undefined ? withoutEnclosed(message) : message;
    const shown = blocks.map((block): ShownBlock => {
      if (!isEnclosed(block)) return JSON.parse(JSON.stringify(block)) as ShownBlock;
      const enclosure = enclosureOf(block);
      const src = this.#put({ ...enclosure, only: only ?? '' });
      const { words, name } = enclosure;
      return block.kind === 'image' ? { kind: 'image', words, name, src } : { kind: 'file', words, name, src };
    });
    return { summary, blocks: shown };
  }

  /** Undefined for everybody but its reader. */
  find(token: string, reader: string): Enclosure | undefined {
    const held = this.#held.get(token);
    return held?.only === reader ? held : undefined;
  }

  #put(held: Held): string {
    const token = randomBytes(16).toString('base64url');
    this.#held.set(token, held);
    return `api/files/${token}?as=${encodeURIComponent(held.only)}`;
  }
}
