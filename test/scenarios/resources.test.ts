import { importResources } from '../../src/core/resources/import.js';
import { resourceSourcesOf } from '../../src/core/resources/sources.js';
import { tenantDb } from '../../src/db/tenant.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Ana needs a place to sleep tonight. Ben looks in Spanish for a clinic. Nobody else sees what they look for. */

// Seven in the evening in New York, on a Tuesday.
const { worlds, open } = openWorlds('2027-01-13T00:00:00Z');

const place = (id: string, city: string, latitude: number) => ({
  location: {
    id,
    latitude,
    longitude: -72.68,
    addresses: [{ address_1: '1 Dock St', city, state_province: 'CT', postal_code: '06103' }],
  },
});
const always = [
  { freq: 'WEEKLY', byday: 'SU,MO,TU,WE,TH,FR,SA', opens_at: '18:00', closes_at: '09:00', timezone: 'America/New_York' },
];
/** What each platform would make something of, if it were not told that these are words. */
const HOSTILE = '@everyone <@U1> <!channel> <#C1> [click](javascript:alert(1)) **bold** ||spoiler|| `code` :smile: > quote';
const LIST = [
  {
    ...{ id: 'bed', name: 'Harbor *Shelter* <@everyone>', description: `Beds for the \u202Enight. <b>${HOSTILE}</b>` },
    ...{ application_process: 'Ring the bell.', fees_description: 'Free', assured_date: '2026-12-20', schedules: always },
    ...{ phones: [{ number: '860-555-0101' }], service_at_locations: [place('a', 'Hartford', 41.76)] },
    ...{ eligibility_description: 'Anyone over 18', languages: [{ code: 'es' }] },
  },
  {
    ...{ id: 'clinic', name: 'Elm Street Clinic', description: 'Methadone and buprenorphine.', fees_description: 'Medicaid' },
    service_at_locations: [place('b', 'New Britain', 41.66)],
  },
  ...Array.from({ length: 7 }, (_, i) => ({ id: `food-${i}`, name: `Pantry ${i}`, description: 'Groceries', city: 'Farville' })),
];

onEveryStage(open, (stage, platform) => {
  let world: TestWorld;
  let ana: Person;
  let ben: Person;

  async function bring(list: readonly unknown[]): Promise<void> {
    const { id } = await world.database.prisma.community.findFirstOrThrow();
    const db = tenantDb(world.database.prisma, id);
    const [known] = await resourceSourcesOf(db);
    async function* records() {
      yield* list;
    }
    const source = { name: 'County list', attribution: 'Hartford 211', licence: 'CC BY 4.0' };
    await importResources(db, {
      ...(known && { id: known.id }),
      source,
      records: records(),
      now: world.clock.now(),
      believe: true,
    });
  }

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'Europe/London' });
    ben = await stage().person('Ben', { locale: 'es-ES', zone: 'America/New_York' });
    await ana.type('/community setup');
  });

  test('before there is a list, nobody is left without a word', async () => {
    await ana.type('/resource find');
    expect(ana.last().onlyMe).toBe(true);
    expect(ana.last().text).toContain('Nobody has brought in a list of services here yet.');
    const offer = 'Try it with made-up services';
    if (platform !== 'playground') return expect(ana.last().buttons).not.toContain(offer);
    await ana.press(offer);
    expect(ana.last().text).toContain('None of them exists');
    expect(ana.last().text).toContain('From: Made-up services.');
    await ana.type('/resource find what:"a place to sleep" place:sampleton');
    expect(ana.last().options[0]).toBe('Lantern Night Shelter');
    expect(ana.last().text).toContain('This service is made up');
    await world.database.prisma.resourceSource.deleteMany();
  });

  test('made-up services come once, however many ask for them at the same moment', async () => {
    if (platform !== 'playground') return;
    const sources = () => world.database.prisma.resourceSource.count();
    const luz = await stage().person('Luz', { locale: 'es-ES', zone: 'UTC' });
    await ana.type('/resource find');
    await luz.type('/resource find');
    const offer = 'Try it with made-up services';
    // Twice by an impatient thumb, and by somebody in whose language the list has another name.
    await Promise.all([ana.press(offer), ana.press(offer), luz.press('Probar con servicios inventados')]);
    expect(await sources()).toBe(1);
    expect(screenOf(ana) + screenOf(luz)).not.toMatch(/Something went wrong|Algo ha fallado/u);
    await world.database.prisma.resourceSource.deleteMany();
  });

  test('a place to sleep: what it is, a number to tap, hours today, how to start, what it costs, how old that is', async () => {
    await bring(LIST);
    await ana.type('/resource find what:"a plase to sleep"');
    const { text, onlyMe, options } = ana.last();
    expect(onlyMe).toBe(true);
    expect(options).toEqual(['Harbor *Shelter* <@everyone>']);
    expect(text).toContain('860-555-0101');
    expect(text).toContain('Hartford, CT 06103');
    expect(text).toMatch(/Open now: today .*6:00\sPM/u);
    expect(text).toContain('How to start: Ring the bell.');
    expect(text).toContain('Cost: Free');
    expect(text).toContain('Last verified Dec 20, 2026');
    expect(text).toContain('From: County list, Hartford 211, CC BY 4.0.');
    expect(text).toContain(`Beds for the night. ${HOSTILE}`);
    await ana.choose('Harbor *Shelter* <@everyone>');
    expect(ana.last().onlyMe).toBe(true);
    expect(ana.last().text).toContain('Anyone over 18');
    expect(ana.last().text).toContain(`Beds for the night. ${HOSTILE}`);
    expect(ana.last().text).toContain('Only you see this');
  });

  test('five at a time, and then the rest', async () => {
    await ana.type('/resource find what:groceries');
    expect(ana.last().options).toEqual(['Pantry 0', 'Pantry 1', 'Pantry 2', 'Pantry 3', 'Pantry 4']);
    await ana.press('More');
    expect(ana.last().options).toEqual(['Pantry 5', 'Pantry 6']);
    expect(ana.last().text).toContain('That was all that fits.');
    expect(ana.last().buttons).not.toContain('More');
  });

  test('towns of the services are offered while she types, and kinds of help are, where the platform can', async () => {
    const towns = await ana.complete('/resource find', 'place', 'Hár');
    if (!stage().adapter.can.completion) return expect(towns).toBeUndefined();
    expect(towns).toEqual([{ value: 'Hartford, CT', label: 'Hartford, CT' }]);
    expect(await ana.complete('/resource find', 'place', 'austin')).toEqual([]);
    expect(await ana.complete('/resource suggest', 'town', 'new b')).toEqual([
      { value: 'New Britain, CT', label: 'New Britain, CT' },
    ]);
    await ana.type('/resource find place:"hartford ct" category:housing');
    expect(ana.last().options).toEqual(['Harbor *Shelter* <@everyone>']);
  });

  test('a place, miles around it, and what is open now', async () => {
    await ana.type('/resource find place:hartford within:10');
    expect(ana.last().options).toEqual(['Harbor *Shelter* <@everyone>', 'Elm Street Clinic']);
    expect(ana.last().text).toMatch(/6\.9 miles/u);
    await ana.press('Open now');
    expect(ana.last().options).toEqual(['Harbor *Shelter* <@everyone>']);
    await ana.type('/resource find category:food place:hartford');
    expect(ana.last().text).toContain('I found nothing that fits all of this.');
    expect(ana.last().text).toContain('Looked for: hartford · Food.');
    expect(ana.last().buttons).toEqual(['Anywhere', 'Of any kind', 'Change the search']);
    await ana.press('Anywhere');
    expect(ana.last().options).toContain('Pantry 0');
    await ana.press('Change the search');
    expect(ana.form()?.fields.map(({ name }) => name)).toEqual(['what', 'place', 'category', 'who', 'cost']);
    await ana.fill({ what: 'xyzzyx' });
    expect(ana.last().text).toContain('I found nothing that fits all of this.');
  });

  test('Ben looks in Spanish', async () => {
    await ben.type('/resource find what:"clínica de metadona" cost:medicaid');
    expect(ben.last().options).toEqual(['Elm Street Clinic']);
    expect(ben.last().text).toContain('Nadie dijo cuándo se verificó');
    await ben.choose('Elm Street Clinic');
    expect(ben.last().text).toContain('Solo tú ves esto');
    await ben.type('/resource find language:klingon');
    expect(ben.last().text).toContain('No conozco ese idioma.');
  });

  test('what its list does not have any more is found no longer, and an old button says so', async () => {
    await ana.type('/resource find what:shelter');
    await bring(LIST.slice(1));
    await ana.choose('Harbor *Shelter* <@everyone>');
    expect(ana.last().text).toContain('not in its list any more');
    await ana.type('/resource find what:shelter');
    expect(ana.last().text).toContain('I found nothing that fits all of this.');
  });

  test('bystanders saw nothing, ids tell nothing, and nothing of it is kept in the open', async () => {
    expect(screenOf(ben)).not.toMatch(/Harbor|Pantry/u);
    for (const id of plainIds(ana, ben)) expect(id).not.toMatch(/shelter|hartford|resource/iu);
    expect(world.logged).toEqual([]);
  });
});
