import type { Search } from '../../../src/core/resources/understand.js';

/** What of a service decides whether and where it is found. */
export interface PlainRow {
  readonly id: string;
  readonly no: number | null;
  readonly name: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly verified: string | null;
  readonly checkedOn: string | null;
  readonly pinnedAt: Date | null;
  readonly names: readonly string[];
  readonly places: readonly string[];
  readonly terms: readonly string[];
}

const has = (own: readonly string[], words: readonly string[]) => words.some((word) => own.includes(word));

function scoreOf({ terms, names, places }: PlainRow, { wanted }: Search): number {
  let score = 0;
  for (const { words, count } of wanted) {
    const worth = 1 / Math.log(Math.E + count);
    const where = (has(terms, words) ? 1 : 0) + (has(names, words) ? 0.5 : 0) + (has(places, words) ? 1.5 : 0);
    score += worth * where;
  }
  return score;
}

function median(values: readonly number[]): number {
  const rising = values.toSorted((a, b) => a - b);
  const at = (rising.length - 1) / 2;
  const [low = 0, high = 0] = [rising[Math.floor(at)], rising[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;
function miles(row: PlainRow, middle: readonly [number, number]): number | undefined {
  if (row.latitude === null || row.longitude === null) return undefined;
  const up = Math.sin(radians(row.latitude - middle[0]) / 2) ** 2;
  const along = Math.sin(radians(row.longitude - middle[1]) / 2) ** 2;
  return 2 * 3_958.8 * Math.asin(Math.sqrt(up + Math.cos(radians(middle[0])) * Math.cos(radians(row.latitude)) * along));
}

/** What is found, by looking at every service: the meaning of a search, which the index only finds faster. */
export function plainly(rows: readonly PlainRow[], search: Search, freshSince: string): readonly string[] {
  const inPlace = (row: PlainRow) => search.place.every((words) => has(row.places, words));
  const there = rows.filter((row) => search.place.length > 0 && inPlace(row) && row.latitude !== null);
  const isState = search.place.flat().every((word) => word.startsWith('state:'));
  const middle =
    there.length === 0 || (isState && search.within === undefined)
      ? undefined
      : ([median(there.map((row) => row.latitude ?? 0)), median(there.map((row) => row.longitude ?? 0))] as const);
  const far = (row: PlainRow) => (middle ? miles(row, middle) : undefined) ?? Number.POSITIVE_INFINITY;
  const isThere = (row: PlainRow) =>
    search.within !== undefined && middle ? far(row) <= search.within : search.place.length === 0 || inPlace(row);
  const fitting = rows
    .filter((row) => isThere(row) && search.needed.every((word) => row.terms.includes(word)))
    .map((row) => ({ row, score: scoreOf(row, search) }));
  const top = Math.max(0, ...fitting.map(({ score }) => score));
  const found = search.wanted.length === 0 ? fitting : fitting.filter(({ score }) => score > 0 && score >= top * 0.45);
  const assured = ({ verified, checkedOn }: PlainRow) => [verified ?? '', checkedOn ?? ''].toSorted().at(-1) ?? '';
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return found
    .toSorted(
      (a, b) =>
        Number(b.row.pinnedAt !== null) - Number(a.row.pinnedAt !== null) ||
        b.score - a.score ||
        Number(assured(a.row) < freshSince) - Number(assured(b.row) < freshSince) ||
        (far(a.row) === far(b.row) ? 0 : far(a.row) - far(b.row)) ||
        text(assured(b.row), assured(a.row)) ||
        text(a.row.name, b.row.name) ||
        (a.row.no ?? 0) - (b.row.no ?? 0),
    )
    .map(({ row }) => row.id);
}
