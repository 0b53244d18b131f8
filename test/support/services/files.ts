/** What is in a file, and how it is written: a page of HSDS' interface, its records one a line, its tables, or a sheet. */
export interface Given {
  readonly as: 'json' | 'lines' | 'tables' | 'sheet';
  readonly content: unknown;
}

const at = { id: 'l1', latitude: 41.76, longitude: -72.68, name: 'Dock Street' };
const address = { address_1: '1 Dock St', city: 'Hartford', state_province: 'CT', postal_code: '6103', address_type: 'physical' };
const week = { freq: 'WEEKLY', byday: 'MO,TU,SU', opens_at: '18:00', closes_at: '08:00', timezone: 'America/New_York' };
const shelter = {
  ...{ id: 'bed', name: 'HARBOR NIGHT SHELTER', description: '<p>A bed &amp; breakfast.</p>', status: 'active' },
  ...{
    fees_description: 'Free',
    eligibility_description: 'Women',
    assured_date: '2026-11-01',
    url: 'https://harbor.example.org/',
  },
};
const pantry = { id: 'food', name: 'Corner Pantry', description: 'Groceries', status: 'active', email: 'desk@example.org' };
const phone = { id: 'p1', number: '860-555-0101', extension: '7' };

const whole = {
  ...shelter,
  organization: { id: 'o1', name: 'Harbor House', website: 'https://harbor.example.org/' },
  phones: [phone],
  languages: [{ code: 'es', name: 'Spanish' }],
  schedules: [week],
  cost_options: [{ option: 'night', amount: 0, currency: 'USD' }],
  required_documents: [{ document: 'None' }],
  attributes: [{ taxonomy_term: { name: 'Emergency Shelter' } }],
  service_areas: [{ name: 'Hartford County' }],
  service_at_locations: [{ id: 's1', location: { ...at, addresses: [address] } }],
};

/** Small lists of every kind that is taken, each with two services. */
export const FILES = {
  'HSDS 3.0': { as: 'json', content: { total_items: 2, page_number: 1, total_pages: 1, contents: [whole, pantry] } },
  'HSDS 3.1': {
    as: 'json',
    content: [
      {
        ...whole,
        additional_urls: [{ label: 'More', url: 'https://more.example.org/' }],
        capacities: [{ available: 3, maximum: 20, unit: { name: 'Bed', scheme: 'x' } }],
        service_at_locations: [{ id: 's1', location: { ...at, addresses: [address] }, service_areas: [{ name: 'Hartford' }] }],
      },
      pantry,
    ],
  },
  lines: { as: 'lines', content: [whole, pantry] },
  tables: {
    as: 'tables',
    content: {
      services: [
        { ...shelter, organization_id: 'o1' },
        { ...pantry, organization_id: 'o1' },
      ],
      organizations: [{ id: 'o1', name: 'Harbor House' }],
      phones: [{ ...phone, service_id: 'bed' }],
      schedules: [{ id: 'w', service_id: 'bed', ...week }],
      locations: [at],
      service_at_locations: [{ id: 's1', service_id: 'bed', location_id: 'l1' }],
      addresses: [{ id: 'a1', location_id: 'l1', ...address }],
    },
  },
  sheet: {
    as: 'sheet',
    content: [
      {
        nombre: 'Refugio del Puerto',
        teléfono: '860-555-0101',
        ciudad: 'Hartford',
        estado: 'CT',
        costo: 'Gratis',
        horario: '18-08',
      },
      { nombre: 'Despensa', teléfono: '860-555-0102', ciudad: 'Avon', estado: 'CT', costo: '', horario: 'viernes' },
    ],
  },
} as const satisfies Readonly<Record<string, Given>>;
