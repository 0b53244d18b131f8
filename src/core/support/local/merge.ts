import type { CrisisLine } from '../crisis-table.js';
import type { ShownLine } from '../shown.js';
import { TOPICS, topicsOf } from '../topics.js';
import { type LocalLine, localShown } from './line.js';

const asShown = (line: CrisisLine): ShownLine => ({ ...line, topics: topicsOf(line.category) });

/**
 * Which lines of the table a community may not be shown without: whatever it hides, of each topic that has lines at least one stays.
 * Where it hid all of them, all stay: which one is right is not for us to say. One that it also corrects stays, beside its correction.
 */
function hidden(shipped: readonly ShownLine[], local: readonly LocalLine[]): ReadonlySet<string> {
  const corrected = new Set(local.flatMap(({ shipped: id, facts }) => (facts ? [id] : [])));
  const wanted = new Set(
    local.flatMap(({ shipped: id, facts }) => (id !== undefined && !facts && !corrected.has(id) ? [id] : [])),
  );
  const kept = TOPICS.flatMap((topic) => {
    const lines = shipped.filter(({ topics }) => topics.includes(topic));
    return lines.every(({ id }) => wanted.has(id)) ? lines.map(({ id }) => id) : [];
  });
  return new Set([...wanted].filter((id) => !kept.includes(id)));
}

/**
 * The lines of one country as a community shows them. A correction stands before the line that it corrects, which stays and says
 * that it is doubted: nobody can put another number in the place of one that was compared with sources. What was added comes last.
 * @param table lines of the table, of that country, without emergency numbers
 * @param local of one community, of that country
 */
export function withLocal(table: readonly CrisisLine[], local: readonly LocalLine[]): ShownLine[] {
  const shipped = table.map(asShown);
  const away = hidden(shipped, local);
  const said = local.flatMap((line) =>
    line.facts && line.facts.topic !== 'emergency' ? [{ to: line.shipped, shown: localShown(line, line.facts) }] : [],
  );
  const isKnown = (id: string | undefined) => shipped.some((line) => line.id === id);
  return [
    ...shipped
      .filter(({ id }) => !away.has(id))
      .flatMap((line) => {
        const corrections = said.filter(({ to }) => to === line.id).map(({ shown }) => shown);
        return corrections.length > 0 ? [...corrections, { ...line, isDoubted: true as const }] : [line];
      }),
    ...said.filter(({ to }) => !isKnown(to)).map(({ shown }) => shown),
  ];
}

/** Emergency numbers that a community says there are, to be shown beside what is known, never in its place. */
export const localEmergency = (local: readonly LocalLine[]): ShownLine[] =>
  local.flatMap((line) => (line.facts?.topic === 'emergency' ? [localShown(line, line.facts)] : []));

/** Whether hiding a line would have an effect: it is no emergency number, and of each of its topics another line stays. */
export function canHide(id: string, table: readonly CrisisLine[], local: readonly LocalLine[]): boolean {
  const shipped = table.map(asShown);
  if (!shipped.some((line) => line.id === id)) return false;
  const hides: LocalLine = { id: '', country: '', verified: '', shipped: id };
  return hidden(shipped, [...local.filter((line) => line.shipped !== id), hides]).has(id);
}
