import type { Adapter, Choice, Platform, Router } from '../../src/chat/index.js';

/** What one person sees of one message, as they read it. */
export interface Seen {
  /** All words in order, one line a block; instants and mentions as readable text, e.g. `@Ana`. No markup, no escapes. */
  readonly text: string;
  /** Labels of the buttons that can be pressed. */
  readonly buttons: readonly string[];
  /** Labels of the options of every select. */
  readonly options: readonly string[];
  /** `thread`: a private one. */
  readonly where: 'channel' | 'direct' | 'thread' | 'home';
  /** Nobody else can see it. */
  readonly onlyMe: boolean;
  /** What a notification would show. */
  readonly preview: string;
  /** Pictures and files that this person can open, with what is in them. */
  readonly files: readonly SeenFile[];
}

/** @throws when there is none */
export function newestAnswer(name: string, newestFirst: readonly Seen[]): Seen {
  const found = newestFirst.find(({ onlyMe, where }) => onlyMe || where === 'direct');
  if (!found) throw new Error(`${name} was not answered.`);
  return found;
}

export interface SeenFile {
  readonly name: string;
  /** What a screen reader says. */
  readonly alt: string;
  /** For {@link Person.open}. */
  readonly ref: string;
}

export interface SeenForm {
  readonly title: string;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly required: boolean;
    readonly value?: string | readonly string[];
    readonly options?: readonly string[];
  }[];
  /** Problems shown beside the fields, by field name. */
  readonly problems: Readonly<Record<string, string>>;
}

/** A person at a keyboard of one platform. Every action resolves when the bot has answered it fully. */
export interface Person {
  readonly name: string;
  /** The platform's id. */
  readonly id: string;
  /** Types a line such as `/checkin now mood:7` in the common channel, as this platform's client would send it. */
  type(line: string): Promise<void>;
  /** The same in the direct conversation with the bot. */
  typeDirectly(line: string): Promise<void>;
  /** Presses the newest visible button with that label. Throws if there is none. */
  press(label: string): Promise<void>;
  /** Presses one that is not on the screen any more (from an older message, or of another person), by the platform's raw id. */
  pressRaw(id: string): Promise<void>;
  /** Picks an option of the newest visible select that has it. */
  choose(label: string): Promise<void>;
  /** Fills the open form by field name (values of choices, not labels) and sends it. */
  fill(values: Readonly<Record<string, string | readonly string[]>>): Promise<void>;
  /** What completion offers while typing `typed` into that param; undefined where the platform has none. */
  complete(line: string, param: string, typed: string): Promise<readonly Choice[] | undefined>;
  /** The form that is open now. */
  form(): SeenForm | undefined;
  /** Everything visible to this person, oldest first, at its present state. */
  sees(): readonly Seen[];
  /** The newest or last changed message visible to this person. */
  last(): Seen;
  /** The same of what only this person sees, whatever goes on in the channel meanwhile. */
  answer(): Seen;
  /** Opens a picture or file as this person's client does. Throws for one that is not theirs. */
  open(ref: string): Promise<Uint8Array>;
  /** Raw ids of every button and select visible to this person. */
  rawIds(): readonly string[];
}

/** One platform with our adapter connected to it, over real sockets. */
export interface Stage {
  readonly platform: Platform;
  readonly adapter: Adapter;
  /** The guild or workspace that people are in. */
  readonly space: string;
  /** The common channel. */
  readonly channel: string;
  open(router: Router): Promise<void>;
  close(): Promise<void>;
  person(
    name: string,
    as?: { admin?: boolean; roles?: readonly string[]; locale?: string; zone?: string; closedDirect?: boolean },
  ): Promise<Person>;
  /** Everything that broke the vendor's rules since the stage opened, e.g. a late acknowledgement. Tests end with it empty. */
  faults(): readonly string[];
  /** Every outgoing and incoming body that the platform saw, as JSON text: what a curious operator of the platform could read. */
  wire(): readonly string[];
}
