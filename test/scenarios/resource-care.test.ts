import { importResources } from '../../src/core/resources/import.js';
import { resourceSourcesOf } from '../../src/core/resources/sources.js';
import { tenantDb } from '../../src/db/tenant.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** A number that is wrong costs somebody tired a whole evening. Ana says so, Fay mends it, and nobody learns that it was Ana. */

const { worlds, open } = openWorlds('2027-01-13T12:00:00Z');

const DAY = 24 * 3_600_000;
const HOSTILE = 'They laughed at me. <@everyone> <!channel> [click](https://evil.example.org) *bold* |pipe';
const LIST = [
  {
    ...{ id: 'bed', name: 'Harbor Shelter', description: 'Beds for the night.', assured_date: '2026-01-20' },
    ...{ phones: [{ number: '860-555-0101' }], city: 'Hartford', state: 'CT', fees: 'Free' },
  },
  { id: 'clinic', name: 'Elm Street Clinic', description: 'Methadone and buprenorphine.', phone: '860-555-0111' },
];

onEveryStage(open, (stage) => {
  let world: TestWorld;
  let ana: Person;
  let ben: Person;
  let fay: Person;
  let gus: Person;

  const db = async () => tenantDb(world.database.prisma, (await world.database.prisma.community.findFirstOrThrow()).id);
  async function bring(list: readonly unknown[]): Promise<void> {
    const handle = await db();
    const known = (await resourceSourcesOf(handle)).find(({ name }) => name === 'County list');
    async function* records() {
      yield* list;
    }
    const work = { source: { name: 'County list' }, records: records(), now: world.clock.now(), believe: true };
    await importResources(handle, { ...(known && { id: known.id }), ...work });
  }
  const letters = (person: Person) => person.sees().filter(({ where }) => where === 'direct');
  const report = async (person: Person, trouble: string, words?: string) => {
    await person.type('/resource report what:"harbor shelter"');
    await person.choose(trouble);
    expect(person.answer().text).toContain('They are not told that it was you.');
    await person.press(words === undefined ? 'Send it' : 'Send it with words');
    if (words !== undefined) await person.fill({ words });
    expect(person.answer().text).toContain('Thank you.');
    await world.passes(2_000);
  };

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    const as = { locale: 'en-US', zone: 'UTC' };
    fay = await stage().person('Fay', { ...as, admin: true });
    gus = await stage().person('Gus', { ...as, admin: true });
    ana = await stage().person('Ana', as);
    ben = await stage().person('Ben', { ...as, locale: 'es-ES' });
    await fay.type('/community setup zone:UTC language:en');
    for (const person of [gus, ana, ben]) await person.type('/help');
    await world.connect([stage().adapter]);
    await bring(LIST);
  });

  test('somebody without the role is shown nothing, and with nothing to do that is said', async () => {
    await ana.type('/resource review');
    expect(ana.answer().text).toContain('facilitator');
    await fay.type('/resource review');
    expect(fay.answer().text).toContain('Nothing waits.');
    await ana.type('/resource report what:xyzzyx');
    expect(ana.answer().text).toContain('I found no service like that');
  });

  test('Ana says that the number is wrong, and facilitators are told once that something waits', async () => {
    await ana.type('/resource find what:shelter');
    await ana.choose('Harbor Shelter');
    await ana.press('Something is wrong');
    expect(ana.answer().options).toContain('Wrong number');
    await report(ana, 'Wrong number', `The right one is 860-555-0102. ${HOSTILE}`);
    await report(ana, 'Wrong number');
    await report(ana, 'People are treated unkindly, or it is not safe');
    const told = letters(fay).filter(({ text }) => text.includes('Something waits for those who look after the services'));
    expect(told.map(({ preview }) => preview)).toEqual(['There is something new for you.']);
    expect(letters(ana).filter(({ text }) => text.includes('Something waits'))).toEqual([]);
  });

  test('Fay sees what, in whose words it does not say, and mends it', async () => {
    await fay.type('/resource review');
    const { text, onlyMe } = fay.answer();
    expect(onlyMe).toBe(true);
    expect(text).toContain('One thing waits.');
    expect(text).toContain('Wrong number: a few');
    expect(text).toContain('The right one is 860-555-0102.');
    expect(text).not.toContain('@Ana');
    await gus.type('/resource review');
    await fay.press('Fix it');
    expect(fay.form()?.fields.map(({ name, value }) => [name, value])).toEqual([
      ['phone', '860-555-0101'],
      ['schedule', undefined],
      ['start', undefined],
      ['cost', 'Free'],
      ['address', 'Hartford, CT'],
    ]);
    await fay.fill({ phone: 'nonsense', cost: 'Free', address: 'Hartford, CT' });
    expect(fay.answer().text).toContain('I found no number in that.');
    await fay.type('/resource review');
    await fay.press('Fix it');
    await fay.fill({ phone: '860-555-0102', cost: 'Free', address: 'Hartford, CT' });
    expect(fay.answer().text).toContain('It is fixed, and shown so from now on.');
    expect(fay.answer().text).not.toContain('Wrong number');
    expect(fay.answer().text).toContain('treated unkindly');
    await world.passes(2_000);
  });

  test('the second facilitator is told what the first did, and changes nothing', async () => {
    await gus.press('It is right');
    expect(gus.answer().text).toContain('Somebody was faster: @Fay, fixed it');
    expect(gus.answer().text).toContain('treated unkindly');
    await gus.press('Thank and close');
    expect(gus.answer().text).toContain('Nothing waits.');
    await world.passes(2_000);
  });

  test('Ana is thanked in private, and what she finds says since when it is so', async () => {
    const told = letters(ana).map(({ text }) => text);
    expect(told.filter((text) => text.includes('it is fixed'))).toHaveLength(1);
    expect(told.filter((text) => text.includes('will be kept in mind'))).toHaveLength(1);
    expect(told.join(' ')).not.toMatch(/Harbor|Fay|Gus/u);
    await ana.type('/resource find what:shelter');
    const { text } = ana.answer();
    expect(text).toContain('860-555-0102');
    expect(text).not.toContain('860-555-0101');
    expect(text).toContain('Phone: as this community knows it, since Jan 13, 2027');
    expect(text).toContain('Checked by this community on Jan 13, 2027');
  });

  test('the list comes again with its old number, and later with the right one', async () => {
    const [bed, clinic] = LIST;
    await bring([{ ...bed, description: 'Beds for the night, and breakfast.' }, clinic]);
    await ben.type('/resource find what:desayuno');
    await ben.type('/resource find what:shelter');
    expect(ben.answer().text).toContain('860-555-0102');
    expect(ben.answer().text).toContain('and breakfast');
    expect(ben.answer().text).toContain('Teléfono: como lo conoce esta comunidad, desde el 13 ene 2027');
    await bring([{ ...bed, phones: [{ number: '(860) 555 0102' }] }, clinic]);
    await ben.type('/resource find what:shelter');
    expect(ben.answer().text).toContain('(860) 555 0102');
    expect(ben.answer().text).not.toContain('como lo conoce');
  });

  test('a note, a recommendation, and who did what; taken out it is not found, and comes back', async () => {
    await fay.type('/resource find what:shelter');
    await fay.choose('Harbor Shelter');
    await fay.press('Look after it');
    await fay.press('Recommend it');
    expect(fay.answer().text).toContain('It is shown first from now on.');
    await fay.press('Note for members');
    await fay.fill({ note: `Ask for Room 2. ${HOSTILE}` });
    expect(fay.answer().text).toContain('@Fay: changed the note');
    expect(fay.answer().text).toContain('@Gus: thanked and closed it');
    await ana.type('/resource find what:shelter');
    expect(ana.answer().text).toContain('Recommended here');
    await ana.choose('Harbor Shelter');
    expect(ana.answer().text).toContain('From facilitators here: Ask for Room 2.');
    expect(ana.answer().text).not.toMatch(/@Fay|changed the note/u);
    expect(ana.answer().buttons).not.toContain('Look after it');
    await fay.press('Take it out');
    expect(fay.answer().text).toContain('Members will not find it any more');
    await fay.press('Yes, take it out');
    await bring(LIST);
    await ana.type('/resource find what:shelter');
    expect(ana.answer().text).toContain('I found nothing that fits all of this.');
    await fay.press('Bring it back');
    await ana.type('/resource find what:shelter');
    expect(ana.answer().options).toEqual(['Harbor Shelter']);
  });

  test('Ana suggests a service; it is nobody’s until Fay says yes, and then it is found, also in Spanish', async () => {
    await ana.type(
      '/resource suggest name:"Casa *Amiga*" what:"Groceries on Fridays <@everyone>" contact:nothing town:"Hartford CT"',
    );
    expect(ana.answer().text).toContain('How can somebody reach it?');
    await ana.type(
      '/resource suggest name:"Casa *Amiga*" what:"Groceries on Fridays <@everyone>" contact:860-555-0199 town:"Hartford CT"',
    );
    expect(ana.answer().text).toContain('This is how members would see it:');
    expect(ana.answer().text).toContain('never with your name');
    expect(ana.answer().buttons).not.toContain('Add it now');
    await ana.press('Send to facilitators');
    await world.passes(2_000);
    await ben.type('/resource find what:comida');
    expect(ben.answer().options).toEqual([]);
    await fay.type('/resource review');
    await gus.type('/resource review');
    expect(fay.answer().text).toContain('Casa *Amiga*');
    expect(fay.answer().text).not.toContain('@Ana');
    await fay.press('Add it');
    expect(fay.answer().text).toContain('It is in your list, and can be found.');
    await gus.press('Not for our list');
    expect(gus.answer().text).toContain('Somebody was faster: @Fay, added it');
    await world.passes(2_000);
    expect(letters(ana).at(-1)?.text).toContain('The service that you suggested can be found here now.');
    await ben.type('/resource find what:comida place:hartford');
    expect(ben.answer().options).toEqual(['Casa *Amiga*']);
    expect(ben.answer().text).toContain('De: Conocido en esta comunidad.');
    await ben.type('/resource find what:groceris');
    expect(ben.answer().options).toEqual(['Casa *Amiga*']);
  });

  test('a facilitator adds one at once', async () => {
    await fay.type('/resource suggest name:"Night Line" what:"Somebody to talk to at night" contact:nightline.example.org');
    await fay.press('Add it now');
    await fay.press('See the service');
    expect(fay.answer().text).toContain('Known to this community');
  });

  test('bystanders saw nothing, ids tell nothing, and no words are kept in the open', async () => {
    expect(screenOf(ben)).not.toMatch(/wrong number|laughed|860-555-0101/iu);
    for (const person of [ana, ben, fay, gus])
      for (const id of plainIds(person)) expect(id).not.toMatch(/harbor|resource|report/iu);
    const kept = await (await db()).resourceReport.findMany();
    expect(kept.map(({ openFor, words }) => [openFor, words])).toEqual(kept.map(() => [null, null]));
    expect(kept.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'fixed']);
    const suggestions = await (await db()).resourceSuggestion.findMany();
    expect(suggestions.map(({ body, outcome }) => [body, outcome])).toEqual([[null, 'accepted']]);
    if (stage().platform === 'slack') expect(stage().wire().join('\n')).not.toContain('"<!channel>');
    expect(world.logged).toEqual([]);
    await world.passes(31 * DAY);
    expect(await (await db()).resourceReport.count()).toBe(0);
  });

  test('what nobody decides about in two weeks is not left in silence, and is said once', async () => {
    const goesBy = async (days: number) => {
      await world.leaps(days * DAY);
      await world.passes(60_000);
    };
    const still = (person: Person) => letters(person).filter(({ text }) => text.includes('still waits'));
    const asked = () => letters(fay).filter(({ text }) => text.includes('Something waits')).length;
    await report(ana, 'Wrong number');
    const before = asked();
    await goesBy(13);
    expect([still(ana).length, asked()]).toEqual([0, before]);
    await goesBy(1);
    expect(still(ana).map(({ preview }) => preview)).toEqual(['There is something new for you.']);
    expect(asked()).toBe(before + 1);
    await goesBy(20);
    expect([still(ana).length, still(ben).length, asked()]).toEqual([1, 0, before + 1]);

    await report(ana, 'It has closed');
    await fay.type('/resource review');
    await fay.press('Thank and close');
    await goesBy(15);
    expect(still(ana)).toHaveLength(1);
  });
});
