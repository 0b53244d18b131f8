import type { SlotsLike } from './hours.js';
import type { Trait } from './traits.js';
import { RECOVERIES, type Recovery, type Slot } from './vocabulary.js';
import type { Wish, Wishes, WishName } from './wishes.js';

/** At least that long. */
export const recoveryTraits = (least: Recovery): Trait[] =>
  RECOVERIES.slice(RECOVERIES.indexOf(least)).map((value): Trait => `recovery:${value}`);

/** The traits of which a mentor in that zone has one, when they fulfil a wish by this value of it. */
export function wantedBy(
  what: WishName,
  value: string,
  zones: { asker: string; mentor: string },
  like: SlotsLike,
): readonly Trait[] {
  if (what === 'recovery') return recoveryTraits(value as Recovery);
  if (what === 'hours') return like(value as Slot, zones.asker, zones.mentor).map((slot): Trait => `hours:${slot}`);
  return [`${what}:${value}`];
}

/** The trait of mentors who help this asker, as far as gender goes. */
export const takesTrait = ({ gender }: Pick<Wishes, 'gender'>): Trait => `takes:${gender ?? 'untold'}`;

/** The values of a wish that a mentor fulfils; one of them is enough. */
export const fulfilledBy = (
  { what, values }: Wish,
  traits: ReadonlySet<Trait>,
  zones: { asker: string; mentor: string },
  like: SlotsLike,
): string[] => values.filter((value) => wantedBy(what, value, zones, like).some((trait) => traits.has(trait)));
