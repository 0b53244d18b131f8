import { enter } from '../../src/core/members/enter.js';
import { sealDetails } from '../../src/core/sessions/details.js';
import { makeSession } from '../core/sessions/support.js';
import type { StoredEvent } from '../support/discord/events.js';
import type { DiscordStage } from '../support/discord/stage.js';
import { MAY } from '../support/discord/threads.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Rosa has her session stand among the events of the server, where somebody lays hands on it. */

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const { worlds, open } = openWorlds();

onEveryStage(open, (stage, platform) => {
  let world: TestWorld;
  let rosa: Person;
  let ana: Person;
  let session: { id: string };
  const isDiscord = platform === 'discord';
  const [yes, no] = isDiscord ? ['True', 'False'] : ['yes', 'no'];
  const here = isDiscord ? test : test.skip;

  const discord = () => (stage() as DiscordStage).discord;
  const events = (): readonly StoredEvent[] => discord().events.all();
  const only = (): StoredEvent => {
    expect(events()).toHaveLength(1);
    return events()[0] as StoredEvent;
  };
  const passes = async (ms: number) => {
    if (isDiscord) discord().world.advance(ms);
    await world.passes(ms);
  };
  const settles = () => passes(3 * SECOND);
  const row = () => world.database.prisma.sessionEvent.findFirst({ where: { sessionId: session.id } });
  const startOf = ({ scheduled_start_time }: StoredEvent) => new Date(scheduled_start_time).getTime();
  const details = { title: 'Tuesday steps', description: 'We read at https://meet.example.org/secret-room together.' };

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    if (isDiscord) discord().world.advance(world.clock.now().getTime() - discord().world.now());
    rosa = await stage().person('Rosa', { admin: true, locale: 'en-US', zone: 'UTC' });
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'UTC' });
    await rosa.type('/community setup zone:UTC language:en');
    await rosa.type(`/community roles role:facilitator people:<@${rosa.id}>`);
    const scope = await enter(world.world, { platform, userId: rosa.id, space: { id: stage().space } }, world.clock.now());
    const tomorrow = new Date(world.clock.now().getTime() + 2 * DAY).toISOString().slice(0, 10);
    session = await makeSession(world, scope, {
      place: 'link',
      rrule: 'FREQ=DAILY;INTERVAL=7',
      start: tomorrow,
      time: '19:00',
      zone: 'UTC',
      settled: world.clock.now().toISOString().slice(0, 16),
    });
    const link = 'https://meet.example.org/secret-room';
    await world.database.prisma.session.update({
      where: { id: session.id },
      data: { details: sealDetails(world.world.cipher, session.id, { ...details, link }) },
    });
    await world.connect([stage().adapter]);
  });

  (isDiscord ? test.skip : test)(
    'where there is no calendar it says so, and what there is instead; nothing else speaks of it',
    async () => {
      await rosa.type(`/session events on:${yes}`);
      expect(rosa.last().text).toContain('Only Discord has a calendar of its own.');
      expect(rosa.last().text).toContain('/session feed');
      expect(await row()).toBeNull();
      await rosa.type('/session show');
      expect(rosa.last().text).not.toMatch(/event|server/iu);
    },
  );

  here('without the permission it says what to do, and nothing is turned on; members cannot', async () => {
    discord().world.botMay &= ~MAY.createEvents;
    await rosa.type(`/session events on:${yes}`);
    expect(rosa.last().text).toContain('the permission Create Events');
    expect(await row()).toBeNull();
    discord().world.botMay |= MAY.createEvents;
    await ana.type(`/session events on:${yes}`);
    expect(ana.last().text).not.toContain('will be among');
    expect(await row()).toBeNull();
  });

  here('turned on, the next date stands there once, without its link', async () => {
    await rosa.type('/session events');
    expect(rosa.last().text).toContain('is not shown there');
    await rosa.press('Show it there');
    expect(rosa.last().onlyMe).toBe(true);
    await settles();
    const event = only();
    expect(event).toMatchObject({
      name: 'Tuesday steps',
      description: 'We read at … together.',
      entity_type: 3,
      entity_metadata: { location: 'online, by a link' },
    });
    expect(startOf(event) - world.clock.now().getTime()).toBeGreaterThan(DAY);
    expect(Date.parse(event.scheduled_end_time ?? '') - startOf(event)).toBe(HOUR);
    await passes(3 * HOUR);
    expect(only().id).toBe(event.id);
    await rosa.type('/session show');
    expect(rosa.last().text).not.toContain('by hand');
  });

  here('it follows a move and another place', async () => {
    const before = only();
    await rosa.type('/session move when:"in 3 days 20:30"');
    await rosa.press('Move it');
    await settles();
    expect(only().id).toBe(before.id);
    expect(startOf(only())).not.toBe(startOf(before));
    expect(new Date(startOf(only())).toISOString()).toContain('T20:30');
    const voice = discord().world.snowflake();
    discord().world.voiceChannels.add(voice);
    await world.database.prisma.session.update({ where: { id: session.id }, data: { place: 'voice', channelId: voice } });
    await passes(2 * HOUR);
    expect(only()).toMatchObject({ id: before.id, entity_type: 2, channel_id: voice });
  });

  here('changed by hand, she is asked alone, and can take it over', async () => {
    const event = only();
    const later = new Date(startOf(event) + HOUR).toISOString();
    const end = new Date(startOf(event) + 2.5 * HOUR).toISOString();
    discord().events.changeByHand(event.id, { name: 'Steps and tea', scheduled_start_time: later, scheduled_end_time: end });
    await ana.type('/session show');
    expect(ana.last().text).not.toContain('by hand');
    await rosa.type('/session show');
    expect(rosa.last().onlyMe).toBe(true);
    expect(rosa.last().text).toContain('Somebody changed the event of “Tuesday steps” by hand.');
    expect(rosa.last().text).toContain('It is called “Steps and tea” there.');
    expect(rosa.last().text).toContain('It lasts 90 minutes there.');
    await settles();
    expect(rosa.sees().some(({ where, text }) => where === 'direct' && text.includes('by hand'))).toBe(true);
    expect(screenOf(ana)).not.toContain('by hand');
    await rosa.press('Change the session');
    expect(rosa.last().text).toContain('This date is as the event says now.');
    await settles();
    expect(only()).toMatchObject({ id: event.id, name: 'Steps and tea', scheduled_start_time: later });
    await rosa.type('/session show');
    expect(rosa.last().text).toContain('Steps and tea');
    expect(rosa.last().text).not.toContain('by hand');
    const moved = await world.database.prisma.occurrence.findFirst({ where: { sessionId: session.id } });
    expect(moved).toMatchObject({ startsAt: new Date(later), minutes: 90 });
  });

  here('changed by hand again, which the mirror sees by itself, she can have ours back', async () => {
    const event = only();
    discord().events.changeByHand(event.id, { description: 'Bring money.' });
    await passes(2 * HOUR);
    expect(only().description).toBe('Bring money.');
    expect(rosa.last().where).toBe('direct');
    expect(rosa.last().text).toContain('It is described otherwise there.');
    const asked = rosa.sees().length;
    await passes(5 * HOUR);
    expect(rosa.sees()).toHaveLength(asked);
    await rosa.press('Restore the event');
    await settles();
    expect(only()).toMatchObject({ id: event.id, description: 'We read at … together.' });
  });

  here('deleted by hand, it is not made again before she says so', async () => {
    const event = only();
    discord().events.deleteByHand(event.id);
    await passes(2 * HOUR);
    expect(events()).toEqual([]);
    expect(rosa.last().text).toContain('Somebody deleted the event of “Steps and tea”');
    await rosa.press('Restore the event');
    await settles();
    expect(only().id).not.toBe(event.id);
    await rosa.pressRaw(rosa.rawIds().at(-1) ?? '');
    discord().events.deleteByHand(only().id);
    await rosa.type('/session edit');
    expect(rosa.last().text).toContain('Somebody deleted the event');
    const start = (await row())?.startsAt?.getTime() ?? 0;
    await rosa.press('Skip that date');
    await settles();
    expect(startOf(only())).toBeGreaterThan(start + 3 * DAY);
    await rosa.type('/session show');
    expect(rosa.last().text).not.toContain('by hand');
  });

  here('a process that dies between making it and writing that down leaves one event', async () => {
    const { id } = only();
    await rosa.type('/session skip');
    const { prisma } = world.database;
    const calendar = world.world.calendars?.discord;
    if (!calendar) throw new Error('Discord has a calendar.');
    const { create } = calendar;
    let made = 0;
    Object.assign(calendar, {
      async create(...given: Parameters<typeof create>) {
        const result = await create(...given);
        made += 1;
        if (made === 1) throw new Error('The process is killed here.');
        return result;
      },
    });
    await rosa.press('Skip it');
    await settles();
    expect(made).toBe(1);
    expect((await row())?.ref).toBeNull();
    await world.connect([stage().adapter]);
    await passes(2 * 60 * SECOND);
    expect(made).toBe(1);
    expect(only().id).not.toBe(id);
    expect((await row())?.ref).toBe(only().id);
    Object.assign(calendar, { create });
    expect(world.logged.splice(0)).toMatchObject([{ kind: 'session.mirror', failures: 1 }]);
    expect(await prisma.sessionEvent.count()).toBe(1);
  });

  here('Discord fails: it is tried again; it forbids: she is told what to do', async () => {
    const event = only();
    discord().fail(20, 503, /scheduled-events/u);
    await rosa.type('/session move when:"in 9 days 18:00"');
    await rosa.press('Move it');
    await settles();
    expect(startOf(only())).toBe(startOf(event));
    discord().rest.heal();
    await passes(5 * 60 * SECOND);
    expect(startOf(only())).not.toBe(startOf(event));
    discord().world.botMay &= ~MAY.createEvents;
    await rosa.type('/session move when:"in 9 days 21:00"');
    await rosa.press('Move it');
    await settles();
    expect(rosa.last().text).toContain('the permission Create Events');
    expect(world.logged.splice(0)).toMatchObject([{ kind: 'session.mirror', trouble: 'forbidden' }]);
    discord().world.botMay |= MAY.createEvents;
    await rosa.press('Try again');
    await settles();
    expect(new Date(startOf(only())).toISOString()).toContain('T21:00');
  });

  here('the date goes by and the next one takes its place; a closed session tells its time only', async () => {
    const before = only();
    await world.database.prisma.session.update({ where: { id: session.id }, data: { isClosed: true } });
    const ahead = startOf(before) - HOUR - world.clock.now().getTime();
    discord().world.advance(ahead);
    await world.leaps(ahead);
    await passes(3 * HOUR);
    const after = only();
    expect(after).toMatchObject({ name: 'Meeting', description: null });
    expect(startOf(after)).toBeGreaterThan(startOf(before));
  });

  here('turned off, its event is taken down; left, it stays as somebody made it', async () => {
    await rosa.type(`/session events on:${no}`);
    expect(rosa.last().text).toContain('is shown there no longer');
    await settles();
    expect(events()).toEqual([]);
    await rosa.type(`/session events on:${yes}`);
    await settles();
    discord().events.changeByHand(only().id, { name: 'Ours' });
    await rosa.type('/session events');
    await rosa.press('Leave it, stop showing');
    await settles();
    expect(events().map(({ name }) => name)).toEqual(['Ours']);
    expect(await row()).toBeNull();
  });

  here('the session ends, and its event with it', async () => {
    for (const { id } of events()) discord().events.deleteByHand(id);
    await rosa.type(`/session events on:${yes}`);
    await settles();
    only();
    await rosa.type('/session cancel');
    await rosa.press('End the whole series');
    await settles();
    expect(events()).toEqual([]);
  });

  test('nobody else saw anything of it, and nothing failed behind the scenes', () => {
    expect(screenOf(ana)).not.toMatch(/by hand|permission Create/u);
    expect(world.logged).toEqual([]);
    if (isDiscord) expect(discord().wire.join('\n')).not.toContain('secret-room');
  });
});
