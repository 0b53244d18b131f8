import { type Fields, isBlank } from '../lists/read.js';

/** Tables of HSDS that hold what belongs to a service or place, by the member that holds it in JSON. */
const INSIDE = ['phones', 'schedules', 'languages', 'cost_options', 'required_documents', 'service_areas', 'addresses'] as const;
type Inside = (typeof INSIDE)[number];

/** HSDS 1 and 2 had some names in the singular. */
const NAMES: Readonly<Record<string, Inside | 'organizations' | 'locations' | 'places' | 'attributes' | 'terms'>> = {
  ...Object.fromEntries(INSIDE.map((name) => [name, name])),
  phone: 'phones',
  schedule: 'schedules',
  language: 'languages',
  cost_option: 'cost_options',
  required_document: 'required_documents',
  service_area: 'service_areas',
  address: 'addresses',
  physical_addresses: 'addresses',
  organization: 'organizations',
  organizations: 'organizations',
  location: 'locations',
  locations: 'locations',
  service_at_location: 'places',
  service_at_locations: 'places',
  attribute: 'attributes',
  attributes: 'attributes',
  taxonomy_term: 'terms',
  taxonomy_terms: 'terms',
};

const OWNERS = ['service_at_location_id', 'location_id', 'service_id', 'organization_id'] as const;

/** Rows by table and by whom they belong to, or by their own id. */
export type Tables = ReadonlyMap<string, ReadonlyMap<string, readonly Fields[]>>;

/** The nearest owner: a phone of a service at a place names both. */
function ownerOf(name: string, row: Fields): unknown {
  if (['organizations', 'locations', 'terms'].includes(name)) return row.id;
  if (name === 'places') return row.service_id;
  if (name === 'attributes') return row.link_id;
  return OWNERS.map((owner) => row[owner]).find((id) => !isBlank(id));
}

export async function loadTables(
  given: readonly { readonly name: string; readonly rows: AsyncIterable<Fields> }[],
): Promise<Tables> {
  const tables = new Map<string, Map<string, Fields[]>>();
  for (const { name, rows } of given) {
    const table = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
    if (table === undefined) continue;
    const byOwner = tables.get(table) ?? new Map<string, Fields[]>();
    tables.set(table, byOwner);
    for await (const row of rows) {
      const owner = ownerOf(table, row);
      if (typeof owner !== 'string' || owner === '') continue;
      const same = byOwner.get(owner);
      if (same) same.push(row);
      else byOwner.set(owner, [row]);
    }
  }
  return tables;
}

const rowsOf = (tables: Tables, table: string, owner: unknown): readonly Fields[] =>
  typeof owner === 'string' ? (tables.get(table)?.get(owner) ?? []) : [];

/** A row with what belongs to it inside. */
function filled(row: Fields, tables: Tables): Fields {
  const inside = INSIDE.map((name) => [name, rowsOf(tables, name, row.id)] as const).filter(([, rows]) => rows.length > 0);
  return { ...row, ...Object.fromEntries(inside) };
}

/** A service as HSDS' JSON has it: its organization, its places and their addresses inside. */
export function whole(service: Fields, tables: Tables): Fields {
  const [organization] = rowsOf(tables, 'organizations', service.organization_id);
  const places = rowsOf(tables, 'places', service.id).map((place) => {
    const [location = {}] = rowsOf(tables, 'locations', place.location_id);
    return { ...filled(place, tables), location: filled(location, tables) };
  });
  const attributes = rowsOf(tables, 'attributes', service.id).flatMap(({ taxonomy_term_id: id }) =>
    rowsOf(tables, 'terms', id).map((term) => ({ taxonomy_term: term })),
  );
  return {
    ...filled(service, tables),
    ...(organization && { organization: filled(organization, tables) }),
    ...(places.length > 0 && { service_at_locations: places }),
    ...(attributes.length > 0 && { attributes }),
  };
}
