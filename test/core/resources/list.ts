/** A small list of services as HSDS' JSON has it. */
export const HSDS = {
  total_items: 6,
  page_number: 1,
  contents: [
    {
      id: 'bed',
      name: 'HARBOR NIGHT SHELTER FOR WOMEN',
      description: '<p>A warm bed &amp; breakfast.</p>',
      status: 'active',
      application_process: 'Ring the bell before nine.',
      fees_description: 'Free of charge',
      eligibility_description: 'Women and their children',
      assured_date: '2026-11-01',
      organization: { id: 'o1', name: 'Harbor House', website: 'https://harbor.example.org/' },
      phones: [{ id: 'p1', number: '860-555-0101', extension: '7' }],
      languages: [{ code: 'es', name: 'Spanish' }],
      schedules: [
        { freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR,SA,SU', opens_at: '18:00', closes_at: '08:00', timezone: 'America/New_York' },
      ],
      service_at_locations: [
        {
          id: 'l1',
          location: {
            id: 'l1',
            latitude: 41.7637,
            longitude: -72.6851,
            addresses: [
              { address_1: '1 Dock St', city: 'Hartford', state_province: 'CT', postal_code: '6103', address_type: 'physical' },
            ],
          },
        },
      ],
    },
    {
      id: 'moud',
      name: 'Elm Street Clinic',
      description: 'Buprenorphine and methadone, no appointment.',
      status: 'active',
      fees_description: 'Medicaid and sliding scale',
      schedules: [{ byday: 'MO', opens_at: '09:00', closes_at: '17:00', timezone: -5 }],
      phones: [{ number: 'none' }],
      service_at_locations: [
        {
          location: {
            id: 'l2',
            latitude: 41.66,
            longitude: -72.78,
            addresses: [{ address_1: '2 Elm St', city: 'New Britain', state_province: 'CT', postal_code: '06051' }],
          },
        },
        { location: { id: 'l3', addresses: [{ city: 'Austin', state_province: 'TX', postal_code: '78701' }] } },
      ],
    },
    { id: 'law', name: 'Tenant Law Line', description: 'A lawyer for an eviction, by telephone.', status: 'active' },
    { id: 'gone', name: 'Closed Door', status: 'defunct' },
    { id: 'law', name: 'Tenant Law Line again', status: 'active' },
    { id: 'nameless', status: 'active' },
  ],
};

export async function* recordsIn(list: readonly unknown[] = HSDS.contents): AsyncGenerator<unknown> {
  yield* list;
}
