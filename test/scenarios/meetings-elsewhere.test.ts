import { importFeed } from '../../src/core/meetings/import.js';
import { parseFeed } from '../../src/core/meetings/parse.js';
import { sourcesOf } from '../../src/core/meetings/sources.js';
import { tenantDb } from '../../src/db/tenant.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Ana looks for a meeting for tonight, far from anybody who knows her. Ben speaks Spanish. Nobody else sees what they look for. */

const HOUR = 3_600_000;
// Ten in the morning in New York, three in the afternoon in London: in winter, on a Tuesday.
const { worlds, open } = openWorlds('2027-01-12T15:00:00Z');

const LINK = 'https://zoom.us/j/555000111?pwd=secret';
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const FEED = [
  {
    slug: 'noon',
    name: 'Noon *Light* <@everyone>',
    day: everyDay,
    time: '12:00',
    types: ['O', 'D'],
    address: '1 Main St',
    city: 'Sampleton',
  },
  {
    ...{
      slug: 'evening',
      name: 'Evening Harbor',
      day: everyDay,
      time: '19:00',
      end_time: '20:00',
      types: ['O', 'BE', 'ONL', 'ZZZ'],
    },
    ...{ conference_url: LINK, conference_url_notes: 'Passcode: 42', notes: 'Come as you are.', city: 'Sampleton' },
  },
  {
    slug: 'withheld',
    name: 'Ask First',
    day: everyDay,
    time: '20:00',
    types: ['C', 'W', 'ONL'],
    conference_url: 'https://zoom.us/',
  },
  { slug: 'luz', name: 'Luz', day: everyDay, time: '21:00', types: ['O', 'S', 'ONL'], conference_url: 'https://zoom.us/j/1' },
  ...Array.from({ length: 8 }, (_, i) => ({
    slug: `far-${i}`,
    name: `Far ${i}`,
    day: 3,
    time: `0${i}:00`,
    address: `${i} Elm St`,
    city: 'Farville',
  })),
];

onEveryStage(open, (stage, platform) => {
  let world: TestWorld;
  let ana: Person;
  let ben: Person;
  let cleo: Person;

  async function bring(feed: readonly unknown[], believe = false): Promise<void> {
    const { id } = await world.database.prisma.community.findFirstOrThrow();
    const db = tenantDb(world.database.prisma, id);
    const [known] = await sourcesOf(db);
    const source = { name: 'Valley list', zone: 'America/New_York', language: 'en' };
    const parsed = parseFeed(JSON.stringify(feed), source);
    if (!parsed.ok) throw new Error(parsed.why);
    const work = { source, feed: parsed.feed, nightZone: 'UTC', now: world.clock.now(), believe };
    await importFeed(db, { ...work, ...(known && { id: known.id }) });
  }

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'Europe/London' });
    ben = await stage().person('Ben', { locale: 'es-ES', zone: 'America/New_York' });
    cleo = await stage().person('Cleo', { admin: true, locale: 'en-US', zone: 'UTC' });
    await ana.type('/community setup');
    await cleo.type('/community setup zone:Europe/London language:en');
  });

  test('before there is a list, nobody is left without a word', async () => {
    await ana.type('/meeting find');
    expect(ana.last().text).toContain('Nobody has brought in a list of meetings here yet.');
    expect(ana.last().onlyMe).toBe(true);
    expect(ana.last().text).toContain('homegroup import meetings');
    const offer = 'Try it with made-up meetings';
    expect(ana.last().buttons.includes(offer)).toBe(platform === 'playground');
    if (platform !== 'playground') return;
    await ben.type('/meeting find');
    await Promise.all([ana.press(offer), ana.press(offer), ben.press('Probar con reuniones inventadas')]);
    expect(await world.database.prisma.meetingSource.count()).toBe(1);
    expect(screenOf(ana)).not.toContain('Something went wrong');
    await world.database.prisma.meetingSource.deleteMany();
  });

  test('what comes next, five at a time, in her own time and in theirs', async () => {
    await bring(FEED);
    await ana.type('/meeting find');
    const { text, onlyMe, options } = ana.last();
    expect(onlyMe).toBe(true);
    expect(options).toEqual(['Noon *Light* <@everyone>', 'Evening Harbor', 'Ask First', 'Luz', 'Far 0']);
    expect(text).toContain('Noon *Light* <@everyone>');
    expect(text).toMatch(/Tuesday 12:00\sPM there \(New York\)/u);
    expect(text).toContain('In person · Sampleton · Discussion, Open · Valley list');
    expect(text).toContain('Online · Sampleton · Newcomer, Open, ZZZ · Valley list');
    expect(text).toContain('From the list: Valley list (seen');
    if (platform !== 'discord') expect(text).toContain('Europe/London');
    // No link before she asks for it.
    expect(screenOf(ana)).not.toContain('zoom.us');
    await ana.press('More');
    expect(ana.last().options).toEqual(['Far 1', 'Far 2', 'Far 3', 'Far 4', 'Far 5']);
  });

  test('tonight, online; how to join is told on demand, to her alone', async () => {
    await ana.type('/meeting find time:tonight how:online');
    expect(ana.last().options).not.toContain('Noon *Light* <@everyone>');
    expect(ana.last().options[0]).toBe('Evening Harbor');
    await ana.choose('Evening Harbor');
    const { text, onlyMe } = ana.last();
    expect(onlyMe).toBe(true);
    expect(text).toContain(LINK);
    expect(text).toContain('Passcode: 42');
    expect(text).toContain('60 minutes');
    expect(text).toContain('Come as you are.');
    expect(text).toContain('Only you see this.');
  });

  test('a link that is not published is not there', async () => {
    await ana.type('/meeting find type:women');
    await ana.choose('Ask First');
    expect(ana.last().text).toContain('The link is not published.');
    expect(ana.last().text).not.toContain('zoom.us');
  });

  test('words without names are understood', async () => {
    await ana.type('/meeting find tomorrow');
    // What begins at seven in the evening in New York begins at midnight in London.
    expect(ana.last().options).toEqual(['Evening Harbor', 'Ask First', 'Luz', 'Far 0', 'Far 1']);
    if (platform !== 'discord') {
      await ana.type('/meeting find tonight farville');
      // Wednesday at midnight in New York is five in the morning in London: not tonight any more.
      expect(ana.last().text).toContain('no meeting in the coming week');
      await ana.type('/meeting find tomorrow farville');
      expect(ana.last().options).toContain('Far 0');
    }
  });

  test('one that has begun is there until a quarter of an hour later', async () => {
    world.clock.advance(2 * HOUR + 10 * 60_000);
    await ana.type('/meeting find time:now');
    expect(ana.last().text).toMatch(/Noon .*\n?.*you are still welcome/u);
    world.clock.advance(6 * 60_000);
    await ana.type('/meeting find time:now');
    expect(ana.last().text).toContain('I found no meeting in the coming week that fits all of this.');
    await ana.press('At any time');
    expect(ana.last().options[0]).toBe('Evening Harbor');
  });

  test('nothing found says what to leave out, and only what helps', async () => {
    await ana.type('/meeting find how:online place:farville type:open');
    expect(ana.last().text).toContain('Looked for: Online · farville · open.');
    expect(ana.last().buttons).toEqual(['Anywhere', 'Change the search']);
    await ana.press('Change the search');
    expect(ana.form()?.fields.map(({ name, value }) => [name, value])).toEqual([
      ['day', undefined],
      ['time', undefined],
      ['how', 'online'],
      ['place', 'farville'],
      ['type', 'open'],
    ]);
    await ana.fill({ place: 'sampleton' });
    expect(ana.last().options).toContain('Evening Harbor');
    await ana.type('/meeting find type:"nothing like it"');
    expect(ana.last().text).toContain("don't know that kind of meeting");
    await ana.type('/meeting find day:whenever');
    expect(ana.last().onlyMe).toBe(true);
    expect(ana.last().text).toContain("Which day: I don't understand that day or time.");
  });

  test('Ben looks in Spanish', async () => {
    await ben.type('/meeting find time:"esta noche" language:español');
    expect(ben.last().options).toEqual(['Luz']);
    expect(ben.last().text).toContain('Abierta');
    await ben.choose('Luz');
    expect(ben.last().text).toContain('español');
    expect(ben.last().text).toContain('Solo tú ves esto.');
  });

  test('after a restart the buttons still work, and a meeting that is gone says so', async () => {
    await ana.type('/meeting find type:newcomer');
    await bring(
      FEED.filter(({ slug }) => slug !== 'evening'),
      true,
    );
    await ana.choose('Evening Harbor');
    expect(ana.last().text).toContain('not in its list any more');
  });

  test('the made-up meetings are offered in the playground alone, and stay apart from real ones', async () => {
    if (platform !== 'playground') return;
    await world.database.prisma.meetingSource.deleteMany();
    await ana.type('/meeting find');
    await ana.press('Try it with made-up meetings');
    expect(ana.last().text).toContain('None of them exists.');
    expect(ana.last().text).toContain('Made-up meetings');
    expect(ana.last().options).toHaveLength(5);
  });

  test('bystanders saw nothing, and ids tell nothing', () => {
    for (const person of [cleo, ben]) expect(screenOf(person)).not.toMatch(/Evening Harbor|Ask First|farville/u);
    for (const id of plainIds(ana, ben)) expect(id).not.toMatch(/meeting|zoom|farville/iu);
  });

  test('nothing failed behind the scenes', () => expect(world.logged).toEqual([]));
});
