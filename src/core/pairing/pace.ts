import type { Pairing } from '../../db/generated/client.js';
import { PACES, type Pace } from './vocabulary.js';

const isPace = (text: string | null): text is Pace => PACES.some((pace) => pace === text);

/** How often the two mean to talk: where they do not want the same, the rarer of both. Undefined: neither said. */
export function agreedPace({ menteePace, mentorPace }: Pick<Pairing, 'menteePace' | 'mentorPace'>): Pace | undefined {
  const said = [menteePace, mentorPace].filter(isPace);
  return said.sort((one, other) => PACES.indexOf(other) - PACES.indexOf(one))[0];
}
