import { volunteer } from '../support/mentors.js';
import { openHomes, type Restartable } from '../support/restartable.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import type { TestWorld } from '../support/world.js';

/** Nel is new and afraid. Mira and Max serve. Nobody learns who said no. */

const HOUR = 3_600_000;
const { homes, open } = openHomes();

onEveryStage(open, (stage) => {
  let home: Restartable;
  let world: TestWorld;
  let carla: Person;
  let nel: Person;
  let mira: Person;
  let max: Person;
  let community = '';

  const memberOf = async ({ id }: Person) =>
    (await world.database.prisma.identity.findFirstOrThrow({ where: { externalId: id } })).memberId;
  /** Everything that the bot wrote to somebody of its own accord, and in answer. */
  const said = (person: Person) =>
    person
      .sees()
      .map(({ text }) => text)
      .join('\n');
  const letters = (person: Person, words: string) =>
    person.sees().filter(({ where, text }) => where === 'direct' && text.includes(words)).length;
  const presses = async (person: Person, button: string) => {
    await person.press(button);
    await world.passes(2_000);
  };
  const serves = async (person: Person, at: number, more = {}) =>
    volunteer(
      world.world,
      { communityId: community, memberId: await memberOf(person), now: new Date(world.clock.now().getTime() + at) },
      { topics: ['newcomers'], story: `Story of ${person.name.length}` },
      more,
    );
  const asks = async (person: Person, words: string) => {
    await person.type('/sponsor request');
    await person.fill({ urgency: 'week', topic: ['newcomers'], language: 'English', words });
    await presses(person, 'Ask whoever fits best');
  };

  beforeAll(async () => {
    home = homes.at(-1) as Restartable;
    world = home.world;
    const as = { locale: 'en-GB', zone: 'UTC' };
    carla = await stage().person('Carla', { ...as, admin: true });
    nel = await stage().person('Nel', as);
    mira = await stage().person('Mira', as);
    max = await stage().person('Max', as);
    await carla.type('/community setup zone:UTC language:en');
    for (const person of [carla, nel, mira, max]) await person.type('/help');
    community = (await world.database.prisma.community.findFirstOrThrow()).id;
    await world.connect([stage().adapter]);
  });

  test('nothing is saved before the last tap, and what is not understood is said', async () => {
    await nel.type('/sponsor status');
    expect(nel.answer().text).toContain('You have not asked for anybody');
    await nel.type('/sponsor request urgency:week language:Klingonish words:hello');
    expect(nel.answer().text).toContain('I do not know the language “Klingonish”');
    await nel.type('/sponsor request urgency:week language:English words:"I am scared of meetings"');
    expect(nel.answer().text).toContain('Nothing is saved yet');
    expect(nel.answer().onlyMe).toBe(true);
    await nel.press('Who it should be');
    await nel.fill({ gender: ['woman'], must: ['language'] });
    expect(nel.answer().text).toContain('English · needed');
    await nel.press('Not now');
    expect(await world.database.prisma.pairingRequest.count()).toBe(0);
  });

  test('with nobody there, the truth is told at once, and the request waits', async () => {
    await asks(nel, 'I am scared of meetings');
    expect(nel.answer().text).toContain('That takes courage');
    expect(nel.answer().text).toContain('nobody who fits has a free place');
    await nel.type('/sponsor request urgency:today');
    await nel.press('Ask whoever fits best');
    expect(nel.answer().text).toContain('You have asked already');
  });

  test('one is asked at a time, and reads what matters but not who asks', async () => {
    await serves(mira, 0);
    await serves(max, 1);
    await world.passes(7 * HOUR);
    const asked = [mira, max].filter((person) => letters(person, 'would like to ask you') > 0);
    expect(asked).toHaveLength(1);
    const first = asked[0] as Person;
    expect(first.last().preview).not.toMatch(/sponsor|mentor|recovery|sober/iu);
    await first.press('See it');
    expect(screenOf(first)).toContain('I am scared of meetings');
    expect(said(first)).not.toContain('Nel');
    await nel.type('/sponsor status');
    expect(nel.answer().text).toContain('one person at a time');
  });

  test('a no is never seen: the next one is asked, and the asker reads the same as before', async () => {
    const before = (await nel.type('/sponsor status').then(() => nel.answer())).text;
    const first = letters(mira, 'would like to ask you') > 0 ? mira : max;
    const second = first === mira ? max : mira;
    await presses(first, 'Not this time');
    expect(screenOf(first)).toContain('Nobody is told');
    await nel.type('/sponsor status');
    expect(nel.answer().text).toBe(before);
    expect(letters(second, 'would like to ask you')).toBe(1);
    await world.passes(12 * HOUR);
    expect(letters(second, 'A reminder')).toBe(1);
    await second.press('See it');
    await presses(second, 'Yes, introduce us');
    expect(screenOf(second)).toContain('Before you meet');
  });

  test('both look at what the other will see, and only then meet', async () => {
    const mentor = letters(mira, 'A reminder') > 0 ? mira : max;
    expect(said(nel)).not.toContain(mentor.name);
    await nel.press('See it');
    expect(screenOf(nel)).toContain('Before you meet');
    expect(screenOf(nel)).toContain('Story of');
    expect(said(nel)).not.toContain(mentor.name);
    await nel.press('Yes, let us meet');
    await nel.fill({ pace: 'daily' });
    expect(screenOf(nel)).toContain('You said yes');
    expect(said(nel)).not.toContain(mentor.name);
    await mentor.press('Yes, let us meet');
    await mentor.fill({ pace: 'weekly' });
    await world.passes(2_000);
    expect(letters(nel, `You both said yes: @${mentor.name}`)).toBe(1);
    expect(letters(mentor, 'You both said yes: @Nel')).toBe(1);
    await nel.press('Write to them');
    await nel.fill({ words: 'Hello, I am glad' });
    await world.passes(2_000);
    expect(letters(mentor, 'Hello, I am glad')).toBe(1);
  });

  test('whoever likes to choose sees up to five, with the reasons and without names', async () => {
    await carla.type('/sponsor request urgency:week language:English topic:newcomers');
    await carla.press('Show me who there is');
    const shown = carla.answer();
    expect(shown.onlyMe).toBe(true);
    // One of the two is taken.
    expect(shown.text).toContain('speaks English');
    expect(shown.text).toContain('1 place free');
    expect(shown.text).not.toMatch(/Mira|Max|Number 2/u);
    await presses(carla, 'Ask this one');
    expect(await world.database.prisma.pairingOffer.count({ where: { state: 'open' } })).toBe(1);
    await carla.type('/sponsor withdraw');
    await presses(carla, 'Take it back');
    expect(await world.database.prisma.pairingOffer.count({ where: { state: 'open' } })).toBe(0);
  });

  test('after a restart it is as it was; one ends it with a last word, and the other hears only that', async () => {
    await home.restart(stage());
    const mentor = letters(mira, 'A reminder') > 0 ? mira : max;
    await mentor.type('/sponsor status');
    expect(mentor.answer().text).toContain('You are at the side of @Nel');
    await mentor.type('/sponsor end');
    await mentor.press('End it');
    await mentor.fill({ words: 'Take good care' });
    await world.passes(2_000);
    expect(letters(nel, 'What you two had has ended')).toBe(1);
    expect(letters(nel, 'Take good care')).toBe(1);
    await world.passes(8 * 24 * HOUR);
    const { farewell } = await world.database.prisma.pairing.findFirstOrThrow();
    expect(farewell).toBeNull();
  });

  test('a report stops contact, and the one who is reported is neither told nor sent anybody', async () => {
    const { prisma } = world.database;
    await nel.type('/sponsor report who:@Mira words:"They asked me for money"');
    expect(nel.answer().text).toContain('They are not told of a report');
    await world.passes(2_000);
    expect(letters(mira, 'told those who coordinate')).toBe(0);
    expect(letters(carla, 'told those who coordinate')).toBe(1);
    await carla.type('/pairing reports');
    expect(carla.answer().text).toContain('They asked me for money');
    await mira.type('/pairing reports');
    expect(mira.answer().text).not.toContain('money');
    const held = await prisma.mentorProfile.findFirstOrThrow({ where: { memberId: await memberOf(mira) } });
    expect(held.heldAt).not.toBeNull();
    await presses(carla, 'Looked into: goes on');
    const cleared = await prisma.mentorProfile.findFirstOrThrow({ where: { memberId: await memberOf(mira) } });
    expect(cleared.heldAt).toBeNull();
  });

  test('whom somebody avoids is never asked about them, and only they see the list', async () => {
    await nel.type('/sponsor avoid who:@Max');
    expect(nel.answer().text).toContain('@Max');
    await asks(nel, 'once more');
    await world.passes(30 * HOUR);
    // Mira was reported by Nel, and Max is avoided: nobody can be asked.
    expect(await world.database.prisma.pairingOffer.count({ where: { state: 'open' } })).toBe(0);
    await nel.type('/sponsor withdraw');
    await presses(nel, 'Take it back');
    expect(nel.answer().text).toContain('Nobody is asked any more');
    await nel.type('/sponsor avoid');
    await nel.press('Take off the list');
    expect(nel.answer().text).toContain('There is nobody on your list');
  });

  test('facilitators keep two apart, without either of them being told', async () => {
    await serves(carla, 0);
    await carla.type('/pairing apart one:@Nel other:@Carla');
    expect(carla.answer().text).toContain('You cannot keep yourself apart');
    await carla.type('/pairing apart one:@Nel other:@Max');
    expect(carla.answer().text).toMatch(/@Nel and @Max|@Max and @Nel/u);
    await max.type('/pairing apart one:@Nel other:@Max');
    expect(max.answer().text).not.toMatch(/@Nel and|and @Nel/u);
    await nel.type('/sponsor avoid');
    expect(nel.answer().text).toContain('There is nobody on your list');
    await carla.press('Let them be offered again');
    expect(carla.answer().text).toContain('Nobody is kept apart');
    expect(letters(nel, 'apart') + letters(max, 'apart')).toBe(0);
  });

  afterAll(() => {
    expect(stage().faults()).toEqual([]);
    expect(world.logged).toEqual([]);
  });
});
