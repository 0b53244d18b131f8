import { type Fields, isBlank, isFields, readLine, readLink, readNotes, readPhone, readUpdated } from '../lists/read.js';
import { COLUMNS } from './columns.js';
import { conceptsIn, termOf } from './concepts.js';
import { readHours } from './hours.js';
import { calm, firstOf, isShouted, listOf, readCoordinates, readPostal } from './read.js';
import type { Oddity, ParsedRecord, ParsedResource, ResourceDetails } from './resource.js';
import { otherNameOfState, stateTerm } from './states.js';
import { firstSigns, stemsOf } from './stem.js';

const MOST_KEY = 200;
const MOST_TERMS = 150;
const MOST_PLACES = 300;
const MOST_PHONES = 3;

const INACTIVE = new Set(['inactive', 'defunct', 'temporarily closed']);

const given = (record: Fields, name: keyof typeof COLUMNS) => firstOf(record, COLUMNS[name]);
const line = (record: Fields, name: keyof typeof COLUMNS) => readLine(given(record, name));
const notes = (record: Fields, name: keyof typeof COLUMNS) => {
  const value = given(record, name);
  return typeof value === 'string' ? readNotes(value) : undefined;
};
const named = (list: readonly unknown[], ...names: readonly string[]) =>
  list.filter(isFields).flatMap((one) => names.map((name) => readLine(one[name])).filter((text) => text !== undefined));

interface Place {
  readonly id?: string;
  readonly location: Fields;
  readonly address: Fields;
  /** What is said of the service at this place alone. */
  readonly own: Fields;
}

/** Where the service is; once, with nothing, where nobody says. */
function placesOf(record: Fields): readonly Place[] {
  const at = listOf(record.service_at_locations).filter(isFields).slice(0, MOST_PLACES);
  if (at.length === 0) return [{ location: {}, address: record, own: {} }];
  return at.map((own) => {
    const location = isFields(own.location) ? own.location : {};
    const addresses = listOf(location.addresses).filter(isFields);
    const address = addresses.find(({ address_type: type }) => type === 'physical') ?? addresses[0] ?? {};
    const id = readLine(location.id) ?? readLine(own.location_id) ?? readLine(own.id);
    return { ...(id !== undefined && { id }), location, address, own };
  });
}

/** The phones of the place, else of the service, else of who runs it. */
function phonesOf(record: Fields, { location, own }: Place, organization: Fields, odd: Set<Oddity>): readonly string[] {
  for (const holder of [own, location, record, organization]) {
    const list = listOf(holder.phones).filter(isFields);
    const found = list.flatMap(({ number, extension }) => {
      const phone = readPhone(typeof number === 'string' ? number.replace(/^"|"$/gu, '') : number);
      if (phone === undefined && !isBlank(number)) odd.add('phone');
      const more = readLine(extension);
      return phone === undefined ? [] : [more === undefined ? phone : `${phone} x${more}`];
    });
    if (found.length > 0) return [...new Set(found)].slice(0, MOST_PHONES);
  }
  const typed = given(record, 'phone');
  const phone = readPhone(typed);
  if (phone === undefined && !isBlank(typed)) odd.add('phone');
  return phone === undefined ? [] : [phone];
}

function languagesOf(record: Fields): readonly string[] {
  const value = given(record, 'languages');
  const texts =
    typeof value === 'string'
      ? value.split(/[,;]/u).map(readLine)
      : listOf(value).map((one) => (isFields(one) ? (readLine(one.code) ?? readLine(one.name)) : undefined));
  return [...new Set(texts.filter((text) => text !== undefined))].slice(0, 20) as string[];
}

function costOf(record: Fields): string | undefined {
  const options = listOf(record.cost_options).filter(isFields);
  const told = options.map(({ option, amount, currency, amount_description: more }) =>
    [option, amount, currency, more].map(readLine).filter(Boolean).join(' '),
  );
  return notes(record, 'cost') ?? readNotes(...told);
}

/** What its source files it under. */
function kindsOf(record: Fields): readonly string[] {
  const terms = listOf(record.attributes).flatMap((one) =>
    isFields(one) && isFields(one.taxonomy_term) ? [one.taxonomy_term] : [],
  );
  const typed = given(record, 'category');
  return [...named(terms, 'name', 'term'), ...(typeof typed === 'string' ? [typed.slice(0, 1_000)] : [])];
}

type Common = Omit<ResourceDetails, 'address' | 'area' | 'phones' | 'schedule'>;

function common(record: Fields, name: string, organization: Fields): Common {
  const facts = {
    organization: readLine(organization.name) ?? line(record, 'organization'),
    description: notes(record, 'description'),
    alert: readNotes(record.alert),
    email: line(record, 'email'),
    url: readLink(given(record, 'url')) ?? readLink(organization.website) ?? readLink(organization.url),
    eligibility: notes(record, 'eligibility'),
    start: notes(record, 'start'),
    documents: readNotes(...named(listOf(record.required_documents), 'document')),
    wait: readLine(record.wait_time),
    cost: costOf(record),
  };
  const present = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== name));
  return { name, ...present, languages: languagesOf(record) };
}

export function placeTerms(address: Fields, record: Fields, postal: string | undefined): readonly string[] {
  const state = line(address, 'state');
  const texts = [line(address, 'city'), line(address, 'region'), state, state && otherNameOfState(state)];
  const areas = named(listOf(record.service_areas), 'name');
  const code = state && stateTerm(state);
  return [
    ...new Set([
      ...[...texts, ...areas.slice(0, 5)].flatMap((text) => (text === undefined ? [] : stemsOf(text))),
      ...(code === undefined ? [] : [code, code.slice(-2)]),
      ...(postal === undefined ? [] : [firstSigns(postal.toLowerCase(), 5), `${firstSigns(postal.toLowerCase(), 3)}*`]),
    ]),
  ];
}

/** Everything that it is found by: its words, its places, and what they mean. */
function termsOf(
  details: ResourceDetails,
  names: readonly string[],
  places: readonly string[],
  kinds: readonly string[],
): string[] {
  const { name, organization, description, eligibility, cost, languages } = details;
  const texts = [name, organization, ...kinds, eligibility, cost, description].filter((text) => text !== undefined);
  const concepts = conceptsIn(texts.join(' . ')).map(termOf);
  const spoken = languages.map((one) => `lang:${firstSigns(one.toLowerCase(), 2)}`);
  const words = texts.flatMap(stemsOf);
  return [...new Set([...names, ...places, ...concepts, ...spoken, ...words])].slice(0, MOST_TERMS);
}

function at(record: Fields, place: Place, key: string, facts: Common, organization: Fields, odd: Set<Oddity>): ParsedResource {
  const { location, address, own } = place;
  const { point, isOdd } = readCoordinates(location.latitude ?? record.latitude, location.longitude ?? record.longitude);
  const state = line(address, 'state');
  const { postal, isMended } = readPostal(given(address, 'postal'), state);
  const schedules = [own, location, record].map(({ schedules }) => listOf(schedules)).find((list) => list.length > 0) ?? [];
  const week = readHours(schedules);
  if (isOdd) odd.add('place');
  if (isMended) odd.add('postal');
  if (week.isOdd) odd.add('hours');
  if (week.isZoneOdd) odd.add('zone');
  const area = [line(address, 'city'), [state, postal].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const street = [line(address, 'address'), readLine(address.address_2)].filter(Boolean).join(', ');
  const schedule = readNotes(...named(schedules, 'description')) ?? notes(record, 'schedule');
  const details: ResourceDetails = {
    ...facts,
    phones: phonesOf(record, place, organization, odd),
    ...(street !== '' && { address: street }),
    ...(area !== '' && { area }),
    ...(schedule !== undefined && { schedule }),
  };
  const names = stemsOf([facts.name, facts.organization].filter(Boolean).join(' '));
  const places = placeTerms(address, record, postal);
  const verified = readUpdated(given(record, 'verified')) ?? null;
  return {
    ...{ key, name: facts.name, latitude: point?.[0] ?? null, longitude: point?.[1] ?? null },
    ...{ zone: week.zone ?? null, hours: week.hours, verified, names, places },
    ...{ terms: termsOf(details, names, places, kindsOf(record)), details },
  };
}

/**
 * One record of HSDS with everything that belongs to it inside, or a row of a table. Never throws. Contacts of persons are not
 * read at all.
 */
export function parseRecord(record: unknown): ParsedRecord {
  if (!isFields(record)) return { ok: false, why: 'not-a-record' };
  const odd = new Set<Oddity>();
  const raw = line(record, 'name');
  if (raw === undefined) return { ok: false, why: 'no-name' };
  if (typeof record.status === 'string' && INACTIVE.has(record.status.trim().toLowerCase()))
    return { ok: false, why: 'inactive' };
  const id = line(record, 'id');
  if (id === undefined) return { ok: false, why: 'no-key' };
  if (id.length >= MOST_KEY) return { ok: false, why: 'too-long' };
  if (isShouted(raw)) odd.add('capitals');
  if (!isBlank(given(record, 'url')) && readLink(given(record, 'url')) === undefined) odd.add('link');
  const organization = isFields(record.organization) ? record.organization : {};
  const facts = common(record, calm(raw), organization);
  const seen = new Set<string>();
  const resources = placesOf(record).flatMap((place) => {
    const key = place.id === undefined ? id : `${id}@${place.id}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [at(record, place, key, facts, organization, odd)];
  });
  return { ok: true, resources, odd: [...odd] };
}
