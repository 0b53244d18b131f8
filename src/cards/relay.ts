import type { Block, Tap } from '../chat/index.js';
import type { Words } from '../words/index.js';

export interface RelayLook {
  /** Instead of "Write to them". */
  readonly label?: string;
  /** Nothing more important is in the message. */
  readonly isMain?: boolean;
}

/** Write to the other one of the two, and end it: for whoever a relay was opened for. @param relay its id */
export const relayButtons = (
  { t }: Pick<Words, 't'>,
  relay: string,
  { label, isMain = true }: RelayLook = {},
): Extract<Block<Tap>, { kind: 'buttons' }> => ({
  kind: 'buttons',
  buttons: [
    {
      label: label ?? t('relay.write'),
      act: { path: ['relay', 'write'], input: { relay }, does: 'form' },
      ...(isMain && { style: 'primary' as const }),
    },
    { label: t('relay.end'), act: { path: ['relay', 'end'], input: { relay } } },
  ],
});
