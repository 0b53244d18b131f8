import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Ana writes questions of her own; a facilitator publishes some for everybody; templates are answered by form. */

const { worlds, open } = openWorlds();

onEveryStage(open, (stage) => {
  let olga: Person;
  let ana: Person;
  let ben: Person;
  const world = () => worlds.at(-1) as TestWorld;
  beforeAll(async () => {
    olga = await stage().person('Olga', { admin: true, locale: 'en-US', zone: 'UTC' });
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'UTC' });
    ben = await stage().person('Ben', { locale: 'en-US', zone: 'UTC' });
    await ben.type('/help');
    await world().connect([stage().adapter]);
  });

  test('a template that is named opens its form at once', async () => {
    await ana.type('/checkin now template:smart');
    expect(ana.form()?.fields.map(({ label }) => label)).toEqual([
      'Strongest urge since last time',
      'What set it off?',
      'What did I do with it?',
      'Did today fit what matters to me?',
      'One thing I plan to do next',
    ]);
    await ana.fill({ urge: '3', 'set-off': 'the late bus', matters: 'yes' });
    expect(ana.last().text).toContain('What set it off?: the late bus');
    expect(ana.last().text).toContain('Did today fit what matters to me?: Yes');
    await ana.press('My check-ins');
    expect(ana.last().text).toContain('What set it off?: the late bus');
  });

  test('she writes her own, and answers them under their own labels', async () => {
    await ana.type('/checkin template');
    await ana.press('Write my own');
    await ana.fill({ title: 'Sunday', questions: 'Did I call Rosa?\nWhat can wait?' });
    expect(ana.last().text).toContain('Your questions are saved.');
    expect(ana.last().text).toContain('What can wait?');
    await ana.press('Check in now');
    await ana.press('Answer');
    expect(ana.form()?.fields.map(({ label }) => label)).toEqual(['Did I call Rosa?', 'What can wait?']);
    await ana.fill({ q1: 'yes, twice' });
    expect(ana.last().text).toContain('Did I call Rosa?: yes, twice');
    expect(ana.last().onlyMe).toBe(true);
  });

  test('she may not offer them to everyone; a facilitator may offer hers', async () => {
    await ana.type('/checkin template');
    await ana.choose('Sunday');
    await ana.press('Offer to everyone here');
    expect(ana.last().text).toContain('is for facilitators');
    await olga.type('/checkin template');
    await olga.press('Write my own');
    await olga.fill({ title: 'House review', questions: 'How was the week at home?' });
    await olga.press('Offer to everyone here');
    expect(olga.last().text).toContain('Everyone in this community can use these questions now.');
  });

  test('Ben is asked with them, in a message that does not say what', async () => {
    await ben.type('/checkin template');
    expect(ben.last().options).toContain('House review');
    expect(ben.last().options).not.toContain('Sunday');
    await ben.choose('House review');
    await ben.press('Ask me regularly');
    await ben.fill({ when: 'every day at 7:00', ...(stage().platform === 'discord' && { zone: 'UTC' }) });
    expect(ben.last().text).toContain('House review');
    await ben.press('Save');
    await world().passes(24 * 60 * 60_000);
    expect(ben.last()).toMatchObject({ where: 'direct', text: expect.stringContaining('You asked for a nudge.') });
    expect(ben.last().text).not.toContain('House');
    await ben.press('Open');
    expect(ben.last().text).toContain('How was the week at home?');
    await ben.press('Answer');
    await ben.fill({ q1: 'quiet' });
    expect(ben.last().text).toContain('How was the week at home?: quiet');
    expect((await world().database.prisma.checkInPrompt.findFirst())?.state).toBe('answered');
  });

  test('nobody saw what was not theirs, and nothing failed', () => {
    for (const secret of ['Rosa', 'late bus', 'quiet']) expect(screenOf(olga)).not.toContain(secret);
    for (const secret of ['Rosa', 'late bus']) expect(screenOf(ben)).not.toContain(secret);
    expect(world().logged).toEqual([]);
  });
});
