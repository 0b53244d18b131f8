import { saveSchedule } from '../../src/core/checkins/schedules/save.js';
import { enter } from '../../src/core/members/enter.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Ana writes down what shall happen when she goes quiet; Ben agrees to hear her words; Cleo only stands by. */

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const WORDS = 'I am quiet when it is <@everyone> *hard*. Please ring me.';

const { worlds, open } = openWorlds();

/** Messages in which the words have arrived, as told from those in which they were asked about. */
const told = (person: Person) => person.sees().filter(({ text }) => text.includes('wanted you to have these words now'));

/** Her own words, as they came back to her. */
const notes = (person: Person) => person.sees().filter(({ text }) => text.includes('A walk may help.\nYou wrote this')).length;

onEveryStage(open, (stage, platform) => {
  let world: TestWorld;
  let [ana, ben, cleo]: Person[] = [];
  const people = () => {
    if (!ana || !ben || !cleo) throw new Error('Nobody is here yet.');
    return { ana, ben, cleo };
  };

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    await world.connect([stage().adapter]);
    [ana, ben, cleo] = await Promise.all(
      ['Ana', 'Ben', 'Cleo'].map((name) => stage().person(name, { locale: 'en-US', zone: 'UTC' })),
    );
    await people().cleo.type('/help');
  });

  const asks = async () => {
    const now = world.clock.now();
    const caller = { platform, userId: people().ana.id, space: { id: stage().space } };
    await saveSchedule(await enter(world.world, caller, now), { when: 'every day at 9:00', template: 'halt', zone: 'UTC' });
  };

  /** Until ten in the morning of a later day. */
  const tillTen = async (days: number) => {
    const now = world.clock.now().getTime();
    const start = Math.floor(now / DAY) * DAY + 10 * HOUR;
    await world.passes((start <= now ? start + DAY : start) + (days - 1) * DAY - now);
  };

  test('nothing is planned until Ana writes it, and nothing is saved until she saw all of it', async () => {
    const { ana, ben } = people();
    await ana.type('/checkin plan');
    expect(ana.last().text).toContain('nobody is told');
    await ana.press('Write a plan');
    await ana.fill({ after: '2', who: ben.id, wait: 'now', words: WORDS });
    expect(ana.last().text).toContain(WORDS);
    expect(ana.last().text).toMatch(/After 2 missed check-ins in a row, at once, I tell @Ben:/u);
    expect(ana.last().text).toContain('Nothing is saved yet.');
    expect(ana.last().onlyMe).toBe(true);
    await ana.press('Add a step');
    await ana.fill({ after: '1', wait: 'one-hour', words: 'A walk may help.' });
    expect(ana.last().text).toMatch(/After 1 missed check-in, 1 hour later, I write to you:/u);
    await world.passes(HOUR);
    expect(screenOf(ben)).not.toContain('ring me');
    await ana.press('Save');
    expect(ana.last().text).toContain('Your plan is saved.');
  });

  test('Ben is asked in private, sees the words and who they are from, and says yes', async () => {
    const { ana, ben, cleo } = people();
    await world.passes(1000);
    const asked = ben.last();
    expect(asked.where).toBe('direct');
    expect(asked.text).toContain('@Ana asks whether I may pass a message on to you one day.');
    expect(asked.text).toContain(WORDS);
    expect(asked.text).not.toMatch(/check-in|missed|recovery/iu);
    expect(asked.preview).not.toMatch(/Ana|quiet|ring/u);
    await ana.type('/checkin plan');
    expect(ana.last().text).toContain('asked, no answer yet');
    await ben.press('Yes');
    expect(ben.last().text).toContain('Thank you.');
    await ana.type('/checkin plan');
    expect(ana.last().text).toContain('said yes');
    await ana.type('/privacy show');
    expect(ana.last().text).toContain('@Ben');
    expect(screenOf(cleo)).not.toContain('ring me');
  });

  test('two prompts without an answer: first a note to herself, then the agreed words to Ben, each once', async () => {
    const { ana, ben, cleo } = people();
    await asks();
    await tillTen(1);
    await world.passes(3 * HOUR);
    expect(ana.last().text).toContain('A walk may help.');
    expect(ana.last().preview).not.toContain('walk');
    expect(told(ben)).toEqual([]);
    await tillTen(1);
    expect(told(ben)).toEqual([]);
    await world.passes(3 * HOUR);
    expect(told(ben)).toHaveLength(1);
    const [message] = told(ben);
    expect(message?.where).toBe('direct');
    expect(message?.text).toContain('@Ana wanted you to have these words now:');
    expect(message?.text).toContain(WORDS);
    expect(message?.text).not.toMatch(/check-in|missed|prompt/iu);
    expect(message?.preview).not.toMatch(/Ana|quiet|ring/u);
    await tillTen(3);
    await world.passes(4 * HOUR);
    expect(told(ben)).toHaveLength(1);
    expect(notes(ana)).toBe(1);
    expect(screenOf(cleo)).not.toMatch(/ring me|walk may help/u);
  });

  test('an answer in time stops it', async () => {
    const { ana, ben } = people();
    await ana.type('/checkin now mood:6');
    await tillTen(1);
    await world.passes(12 * HOUR);
    await tillTen(1);
    await ana.type('/checkin now mood:5');
    await world.passes(12 * HOUR);
    expect(told(ben)).toHaveLength(1);
  });

  test('while the bot is down nobody is taken for silent', async () => {
    const { ana, ben } = people();
    await ana.type('/checkin now mood:6');
    await tillTen(1);
    const before = notes(ana);
    await world.disconnect();
    world.clock.advance(2 * DAY + 5 * HOUR);
    await world.connect([stage().adapter]);
    await world.passes(HOUR / 2);
    expect(notes(ana)).toBe(before);
    await world.passes(3 * HOUR);
    expect(notes(ana)).toBe(before + 1);
    expect(told(ben)).toHaveLength(1);
  });

  test('Ben steps back, and hears nothing more', async () => {
    const { ana, ben } = people();
    await ana.type('/checkin now mood:6');
    await ben.press('Step back');
    expect(ben.last().text).toContain('That is fine.');
    await tillTen(4);
    await world.passes(6 * HOUR);
    expect(told(ben).length).toBeLessThanOrEqual(1);
    await ana.type('/checkin plan');
    expect(ana.last().text).toContain('said no');
  });

  test('a no is a no: other words reach Ben no more, and Ana hears what she can do instead', async () => {
    const { ana, ben } = people();
    await ana.press('Change');
    await ana.press('Change step 1');
    await ana.fill({ after: '2', who: ben.id, wait: 'now', words: 'You owe me an answer.' });
    await ana.press('Save');
    expect(ana.last().text).toContain('@Ben said no. A no holds for a month, whatever the words');
    expect(ana.last().text).toContain('name somebody else');
    await world.passes(HOUR);
    await ben.type('/checkin plan');
    expect(screenOf(ben)).not.toContain('owe me');
    await ana.type('/checkin plan');
  });

  test('Ana takes it all back at once', async () => {
    const { ana } = people();
    await ana.press('Take it back');
    expect(ana.last().text).toContain('nobody is told anything');
    await ana.type('/checkin plan');
    expect(ana.last().text).toContain('There is no plan.');
    await ana.type('/privacy show');
    expect(ana.last().text).not.toContain('@Ben');
  });

  test('nothing of it can be read from buttons or from what was logged', () => {
    for (const id of [people().ana, people().ben].flatMap((person) => person.rawIds())) expect(id).toMatch(/^[\w.~:-]{1,100}$/u);
    expect(JSON.stringify(worlds.flatMap(({ logged }) => logged))).not.toMatch(/ring me|walk/u);
  });

  test('nothing failed behind the scenes', () => expect(worlds.flatMap(({ logged }) => logged)).toEqual([]));
});
