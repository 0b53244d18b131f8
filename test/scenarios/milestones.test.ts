import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Ana keeps a date, is reminded of it, shares it when she wants to, and returns to use without losing anything. */

const DAY = 24 * 3_600_000;
const { worlds, open } = openWorlds();

onEveryStage(open, (stage, platform) => {
  let world: TestWorld;
  let ana: Person;
  let ben: Person;
  let nobody: Person;
  /** A local day of the community, that many days ago. */
  const ago = (days: number) => new Date(world.clock.now().getTime() - days * DAY).toISOString().slice(0, 10);

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    // Noon in UTC, so that the day is the same for everybody here.
    const noon = new Date(world.clock.now());
    noon.setUTCHours(36, 0, 0, 0);
    world.clock.advance(noon.getTime() - world.clock.now().getTime());
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'UTC' });
    ben = await stage().person('Ben', { locale: 'en-US', zone: 'UTC' });
    nobody = await stage().person('Cleo', { locale: 'es-ES', zone: 'UTC', closedDirect: true });
    await world.connect([stage().adapter]);
  });

  test('Ana keeps a date of 59 days ago, without saying what it is about', async () => {
    await ana.type('/milestone set');
    expect(ana.form()?.fields.every(({ required }) => !required)).toBe(true);
    await ana.fill({ date: ago(59), label: 'The quiet one' });
    expect(ana.last().text).toContain('The quiet one');
    expect(ana.last().text).toContain('59 days');
    expect(ana.last().text).toMatch(/Next: 60 days/u);
    expect(ana.last().text).toContain('Only you see this.');
    expect(ana.last().onlyMe).toBe(true);
  });

  test('a day that is still to come is refused in words', async () => {
    await ana.type('/milestone set date:2999-01-01');
    expect(ana.last().text).toContain('still to come');
  });

  test('the next morning a discreet note comes, once, and opens on a tap', async () => {
    const before = ana.sees().length;
    await world.passes(DAY);
    expect(ana.sees()).toHaveLength(before + 1);
    expect(ana.last()).toMatchObject({ where: 'direct', preview: 'There is a note for you, as you asked.', onlyMe: true });
    expect(ana.last().text).not.toMatch(/60|days|recovery|quiet one/iu);
    await ana.press('Open');
    expect(ana.last().text).toMatch(/You reached 60 days/u);
    const seen = ana.sees().length;
    await world.passes(DAY);
    expect(ana.sees()).toHaveLength(seen);
  });

  test('no row says on which day somebody reached something', async () => {
    const work = await world.database.prisma.dueWork.findMany({ where: { kind: 'milestones.day' } });
    expect(work).toHaveLength(1);
    expect((work[0]?.dueAt.getTime() ?? 0) - world.clock.now().getTime()).toBeLessThanOrEqual(DAY);
    expect(await world.database.prisma.delivery.count({ where: { kind: 'milestones.day' } })).toBe(0);
  });

  test('sharing shows exactly what would be said, and says nothing until the last tap', async () => {
    const before = ben.sees().length;
    await ana.type('/milestone share');
    await ana.fill({ words: '60 days, *thank you* <@everyone>', name: 'mention' });
    expect(ana.last().onlyMe).toBe(true);
    expect(ana.last().text).toContain('Nothing is posted yet.');
    expect(ana.last().text).toContain('@Ana: 60 days, *thank you* <@everyone>');
    expect(ana.last().text).toContain('Your account is named.');
    await world.passes(60_000);
    expect(ben.sees()).toHaveLength(before);

    await ana.press('Post it in this channel');
    expect(ana.last().text).toContain('in a moment');
    await world.passes(1_000);
    expect(ben.sees()).toHaveLength(before + 1);
    expect(ben.last()).toMatchObject({ where: 'channel', onlyMe: false });
    expect(ben.last().text.trim()).toBe('@Ana: 60 days, *thank you* <@everyone>');
    expect(screenOf(ben)).not.toContain('The quiet one');
  });

  test('the consent is written down, shown, and can be taken back, which takes the words out of the channel', async () => {
    await ana.type('/privacy show');
    expect(ana.last().text).toContain('Milestones');
    expect(ana.last().text).toContain('A milestone, in the words that you chose → everyone in a channel');
    expect(await world.database.prisma.consent.count({ where: { fact: 'milestone.shared', revokedAt: null } })).toBe(1);
    const count = ben.sees().length;
    await ana.press('Take it back');
    await world.passes(1_000);
    expect(ben.sees()).toHaveLength(count);
    expect(ben.last().text).toContain('taken back');
    expect(screenOf(ben)).not.toContain('thank you');
    expect(await world.database.prisma.consent.count({ where: { fact: 'milestone.shared', revokedAt: null } })).toBe(0);
  });

  test('without a name, the message holds no trace of who shared it', async () => {
    await ana.type('/milestone share words:"Two months, and glad." name:none');
    expect(ana.last().text).toContain('You are not named.');
    await ana.press('Post it in this channel');
    await world.passes(1_000);
    expect(ben.last().text.trim()).toBe('Two months, and glad.');
    expect(ben.last().onlyMe).toBe(false);
  });

  test('in a direct message it asks for the channel, and posts nothing', async () => {
    const before = ben.sees().length;
    await ana.typeDirectly('/milestone share words:hello');
    expect(ana.last().text).toContain('in the channel where you want to share it');
    await world.passes(1_000);
    expect(ben.sees()).toHaveLength(before);
  });

  test('a return to use is met kindly, keeps every day, and tells nobody', async () => {
    const before = [ben, nobody].map((person) => person.sees().length);
    await ana.type('/milestone return');
    expect(ana.last().text).toContain('61 days count');
    expect(ana.last().text).toContain('Nobody is told.');
    expect(ana.last().text).toContain('/crisis');
    expect(ana.last().text).not.toMatch(/relapse|fail|lost|reset|zero/iu);
    expect(ana.last().onlyMe).toBe(true);
    await ana.press('New count from today');
    expect(ana.last().text).toContain('61 days');
    await world.passes(3 * DAY);
    await ana.type('/milestone show');
    expect(ana.last().text).toContain('Now: 3 days');
    expect(ana.last().text).toContain('Altogether: 64 days');
    expect([ben, nobody].map((person) => person.sees().length)).toEqual(before);
  });

  test('days can be counted one by one, in place of abstinence', async () => {
    await ben.type('/milestone set kind:plan');
    await ben.press('Count today');
    expect(ben.last().text).toContain('that makes 1 day');
    expect(ben.last().buttons).not.toContain('Count today');
    await ben.type('/milestone return');
    expect(ben.last().text).toContain('no count going on');
  });

  test('after a restart and three days of downtime, one note comes, at an hour when people are awake', async () => {
    await world.disconnect();
    const before = ana.sees().length;
    // Until 03:00, four days later: seven days since the return lie in between.
    const night = new Date(world.clock.now().getTime() + 4 * DAY);
    night.setUTCHours(3, 0, 0, 0);
    world.clock.advance(night.getTime() - world.clock.now().getTime());
    await world.connect([stage().adapter]);
    await world.passes(0);
    expect(ana.sees()).toHaveLength(before);
    await world.passes(6 * 3_600_000 + 60_000);
    expect(ana.sees()).toHaveLength(before + 1);
    await ana.press('Open');
    expect(ana.last().text).toMatch(/You reached 7 days/u);
  });

  test("a button of Ana's does nothing for Ben", async () => {
    await ana.type('/milestone show');
    const ids = ana.rawIds();
    const before = screenOf(ana);
    for (const id of ids.slice(-4)) await ben.pressRaw(id);
    expect(screenOf(ben)).not.toContain('The quiet one');
    expect(screenOf(ana)).toBe(before);
  });

  test('what is removed is gone, with the daily look', async () => {
    await ana.type('/milestone show');
    await ana.press('Remove');
    await ana.press('Yes, forget it');
    expect(ana.last().text).toContain('It is forgotten.');
    expect(await world.database.prisma.milestone.count()).toBe(1);
    expect(await world.database.prisma.dueWork.count({ where: { kind: 'milestones.day' } })).toBe(1);
  });

  test('bystanders never saw a date or a name', () => {
    for (const person of [ben, nobody]) expect(screenOf(person)).not.toMatch(/quiet one|61 days|64 days/u);
    expect(nobody.sees().every(({ onlyMe, where }) => !onlyMe && where === 'channel')).toBe(true);
    expect(platform).toBe(stage().platform);
  });

  test('ids and rows tell nothing', async () => {
    for (const id of plainIds(ana, ben)) expect(id).not.toMatch(/milestone|recovery|return|share/iu);
    const rows = await world.database.prisma.delivery.findMany();
    expect(JSON.stringify(rows)).not.toMatch(/quiet|glad|thank/u);
  });

  test('nothing failed behind the scenes', () => expect(world.logged).toEqual([]));
});
