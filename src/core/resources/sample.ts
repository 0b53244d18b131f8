import type { Words } from '../../words/index.js';
import { takeTurn } from '../lists/turn.js';
import type { Scope } from '../scope.js';
import { importResources } from './import.js';
import { resourceSourcesOf } from './sources.js';

const DAILY = 'SU,MO,TU,WE,TH,FR,SA';
const SERVICES = {
  bed: { days: DAILY, opens: '18:00', closes: '09:00', start: 'bed', cost: 'free' },
  food: { days: 'TU,TH,SA', opens: '10:00', closes: '14:00', cost: 'free' },
  clinic: { days: 'MO,TU,WE,TH,FR', opens: '07:00', closes: '15:00', start: 'call', cost: 'medicaid' },
  law: { days: 'MO,WE,FR', opens: '09:00', closes: '17:00', start: 'call', cost: 'free' },
  ride: { days: 'MO,TU,WE,TH,FR', opens: '06:00', closes: '20:00', start: 'call', cost: 'sliding' },
  work: { days: 'MO,TU,WE,TH,FR', opens: '09:00', closes: '17:00', cost: 'free' },
} as const;

/** Made-up services, with numbers that are kept for fiction (555-0100 to 555-0199): a list like any other. */
async function* sampleRecords({ t }: Pick<Words, 't'>, zone: string) {
  let number = 100;
  for (const [name, service] of Object.entries(SERVICES)) {
    const key = name as keyof typeof SERVICES;
    const { days, opens, closes, cost } = service;
    yield {
      id: `sample-${name}`,
      name: t(`resource.sample.names.${key}`),
      description: `${t(`resource.sample.what.${key}`)} ${t('resource.sample.notes')}`,
      phone: `860-555-0${++number}`,
      address: '12 Example Street',
      city: t('resource.sample.city'),
      fees: t(`resource.sample.costs.${cost}`),
      ...('start' in service && { application_process: t(`resource.sample.start.${service.start}`) }),
      schedules: [{ freq: 'WEEKLY', byday: days, opens_at: opens, closes_at: closes, timezone: zone }],
    };
  }
}

/** Brings the made-up services into a community that has no list. Does nothing where there is one, or where one comes at this moment. */
export async function bringSampleServices({ db, community, now }: Scope, words: Words): Promise<void> {
  const source = { name: words.t('resource.sample.list'), zone: community.zone };
  await db.transact(async (tx) => {
    await takeTurn(tx, 'sample services');
    if ((await resourceSourcesOf(tx)).length > 0) return;
    await importResources(tx, { source, records: sampleRecords(words, community.zone), now });
  });
}
