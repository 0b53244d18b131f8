import type { Block, Button, Tap } from '../chat/index.js';
import type { Words } from '../words/index.js';

export interface RelayLook {
  /** Instead of "Write to them". */
  readonly label?: string;
  /** Nothing more important is in the message. */
  readonly isMain?: boolean;
}

/** Opens the form in which one writes to the other. @param relay its id */
export const writeButton = ({ t }: Pick<Words, 't'>, relay: string, { label, isMain = true }: RelayLook = {}): Button<Tap> => ({
  label: label ?? t('relay.write'),
  act: { path: ['relay', 'write'], input: { relay }, does: 'form' },
  ...(isMain && { style: 'primary' as const }),
});

/** Write to the other one of the two, and end it: for whoever a relay was opened for. @param relay its id */
export const relayButtons = (
  words: Pick<Words, 't'>,
  relay: string,
  look?: RelayLook,
): Extract<Block<Tap>, { kind: 'buttons' }> => ({
  kind: 'buttons',
  buttons: [writeButton(words, relay, look), { label: words.t('relay.end'), act: { path: ['relay', 'end'], input: { relay } } }],
});
