import type { LocalLine } from '../../support/local/line.js';
import { MOST } from '../../support/local/save.js';

/** What becomes of the crisis lines of a place that joins. */
export interface LinesThen {
  readonly carried: readonly LocalLine[];
  /** The community that stays has its own for them, or as many as it can. */
  readonly left: readonly LocalLine[];
  /** Lines of the table that were hidden, and are shown again: nobody is to miss one because of a place that joined. */
  readonly unhidden: readonly LocalLine[];
}

const about = ({ country, facts }: LocalLine): string => `${country} ${facts?.topic}`;

/** A line comes along where the community that stays says nothing for its topic in its country, nor of the line that it corrects. */
export function linesThen(moving: readonly LocalLine[], staying: readonly LocalLine[]): LinesThen {
  const said = new Set(staying.filter(({ facts }) => facts).map(about));
  const spoken = new Set(staying.flatMap(({ shipped }) => (shipped === undefined ? [] : [shipped])));
  const written = moving.filter(({ facts }) => facts);
  const free = written.filter((line) => !said.has(about(line)) && (line.shipped === undefined || !spoken.has(line.shipped)));
  const carried = free.slice(0, Math.max(0, MOST - staying.length));
  return {
    carried,
    left: written.filter((line) => !carried.includes(line)),
    unhidden: moving.filter(
      ({ facts, shipped }) =>
        !facts && (shipped === undefined || !staying.some((line) => line.shipped === shipped && !line.facts)),
    ),
  };
}
