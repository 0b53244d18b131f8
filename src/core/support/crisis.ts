import { type CrisisLine, crisisLines, EUROPEAN_UNION, WORLD } from './crisis-table.js';
import type { LocalLine } from './local/line.js';
import { localEmergency, withLocal } from './local/merge.js';
import type { ShownLine } from './shown.js';

export type { CrisisCategory, CrisisLine } from './crisis-table.js';

/** Member states of the European Union, where 112 works from every phone (directive (EU) 2018/1972, article 109). */
const europeanUnion = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

/** What can be dialled or opened in one country. */
export interface Crisis {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Absent where the table has no number that we trust: then the words say to call the local emergency number. */
  readonly emergency?: CrisisLine;
  /** Further emergency numbers, which a community gives. */
  readonly beside: readonly ShownLine[];
  /** In the order of the table, without the emergency number. */
  readonly lines: readonly ShownLine[];
}

const of = (country: string) => crisisLines.filter((line) => line.country === country);
const emergencyOf = (country: string) => of(country).find((line) => line.category === 'emergency');

/**
 * From memory. A country that the table does not know has no lines; no other country's lines ever stand in for them.
 * @param local what the reader's community says of crisis lines
 */
export function crisisFor(country: string, local: readonly LocalLine[] = []): Crisis {
  const here = local.filter((line) => line.country === country);
  const table = of(country).filter((line) => line.category !== 'emergency');
  const emergency = emergencyOf(country) ?? (europeanUnion.includes(country) ? emergencyOf(EUROPEAN_UNION) : undefined);
  return { country, beside: localEmergency(here), lines: withLocal(table, here), ...(emergency && { emergency }) };
}

const nowhere = new Set([EUROPEAN_UNION, WORLD]);
const withLines = [...new Set(crisisLines.map((line) => line.country))].filter((country) => !nowhere.has(country));

/**
 * Countries of the table, ISO 3166-1 alpha-2. `lines`: with lines of their own; `emergency`: the rest of the European
 * Union, of which only the emergency number is known.
 */
export const crisisCountries = (): { readonly lines: readonly string[]; readonly emergency: readonly string[] } => ({
  lines: withLines,
  emergency: europeanUnion.filter((country) => !withLines.includes(country)),
});

/** International directories, for everywhere else. */
export const directories = (): readonly CrisisLine[] => of(WORLD);

/** The oldest day on which any of these lines was compared with its sources, such as 2026-11-01. */
export const verifiedOn = (lines: readonly Pick<CrisisLine, 'verified'>[]): string | undefined =>
  lines.map((line) => line.verified).sort()[0];
