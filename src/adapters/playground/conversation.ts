import { randomBytes } from 'node:crypto';
import type { Message } from '../../chat/index.js';
import type { Enclosures } from './enclosures.js';
import type { Json, Persona, Shown, ShownMessage, Where } from './wire.js';

/** Kept for each conversation; older ones are let go. */
const KEPT = 500;

interface Entry {
  readonly id: string;
  readonly where: Where;
  /** The one persona who sees it; absent where everybody in the channel does. */
  readonly only?: string;
  /** Whose private thread it is in: seen by them and by whoever administers the space. */
  readonly thread?: string;
  readonly from?: string;
  readonly after?: Shown['after'];
  readonly at: Date;
  readonly changed: number;
  readonly edited: boolean;
  readonly message: ShownMessage;
}

export type NewEntry = Pick<Entry, 'where' | 'only' | 'thread' | 'from' | 'after' | 'at'> & { readonly message: Message };

/** Everything that was said, in memory only: a file of it would hold in the clear what the database keeps encrypted. */
export class Conversation {
  /** Ids of another process name nothing here, also where its deliveries are known still. */
  readonly #run = randomBytes(4).toString('hex');
  #entries: readonly Entry[] = [];
  #count = 0;

  constructor(private readonly enclosures: Enclosures) {}

  add(entry: NewEntry): Entry {
    const changed = ++this.#count;
    const message = this.enclosures.show(entry.message, entry.only);
    const added = { ...entry, message, id: `m${changed}-${this.#run}`, changed, edited: false };
    const same = (other: Entry) => other.where === added.where && other.only === added.only && other.thread === added.thread;
    const surplus = this.#entries.filter(same).length - KEPT + 1;
    const old = surplus > 0 ? new Set(this.#entries.filter(same).slice(0, surplus)) : undefined;
    this.#entries = [...(old ? this.#entries.filter((other) => !old.has(other)) : this.#entries), added];
    return added;
  }

  /** Puts another message in the place of one; undefined when it is not there any more. */
  edit(id: string, message: Message): Entry | undefined {
    const found = this.#entries.find((entry) => entry.id === id);
    if (!found) return undefined;
    const edited = { ...found, message: this.enclosures.show(message, found.only), edited: true, changed: ++this.#count };
    this.#entries = this.#entries.map((entry) => (entry === found ? edited : entry));
    return edited;
  }

  /** Takes away a message that this persona alone sees. @returns false when there is none such */
  remove(persona: Reader, id: string): boolean {
    const kept = this.#entries.filter((entry) => entry.id !== id || entry.only !== persona.id);
    const isGone = kept.length < this.#entries.length;
    this.#entries = kept;
    return isGone;
  }

  /** Takes away a message of the bot's own, for everybody. @returns it; undefined when it is not there any more */
  takeBack(id: string): Entry | undefined {
    const found = this.#entries.find((entry) => entry.id === id && entry.from === undefined);
    this.#entries = this.#entries.filter((entry) => entry !== found);
    return found;
  }

  /** The only way to read: what this persona may see. */
  seenBy(persona: Reader): readonly Shown[] {
    return this.#entries.filter((entry) => sees(persona, entry)).map(show);
  }

  /** Whether the persona sees this message of the bot, so that its buttons are theirs to press. */
  offers(persona: Reader, id: string): boolean {
    return this.#entries.some((entry) => entry.id === id && entry.from === undefined && sees(persona, entry));
  }
}

type Reader = Pick<Persona, 'id' | 'admin'>;

export function sees({ id, admin }: Reader, { only, thread }: Pick<Entry, 'only' | 'thread'>): boolean {
  if (only !== undefined) return only === id;
  return thread === undefined || thread === id || admin;
}

/** Call it for somebody who {@link sees} the entry. */
export function show({ only, thread: _, at, message, ...rest }: Entry): Shown {
  return { ...rest, onlyYou: only !== undefined, at: at.toISOString(), message };
}

export const asJson = <T>(value: T): Json<T> => JSON.parse(JSON.stringify(value)) as Json<T>;
