import { stringify } from 'csv-stringify/sync';
import { Temporal } from 'temporal-polyfill';
import type { Answer } from './answers.js';
import type { Kept } from './look-back.js';

/** Columns that every file has; after them comes one for each further question that was answered, by its id. */
const FIRST = ['when', 'zone', 'template', 'mood', 'craving', 'halt', 'note'] as const;

const cell = (answer: Answer | undefined): string => {
  if (answer === undefined) return '';
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  return Array.isArray(answer) ? answer.join('; ') : String(answer);
};

/** Local time with its offset, as ISO 8601 writes it: `2026-05-04T07:30:00+02:00`. */
const localTime = (at: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toString({ timeZone: zone, smallestUnit: 'second' });

/**
 * Check-ins as a table: RFC 4180, UTF-8 with a byte order mark, because spreadsheets guess wrong without one. A cell that a
 * spreadsheet would take for a formula is written with an apostrophe before it. Columns: docs/check-in-history.md.
 */
export function toCsv(kept: readonly Kept[]): string {
  const known: readonly string[] = FIRST;
  const others = [...new Set(kept.flatMap(({ answers }) => Object.keys(answers)))].filter((id) => !known.includes(id)).sort();
  const columns = [...FIRST, ...others];
  const rows = kept.map(({ at, zone, template, answers }) => {
    const asked = [...FIRST.slice(3), ...others].map((id) => cell(answers[id]));
    return [localTime(at, zone), zone, template, ...asked];
  });
  return stringify([columns, ...rows], { bom: true, record_delimiter: 'windows', escape_formulas: true });
}
