/** What a person sees, free of any platform. Adapters draw it; nothing here knows how. */

/**
 * One piece of a line. A plain string is always literal: adapters escape it, so a member's words can never become markup,
 * a mention or a link. Everything else that a platform can render has a form of its own.
 */
export type Span =
  | string
  | { readonly bold: string }
  /** An instant, shown in the reader's own zone where the platform can, else in `zone`. */
  | { readonly time: Date; readonly style: 'date' | 'time' | 'datetime' | 'relative'; readonly zone: string }
  /** A person, by the platform's id. */
  | { readonly mention: string }
  /** A role (Discord) or user group (Slack), by the platform's id. Never notifies. */
  | { readonly group: string }
  /** A channel, by the platform's id. */
  | { readonly channel: string }
  | { readonly link: string; readonly label?: string }
  /** A slash command as a person types it on this platform; adapters add the prefix. */
  | { readonly command: readonly [root: string, sub?: string] };

export type Text = string | readonly Span[];

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A command with its input, said by tapping rather than typing. */
export interface Tap {
  readonly path: Path;
  /** Kept on our side behind an opaque token; never part of what the platform sees. */
  readonly input?: Input;
  /** `reply` (default): a new message; `edit`: the message that carries the button changes; `form`: a form opens at once. */
  readonly does?: 'reply' | 'edit' | 'form';
  /**
   * With `form`: labels of its fields by param, at most 45 characters each, where they are not the same for everybody. They are
   * remembered for a while only; afterwards the fields have the labels of their params.
   */
  readonly asks?: Readonly<Record<string, string>>;
  /** With `form`: which step of a long form opens, from 0. */
  readonly step?: number;
  /** In a private reply only its reader may press (default); `anyone`: whoever sees it in this community. */
  readonly by?: 'reader' | 'anyone';
}

export type Path = readonly [root: string, sub?: string];
export type Input = Readonly<Record<string, unknown>>;

/** `A` is what pressing does: a {@link Tap} in a {@link Reply}, an opaque id in a {@link Message}. */
export interface Button<A> {
  readonly label: string;
  readonly act: A;
  readonly style?: 'primary' | 'danger';
}

export type Block<A> =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: Text }
  /** Small print. */
  | { readonly kind: 'note'; readonly text: Text }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: string; readonly value: Text }[] }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | { readonly kind: 'divider' }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button<A>[] }
  /** The chosen value becomes the input `param` of the call. */
  | {
      readonly kind: 'select';
      readonly placeholder: string;
      readonly act: A;
      readonly param: string;
      readonly options: readonly Choice[];
    }
  | Enclosed;

/** What comes along with a private answer, for its reader alone. To anybody else, and in a direct message, only its words are shown. */
export type Enclosed =
  /** A picture, with what it shows in words. */
  | { readonly kind: 'image'; readonly png: Uint8Array; readonly alt: string }
  /** Something to keep. Its name and label say nothing of what is in it. */
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly type: 'text/csv' | 'text/calendar' | 'application/json' | 'application/pdf' | 'application/zip';
      readonly bytes: Uint8Array;
      readonly label: string;
    };

export interface MessageOf<A> {
  /** One plain sentence: the fallback text and the notification preview. Says nothing of recovery in a direct message. */
  readonly summary: string;
  readonly blocks: readonly Block<A>[];
  /** Shown to the one who acted, as a message of its own, even where the answer would have been public or an edit. */
  readonly aside?: true;
  /**
   * In place of a message that only its reader sees: that message is taken away, as far as the platform can. Where it cannot, this stands
   * in its place.
   */
  readonly wipes?: true;
}

/** What a command returns. */
export type Reply = MessageOf<Tap>;
/** What an adapter draws: every tap has become an id of at most 90 characters from `[A-Za-z0-9_.~-]`. */
export type Message = MessageOf<string>;
