import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { csvRows } from '../../../src/core/lists/csv.js';
import type { Fields } from '../../../src/core/lists/read.js';
import { sharedData } from '../shared.js';

/** What one record states of itself, read from the source and by none of the code that is judged. */
export interface Facts {
  readonly id: string;
  readonly list: 'treatment' | 'legal';
  readonly name: string;
  readonly organization: string;
  readonly description: string;
  readonly kind: string;
  readonly city: string;
  readonly county: string;
  readonly state: string;
  readonly postal: string;
  /** A certified opioid treatment program is at this address. */
  readonly isOtp: boolean;
}

export interface Service {
  readonly record: Fields;
  readonly facts: Facts;
}

const file = (...parts: readonly string[]) => sharedData('hsds', 'datasets', ...parts);
const TREATMENT = file('samhsa_sud_locator_hsds3', 'services.json.gz');
const PROGRAMS = file('samhsa_raw', 'samhsa_otp.csv');
const LEGAL = file('florida_legal_aid_raw', 'services.csv');

async function tableOf(name: string): Promise<Fields[]> {
  async function* texts() {
    yield readFileSync(name, 'utf8');
  }
  const rows: Fields[] = [];
  for await (const row of csvRows(texts())) rows.push(row);
  return rows;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const first = (value: unknown): Fields => (Array.isArray(value) ? ((value[0] ?? {}) as Fields) : {});
const doorOf = (street: unknown, postal: unknown) =>
  `${/^\d+/u.exec(text(street))?.[0] ?? text(street)} ${text(postal).slice(0, 5)}`;

async function treatment(): Promise<Service[]> {
  const programs = new Set(
    (await tableOf(PROGRAMS)).map(({ address, postal }) => doorOf(address, text(postal).padStart(5, '0'))),
  );
  const records = JSON.parse(gunzipSync(readFileSync(TREATMENT)).toString()) as Fields[];
  return records.map((record) => {
    const address = first((first(record.service_at_locations).location as Fields | undefined)?.addresses);
    const organization = (record.organization ?? {}) as Fields;
    const facts: Facts = {
      ...{ id: text(record.id), list: 'treatment', name: text(record.name), organization: text(organization.name) },
      ...{ description: text(record.description), kind: '', city: text(address.city), county: text(address.region) },
      ...{ state: text(address.state_province), postal: text(address.postal_code) },
      isOtp: programs.has(doorOf(address.address_1, address.postal_code)),
    };
    return { record, facts };
  });
}

async function legal(): Promise<Service[]> {
  return (await tableOf(LEGAL)).map((record) => ({
    record,
    facts: {
      ...{ id: text(record.service_uuid), list: 'legal', name: text(record.service_name) },
      ...{ organization: text(record.organization_name), description: text(record.service_description) },
      ...{ kind: text(record.service_problem_codes), city: '', county: text(record.service_areas), state: 'FL', postal: '' },
      isOtp: false,
    },
  }));
}

/** The 14,034 services of SAMHSA's locator and 135 of legal aid in Florida. */
export const loadServices = async (): Promise<readonly Service[]> => [...(await treatment()), ...(await legal())];

/**
 * All of legal aid, all that fully answer a question, and some of the others to be mistaken for them: quick to search.
 * @param share one in so many
 */
export function sampled(services: readonly Service[], answers: ReadonlySet<string>, share: number): readonly Service[] {
  return services.filter(({ facts }, i) => facts.list === 'legal' || i % share === 0 || answers.has(facts.id));
}
