import type { Block, Enclosed, MessageOf } from './message.js';

/** A picture or file as an adapter sends it. Names say nothing: they show in notifications and in folders. */
export interface Enclosure {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** For who does not see it. */
  readonly words: string;
}

export const isEnclosed = <A>(block: Block<A>): block is Enclosed => block.kind === 'image' || block.kind === 'file';

export const enclosureOf = (block: Enclosed): Enclosure =>
  block.kind === 'image'
    ? { name: 'picture.png', type: 'image/png', bytes: block.png, words: block.alt }
    : { name: block.name, type: block.type, bytes: block.bytes, words: block.label };

/** The pictures and files of a message, in their order. */
export const enclosedIn = <A>({ blocks }: MessageOf<A>): Enclosure[] => blocks.filter(isEnclosed).map(enclosureOf);

/** The same with words in the place of pictures and files, for wherever they must not go or cannot. */
export const withoutEnclosed = <A, M extends MessageOf<A>>(message: M): M => ({
  ...message,
  blocks: message.blocks.map((block): Block<A> => (isEnclosed(block) ? { kind: 'note', text: enclosureOf(block).words } : block)),
});
