import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Olga asks the channel a question; people answer, each as they choose; the card counts and closes by itself. */

const HOUR = 3_600_000;
const { worlds, open } = openWorlds();

onEveryStage(open, (stage) => {
  let world: TestWorld;
  let olga: Person;
  let ana: Person;
  let ben: Person;
  let cleo: Person;

  /** The newest card in the channel, as somebody sees it. */
  const card = (person: Person) => {
    const cards = person.sees().filter(({ text, onlyMe }) => text.includes('Group check-in') && !onlyMe);
    return cards.at(-1) ?? { text: '', buttons: [] };
  };
  const cards = (person: Person) => person.sees().filter(({ onlyMe }) => !onlyMe).length;
  /** What the bot last told somebody alone. */
  const told = (person: Person) =>
    person
      .sees()
      .filter(({ onlyMe }) => onlyMe)
      .at(-1)?.text ?? '';
  async function answer(person: Person, words: string, shown: string) {
    await person.press('Answer');
    await person.fill({ words, shown });
    await world.passes(1_000);
  }

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    olga = await stage().person('Olga', { admin: true, locale: 'en-US', zone: 'UTC' });
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'UTC' });
    ben = await stage().person('Ben', { locale: 'es-ES', zone: 'UTC' });
    cleo = await stage().person('Cleo', { locale: 'en-US', zone: 'UTC' });
    await olga.type('/community setup zone:UTC language:en');
    await world.connect([stage().adapter]);
  });

  test('only facilitators may ask the channel', async () => {
    await ana.type('/checkin group question:"How is everyone?"');
    expect(ana.last().text).toContain('for facilitators');
    expect(ana.last().onlyMe).toBe(true);
  });

  test('Olga sees what would be posted, and nothing is posted before she says so', async () => {
    const before = cards(ana);
    await olga.type('/checkin group');
    expect(olga.last().text).toContain('no group check-in here yet');
    await olga.press('New group check-in');
    await olga.fill({ question: 'What *helped* you this week, <@everyone>?', hours: '4' });
    expect(olga.last().onlyMe).toBe(true);
    expect(olga.last().text).toContain('Nothing is posted yet.');
    expect(olga.last().text).toContain('after 4 hours');
    await world.passes(60_000);
    expect(cards(ana)).toBe(before);
    await olga.press('Ask now');
    await world.passes(1_000);
    expect(cards(ana)).toBe(before + 1);
    expect(card(ana).text).toContain('What *helped* you this week, <@everyone>?');
    expect(card(ana).text).toContain('No answers yet');
    expect(card(ana).buttons).toEqual(['Answer', 'Read answers']);
  });

  test('answers are counted on the one card, which changes in place and names nobody', async () => {
    const before = cards(cleo);
    await answer(ana, 'A walk with my sister', 'named');
    expect(told(ana)).toContain('Everyone here can read your answer, with your name.');
    expect(card(cleo).text).toContain('1 answer ');
    await answer(ben, 'Dormir bien', 'unnamed');
    await answer(cleo, 'I need to talk to one of you', 'facilitators');
    expect(card(cleo).text).toContain('3 answers');
    expect(cards(cleo)).toBe(before);
    for (const person of [olga, ana, ben, cleo]) {
      expect(card(person).text).not.toMatch(/Ana|Ben|Cleo|sister|Dormir|talk/u);
    }
  });

  test('each answer is read as its writer chose', async () => {
    await ana.press('Read answers');
    expect(ana.last().onlyMe).toBe(true);
    expect(ana.last().text).toContain('@Ana: A walk with my sister');
    expect(ana.last().text).toContain('Dormir bien');
    expect(ana.last().text).not.toContain('Ben');
    expect(screenOf(ana)).not.toContain('I need to talk');
    await olga.type('/checkin group');
    await olga.press('Read all answers');
    expect(olga.last().text).toContain('@Cleo: I need to talk to one of you (to facilitators only)');
    expect(olga.last().text).not.toContain('Ben');
    expect(olga.last().onlyMe).toBe(true);
  });

  test('who wrote without a name is kept nowhere', async () => {
    const rows = await world.database.prisma.groupAnswer.findMany({ where: { shown: 'unnamed' }, include: { round: true } });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.memberId).toBeNull();
    expect(rows[0]?.createdAt).toEqual(rows[0]?.round.opensAt);
    await ben.type('/privacy show');
    expect(ben.last().text).not.toContain('Respuestas a');
    await ana.type('/privacy show');
    expect(ana.last().text).toContain('Answers to group check-ins');
  });

  test('a second answer with a name takes the place of the first', async () => {
    await answer(ana, 'A long walk', 'named');
    expect(told(ana)).toContain('took the place');
    expect(card(cleo).text).toContain('3 answers');
  });

  test('after a restart the card still works, and it closes by itself at its time', async () => {
    await world.connect([stage().adapter]);
    const before = cards(cleo);
    await answer(olga, 'Silence', 'unnamed');
    expect(card(cleo).text).toContain('4 answers');
    await world.passes(4 * HOUR);
    expect(cards(cleo)).toBe(before);
    expect(card(cleo).text).toContain('Closed · 4 answers');
    expect(card(cleo).buttons).toEqual(['Read answers']);
  });

  test('a form that was open when it closed is answered in words, and nothing is added', async () => {
    await olga.type('/checkin group question:"Quick one" hours:1');
    await olga.press('Ask now');
    await world.passes(1_000);
    await ana.press('Answer');
    await olga.type('/checkin group');
    await olga.press('Close now');
    await world.passes(1_000);
    expect(card(ana).text).toContain('Closed · no answers');
    await ana.fill({ words: 'Too late', shown: 'named' });
    expect(ana.last().text).toContain('This check-in is closed.');
    expect(await world.database.prisma.dueWork.count({ where: { kind: 'group.close' } })).toBe(0);
  });

  test('a schedule opens a card at each of its times, skips what was missed, and can be ended', async () => {
    await olga.type('/checkin group question:"Monday question" when:"every day at 9:00" hours:20');
    expect(olga.last().text).toMatch(/Every day at 9:00/u);
    await olga.press('Start it');
    const before = cards(ana);
    await world.passes(24 * HOUR);
    expect(cards(ana)).toBe(before + 1);
    expect(card(ana).text).toContain('Monday question');
    await world.passes(24 * HOUR);
    expect(cards(ana)).toBe(before + 2);
    await world.disconnect();
    world.clock.advance(3 * 24 * HOUR);
    await world.connect([stage().adapter]);
    await world.passes(1_000);
    expect(cards(ana)).toBeLessThanOrEqual(before + 3);
    await olga.type('/checkin group');
    await olga.press('End the schedule');
    const now = cards(ana);
    await world.passes(48 * HOUR);
    expect(cards(ana)).toBe(now);
    expect(card(ana).text).toContain('Closed');
    expect(await world.database.prisma.dueWork.count({ where: { kind: { startsWith: 'group.' } } })).toBe(0);
  });

  test('in a direct message nothing is posted anywhere', async () => {
    const before = [ana, ben, cleo].map((person) => person.sees().length);
    await olga.typeDirectly('/checkin group question:"Not here"');
    expect(olga.last().text).toMatch(/in the channel where|for facilitators/u);
    await world.passes(1_000);
    expect([ana, ben, cleo].map((person) => person.sees().length)).toEqual(before);
  });

  test('bystanders saw cards only, and no row or id holds what was written', async () => {
    for (const person of [ana, ben, cleo]) {
      for (const { onlyMe, text } of person.sees()) if (!onlyMe) expect(text).not.toMatch(/walk|Dormir|Silence|talk to one/u);
      for (const id of plainIds(person)) expect(id).not.toMatch(/group|answer|walk/iu);
    }
    const rows = [await world.database.prisma.delivery.findMany(), await world.database.prisma.dueWork.findMany()];
    expect(JSON.stringify(rows)).not.toMatch(/walk|Dormir|Silence|helped|Monday/u);
  });

  test('nothing failed behind the scenes', () => expect(world.logged).toEqual([]));
});
