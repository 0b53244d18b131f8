import { type Fields, isBlank, readLine } from '../lists/read.js';
import { stateTerm } from './states.js';

/** The first of these members that holds anything. */
export const firstOf = (record: Fields, names: readonly string[]): unknown =>
  names.map((name) => record[name]).find((value) => !isBlank(value));

/** The list itself; empty for what is none. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A name in capitals only that is no abbreviation. */
export const isShouted = (text: string): boolean => text.length > 8 && /\p{Lu}.*\s.*\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);

const SMALL = new Set(['of', 'and', 'the', 'for', 'in', 'to', 'at', 'de', 'la', 'el', 'y', 'del', 'los', 'las']);
/** Longest word in capitals that stays, because it may be an abbreviation. */
const ABBREVIATION = 3;
const KEPT = new Set(['YMCA', 'YWCA', 'LGBTQ', 'SAMHSA']);

/** A name that is written in capitals only, as one would write it; any other as it is. */
export function calm(text: string): string {
  if (!isShouted(text)) return text;
  return text.replace(/[\p{L}\p{M}'’]+/gu, (word, at: number) => {
    const small = word.toLowerCase();
    if (SMALL.has(small) && at > 0) return small;
    if (word.length <= ABBREVIATION || KEPT.has(word)) return word;
    return `${word.charAt(0)}${small.slice(1)}`;
  });
}

function readDegrees(value: unknown, most: number): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && Math.abs(number) <= most ? number : undefined;
}

/** Latitude and longitude, where both are on the earth, and not at 0, 0, which stands for nothing. */
export function readCoordinates(
  latitude: unknown,
  longitude: unknown,
): { readonly point?: readonly [number, number]; readonly isOdd: boolean } {
  if (isBlank(latitude) && isBlank(longitude)) return { isOdd: false };
  const [north, east] = [readDegrees(latitude, 90), readDegrees(longitude, 180)];
  if (north === undefined || east === undefined || (north === 0 && east === 0)) return { isOdd: true };
  return { point: [north, east], isOdd: false };
}

const MOST_POSTAL = 12;

/** A postal code; in the United States with the zeros at its beginning that spreadsheets lose. */
export function readPostal(value: unknown, state: string | undefined): { readonly postal?: string; readonly isMended: boolean } {
  const text = readLine(value)?.replace(/\.0$/u, '');
  if (text === undefined || text.length > MOST_POSTAL) return { isMended: false };
  const [, digits = '', more = ''] = /^(\d{3,4})(-\d{4})?$/u.exec(text) ?? [];
  if (digits === '' || state === undefined || stateTerm(state) === undefined) return { postal: text, isMended: false };
  return { postal: digits.padStart(5, '0') + more, isMended: true };
}
