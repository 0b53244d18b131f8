import type { Person } from '../support/stage.js';
import { onEveryStage } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Olga sets a community up and reads what was done by role; Ana may not. */

const { worlds, open } = openWorlds('2035-03-16T09:00:00Z');

onEveryStage(open, (stage) => {
  let world: TestWorld;
  let olga: Person;
  let ana: Person;

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    olga = await stage().person('Olga', { admin: true, locale: 'en-US', zone: 'Europe/Madrid' });
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'Europe/Madrid' });
  });

  test('where nothing was done yet, it says so', async () => {
    await olga.type('/community audit');
    expect(olga.answer().text).toContain('Nothing yet.');
    expect(olga.answer().onlyMe).toBe(true);
  });

  test('who did what is told by mention, the newest first, and to nobody else', async () => {
    await olga.type('/community setup zone:Europe/Madrid language:en');
    await olga.type('/checkin group question:"How was your week?" when:"every Friday 18:00"');
    await olga.press('Start it');
    await olga.type('/community audit');
    const { text } = olga.answer();
    expect(text).toMatch(/@Olga · started a group check-in[\s\S]*@Olga · changed the settings of the community/u);
    expect(text).not.toContain('week');
    await olga.press('As a file');
    const files = olga.sees().flatMap((message) => message.files);
    expect(files.map(({ name }) => name)).toEqual(['audit.csv', 'audit.json']);
    const [csv, json] = await Promise.all(files.map(async ({ ref }) => Buffer.from(await olga.open(ref)).toString()));
    expect(csv).toContain('group.start');
    expect(JSON.parse(json ?? '')).toMatchObject([{ account: olga.id }, { account: olga.id }]);
    await ana.type('/community audit');
    expect(ana.answer().text).toContain('for coordinators');
    expect(ana.answer().text).not.toContain('Olga');
    expect(world.logged).toEqual([]);
  });
});
