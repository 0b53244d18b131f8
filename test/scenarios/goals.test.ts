import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Ana keeps a goal in small steps, is nudged on the day that she chose, and changes her mind as she likes. Nobody else sees any of it. */

const DAY = 24 * 3_600_000;
const { worlds, open } = openWorlds('2027-05-04T12:00:00Z');

onEveryStage(open, (stage) => {
  let world: TestWorld;
  let ana: Person;
  let ben: Person;
  let luz: Person;

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'UTC' });
    ben = await stage().person('Ben', { locale: 'en-US', zone: 'UTC' });
    luz = await stage().person('Luz', { locale: 'es-ES', zone: 'UTC' });
    await world.connect([stage().adapter]);
  });

  test('a step needs a goal, and says so', async () => {
    await ana.type('/goal step words:"Anything"');
    expect(ana.last().text).toContain('Add a goal first.');
    expect(ana.last().buttons).toContain('Add a goal');
    await ana.type('/goal list');
    expect(ana.last().text).toContain('You have no goal here yet.');
  });

  test('Ana keeps a goal; only its words are asked for, and what is missing is asked with a form', async () => {
    await ana.type('/goal add');
    expect(
      ana
        .form()
        ?.fields.filter(({ required }) => required)
        .map(({ name }) => name),
    ).toEqual(['words']);
    await ana.fill({ words: 'A room of my *own*', area: 'housing', by: '2027-08-01' });
    expect(ana.last().text).toContain('A room of my *own*');
    expect(ana.last().text).toMatch(/About: Housing\s+By: August 1, 2027/u);
    expect(ana.last().text).toContain('Only you see this.');
    expect(ana.last().onlyMe).toBe(true);
  });

  test('a day that is over, and a nudge for today, are refused with what to do', async () => {
    await ana.type('/goal add words:Something by:2027-05-03');
    expect(ana.last().text).toContain('Give today or a later day');
    await ana.type('/goal add words:Something remind:today');
    expect(ana.last().text).toContain('A nudge can come from tomorrow on.');
    expect(await world.database.prisma.goal.count()).toBe(1);
  });

  test('a form that is refused opens again with what was typed, for its writer alone', async () => {
    await ana.press('Add a step');
    await ana.fill({ words: 'Ask for the list of the housing office', by: '2027-05-03', remind: 'tomorrow' });
    expect(ana.last()).toMatchObject({ text: expect.stringContaining('Give today or a later day'), onlyMe: true });
    expect(ana.last().text).toContain('Ask for the list of the housing office');
    expect(screenOf(ben)).not.toContain('housing office');
    await ana.press('Open the form again');
    expect(ana.form()?.fields.map(({ value }) => value)).toEqual([
      'Ask for the list of the housing office',
      '2027-05-03',
      'tomorrow',
    ]);
  });

  test('small steps are added, and with two goals it is asked which is meant', async () => {
    await ana.fill({ by: 'tomorrow' });
    expect(ana.last().text).toContain('Ask for the list of the housing office · by May 5, 2027');
    await ana.type('/goal add words:"See my sister again" area:family');
    await ana.type('/goal step words:"Write to her" by:2027-06-01');
    expect(ana.last().options).toEqual(['A room of my *own*', 'See my sister again']);
    await ana.choose('See my sister again');
    expect(ana.last().text).toContain('Write to her · by June 1, 2027');
    await ana.type('/goal list');
    expect(ana.last().text).toMatch(
      /A room of my \*own\* · Housing · by August 1, 2027\s.*housing office.*\sSee my sister again/su,
    );
  });

  test('on the day that she chose a discreet nudge comes, once, and opens on a tap', async () => {
    const before = ana.sees().length;
    await world.passes(22 * 3_600_000);
    expect(ana.sees()).toHaveLength(before + 1);
    expect(ana.last()).toMatchObject({ where: 'direct', preview: 'You asked for a nudge.', onlyMe: true });
    expect(ana.last().text).not.toMatch(/goal|housing|room|step/iu);
    await ana.press('Open');
    expect(ana.last().text).toMatch(/You wanted a nudge about this today:\s+(?:• )?Ask for the list/u);
    const seen = ana.sees().length;
    await world.passes(2 * DAY);
    expect(ana.sees()).toHaveLength(seen);
  });

  test('done is said with a tap, twice is once, and it can be taken back without a word of blame', async () => {
    await ana.type('/goal done');
    expect(ana.last().options).toContain('Ask for the list of the housing office');
    await ana.choose('Ask for the list of the housing office');
    expect(ana.last().text).toContain('Noted as done.');
    expect(ana.last().text).toContain('Ask for the list of the housing office · done on May 7, 2027');
    await ana.choose('Ask for the list of the housing office');
    await ana.press('Not done after all');
    expect(ana.last().text).toContain('It is open again, and that is all right.');
    // Its day is over by now, and nothing says so.
    expect(ana.last().text).toContain('Ask for the list of the housing office · by May 5, 2027');
    expect(ana.last().text).not.toMatch(/\b(?:overdue|late|missed|failed|still)\b/iu);
  });

  test('it can be said anew: what is left out is forgotten, and a day that is over may stay', async () => {
    await ana.choose('Ask for the list of the housing office');
    await ana.press('Change');
    expect(ana.form()?.fields.find(({ name }) => name === 'by')?.value).toBe('2027-05-05');
    await ana.fill({ words: 'Call the housing office' });
    expect(ana.last().text).toMatch(/Call the housing office\s/u);
    expect(ana.last().text).toContain('By: May 5, 2027');
    await ana.press('Change');
    await ana.fill({ by: '', remind: '2027-05-12' });
    expect(ana.last().text).not.toContain('By:');
    expect(ana.last().text).toContain('Nudge on: May 12, 2027');
  });

  test('a nudge about what is done meanwhile does not come, after a restart neither', async () => {
    await ana.press('Done');
    await world.disconnect();
    await world.connect([stage().adapter]);
    const before = ana.sees().length;
    await world.passes(7 * DAY);
    expect(ana.sees()).toHaveLength(before);
  });

  test('after days of downtime the nudge that was promised still comes, when people are awake', async () => {
    await ana.type('/goal add words:"A quiet evening" remind:tomorrow');
    await world.disconnect();
    const before = ana.sees().length;
    const night = new Date(world.clock.now().getTime() + 3 * DAY);
    night.setUTCHours(3, 0, 0, 0);
    world.clock.advance(night.getTime() - world.clock.now().getTime());
    await world.connect([stage().adapter]);
    await world.passes(0);
    expect(ana.sees()).toHaveLength(before);
    await world.passes(6 * 3_600_000 + 60_000);
    expect(ana.sees()).toHaveLength(before + 1);
    await ana.press('Open');
    expect(ana.last().text).toMatch(/You wanted a nudge about this today:\s+(?:• )?A quiet evening/u);
  });

  test("Ana's buttons and choices do nothing for Ben", async () => {
    await ana.type('/goal list');
    const before = screenOf(ana);
    for (const id of ana.rawIds().slice(-4)) await ben.pressRaw(id);
    expect(screenOf(ben)).not.toMatch(/sister|room|housing office|quiet evening/iu);
    expect(screenOf(ana)).toBe(before);
  });

  test('what is removed is gone, and its button says so afterwards', async () => {
    await ana.choose('A quiet evening');
    const ids = ana.rawIds();
    await ana.press('Remove');
    expect(ana.last().text).toContain('This cannot be undone.');
    await ana.press('Yes, forget it');
    expect(ana.last().text).toContain('It is forgotten.');
    expect(await world.database.prisma.goal.count()).toBe(2);
    for (const id of ids.slice(-1)) await ana.pressRaw(id);
    expect(screenOf(ana)).not.toMatch(/error|went wrong/iu);
  });

  test('all of it works in Spanish', async () => {
    await luz.type('/goal add words:"Un trabajo" area:work by:2027-07-01');
    expect(luz.last().text).toContain('Queda guardada.');
    await luz.press('Añadir un paso');
    await luz.fill({ words: 'Escribir mi currículum' });
    await luz.type('/goal list');
    expect(luz.last().text).toMatch(/Un trabajo · Trabajo · hasta el 1 de julio de 2027\s+.*Escribir mi currículum/su);
  });

  test('/privacy show counts them, /help tells of them', async () => {
    await ana.type('/privacy show');
    expect(ana.last().text).toContain('Goals, with their steps (encrypted): 2');
    await ana.type('/help topic:goal');
    expect(ana.last().text).toContain('Goals in your own words');
  });

  test('when the last one is removed, nothing is looked at any more', async () => {
    const work = () => world.database.prisma.dueWork.count({ where: { kind: 'goals.day' } });
    expect(await work()).toBe(2);
    await luz.choose('Un trabajo');
    await luz.press('Quitar');
    await luz.press('Sí, olvidarlo');
    expect(await work()).toBe(1);
  });

  test('nobody else saw a word of it, and nothing outside of the sealed rows tells it', async () => {
    const words = /sister|room of|housing|quiet evening|currículum/iu;
    for (const person of [ben, luz]) expect(screenOf(person).replaceAll('Escribir mi currículum', '')).not.toMatch(words);
    for (const id of plainIds(ana, luz)) expect(id).not.toMatch(/goal|step|done/iu);
    const { prisma } = world.database;
    const rows = await Promise.all([prisma.delivery.findMany(), prisma.dueWork.findMany(), prisma.auditEvent.findMany()]);
    expect(JSON.stringify(rows)).not.toMatch(words);
    expect(await prisma.delivery.count({ where: { kind: 'goals.day' } })).toBeLessThanOrEqual(1);
  });

  test('nothing failed behind the scenes', () => expect(world.logged).toEqual([]));
});
