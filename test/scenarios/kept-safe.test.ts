import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Somebody came who wants to take people elsewhere, or more than anybody needs; whoever is well-meaning hardly notices. */

const { worlds, open } = openWorlds();

onEveryStage(open, (stage) => {
  let world: TestWorld;
  let olga: Person;
  let sam: Person;

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    olga = await stage().person('Olga', { admin: true, locale: 'en-US', zone: 'UTC' });
    sam = await stage().person('Sam', { locale: 'en-US', zone: 'UTC' });
    await olga.type('/community setup zone:UTC language:en');
    await world.connect([stage().adapter]);
  });

  test('an invitation to elsewhere is not passed on, and its writer is told why and has their words back', async () => {
    await sam.type('/milestone share words:"Come to discоrd(.)gg/abc123 instead"');
    expect(sam.answer()).toMatchObject({ onlyMe: true });
    expect(screenOf(sam)).toContain("I don't pass on invitations");
    expect(screenOf(sam)).toContain('abc123 instead');
    expect(screenOf(olga)).not.toContain('abc123');
  });

  test('a file too many: told in private until when, nothing is lost, help is there, and facilitators hear that it was', async () => {
    const files = () => sam.sees().flatMap((message) => message.files).length;
    await sam.type('/checkin now mood:5');
    await sam.type('/checkin history format:csv');
    expect(files()).toBe(1);
    await world.database.prisma.actCount.updateMany({ where: { act: 'export', memberId: { not: null } }, data: { count: 20 } });
    await sam.type('/checkin history format:csv');
    expect(sam.answer()).toMatchObject({ onlyMe: true, files: [] });
    expect(files()).toBe(1);
    expect(sam.answer().text).toMatch(/short break.*works again from.*\/crisis and \/support now work at any time/su);
    await sam.type('/crisis');
    expect(sam.answer().text).not.toContain('short break');
    await world.passes(1000);
    expect(olga.last().where).toBe('direct');
    expect(olga.last().text).toContain('much more often than people do it by hand');
    expect(olga.last().text).not.toContain('Sam');
    await world.leaps(61 * 60_000);
    await sam.type('/checkin history format:csv');
    expect(files()).toBe(2);
  });

  test('kept from asking for a time: told in private, by whoever facilitates alone, and free again when it is lifted', async () => {
    await olga.type(`/pairing restrict who:<@${sam.id}> what:ask until:"in 30 days" why:"Wrote to four newcomers"`);
    expect(olga.answer()).toMatchObject({ onlyMe: true });
    expect(olga.answer().text).toMatch(/@Sam cannot ask for a sponsor or mentor until.*Wrote to four newcomers/su);
    await sam.type('/sponsor request urgency:week');
    expect(sam.answer()).toMatchObject({ onlyMe: true });
    expect(sam.answer().text).toContain('please talk to a facilitator');
    expect(screenOf(sam)).not.toContain('four newcomers');
    await sam.type('/pairing restrict');
    expect(screenOf(sam)).not.toContain('cannot do for a time');
    await olga.press('Let them do it again');
    expect(olga.answer().text).toContain('They can do it again.');
    await sam.type('/sponsor request urgency:week');
    expect(sam.answer().text).not.toContain('please talk to a facilitator');
  });
});
