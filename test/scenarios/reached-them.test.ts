import { pairingBegan } from '../../src/core/pairing/rhythm.js';
import { type TenantDb, tenantDb } from '../../src/db/tenant.js';
import { bringServices, type TestService } from '../support/services.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/**
 * Ana needs a place to sleep. She saves what she found, is reminded when she wanted to be, says that the number is wrong, which Fay mends,
 * and is asked once, a week later, whether she reached them. Ben is her mentor: he sees what she shows him, and sends her something.
 * Cleo, who takes no direct messages, sees nothing of it.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Ten in the morning in New York, on a Monday. */
const { worlds, open } = openWorlds('2027-05-03T14:00:00Z');

const at = (city: string) => ({ city, state_province: 'CT', postal_code: '06103' });
const LIST: readonly TestService[] = [
  { id: 'harbor', name: 'Harbor Shelter', description: 'Beds for the night', phone: '860-555-0101', ...at('Hartford') },
  { id: 'elm', name: 'Elm House', description: 'A shelter with beds', phone: '860-555-0102', ...at('Hartford') },
  { id: 'pantry', name: 'Corner Pantry', description: 'Groceries', phone: '860-555-0103', ...at('Hartford') },
  { id: 'law', name: 'Tenant Law Line', description: 'A lawyer', phone: '860-555-0104', ...at('Hartford') },
  { id: 'ride', name: 'Ride Desk', description: 'Rides to the clinic', phone: '860-555-0105', ...at('Hartford') },
];
const without = (id: string) => LIST.filter((one) => one.id !== id);

onEveryStage(open, (stage, platform) => {
  let world: TestWorld;
  let ana: Person;
  let ben: Person;
  let cleo: Person;
  let fay: Person;
  let db: TenantDb;
  let pairingId: string;
  let answers: readonly string[] = [];

  const memberOf = async ({ id }: Person) =>
    (await world.database.prisma.identity.findFirstOrThrow({ where: { platform, externalId: id } })).memberId;
  const directs = (person: Person) => person.sees().filter(({ where }) => where === 'direct').length;
  /** How many direct messages more each of them has afterwards. */
  const news = async (work: () => Promise<unknown>) => {
    const before = [ana, ben, cleo].map(directs);
    await work();
    return [ana, ben, cleo].map((person, i) => directs(person) - (before[i] ?? 0));
  };
  /** Until that instant, with everything that falls due on the way. */
  const until = (instant: string) => world.passes(Date.parse(instant) - world.clock.now().getTime());
  const restart = async () => {
    await world.disconnect();
    await world.connect([stage().adapter]);
  };
  const find = async (who: Person, what: string, name: string) => {
    await who.type(`/resource find what:"${what}"`);
    await who.choose(name);
  };
  const saved = async (name: string) => {
    await ana.type('/resource saved');
    await ana.choose(name);
  };

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'America/New_York' });
    ben = await stage().person('Ben', { locale: 'en-US', zone: 'America/New_York' });
    cleo = await stage().person('Cleo', { locale: 'es-ES', zone: 'America/New_York', closedDirect: true });
    fay = await stage().person('Fay', { locale: 'en-US', zone: 'America/New_York', admin: true });
    await world.connect([stage().adapter]);
    for (const person of [fay, ana, ben, cleo]) await person.type('/resource saved');
    for (const person of [ana, ben, cleo])
      await world.database.prisma.member.update({ where: { id: await memberOf(person) }, data: { zone: 'America/New_York' } });
    const { id } = await world.database.prisma.community.findFirstOrThrow();
    db = tenantDb(world.database.prisma, id);
    await bringServices(db, LIST, world.clock.now());
    const [menteeId, mentorId, now] = [await memberOf(ana), await memberOf(ben), world.clock.now()];
    await db.transact(async (tx) => {
      const ids = { communityId: id, menteeId, mentorId };
      const row = await tx.pairing.create({
        data: { ...ids, state: 'active', introBy: now, startedAt: now, menteeNudged: false, mentorNudged: false },
      });
      pairingId = row.id;
      await pairingBegan(tx, row.id, now);
    });
    await db.dueWork.deleteMany();
  });

  test('nothing is saved yet, and she is told where to begin', async () => {
    expect(ana.last().text).toContain('You have saved no service yet. Find one with /resource find');
    expect(cleo.last().text).toContain('Todavía no guardaste ningún servicio.');
    expect(ana.last().onlyMe).toBe(true);
  });

  test('she saves from what was found and from what is shown; twice is once', async () => {
    await ana.type('/resource find what:"a place to sleep"');
    await ana.press('Save one of these');
    expect(ana.last().options).toEqual(expect.arrayContaining(['Harbor Shelter', 'Elm House']));
    await ana.choose('Harbor Shelter');
    expect(ana.last().text).toContain('Saved, for you alone. In about a week I ask you once');
    expect(ana.last().text).toContain('860-555-0101');
    expect(ana.last().text).toContain('Only you see this.');
    await find(ana, 'place to sleep', 'Harbor Shelter');
    await ana.press('Save');
    expect(ana.last().text).toContain('You have this one already.');
    await ana.type('/resource find what:groceries');
    await ana.press('Save');
    expect(ana.last().text).toContain('Corner Pantry');
    expect(await db.savedResource.count()).toBe(2);
    await ana.type('/resource saved');
    expect(ana.last().options).toEqual(['Corner Pantry', 'Harbor Shelter']);
    expect(ana.last().onlyMe).toBe(true);
  });

  test('a note to herself is sealed, shown to her, and forgotten when it is left empty', async () => {
    await ana.choose('Harbor Shelter');
    await ana.press('Note to myself');
    await ana.fill({ note: 'Ask for *Rosa*' });
    expect(ana.last().text).toContain('Your note: Ask for *Rosa*');
    expect(JSON.stringify(await db.savedResource.findMany())).not.toMatch(/Rosa|Harbor/u);
    await ana.press('Note to myself');
    expect(ana.form()?.fields[0]?.value).toBe('Ask for *Rosa*');
    await ana.fill({ note: '' });
    expect(ana.last().text).toContain('The note is gone.');
    await ana.press('Note to myself');
    await ana.fill({ note: 'Ask for Rosa' });
    await ana.type('/resource saved');
    expect(ana.last().text).toMatch(/Harbor Shelter\s.*860-555-0101\s.*Hartford, CT.*\s.*Your note: Ask for Rosa/su);
  });

  test('a time that is over, or that means nothing, is refused with what to do', async () => {
    await ana.choose('Harbor Shelter');
    await ana.press('Remind me at …');
    await ana.fill({ when: 'yesterday at 10' });
    expect(screenOf(ana)).toContain('That time is over. Name one to come, such as “tomorrow at 10” or “in two hours”.');
    expect(await db.dueWork.count({ where: { kind: 'saved.remind' } })).toBe(0);
  });

  test('"tomorrow at 10" is ten where she is; it is neutral, survives a restart, comes once, and opens on a tap', async () => {
    await saved('Harbor Shelter');
    await ana.press('Remind me tomorrow at 10');
    expect(ana.last().text).toMatch(/I remind you (?:2027-05-04 14:00|May 4.*10:00)/u);
    expect(ana.last().buttons).toContain('No reminder');
    await restart();
    expect(await news(() => until('2027-05-04T13:59:00Z'))).toEqual([0, 0, 0]);
    expect(await news(() => until('2027-05-04T14:01:00Z'))).toEqual([1, 0, 0]);
    expect(ana.last()).toMatchObject({ where: 'direct', preview: 'You asked for a nudge.', onlyMe: true });
    expect(ana.last().text).not.toMatch(/Harbor|860|Rosa|shelter|sleep/iu);
    await ana.press('Open');
    expect(ana.last().text).toContain('You wanted to be reminded of this:');
    expect(ana.last().text).toContain('860-555-0101');
    expect(ana.last().text).toContain('Your note: Ask for Rosa');
    expect(ana.last().onlyMe).toBe(true);
    expect(await news(() => world.passes(HOUR))).toEqual([0, 0, 0]);
  });

  test('the number is wrong: she says so where she read it, Fay mends it, and it is right in what she saved', async () => {
    await ana.press('Something is wrong');
    await ana.choose('Wrong number');
    await ana.press('Send it');
    expect(ana.last().text).toContain('Thank you.');
    await fay.type('/resource review');
    expect(fay.answer().text).toContain('Wrong number: a few');
    await fay.press('Fix it');
    await fay.fill({ phone: '860-555-0199', address: 'Hartford, CT' });
    expect(fay.answer().text).toContain('It is fixed, and shown so from now on.');
    expect(await news(() => world.passes(2_000))).toEqual([1, 0, 0]);
    expect(ana.last().text).toContain('it is fixed');
    expect(screenOf(fay)).not.toMatch(/@Ana|Rosa/u);
    await saved('Harbor Shelter');
    expect(ana.last().text).toMatch(/Then it was: Harbor Shelter · 860-555-0101.*860-555-0199.*Your note: Ask for Rosa/su);
  });

  test('another time takes the place of the one before, in Spanish words too; taken back, nothing comes', async () => {
    await ana.press('Remind me at …');
    await ana.fill({ when: 'mañana a las 9' });
    expect(ana.last().text).toMatch(/I remind you (?:2027-05-05 13:00|May 5.*9:00)/u);
    await ana.press('Another time');
    await ana.fill({ when: 'tomorrow at 11' });
    expect(await news(() => until('2027-05-05T14:30:00Z'))).toEqual([0, 0, 0]);
    expect(await news(() => until('2027-05-05T15:01:00Z'))).toEqual([1, 0, 0]);
    await saved('Harbor Shelter');
    await ana.press('Remind me tomorrow at 10');
    await ana.press('No reminder');
    expect(ana.last().text).toContain('There will be no reminder.');
    expect(await news(() => until('2027-05-06T15:00:00Z'))).toEqual([0, 0, 0]);
  });

  test('Ana sees exactly what Ben will see, shows him one service without her note, and he is told discreetly', async () => {
    await saved('Harbor Shelter');
    await ana.press('Show my mentor');
    expect(ana.last().text).toContain('If you say yes, @Ben sees exactly this');
    expect(ana.last().text).toContain('Harbor Shelter');
    expect(ana.last().text).not.toMatch(/Rosa|Pantry/u);
    expect(await db.consent.count({ where: { fact: 'share.services' } })).toBe(0);
    const told = async () => {
      await ana.press('Yes, show this');
      await world.passes(1_000);
    };
    expect(await news(told)).toEqual([0, 1, 0]);
    expect(ben.last().text).not.toMatch(/Harbor|Ana|shelter/iu);
    await ben.press('Look');
    await ben.press('Look');
    expect(ben.last().text).toMatch(/Services that I saved\s+(?:• )?Harbor Shelter\s.*860-555-0199/su);
    expect(ben.last().text).not.toMatch(/Rosa|Pantry/u);
    await saved('Harbor Shelter');
    expect(ana.last().text).toContain('Besides you, this service is seen by whom you show it');
    await ana.type('/privacy show');
    expect(ana.last().text).toContain('Services that you saved and chose, whenever they look → @Ben');
    expect(ana.last().text).toMatch(/Services that you saved \(encrypted\): 2/u);
  });

  test('one more is told again, and each is taken back at a tap with effect at once', async () => {
    await saved('Corner Pantry');
    await ana.press('Show my mentor');
    expect(ana.last().text).toMatch(/Corner Pantry.*Harbor Shelter/su);
    const told = async () => {
      await ana.press('Yes, show this');
      await world.passes(1_000);
    };
    expect(await news(told)).toEqual([0, 1, 0]);
    await saved('Harbor Shelter');
    await ana.press('Show it to nobody');
    expect(ana.last().text).toContain('It is shown to nobody from now on.');
    await ben.type('/mentor mentees');
    await ben.press('Look');
    expect(ben.last().text).toContain('Corner Pantry');
    expect(ben.last().text).not.toContain('Harbor');
    await saved('Corner Pantry');
    await ana.press('Show it to nobody');
    await ben.type('/mentor mentees');
    expect(ben.last().text).toContain('@Ana shows you nothing here');
  });

  test('Ben sends a service, after a preview; Ana sees who sent it, and saves it', async () => {
    await ben.type('/mentor mentees');
    await ben.press('Send a service');
    expect(ben.last().text).toContain('In any service that you find there is a button to send it, too.');
    await find(ben, 'lawyer', 'Tenant Law Line');
    await ben.press('Send to whom I support');
    expect(ben.last().text).toContain('If you say yes, @Ana gets this, and sees that it is from you:');
    expect(ben.last().text).toContain('860-555-0104');
    expect(await db.sentResource.count()).toBe(0);
    const sent = async () => {
      await ben.press('Yes, send it');
      await world.passes(1_000);
    };
    expect(await news(sent)).toEqual([1, 0, 0]);
    expect(ana.last()).toMatchObject({ where: 'direct', preview: 'There is something for you to look at.' });
    expect(ana.last().text).not.toMatch(/Law|Ben|lawyer/u);
    await ana.press('Open');
    expect(ana.last().text).toContain('@Ben sent you this:');
    expect(ana.last().text).toContain('Tenant Law Line');
    await ana.press('Save');
    expect(ana.last().text).toContain('Sent to you by @Ben');
    expect(screenOf(ben)).not.toMatch(/saved it/u);
    expect(JSON.stringify(await db.sentResource.findMany())).not.toContain('Law');
  });

  test('the same again is not sent again; "no more of these" ends it without telling Ben why', async () => {
    await find(ben, 'lawyer', 'Tenant Law Line');
    await ben.press('Send to whom I support');
    const again = async () => {
      await ben.press('Yes, send it');
      await world.passes(1_000);
    };
    expect(await news(again)).toEqual([0, 0, 0]);
    expect(ben.last().text).toContain('so it is not sent again');
    await ana.press('No more of these');
    expect(ana.last().text).toContain('You get no more services from @Ben. They are not told why.');
    await find(ben, 'ride', 'Ride Desk');
    await ben.press('Send to whom I support');
    await ben.press('Yes, send it');
    expect(ben.last().text).toContain('They get no services this way at the moment.');
    expect(await db.sentResource.count()).toBe(1);
    await ana.type('/resource saved');
    await ana.press('Let them send again');
    await find(ben, 'ride', 'Ride Desk');
    await ben.press('Send to whom I support');
    expect(await news(again)).toEqual([1, 0, 0]);
  });

  test('a week after she saved them Ana is asked, once, in one message, in her evening, through restarts', async () => {
    // The reminder that was taken back does not count; what Ben sent was saved later.
    await restart();
    expect(await news(() => until('2027-05-10T21:55:00Z'))).toEqual([0, 0, 0]);
    await restart();
    expect(await news(() => until('2027-05-10T22:05:00Z'))).toEqual([1, 0, 0]);
    expect(ana.last()).toMatchObject({ where: 'direct', preview: 'I have a short question for you.' });
    expect(ana.last().text).not.toMatch(/Harbor|Pantry|service/iu);
    await ana.press('Open');
    expect(ana.last().text).toContain('Did you reach Corner Pantry? You saved it on');
    expect(ana.last().text).toContain('There is one more like this.');
    expect(ana.last().buttons).toEqual(
      expect.arrayContaining(['Yes', 'No answer', 'Waiting list', 'Not for me', 'Do not ask', 'Never ask me about any']),
    );
  });

  test('no answer: she is offered others like it nearby; the next question is in the same message', async () => {
    const seen = ana.sees().length;
    await ana.press('No answer');
    expect(ana.sees()).toHaveLength(seen);
    expect(ana.last().text).toContain('You did your part by calling Corner Pantry.');
    expect(ana.last().text).toContain('Did you reach Harbor Shelter?');
    // The answers to the next one, without the last button of it, which is for all questions.
    answers = ana.rawIds().slice(-6, -1);
    await ana.press('Others like it nearby');
    expect(ana.last().text).toContain('Looked for: Hartford, CT · Food.');
  });

  test('yes, and twice is once: the day is kept with the service, and not who it was', async () => {
    await ana.press('Yes');
    expect(ana.last().text).toContain('Good that you reached Harbor Shelter.');
    expect(ana.last().text).not.toContain('Did you reach');
    for (const id of answers) await ana.pressRaw(id);
    const row = await db.resource.findFirstOrThrow({ where: { name: 'Harbor Shelter' } });
    expect(row.checkedOn).toBe('2027-05-10');
    expect(JSON.stringify(row)).not.toContain(await memberOf(ana));
    const counts = await db.resourceCount.findMany({ where: { what: { in: ['reached', 'unanswered'] } } });
    expect(counts.map(({ what, topic, members }) => [what, topic, members]).sort()).toEqual([
      ['reached', 'housing', 1],
      ['unanswered', 'food', 1],
    ]);
    await ana.type('/resource saved');
    expect(ana.last().text).toContain('You reached them');
    expect(ana.last().text).toContain('Nobody answered');
  });

  test('Cleo saves something in Spanish', async () => {
    await find(cleo, 'dormir', 'Elm House');
    await cleo.press('Guardar');
    expect(cleo.last().text).toContain('Guardado, solo para ti.');
  });

  test('the service that she saved last is asked about a week after that, and a waiting list again by choice only', async () => {
    expect(await news(() => until('2027-05-13T22:05:00Z'))).toEqual([1, 0, 0]);
    await ana.press('Open');
    expect(ana.last().text).toContain('Did you reach Tenant Law Line?');
    await ana.press('Waiting list');
    expect(ana.last().text).toContain('Waiting is hard.');
    await ana.press('Ask me in 2 weeks');
    expect(ana.last().text).toMatch(/I ask you again (?:2027-05-27|May 27)/u);
    expect(await news(() => until('2027-05-27T21:55:00Z'))).toEqual([0, 0, 0]);
    expect(await news(() => until('2027-05-27T22:05:00Z'))).toEqual([1, 0, 0]);
    await ana.press('Open');
    expect(ana.last().text).toContain('Did you reach Tenant Law Line?');
    await ana.press('Not for me');
    expect(await news(() => world.passes(60 * DAY))).toEqual([0, 0, 0]);
  });

  test('the question could not reach Cleo: nobody else saw it, she finds it when she comes, and wants no more of them', async () => {
    const asked = { kind: 'saved.ask', memberId: await memberOf(cleo) };
    expect(await world.database.prisma.delivery.findMany({ where: asked })).toMatchObject([
      { state: 'dropped', reason: 'closed' },
    ]);
    for (const person of [ana, ben, fay]) expect(screenOf(person)).not.toMatch(/pregunta|@Cleo/u);
    await cleo.type('/resource saved');
    expect(cleo.last().onlyMe).toBe(true);
    expect(cleo.last().text).toContain('No pude escribirte por mensaje directo.');
    await cleo.press('¿Pudiste contactar?');
    expect(cleo.last().text).toContain('Elm House');
    await cleo.press('No preguntarme por ninguno');
    expect(cleo.last().text).toContain('Ya no pregunto por lo que guardas.');
    await find(cleo, 'comida', 'Corner Pantry');
    await cleo.press('Guardar');
    expect(cleo.last().text).not.toContain('te pregunto');
    expect(await news(() => world.passes(20 * DAY))).toEqual([0, 0, 0]);
  });

  test('what its list has no more is said, and can go', async () => {
    await bringServices(db, without('pantry'), world.clock.now());
    await ana.type('/resource saved');
    expect(ana.last().text).toMatch(/Corner Pantry\s.*This service is not in its list any more\./su);
    expect(ana.last().text).toContain('860-555-0199');
    await ana.choose('Corner Pantry');
    expect(ana.last().buttons).toContain('Others like it nearby');
    await ana.press('Remove');
    await ana.press('Yes, remove it');
    expect(ana.last().text).not.toContain('Corner Pantry');
  });

  test('after the pairing ended nothing can be sent or opened, and nobody else was ever offered it', async () => {
    await find(ben, 'ride', 'Ride Desk');
    await ben.press('Send to whom I support');
    const old = ben.rawIds();
    await ana.type('/sponsor end');
    if (ana.last().buttons.includes('Yes, end it')) await ana.press('Yes, end it');
    await db.pairing.updateMany({ where: { id: pairingId }, data: { state: 'ended' } });
    for (const id of old.slice(-3)) await ben.pressRaw(id);
    expect(screenOf(ben)).not.toContain('It is on its way to @Ana.\n---\nIt is on its way');
    await find(ben, 'ride', 'Ride Desk');
    expect(ben.last().buttons).not.toContain('Send to whom I support');
    await find(cleo, 'ride', 'Ride Desk');
    expect(cleo.last().buttons).not.toContain('Enviar a quien acompaño');
  });

  test('bystanders saw nothing, ids tell nothing, and nothing was logged', () => {
    expect(screenOf(cleo)).not.toMatch(/Rosa|@Ana|@Ben/u);
    for (const id of plainIds(ana, ben, fay)) expect(id).not.toMatch(/harbor|saved|resource/iu);
    expect(world.logged).toEqual([]);
  });
});
