import type { Block, Tap } from '../chat/index.js';
import { RSVP_ANSWERS } from '../core/sessions/places.js';
import type { DateName } from '../core/sessions/rsvp.js';
import type { Words } from '../words/index.js';

/** What an answer is told beyond its date. */
export interface RsvpTap extends Pick<Tap, 'does' | 'by'> {}

/** Says one thing of one date when it is pressed. */
export const rsvpTap = ({ session, local }: DateName, say: string, how: RsvpTap = {}): Tap => ({
  path: ['session', 'answer'],
  input: { id: session, local, say },
  ...how,
});

/** Opens one date, for its reader alone: what a discreet message does not say. */
export const seeButton = ({ t }: Words, { session, local }: DateName) => ({
  label: t('rsvp.see'),
  act: { path: ['session', 'show'] as const, input: { id: session, local } },
});

/** Going, maybe, not this time. @param how `by: 'anyone'` on a card that everybody sees */
export const rsvpButtons = ({ t }: Words, date: DateName, how: RsvpTap = {}): Extract<Block<Tap>, { kind: 'buttons' }> => ({
  kind: 'buttons',
  buttons: RSVP_ANSWERS.map((say) => ({
    label: t(`rsvp.${say}`),
    act: rsvpTap(date, say, how),
    ...(say === 'going' && { style: 'primary' as const }),
  })),
});
