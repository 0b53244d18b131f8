import { enter } from '../../src/core/members/enter.js';
import { sealDetails } from '../../src/core/sessions/details.js';
import { makeFeeds } from '../../src/feeds.js';
import { read } from '../calendar/reader.js';
import { makeSession } from '../core/sessions/support.js';
import { SITE } from '../support/site.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Ana takes sessions into her calendar, which her family sees; Rosa tells the world which sessions anybody may find. */

const YEAR = 365 * 86_400_000;
const { worlds, open } = openWorlds();

onEveryStage(open, (stage, platform) => {
  let world: TestWorld;
  let rosa: Person;
  let ana: Person;
  let ben: Person;
  let session: { id: string };

  const feeds = () => makeFeeds(world.world, world.clock);
  const linkOf = (person: Person) => new RegExp(`${SITE}/feeds/([\\w-]+)\\.ics`, 'u').exec(person.last().text)?.[1] ?? '';
  const opened = async (person: Person): Promise<string> => {
    const file = person.sees().findLast(({ files }) => files.length > 0)?.files[0];
    expect(file?.name).toBe('calendar.ics');
    return Buffer.from(await person.open(file?.ref ?? '')).toString();
  };
  const after = () => world.clock.now();
  const nextYear = () => new Date(after().getTime() + YEAR);

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    rosa = await stage().person('Rosa', { admin: true, locale: 'en-US', zone: 'UTC' });
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'UTC' });
    ben = await stage().person('Ben', { locale: 'es-ES', zone: 'UTC' });
    await rosa.type('/community setup zone:America/New_York language:en');
    await rosa.type(`/community roles role:facilitator people:<@${rosa.id}>`);
    const scope = await enter(world.world, { platform, userId: rosa.id, space: { id: stage().space } }, after());
    session = await makeSession(world, scope, { place: 'link', visibility: 'public' });
    const details = {
      title: 'Tuesday steps',
      description: 'We read together, see meet.example.org/secret-room.',
      link: 'https://meet.example.org/secret-room',
    };
    await world.database.prisma.session.update({
      where: { id: session.id },
      data: { details: sealDetails(world.world.cipher, session.id, details) },
    });
  });

  test('one date goes into her calendar as a meeting, without a word of what it is', async () => {
    await ana.type('/session show');
    await ana.press('Add to my calendar');
    expect(ana.last().onlyMe).toBe(true);
    const text = await opened(ana);
    const seen = read(text, after(), nextYear());
    expect(seen.map(({ title, minutes }) => [title, minutes])).toEqual([['Meeting', 60]]);
    expect(text).not.toMatch(/Tuesday steps|read together|meet\.example/u);
    await ana.press('All dates');
    expect(read(await opened(ana), after(), nextYear()).length).toBeGreaterThan(50);
  });

  test('with its real title only when she asks for it, and never with its link', async () => {
    await ana.press('With its real title');
    const text = await opened(ana);
    expect(text).toContain('SUMMARY:Tuesday steps');
    expect(text).toContain('DESCRIPTION:We read together\\, see …');
    expect(text).not.toMatch(/meet\.example|secret-room/u);
    expect(screenOf(ana)).toContain('Whoever sees your calendar can read them.');
  });

  test('all that comes goes into her calendar from the list, as a file', async () => {
    await ana.type('/session list');
    await ana.press('All in my calendar');
    expect(ana.last().onlyMe).toBe(true);
    const text = await opened(ana);
    const seen = read(text, after(), nextYear());
    expect(new Set(seen.map(({ title }) => title))).toEqual(new Set(['Meeting']));
    expect(seen.length).toBeGreaterThan(50);
    expect(text).not.toMatch(/Tuesday steps|secret-room/u);
  });

  test('her link is shown once, reads as her calendar does, and is kept nowhere', async () => {
    await ana.type('/session feed');
    await ana.press('Make my link');
    const token = linkOf(ana);
    const text = (await feeds().calendar(token)) ?? '';
    expect(new Set(read(text, after(), nextYear()).map(({ title }) => title))).toEqual(new Set(['Meeting']));
    expect(text).not.toMatch(/Tuesday steps|meet\.example/u);
    await ana.type('/session feed');
    expect(ana.last().text).not.toContain('/feeds/');
    expect(JSON.stringify(await world.database.prisma.feed.findMany())).not.toContain(token.slice(22));
    await ana.type('/privacy show');
    expect(ana.last().text).toContain('Your calendar link');
  });

  test('a new link ends the old one, and so does its end; a link of another is another’s', async () => {
    await ana.type('/session feed');
    await ana.press('New, with real titles');
    const full = linkOf(ana);
    expect(await feeds().calendar(full)).toContain('Tuesday steps');
    await ben.type('/session feed');
    await ben.press('Crear mi enlace');
    const his = linkOf(ben);
    expect(await feeds().calendar(his)).toContain('SUMMARY:Reunión');
    for (const wrong of [`${full.slice(0, -1)}${full.endsWith('A') ? 'B' : 'A'}`, `${his.slice(0, 22)}${full.slice(22)}`, 'x'])
      expect(await feeds().calendar(wrong)).toBeUndefined();
    await ana.type('/session feed');
    await ana.press('End my link');
    expect(ana.last().text).toContain('Your calendar link has ended.');
    expect(await feeds().calendar(full)).toBeUndefined();
    expect(await feeds().calendar(his)).toBeDefined();
  });

  test('members see nothing of the public list; Rosa sees what would be in it before it is', async () => {
    await ana.type('/session feed');
    expect(ana.last().text).not.toContain('Public list');
    await rosa.type('/session feed');
    expect(rosa.last().text).toContain('Tuesday steps: in the list, without a link');
    await rosa.press('Publish the list');
    const id = new RegExp(`${SITE}/feeds/([\\w-]+)/meetings\\.json`, 'u').exec(rosa.last().text)?.[1] ?? '';
    const list = async () => JSON.parse((await feeds().meetings(id)) ?? 'null');
    expect(await list()).toMatchObject([{ name: 'Tuesday steps', slug: session.id, day: 2, time: '19:00', end_time: '20:00' }]);
    expect(JSON.stringify(await list())).not.toMatch(/meet\.example|secret-room/u);
    await rosa.choose('Tell the link of Tuesday steps');
    expect(await list()).toMatchObject([{ conference_url: 'https://meet.example.org/secret-room' }]);
    await rosa.press('Take it down');
    expect(await feeds().meetings(id)).toBeUndefined();
  });

  test('without an address of ours it says what the operator must do, and offers a file', async () => {
    const { site } = world.world;
    if (site) delete site.url;
    await ana.type('/session feed');
    expect(ana.last().text).toContain('must set PUBLIC_URL');
    expect(ana.last().buttons).toEqual(['A file instead']);
    await ana.press('A file instead');
    expect(read(await opened(ana), after(), nextYear()).length).toBeGreaterThan(50);
    if (site) site.url = SITE;
  });

  test('nobody else saw anything of it, and nothing failed behind the scenes', () => {
    for (const person of [rosa, ben]) expect(screenOf(person)).not.toContain('Add to my calendar');
    for (const { text, onlyMe } of ben.sees()) if (!onlyMe) expect(text).not.toMatch(/calendar|Tuesday/u);
    expect(world.logged).toEqual([]);
  });
});
