import { Temporal } from 'temporal-polyfill';
import type { Platform } from '../../src/chat/index.js';
import { passesUntil, type Restartable, restartable } from '../support/restartable.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

/** Ana wants to be asked every morning, the weekend on which the clocks of Madrid go forward is the first. */

const ZONE = 'Europe/Madrid';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NUDGE = 'You asked for a nudge.';

/** Ten in the morning of the day before the next spring change. */
function dayBeforeSpring(now: Date): Temporal.ZonedDateTime {
  let at = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(ZONE);
  do at = at.getTimeZoneTransition('next') ?? at;
  while (at.hour !== 3);
  return at.subtract({ days: 1 }).with({ hour: 10, minute: 0 });
}

const behinds: Restartable[] = [];

async function open() {
  const world = await makeTestWorld();
  world.clock.advance(dayBeforeSpring(world.clock.now()).epochMilliseconds - world.clock.now().getTime());
  const behind = restartable(world);
  behinds.push(behind);
  return { router: behind.router, close: () => world.close() };
}

/** How many nudges there are on the screen, answered or not. */
const nudges = (person: Person) => person.sees().filter(({ preview }) => preview.includes(NUDGE)).length;

onEveryStage(open, (stage, platform: Platform) => {
  let ana: Person;
  let ben: Person;
  let world: TestWorld;
  let restart: () => Promise<void>;
  const deliveries = (state: 'sent' | 'dropped') =>
    world.database.prisma.delivery.count({ where: { kind: 'checkin.prompt', state } });
  /** Until a local time of Ana's, the next one. */
  const until = (hour: number, minute: number) => passesUntil(world, ZONE, hour, minute);

  beforeAll(async () => {
    const behind = behinds.at(-1) as Restartable;
    world = behind.world;
    restart = () => behind.restart(stage());
    ana = await stage().person('Ana', { locale: 'en-GB', zone: ZONE });
    ben = await stage().person('Ben', { locale: 'en-GB', zone: ZONE });
    await ben.type('/help');
    await world.connect([stage().adapter]);
  });

  test('she says when, and is shown what was understood before anything is saved', async () => {
    await ana.type('/checkin schedule when:"every day at 8.30am"');
    if (platform === 'discord') {
      expect(ana.last().text).toContain('In which time zone are you?');
      await ana.press('Another one');
      expect(ana.form()?.fields.find(({ name }) => name === 'when')?.value).toBe('every day at 8.30am');
      await ana.fill({ when: 'every day at 8.30am', zone: 'Madrid' });
    }
    expect(ana.last().text).toMatch(/Every day at 0?8:30/u);
    expect(ana.last().text).toContain(ZONE);
    expect(ana.last().onlyMe).toBe(true);
    expect(ana.last().buttons).toEqual(['Save', 'Change', 'Cancel']);
    expect(await world.database.prisma.checkInSchedule.count()).toBe(0);
    expect(await world.database.prisma.dueWork.count({ where: { kind: 'checkin.prompt' } })).toBe(0);
  });

  test('she changes her mind about the hour without typing it all again', async () => {
    await ana.press('Change');
    expect(ana.form()?.fields.find(({ name }) => name === 'when')?.value).toBe('every day at 8.30am');
    await ana.fill({ when: 'every day at 2.30 and 8.30am', ...(platform === 'discord' && { zone: ZONE }) });
    expect(ana.last().text).toMatch(/Every day at 0?2:30.* and 0?8:30/u);
    await ana.press('Cancel');
    expect(ana.last().text).toContain('Nothing was saved.');
    await ana.type('/checkin schedule when:"every day at 8.30am"');
    if (platform === 'discord') {
      await ana.press('Another one');
      await ana.fill({ when: 'every day at 8.30am', zone: 'Madrid' });
    }
    await ana.press('Save');
    expect(ana.last().text).toContain('Saved.');
    expect(await world.database.prisma.checkInSchedule.count()).toBe(1);
  });

  test('the nudge comes at her hour although the clocks went forward that night, and says nothing', async () => {
    await until(8, 29);
    expect(nudges(ana)).toBe(0);
    await until(8, 31);
    expect(nudges(ana)).toBe(1);
    expect(ana.last()).toMatchObject({ where: 'direct', onlyMe: true });
    expect(ana.last().text).not.toMatch(/check|mood|recover/iu);
    expect(ana.last().preview).not.toMatch(/check|mood|recover/iu);
    expect(nudges(ben)).toBe(0);
    const [prompt] = await world.database.prisma.checkInPrompt.findMany();
    expect(
      Temporal.Instant.fromEpochMilliseconds(prompt?.dueAt.getTime() ?? 0)
        .toZonedDateTimeISO(ZONE)
        .toPlainTime()
        .toString(),
    ).toBe('08:30:00');
  });

  test('put off, it comes again once, also from another process', async () => {
    await ana.press('In 10 minutes');
    expect(ana.last().text).toContain('I come back at');
    await restart();
    await world.passes(9 * MINUTE);
    expect(await deliveries('sent')).toBe(1);
    await world.passes(2 * MINUTE);
    expect(await deliveries('sent')).toBe(2);
    expect(ana.last().text).toContain(NUDGE);
  });

  test('she answers, and nothing more comes that day', async () => {
    await restart();
    await ana.press('Open');
    expect(ana.form()?.fields.map(({ name }) => name)).toEqual(['mood', 'craving', 'halt', 'note']);
    await ana.fill({ mood: '6', note: 'slept near the sea' });
    expect(ana.last().text).toContain('6 of 10');
    expect(ana.last().onlyMe).toBe(true);
    await until(8, 0);
    expect(await deliveries('sent')).toBe(2);
    const prompts = await world.database.prisma.checkInPrompt.findMany();
    expect(prompts.map(({ state }) => state)).toEqual(['answered']);
    expect(await world.database.prisma.checkIn.count({ where: { promptId: prompts[0]?.id ?? '' } })).toBe(1);
  });

  test('who checks in before being put off again has answered', async () => {
    await until(8, 31);
    expect(await deliveries('sent')).toBe(3);
    await ana.press('In an hour');
    await ana.type('/checkin now mood:5');
    await world.passes(2 * HOUR);
    expect(await deliveries('sent')).toBe(3);
  });

  test('her list shows where things stand; a skipped and a paused time does not come', async () => {
    await ana.type('/checkin list');
    expect(ana.last().text).toMatch(/Every day at 0?8:30/u);
    await ana.press('Skip the next one');
    expect(ana.last().text).toContain('Skipped.');
    await world.passes(DAY);
    expect(await deliveries('sent')).toBe(3);
    await ana.type('/checkin pause until:"in 2 days"');
    expect(ana.last().text).toContain('Paused.');
    await world.passes(DAY);
    expect(await deliveries('sent')).toBe(3);
    await ana.type('/checkin resume');
    expect(ana.last().text).toContain('It goes on from now.');
    await until(8, 31);
    expect(await deliveries('sent')).toBe(4);
  });

  test('after three days without the bot, what is too late is not sent', async () => {
    await ana.press('Not this time');
    expect(ana.last().text).toContain('Nothing more comes for this one.');
    await world.disconnect();
    world.clock.advance(3 * DAY + 4 * HOUR);
    await world.connect([stage().adapter]);
    await world.passes(MINUTE);
    expect(await deliveries('sent')).toBe(4);
    expect(await deliveries('dropped')).toBe(3);
    await world.disconnect();
    await world.clock.advance(DAY - 3 * HOUR);
    await world.connect([stage().adapter]);
    await world.passes(MINUTE);
    expect(await deliveries('sent')).toBe(5);
  });

  test('who needs someone is shown the way to help at once', async () => {
    await ana.type('/checkin schedule when:"every day at 11am" template:one-tap');
    await ana.press('Save');
    await until(11, 1);
    await ana.press('Open');
    expect(ana.last().buttons).toEqual(["I'm okay", 'Not great', 'I need someone']);
    await ana.press('I need someone');
    expect(screenOf(ana)).toContain('Which country are you in');
    expect(ana.last().onlyMe).toBe(true);
  });

  test('whoever takes no direct messages is told where they look', async () => {
    const cleo = await stage().person('Cleo', { locale: 'en-GB', zone: ZONE, closedDirect: true });
    await cleo.type(`/checkin schedule when:"every day at 1pm" zone:${ZONE}`);
    await cleo.press('Save');
    await until(13, 1);
    expect(nudges(cleo)).toBe(0);
    await cleo.type('/checkin list');
    expect(cleo.last().text).toContain('I could not reach you by direct message.');
  });

  test('a removed schedule asks nothing more', async () => {
    const sent = await deliveries('sent');
    for (let i = 0; i < 2; i++) {
      await ana.type('/checkin list');
      await ana.press('Remove');
      await ana.press('Yes, remove it');
    }
    expect(ana.last().text).toContain('Nothing is scheduled.');
    await world.passes(2 * DAY);
    expect(await deliveries('sent')).toBe(sent);
  });

  test('Ben, who stands by, saw nothing of it, and nothing failed', () => {
    for (const secret of ['nudge', '8:30', 'sea', '6 of 10', 'someone']) expect(screenOf(ben)).not.toContain(secret);
    expect(world.logged).toEqual([]);
  });
});
