/** What the modules of the page pass among themselves. */
import type { MenuEntry, MenuParam, OpenForm, Persona, Shown, StreamEvents, View, Where, World } from '../wire.js';

export type { MenuEntry, MenuParam, OpenForm, Persona, Shown, StreamEvents, View, Where, World };

export type Message = Shown['message'];
export type Block = Message['blocks'][number];
export type Text = Extract<Block, { kind: 'text' }>['text'];
export type Span = Exclude<Text, string>[number];
export type Field = OpenForm['form']['fields'][number];

export type TextName = keyof typeof import('../../../../locales/en/playground.json');
/** Says a text of the page in one language. */
export type Say = (name: TextName, values?: Readonly<Record<string, string | number>>) => string;
export type Act = (name: string, body: object) => Promise<boolean>;

export interface State {
  readonly run: string;
  readonly world: World;
  readonly views: Readonly<Record<string, View>>;
  readonly connected: boolean;
  /** The process was started anew since the page was opened. */
  readonly restarted: boolean;
}

/** One line that completion offers. */
export interface Offer {
  readonly label: string;
  readonly help: string;
  /** The whole line after taking it. */
  readonly line: string;
  readonly needed?: boolean;
}

/** What can be offered for a line; `ask` where only the server knows. */
export interface Offers {
  readonly stage: 'none' | 'command' | 'param' | 'value';
  readonly items: readonly Offer[];
  readonly ask?: { readonly param: string; readonly typed: string; readonly before: string };
}
