import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** A coordinator wants to know whether the bot serves people, and learns nothing of any of them. */

const { worlds, open } = openWorlds();

onEveryStage(open, (stage) => {
  let world: TestWorld;
  let olga: Person;
  let members: readonly Person[];
  const member = (index: number) => members[index] as Person;

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    olga = await stage().person('Olga', { admin: true, locale: 'en-US', zone: 'UTC' });
    const names = ['Ana', 'Ben', 'Cleo', 'Dan', 'Eva'];
    members = await Promise.all(names.map((name) => stage().person(name, { locale: 'es-ES', zone: 'UTC' })));
    await olga.type('/community setup zone:UTC language:en');
    await world.connect([stage().adapter]);
  });

  test('a member is not shown the report', async () => {
    await member(0).type('/community report');
    expect(member(0).last().onlyMe).toBe(true);
    expect(member(0).last().text).toContain('es para quienes coordinan esta comunidad');
    expect(screenOf(member(0))).not.toContain('Mensajes enviados');
  });

  test('Olga gets it for herself, and no number that could be of somebody', async () => {
    for (const person of members.slice(0, 4)) await person.type('/checkin now mood:3');
    await member(0).type('/checkin now mood:4');
    await olga.type('/community report');
    const { text, onlyMe } = olga.last();
    expect(onlyMe).toBe(true);
    expect(text).toMatch(/Members\W*fewer than 5 people/u);
    expect(text).toMatch(/The last 7 days\s+Check-ins\W*fewer than 5 people/u);
    expect(text).toMatch(/The last 30 days\s+Check-ins\W*fewer than 5 people/u);
  });

  test('from five people on, check-ins are counted, and messages that were sent', async () => {
    await member(4).type('/checkin now mood:9');
    for (const person of members) {
      await person.type('/checkin schedule when:"cada día a las 8:00" template:one-tap zone:Europe/Madrid');
      await person.press('Guardar');
    }
    // The prompts of tomorrow are counted the day after.
    await world.passes(48 * 60 * 60_000);
    await olga.type('/community report');
    const { text } = olga.last();
    expect(text).toMatch(/Members\D*5 or more/u);
    expect(text).toMatch(/The last 7 days\s+Check-ins\D*5 or more\s+Messages sent\D*5 or more/u);
    expect(text).not.toMatch(/Ana|Ben|Cleo|Dan|Eva/u);
    for (const person of members) expect(screenOf(person)).not.toContain('Messages sent');
  });

  test('what members look for is counted by the kind of help, once a person, and never told of fewer than five', async () => {
    const { id: communityId } = await world.database.prisma.community.findFirstOrThrow();
    await world.database.prisma.resourceSource.create({
      data: { communityId, name: 'List', seenAt: world.clock.now(), skipped: 0 },
    });
    for (let i = 0; i < 6; i++) await member(0).type('/resource find what:"un lugar para dormir"');
    for (const person of members.slice(0, 4)) await person.type('/resource find what:despensa');
    await olga.type('/community report');
    expect(olga.last().text).toContain('other kinds: fewer than 5 people each');
    expect(olga.last().text).not.toMatch(/Housing and shelter|Food/u);
    for (const person of [...members.slice(1), olga]) await person.type('/resource find what:"somewhere to sleep"');
    await olga.type('/community report');
    const { text } = olga.last();
    expect(text).toMatch(/Services in \w+ \d{4}\s+People who asked for\W*Housing and shelter: 5 or more · other kinds/u);
    expect(text).toMatch(/People for whom nothing was found\W*Housing and shelter: 5 or more/u);
    expect(text).not.toMatch(/Food|dormir|sleep/u);
  });

  test('in Spanish, for a coordinator who reads it', async () => {
    const sol = await stage().person('Sol', { admin: true, locale: 'es-ES', zone: 'UTC' });
    await sol.type('/community report');
    expect(sol.last().text).toMatch(/Los últimos 7 días\s+Registros\D*5 o más\s+Mensajes enviados\D*5 o más/u);
    expect(world.logged).toEqual([]);
  });
});
