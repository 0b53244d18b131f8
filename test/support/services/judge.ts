import type { Judged } from './judged.js';
import type { Facts } from './records.js';

const fold = (text: string) => text.trim().toLowerCase();

/** In the place itself, so near that it may do, or neither. */
function nearness({ at }: Judged, facts: Facts, all: readonly Facts[]): 'in' | 'near' | 'away' {
  if (at === undefined) return 'in';
  if (/^[A-Z]{2}$/u.test(at)) return facts.state === at ? 'in' : 'away';
  if (/^\d{5}$/u.test(at)) {
    if (facts.postal.startsWith(at)) return 'in';
    return facts.postal.startsWith(at.slice(0, 3)) ? 'near' : 'away';
  }
  const [name = '', state = ''] = at.split(/,\s*/u);
  if (facts.state !== state) return 'away';
  if (name.endsWith(' County')) return facts.county.includes(name) ? 'in' : 'away';
  if (fold(facts.city) === fold(name)) return 'in';
  const counties = countiesOf(name, state, all);
  return counties.has(fold(facts.county)) ? 'near' : 'away';
}

const known = new Map<string, ReadonlySet<string>>();
/** The counties that a city is in, as the records of that city say. */
function countiesOf(city: string, state: string, all: readonly Facts[]): ReadonlySet<string> {
  const key = `${city}, ${state}`;
  const found =
    known.get(key) ??
    new Set(all.filter((one) => one.state === state && fold(one.city) === fold(city)).map((one) => fold(one.county)));
  known.set(key, found);
  return found;
}

/** 2: what was asked for, where it was asked for. 1: one of both, and worth a call. 0: neither. */
export function gradeOf(judged: Judged, facts: Facts, all: readonly Facts[]): 0 | 1 | 2 {
  if (facts.list !== judged.list) return 0;
  const where = nearness(judged, facts, all);
  if (where === 'away') return 0;
  const said = [facts.name, facts.organization, facts.description, facts.kind].join(' . ');
  const met = judged.needs.filter((need) => (need === 'otp' ? facts.isOtp : need.test(said))).length;
  const isWhole = met === judged.needs.length;
  if (isWhole) return where === 'in' ? 2 : 1;
  // A treatment service of the town whose list does not say more may be the right one; elsewhere only some of it has to be there.
  const isPossible = judged.list === 'treatment' && judged.at !== undefined && !/^[A-Z]{2}$/u.test(judged.at);
  return where === 'in' && (met > 0 || isPossible) ? 1 : 0;
}

/** @param grades of what was found, the best first @param ideal all grades that there are */
export function ndcg(grades: readonly number[], ideal: readonly number[], most: number): number {
  const gain = (list: readonly number[]) =>
    list.slice(0, most).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
  const best = gain(ideal.toSorted((a, b) => b - a));
  return best === 0 ? 0 : gain(grades) / best;
}

/** The share of what fully answers that is found among the first; of more than there is room for, of the room. */
export function recall(grades: readonly number[], ideal: readonly number[], most: number): number {
  const full = (list: readonly number[]) => list.filter((grade) => grade === 2).length;
  const all = Math.min(full(ideal), most);
  return all === 0 ? 1 : full(grades.slice(0, most)) / all;
}
