import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Olga plans the sessions of her community; Ana is named to chair one; Ben looks, in Spanish; Cleo is a bystander. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
// A Friday; the clocks of Madrid change on Sunday the 25th.
const { worlds, open } = openWorlds('2035-03-16T09:00:00Z');

onEveryStage(open, (stage) => {
  let world: TestWorld;
  let olga: Person;
  let ana: Person;
  let ben: Person;
  let cleo: Person;

  const sessions = () => world.database.prisma.session.count();
  const publicLines = (person: Person) => person.sees().filter(({ onlyMe }) => !onlyMe).length;

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    olga = await stage().person('Olga', { admin: true, locale: 'en-US', zone: 'Europe/Madrid' });
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'Europe/Madrid' });
    ben = await stage().person('Ben', { locale: 'es-ES', zone: 'Europe/Madrid' });
    cleo = await stage().person('Cleo', { locale: 'en-US', zone: 'Europe/Madrid' });
    await olga.type('/community setup zone:Europe/Madrid language:en');
    await world.connect([stage().adapter]);
  });

  test('where there is nothing yet, everybody is told what to do next', async () => {
    await ana.type('/session list');
    expect(ana.answer().text).toContain('There is no session here yet. When a facilitator makes one, it is here.');
    expect(ana.answer().buttons).not.toContain('New session');
    await olga.type('/session list');
    expect(olga.answer().buttons).toContain('New session');
    if (stage().platform === 'playground') {
      await olga.press('Try a sample');
      expect(olga.answer().text).toContain('Nothing is saved yet');
      expect(olga.answer().text).toContain('Tuesday circle');
    } else expect(olga.answer().buttons).not.toContain('Try a sample');
    await ana.type('/session show');
    expect(ana.answer().text).toContain('There is no session here yet');
    await ana.type('/session create title:"Mine" when:"every Tuesday 19:00"');
    expect(ana.answer().text).toContain('for facilitators');
    expect(await sessions()).toBe(0);
  });

  test('a time that cannot be read is answered with what would be; what was understood is shown before it is saved', async () => {
    await olga.type('/session create');
    await olga.fill({ title: 'Sunday *steps*', when: 'every Sunnday 19:00', minutes: '90', format: 'study' });
    expect(olga.answer().text).toContain('“sunnday”');
    expect(olga.answer().text).toContain('2nd and 4th Thursday at 7pm');
    await olga.type('/session create title:"Sunday *steps*" when:"every Sunday 19:00" minutes:90 format:study language:es');
    expect(olga.answer().onlyMe).toBe(true);
    expect(olga.answer().text).toContain('Nothing is saved yet');
    expect(olga.answer().text).toContain('Sunday *steps*');
    expect(olga.answer().text).toMatch(/Every Sunday at (?:7:00 PM|19:00) \(Europe\/Madrid\)/u);
    expect(olga.answer().text).toContain('90 minutes');
    expect(olga.answer().text).toContain('The next 3 times:');
    expect(await sessions()).toBe(0);
  });

  test('more can be said in a second form, and who is named is told in private, once', async () => {
    const before = publicLines(cleo);
    await olga.press('More details');
    await olga.fill({ description: 'We read together.', chair: ana.id, capacity: '12' });
    if (olga.answer().buttons.includes('Continue')) {
      await olga.press('Continue');
      await olga.fill({});
    }
    expect(olga.answer().text).toContain('We read together.');
    expect(olga.answer().text).toContain('@Ana');
    expect(olga.answer().text).toContain('Room for: 12');
    const raw = olga.rawIds();
    await olga.press('Save');
    expect(olga.answer().text).toContain('“Sunday *steps*” is saved.');
    // A second tap on the confirmation, on a screen that had not changed yet.
    for (const id of raw.slice(-4, -3)) await olga.pressRaw(id);
    await world.passes(2 * MINUTE);
    expect(await sessions()).toBe(1);
    expect(await world.database.prisma.auditEvent.count({ where: { action: 'session.create' } })).toBe(1);
    const named = ana.sees().filter(({ where, text }) => where === 'direct' && text.includes('named you to chair'));
    expect(named).toHaveLength(1);
    expect(named[0]?.preview).toBe('You were asked something.');
    expect(screenOf(cleo)).not.toContain('named you');
    expect(publicLines(cleo)).toBe(before);
  });

  test('the starts keep the wall time when the clocks change', async () => {
    const { prisma } = world.database;
    await world.passes(7.5 * DAY);
    const rows = await prisma.occurrence.findMany({ orderBy: { startsAt: 'asc' } });
    expect(rows.map(({ startsAt }) => startsAt.toISOString())).toEqual(['2035-03-18T18:00:00.000Z', '2035-03-25T17:00:00.000Z']);
  });

  test('Ana cannot, and one tap says so; Olga is told that somebody else is needed', async () => {
    await ana.press("I can't do that");
    expect(ana.answer().text).toContain('That is all right.');
    await world.passes(2 * MINUTE);
    const told = olga.sees().filter(({ text }) => text.includes("@Ana can't chair “Sunday *steps*”"));
    expect(told.map(({ where }) => where)).toEqual(['direct']);
    expect((await world.database.prisma.session.findFirstOrThrow()).chairId).toBeNull();
    expect(screenOf(cleo)).not.toContain("can't chair");
  });

  test('after a restart everybody finds it: by day, in their language, by a part of its name', async () => {
    await world.connect([stage().adapter]);
    await ben.type('/session list');
    expect(ben.answer().onlyMe).toBe(true);
    expect(ben.answer().text).toMatch(/domingo/u);
    expect(ben.answer().text).toContain('Sunday *steps*');
    expect(ben.answer().text).toContain('Estudio de un paso o tema');
    await ben.type('/session list language:inglés');
    expect(ben.answer().text).toContain('No viene nada así.');
    await ben.type('/session list format:study language:español');
    expect(ben.answer().text).toContain('Sunday *steps*');
    await ben.type('/session list mine:true');
    expect(ben.answer().text).toContain('No moderas ninguna');
    await ben.type('/session show sunday');
    expect(ben.answer().text).toContain('Modera: nadie todavía');
    expect(ben.answer().text).toContain('hay sitio para 12');
    expect(ben.answer().buttons).not.toContain('Cambiar');
  });

  test('a link is shown on demand only; that of a closed session only to who may have it', async () => {
    await olga.type(
      '/session create title:"Quiet hour" when:"every day at 21:00" where:https://example.org/room/secret closed:true format:meditation',
    );
    expect(olga.answer().text).not.toContain('room/secret');
    await olga.press('Save');
    await ben.type('/session show quiet');
    expect(ben.answer().text).toContain('en línea, con un enlace');
    await ben.press('Mostrarme el enlace');
    expect(ben.answer().text).toContain('di que sí primero');
    await olga.type('/session show quiet');
    expect(olga.answer().text).not.toContain('room/secret');
    await olga.press('Show me the link');
    expect(olga.answer().onlyMe).toBe(true);
    expect(olga.answer().text).toContain('https://example.org/room/secret');
    for (const person of [ana, ben, cleo]) expect(screenOf(person)).not.toContain('room/secret');
    const rows = await world.database.prisma.session.findMany();
    const asKept = rows.map((row) =>
      JSON.stringify(Object.values({ ...row, details: Buffer.from(row.details).toString('latin1') })),
    );
    expect(asKept.join()).not.toMatch(/room\/secret|steps|Quiet/u);
  });

  test('what is at the same time in the same channel is pointed out, and not forbidden', async () => {
    await olga.type('/session create title:"Newcomers" when:"Sundays at 19:30" format:newcomer');
    expect(olga.answer().text).toContain('“Sunday *steps*” is in the same channel at that time');
    await olga.press('Cancel');
    expect(olga.answer().text).toContain('Nothing was changed.');
    expect(await sessions()).toBe(2);
  });

  test('one date is moved and moved back; others may not', async () => {
    await ben.type('/session move session:sunday when:"el lunes a las 20:00"');
    expect(ben.answer().text).toContain('Pueden cambiarla quienes facilitan');
    await olga.type('/session move session:sunday when:"Monday 8pm"');
    expect(olga.answer().text).toContain('Move “Sunday *steps*” from');
    const moved = () => world.database.prisma.occurrence.findFirstOrThrow({ where: { local: '2035-03-25T19:00' } });
    expect((await moved()).startsAt.toISOString()).toBe('2035-03-25T17:00:00.000Z');
    await olga.press('Move it');
    expect((await moved()).startsAt.toISOString()).toBe('2035-03-26T18:00:00.000Z');
    await cleo.type('/session show sunday');
    expect(cleo.answer().text).toContain('at another time than usual');
    await olga.press('Undo');
    expect((await moved()).startsAt.toISOString()).toBe('2035-03-25T17:00:00.000Z');
  });

  test('skipped, called off, and taken back', async () => {
    await olga.type('/session skip sunday');
    await olga.press('Skip it');
    await cleo.type('/session show sunday');
    expect(cleo.answer().text).not.toMatch(/25 March|March 25|2035-03-25/u);
    await olga.press('Undo');
    expect(olga.answer().text).toContain('It happens after all.');
    await ben.type('/session rsvp session:sunday answer:going');
    await olga.type('/session cancel session:sunday');
    await olga.press('Add words of my own');
    await olga.fill({ words: 'The room is flooded.' });
    expect(olga.answer().text).toContain('The room is flooded.');
    await olga.press('Call off this date');
    expect(olga.answer().text).toContain('It is called off.');
    await world.passes(MINUTE);
    expect(ben.answer()).toMatchObject({ where: 'direct', preview: 'Algo de tus planes ha cambiado.' });
    expect(ben.answer().text).toContain('no se hace');
    expect(ben.answer().text).not.toContain('flooded');
    await ben.press('Verla');
    expect(ben.answer().text).toContain('Por qué, en sus palabras: “The room is flooded.”');
    await cleo.type('/session list');
    for (const person of [ana, cleo]) expect(screenOf(person)).not.toContain('flooded');
    await olga.press('Undo');
    await world.passes(MINUTE);
    expect(ben.answer().text).toContain('sí se hace');
    const row = await world.database.prisma.occurrence.findFirstOrThrow({ where: { local: '2035-03-25T19:00' } });
    expect(row.state).toBe('planned');
  });

  test('the series is edited: what would happen to its dates is said first, and a date goes on at the new time', async () => {
    await olga.type('/session edit sunday');
    await olga.press('The series');
    expect(olga.form()?.fields.find(({ name }) => name === 'title')?.value).toBe('Sunday *steps*');
    await olga.fill({ title: 'Sunday steps', when: 'every Sunday 18:00', minutes: '60', format: 'study', where: '' });
    expect(olga.answer().text).toContain('moves to the new time');
    await olga.press('Save');
    const rows = await world.database.prisma.occurrence.findMany({ where: { session: { rrule: 'FREQ=WEEKLY;BYDAY=SU' } } });
    expect(rows.map(({ local }) => local)).toContain('2035-03-25T18:00');
    expect(rows.map(({ local }) => local)).not.toContain('2035-03-25T19:00');
  });

  test('one date only can have another title; the series keeps its own', async () => {
    await olga.type('/session edit sunday');
    await olga.press('This date only');
    await olga.fill({ title: 'Sunday steps with a guest', minutes: '60' });
    expect(olga.answer().text).toContain('for that date only');
    await cleo.type('/session show sunday');
    expect(cleo.answer().text).toContain('Sunday steps with a guest');
    expect((await world.database.prisma.auditEvent.findMany()).map(({ action }) => action)).toContain('session.edit');
  });

  test('the series ends', async () => {
    await olga.type('/session cancel sunday');
    await olga.press('End the whole series');
    expect(olga.answer().text).toContain('The series has ended.');
    await cleo.type('/session list');
    expect(cleo.answer().text).not.toContain('Sunday steps');
  });

  test('nothing that was written is in what a platform or a log could read', async () => {
    const rows = [await world.database.prisma.delivery.findMany(), await world.database.prisma.dueWork.findMany()];
    expect(JSON.stringify(rows)).not.toMatch(/steps|flooded|secret/u);
    for (const person of [olga, ana, ben, cleo]) for (const id of plainIds(person)) expect(id).not.toMatch(/session|steps/iu);
    expect(world.logged).toEqual([]);
  });
});
