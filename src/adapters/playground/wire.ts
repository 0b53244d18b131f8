import type { Block, Enclosed, Form, Problem } from '../../chat/index.js';

/** A value after JSON: every instant has become ISO 8601 text. */
export type Json<T> = T extends Date ? string : T extends object ? { readonly [K in keyof T]: Json<T[K]> } : T;

/** `thread`: a private one, of one persona and whoever administers the space. */
export type Where = 'channel' | 'direct' | 'thread';

/** Somebody whom the person at the page plays. Everybody in the space may know all of this. */
export interface Persona {
  readonly id: string;
  readonly name: string;
  /** BCP 47. */
  readonly locale: string;
  /** IANA. */
  readonly zone: string;
  /** Administers the space. */
  readonly admin: boolean;
  /** Ids of platform roles held. */
  readonly roles: readonly string[];
  /** Takes no direct messages. */
  readonly closedDirect: boolean;
}

/** A picture or file, at an address that only its reader may open. */
export interface ShownFile<K extends Enclosed['kind']> {
  readonly kind: K;
  /** For who does not see it. */
  readonly words: string;
  readonly name: string;
  /** Relative to the page. */
  readonly src: string;
}

export type ShownBlock = Json<Exclude<Block<string>, Enclosed>> | ShownFile<'image'> | ShownFile<'file'>;

export interface ShownMessage {
  readonly summary: string;
  readonly blocks: readonly ShownBlock[];
}

/** One message as one persona sees it. */
export interface Shown {
  readonly id: string;
  readonly where: Where;
  /** Nobody else sees it. */
  readonly onlyYou: boolean;
  /** Id of the persona who wrote it; absent where the bot did. */
  readonly from?: string;
  /** The command that was typed and by whom, without what was typed after it. */
  readonly after?: { readonly persona: string; readonly command: string };
  /** ISO 8601. */
  readonly at: string;
  /** Grows with everything that happens, so the highest one is what was said or changed last. */
  readonly changed: number;
  readonly edited: boolean;
  readonly message: ShownMessage;
}

/** The form that is open on one persona's screen. */
export interface OpenForm {
  readonly form: Json<Form>;
  readonly where: Where;
  readonly problems: readonly Problem[];
}

export interface World {
  readonly space: { readonly id: string; readonly name: string };
  readonly channel: { readonly id: string; readonly name: string };
  readonly roles: readonly string[];
  readonly personas: readonly Persona[];
  /** `moved`: milliseconds that the clock is ahead of the real one. `fixed`: it cannot be moved. */
  readonly clock: { readonly now: string; readonly moved: number; readonly fixed: boolean };
}

/** Everything that one persona sees now. */
export interface View {
  readonly messages: readonly Shown[];
  readonly form: OpenForm | null;
}

/** What the stream carries, by event name. Whatever belongs to one persona says whose it is in `for`. */
export interface StreamEvents {
  /** First on every connection. `run` differs after each start of the process. */
  readonly hello: { readonly run: string; readonly world: World; readonly views: Readonly<Record<string, View>> };
  readonly world: World;
  /** A persona came after the stream was opened. */
  readonly view: { readonly for: string; readonly view: View };
  /** A message that is new, or that has changed. */
  readonly message: { readonly for: string; readonly message: Shown };
  readonly form: { readonly for: string; readonly form: OpenForm | null };
  /** A message was taken away. */
  readonly wiped: { readonly for: string; readonly id: string };
  /** Everything up to this number has been sent. */
  readonly mark: { readonly at: number };
}

/** One line of the slash-command menu. */
export interface MenuEntry {
  /** As it is typed, without the slash: `checkin now`. */
  readonly command: string;
  readonly help: string;
  readonly params: readonly MenuParam[];
}

export interface MenuParam {
  readonly name: string;
  readonly help: string;
  readonly required: boolean;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}
