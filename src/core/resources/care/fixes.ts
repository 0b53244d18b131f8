import { z } from 'zod';
import { foldWords } from '../../../words/fold.js';
import { readLine, readNotes, readPhone } from '../../lists/read.js';
import { conceptsIn, termOf } from '../concepts.js';
import { placeTerms } from '../parse.js';
import type { ParsedResource, ResourceDetails } from '../resource.js';
import { stemsOf } from '../stem.js';
import { townIn } from './town.js';

/** What a facilitator can say better than the source. */
export const FIXABLE = ['phone', 'schedule', 'start', 'cost', 'address'] as const;
export type Fixable = (typeof FIXABLE)[number];

/** What is known better, by field: what it is, null where there is none any more, and since which day (YYYY-MM-DD). */
export type Fixes = { readonly [F in Fixable]?: { readonly to: string | null; readonly since: string } };

/** What of a service a fix changes: as the source publishes it, or as it is shown and found. */
export type Published = Pick<ParsedResource, 'latitude' | 'longitude' | 'hours' | 'places' | 'terms' | 'details'>;

const fix = z.object({ to: z.string().nullable(), since: z.string() });
const schema = z.object({ phone: fix, schedule: fix, start: fix, cost: fix, address: fix }).partial();

/** The fixes as they are kept; none where there is nothing. */
export const readFixes = (kept: unknown): Fixes => (kept === null || kept === undefined ? {} : (schema.parse(kept) as Fixes));

/** Columns of what a fix changes. */
export const publishedOf = ({ latitude, longitude, hours, places, terms, details }: Published): Published => ({
  ...{ latitude, longitude, hours, places, terms, details },
});

const digits = (text: string) => text.replace(/\D/gu, '');
/** Several numbers, as people write them after each other. */
export const phonesIn = (text: string): readonly string[] => text.split(/[,;\n]/u).flatMap((one) => readPhone(one) ?? []);

/** What is said of a field now, as a facilitator would write it; undefined where nothing is. */
export function saidOf({ phones, schedule, start, cost, address, area }: ResourceDetails, field: Fixable): string | undefined {
  const texts = { schedule, start, cost };
  const value =
    field === 'phone' ? phones.join(', ') : field === 'address' ? [address, area].filter(Boolean).join(', ') : texts[field];
  return value === '' ? undefined : value;
}

/** Whether two texts say the same of a field. */
export function sameFor(field: Fixable, one: string | undefined, other: string | undefined): boolean {
  if (field !== 'phone') return foldWords(one ?? '') === foldWords(other ?? '');
  const numbers = (text: string | undefined) =>
    phonesIn(text ?? '')
      .map(digits)
      .sort()
      .join(' ');
  return numbers(one) === numbers(other);
}

/** The fixes that a source has not come to say itself. */
export const stillNeeded = (fixes: Fixes, details: ResourceDetails): Fixes =>
  Object.fromEntries(
    Object.entries(fixes).filter(
      ([field, { to }]) => !sameFor(field as Fixable, to ?? undefined, saidOf(details, field as Fixable)),
    ),
  );

const without = ({ schedule, start, cost, address, area, phones, ...rest }: ResourceDetails, fixes: Fixes) => ({
  ...rest,
  phones: fixes.phone ? [] : phones,
  ...(schedule !== undefined && !fixes.schedule && { schedule }),
  ...(start !== undefined && !fixes.start && { start }),
  ...(cost !== undefined && !fixes.cost && { cost }),
  ...(address !== undefined && !fixes.address && { address }),
  ...(area !== undefined && { area }),
});

/** What is shown. A street alone leaves the town as it is. */
function detailsWith(details: ResourceDetails, fixes: Fixes): ResourceDetails {
  const { phone, schedule, start, cost, address } = fixes;
  const moved = townIn(address?.to ?? '');
  const street = moved ? moved.street : (address?.to ?? undefined);
  return {
    ...without(details, fixes),
    ...(phone?.to && { phones: phonesIn(phone.to) }),
    ...(schedule?.to && { schedule: schedule.to }),
    ...(start?.to && { start: start.to }),
    ...(cost?.to && { cost: cost.to }),
    ...(street && { address: street }),
    ...(moved && { area: moved.area }),
  };
}

const termsIn = (texts: readonly (string | undefined)[]): readonly string[] => {
  const all = texts.filter((text) => text !== undefined);
  return [...conceptsIn(all.join(' . ')).map(termOf), ...all.flatMap(stemsOf)];
};

/** What it is found by when it costs something else: words of the old cost go, but for those that stand elsewhere too. */
function termsWithCost(terms: readonly string[], details: ResourceDetails, cost: string | null): readonly string[] {
  const { name, organization, description, eligibility } = details;
  const elsewhere = new Set(termsIn([name, organization, description, eligibility]));
  const old = new Set(termsIn([details.cost]).filter((term) => !elsewhere.has(term)));
  return [...terms.filter((term) => !old.has(term)), ...termsIn([cost ?? undefined])];
}

/** A service as the community knows it: what its source publishes, with the fixes over it. */
export function withFixes<T extends Published>(published: T, fixes: Fixes): T {
  const { details, terms, places, hours } = published;
  const priced = fixes.cost ? termsWithCost(terms, details, fixes.cost.to) : terms;
  const moved = townIn(fixes.address?.to ?? '');
  const to = moved && placeTerms(moved.fields, {}, moved.postal);
  return {
    ...published,
    details: detailsWith(details, fixes),
    // Opening hours in words cannot be reckoned with, and the old ones would be wrong.
    hours: fixes.schedule ? [] : hours,
    terms: [...new Set(to ? [...priced.filter((term) => !places.includes(term)), ...to] : priced)],
    ...(to && { places: to, latitude: null, longitude: null }),
  };
}

/** A text that a facilitator wrote, as it is kept; undefined where nothing can be made of it. */
export function readFix(field: Fixable, text: string): string | undefined {
  if (field === 'phone') return phonesIn(text).join(', ') || undefined;
  return field === 'address' ? readLine(text) : readNotes(text);
}
