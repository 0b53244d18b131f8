import { randomUUID } from 'node:crypto';
import { sealDetails } from '../../src/core/sessions/details.js';
import { hold, replan } from '../../src/core/sessions/replan.js';
import { tellComers } from '../../src/core/sessions/tell-comers.js';
import type { Prisma } from '../../src/db/generated/client.js';
import { tenantDb } from '../../src/db/tenant.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** A room for one, and more who want to come; a chair who falls silent, and others who step in. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TITLE = 'Thursday steps';
const { worlds, open } = openWorlds();

onEveryStage(open, (stage, platform) => {
  let world: TestWorld;
  let carla: Person;
  let bea: Person;
  let shy: Person;
  let ana: Person;
  let ben: Person;
  let cleo: Person;
  let community = '';
  const people = () => [carla, bea, shy, ana, ben, cleo];

  const memberOf = async ({ id }: Person) => {
    const found = await world.database.prisma.identity.findFirstOrThrow({ where: { externalId: id } });
    return found.memberId;
  };

  /** A session for once that begins in so many minutes, as `/session create` keeps it. */
  async function session(minutes: number, other: Partial<Prisma.SessionUncheckedCreateInput>, backups: readonly Person[] = []) {
    const { prisma } = world.database;
    const space = await prisma.space.findFirstOrThrow({ where: { platform } });
    const at = new Date(Math.ceil(world.clock.now().getTime() / MINUTE) * MINUTE + minutes * MINUTE).toISOString();
    const id = randomUUID();
    const row = await prisma.session.create({
      data: {
        id,
        communityId: community,
        spaceId: space.id,
        details: sealDetails(world.world.cipher, id, { title: TITLE }),
        format: 'open',
        rrule: null,
        start: at.slice(0, 10),
        time: at.slice(11, 16),
        zone: 'UTC',
        minutes: 60,
        place: 'text',
        channelId: stage().channel,
        settled: '2026-01-01T00:00',
        ...other,
      },
    });
    for (const [position, person] of backups.entries())
      await prisma.sessionBackup.create({
        data: { communityId: community, sessionId: id, memberId: await memberOf(person), position },
      });
    await replan(tenantDb(prisma, community), { now: world.clock.now() }, row);
    await world.passes(2_000);
    return { id, local: at.slice(0, 16) };
  }

  /** The newest card in the channel, as somebody sees it. */
  const card = (person: Person) =>
    person
      .sees()
      .filter(({ text, onlyMe }) => text.startsWith(TITLE) && !onlyMe)
      .at(-1)?.text ?? '';
  const cards = (person: Person) => person.sees().filter(({ text, onlyMe }) => text.startsWith(TITLE) && !onlyMe).length;
  /** What the bot wrote to somebody of its own accord. */
  const letters = (person: Person, words: string) =>
    person.sees().filter(({ where, text }) => where === 'direct' && text.includes(words)).length;
  const says = async (person: Person, button: string) => {
    await person.press(button);
    await world.passes(2_000);
  };
  const until = (date: { local: string }, minutesBefore: number) =>
    world.passes(new Date(`${date.local}:00Z`).getTime() - minutesBefore * MINUTE - world.clock.now().getTime());

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    const as = { locale: 'en-GB', zone: 'UTC' };
    carla = await stage().person('Carla', { ...as, admin: true });
    bea = await stage().person('Bea', as);
    shy = await stage().person('Shy', { ...as, closedDirect: true });
    ana = await stage().person('Ana', { ...as, zone: 'Europe/Madrid' });
    ben = await stage().person('Ben', { ...as, locale: 'es-ES' });
    cleo = await stage().person('Cleo', as);
    await carla.type('/community setup zone:UTC language:en');
    for (const person of people()) await person.type('/help');
    community = (await world.database.prisma.community.findFirstOrThrow()).id;
    await world.connect([stage().adapter]);
  });

  test('the card comes two days before, counts and names nobody; the second waits and knows their turn', async () => {
    const date = await session(50 * 60, { capacity: 1, chairId: await memberOf(carla) }, [shy, bea]);
    expect(cards(cleo)).toBe(0);
    await until(date, 48 * 60);
    expect(cards(cleo)).toBe(1);
    expect(card(cleo)).toContain('nobody has said yes yet');
    await says(ana, "I'll come");
    expect(
      ana
        .sees()
        .filter(({ text }) => text.includes('You are down'))
        .map(({ onlyMe }) => onlyMe),
    ).toEqual([true]);
    expect(screenOf(ana)).toContain(`You are down to come: ${TITLE}`);
    await says(ben, "I'll come");
    expect(screenOf(ben)).toContain('número 1 en la lista de espera');
    await says(cleo, "I'll come");
    expect(screenOf(cleo)).toContain('number 2 on the waitlist');
    // Twice is once.
    await says(ben, "I'll come");
    expect(card(cleo)).toContain('1 person, room for 1, 2 wait for a place');
    expect(cards(cleo)).toBe(1);
    for (const person of people()) expect(card(person)).not.toMatch(/Ana|Ben|Cleo/u);
  });

  test('whoever leaves lets the next in, discreetly and until a time; a silent one is passed over, and hears it', async () => {
    await ana.type('/session rsvp answer:no');
    expect(screenOf(ana)).toContain('All right, not this time.');
    await world.passes(2_000);
    expect(letters(ben, 'Lo que esperabas está libre.')).toBe(1);
    for (const { where, preview, text } of ben.sees())
      if (where === 'direct') expect(`${preview} ${text}`).not.toMatch(/steps|recovery|recuperación/iu);
    // Another process takes over in between.
    await world.connect([stage().adapter]);
    await world.passes(24 * HOUR);
    expect(letters(ben, 'pasó a la siguiente persona, porque')).toBe(1);
    expect(letters(cleo, 'What you waited for is free.')).toBe(1);
    await says(cleo, 'Take it');
    expect(screenOf(cleo)).toContain('You are down to come');
    expect(card(ben)).toContain('1 person, room for 1');
  });

  test('the chair is asked two hours before; silent, the backups are asked; one with closed messages is not waited for', async () => {
    const date = await world.database.prisma.occurrence.findFirstOrThrow({ orderBy: { startsAt: 'desc' } });
    await until(date, 119);
    expect(letters(carla, 'Will you be there?')).toBe(1);
    expect(letters(bea, 'Could you step in?')).toBe(0);
    await until(date, 29);
    expect(letters(bea, 'Could you step in?')).toBe(1);
    const reached = await world.database.prisma.chairAsk.findMany({ where: { said: 'unreached' } });
    expect(reached.map(({ memberId }) => memberId)).toEqual([await memberOf(shy)]);
    await says(bea, "I'll step in");
    expect(screenOf(bea)).toContain(`You chair ${TITLE}`);
    expect(letters(carla, 'It is taken')).toBe(1);
    await says(carla, "I'll be there");
    expect(screenOf(carla)).toContain('Somebody else chairs it already');
  });

  test('one who comes is reminded once, at the last moment too; nobody else is', async () => {
    const date = await world.database.prisma.occurrence.findFirstOrThrow({ orderBy: { startsAt: 'desc' } });
    // Cleo said yes within the last day: the reminder of a day before was not promised to her.
    expect(letters(cleo, 'You asked for a reminder.')).toBe(0);
    await until(date, 14);
    await until(date, 10);
    expect(letters(cleo, 'You asked for a reminder.')).toBe(1);
    for (const person of [ana, bea]) expect(letters(person, 'You asked for a reminder.')).toBe(0);
    await until(date, -61);
    expect(card(ana)).toContain('It is over.');
  });

  test('reminders can be turned off, and come at the local time that the rule says, in the zone of the reader', async () => {
    await session(26 * 60, { chairId: null });
    await says(ana, "I'll come");
    await says(cleo, "I'll come");
    await says(cleo, 'No reminders of this session');
    expect(screenOf(cleo)).toContain('I will not remind you of this session.');
    const before = [ana, cleo].map((person) => letters(person, 'You asked for a reminder.'));
    await world.passes(3 * HOUR);
    const after = [ana, cleo].map((person) => letters(person, 'You asked for a reminder.'));
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 0]);
  });

  test('a date that is moved, and called off, is told to those who come, whether they are reminded or not', async () => {
    const { prisma } = world.database;
    const db = tenantDb(prisma, community);
    const date = await prisma.occurrence.findFirstOrThrow({ orderBy: { startsAt: 'desc' }, include: { session: true } });
    const change = async (data: Prisma.OccurrenceUpdateInput, what: 'moved' | 'off') => {
      const now = world.clock.now();
      await db.transact(async (tx) => {
        await hold(tx, date.id, now);
        await tx.occurrence.updateMany({ where: { id: date.id }, data: data as object });
        await tellComers(tx, date, what, { now });
        await replan(tx, { now }, date.session);
      });
      await world.passes(2_000);
    };
    await change({ startsAt: new Date(date.startsAt.getTime() + HOUR) }, 'moved');
    for (const person of [ana, cleo]) expect(letters(person, 'Something in your plans has moved.')).toBe(1);
    expect(card(ben)).toContain('at another time than usual');
    await change({ state: 'cancelled' }, 'off');
    for (const person of [ana, cleo]) expect(letters(person, 'does not happen. I am sorry.')).toBe(1);
    expect(letters(ben, 'no se hace')).toBe(0);
    expect(card(ben)).toContain('This one does not happen.');
  });

  test('names are shown to the chair only by those who say so, before it counts; nobody else may look', async () => {
    await session(60 * 30, { chairId: await memberOf(carla), namesToChair: true });
    await ana.press("I'll come");
    expect(screenOf(ana)).toContain('Before it counts');
    await world.passes(2_000);
    expect(card(cleo)).toContain('nobody has said yes yet');
    await says(ana, 'Show it to the chair');
    await cleo.press("I'll come");
    await says(cleo, 'Without my name');
    expect(card(ben)).toContain('2 people');
    await carla.type('/session show');
    await carla.press('Who comes');
    expect(carla.last().text).toContain('@Ana');
    expect(carla.last().text).not.toContain('Cleo');
    expect(carla.last().text).toContain('1 more person comes');
    await ben.type('/session show');
    expect(ben.last().buttons).not.toContain('Quién va');
  });

  test('after a downtime until ten minutes before, everybody is asked at once; nobody at the start: those who come hear it', async () => {
    const date = await world.database.prisma.occurrence.findFirstOrThrow({ orderBy: { startsAt: 'desc' } });
    await until(date, 180);
    await world.disconnect();
    world.clock.advance(170 * MINUTE);
    const before = letters(carla, 'Will you be there?');
    await world.connect([stage().adapter]);
    await world.passes(2_000);
    expect(letters(carla, 'Will you be there?')).toBe(before + 1);
    await until(date, -1);
    for (const person of [ana, cleo]) expect(letters(person, 'Nobody has told me that they chair.')).toBe(1);
    expect(letters(ben, 'Nadie me ha dicho')).toBe(0);
    await says(ana, 'Begin without a chair');
    expect(screenOf(ben)).toContain('It is on right now.');
  });

  test('bystanders saw numbers only, and no row, id or log holds what it is about', async () => {
    for (const person of people()) {
      for (const id of plainIds(person)) expect(id).not.toMatch(/session|steps|going|rsvp/iu);
      for (const { onlyMe, text, where } of person.sees())
        if (!onlyMe && where === 'channel') expect(text).not.toMatch(/@Ana|@Ben|@Cleo/u);
    }
    const rows = [await world.database.prisma.delivery.findMany(), await world.database.prisma.dueWork.findMany()];
    expect(JSON.stringify(rows)).not.toContain('steps');
  });

  test('nothing failed behind the scenes', () => expect(world.logged).toEqual([]));
});
