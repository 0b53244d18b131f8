import { languageNamed } from '../../meetings/languages.js';
import { https, telephone } from '../crisis-table.js';
import { LENGTHS, type LineFacts } from './line.js';

/** A number to dial, as it is typed. */
export const readTelephone = (text: string): string | undefined => telephone.safeParse(text.trim()).data;

/** `741741`, `HOME 741741` or `HOME to 741741`: the number to write to, and the word to send first. */
export function readSms(text: string): LineFacts['sms'] {
  const [, keyword, number = ''] = /^(?:(\p{L}[\p{L}\p{N}]*)\s+(?:(?:to|al?)\s+)?)?([+0-9(].*)$/iu.exec(text.trim()) ?? [];
  const read = readTelephone(number);
  if (read === undefined || (keyword?.length ?? 0) > LENGTHS.keyword) return undefined;
  return { number: read, ...(keyword !== undefined && { keyword }) };
}

export const writeSms = ({ number, keyword }: NonNullable<LineFacts['sms']>): string =>
  keyword === undefined ? number : `${keyword} ${number}`;

/** A page to open. Without a user name or password, which would make one place look like another. */
export function readLink(text: string): string | undefined {
  const link = https.max(LENGTHS.link).safeParse(text.trim()).data;
  if (link === undefined) return undefined;
  const { username, password, hostname } = new URL(link);
  return username === '' && password === '' && hostname.includes('.') ? link : undefined;
}

/** `English, French`: ISO 639, each once; undefined when one of them is none that we know. */
export function readSpoken(text: string): string[] | undefined {
  const names = text.split(/\s*(?:[,;/]|\s(?:and|y|e)\s)\s*/u).filter(Boolean);
  const codes = names.map((name) => languageNamed(name));
  if (codes.length === 0 || codes.some((code) => code === undefined)) return undefined;
  const known = [...new Set(codes.filter((code) => code !== undefined))];
  return known.length <= LENGTHS.languages ? known : undefined;
}
