import type { SlotsLike } from '../hours.js';
import { weightOf } from '../rank.js';
import type { PairingSettings } from '../settings.js';
import type { Trait } from '../traits.js';
import { takesTrait, wantedBy } from '../wanted.js';
import type { Wishes } from '../wishes.js';
import { FULL, NEVER } from './assign.js';

interface Demand {
  readonly must: boolean;
  readonly weight: number;
  /** One of these is enough. */
  readonly traits: readonly Trait[];
}

/**
 * What mentors are to an asker, ready to be asked for many of them: the share of the weights that they fulfil, from 0 to
 * {@link FULL}, or {@link NEVER} where a must is not met or the mentor helps others only. Who wishes for nothing in particular fits everybody.
 */
export function fitter(
  { wishes, gender, zone: asker }: Wishes,
  settings: Pick<PairingSettings, 'weights'>,
  like: SlotsLike,
): (traits: ReadonlySet<Trait>, mentorZone: string) => number {
  const takes = takesTrait({ ...(gender && { gender }) });
  const most = wishes.reduce((sum, { what, must }) => sum + (must ? 0 : weightOf(what, settings)), 0);
  const byZone = new Map<string, readonly Demand[]>();
  const demandsIn = (mentor: string): readonly Demand[] => {
    const known = byZone.get(mentor);
    if (known) return known;
    const demands = wishes.map(({ what, values, must }) => ({
      must,
      weight: must ? 0 : weightOf(what, settings),
      traits: [...new Set(values.flatMap((value) => wantedBy(what, value, { asker, mentor }, like)))],
    }));
    byZone.set(mentor, demands);
    return demands;
  };
  return (traits, mentorZone) => {
    if (!traits.has(takes)) return NEVER;
    let score = 0;
    for (const { must, weight, traits: wanted } of demandsIn(mentorZone)) {
      const isMet = wanted.some((trait) => traits.has(trait));
      if (must && !isMet) return NEVER;
      if (isMet) score += weight;
    }
    return most === 0 ? FULL : Math.round((FULL * score) / most);
  };
}
