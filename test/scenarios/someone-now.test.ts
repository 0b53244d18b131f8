import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Ana would like to talk to somebody now; Ben, Bea, Bob and Dora take turns, Shy can be written to by nobody, Carla looks after it all. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ASKED = /Somebody here would like to talk to a person now|Alguien de aquí quisiera hablar ahora/u;
const { worlds, open } = openWorlds();

onEveryStage(open, (stage) => {
  let world: TestWorld;
  let ana: Person;
  let ben: Person;
  let bea: Person;
  let bob: Person;
  let dora: Person;
  let shy: Person;
  let carla: Person;
  const volunteers = () => [ben, bea, bob, dora, shy];
  const people = () => [ana, carla, ...volunteers()];
  const prisma = () => world.database.prisma;

  /** What the bot wrote to somebody of its own accord. */
  const letters = (person: Person, words: string | RegExp) =>
    person.sees().filter(({ where, text }) => where === 'direct' && text.search(words) >= 0).length;
  const asked = () => [...volunteers(), carla].filter((person) => letters(person, ASKED) > 0).map(({ name }) => name);
  const lapse = (ms = 2_000) => world.passes(ms);
  const says = async (person: Person, button: string) => {
    await person.press(button);
    await lapse();
  };
  /** So that the next story begins with nobody having been asked. */
  const clear = async () => {
    await prisma().supportRequest.deleteMany();
    await prisma().delivery.deleteMany();
    await prisma().oncallVolunteer.updateMany({ data: { lastAskedAt: null } });
  };
  const counts = (words: string | RegExp) => people().map((person) => letters(person, words));
  /** Who got another such letter meanwhile. */
  const since = (before: readonly number[], words: string | RegExp) =>
    people()
      .filter((person, at) => letters(person, words) > (before[at] ?? 0))
      .map(({ name }) => name);

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    const as = { locale: 'en-GB', zone: 'UTC' };
    ana = await stage().person('Ana', as);
    ben = await stage().person('Ben', as);
    bea = await stage().person('Bea', as);
    bob = await stage().person('Bob', { ...as, locale: 'es-ES' });
    dora = await stage().person('Dora', as);
    shy = await stage().person('Shy', { ...as, closedDirect: true });
    carla = await stage().person('Carla', { ...as, admin: true });
    await carla.type('/community setup zone:UTC language:en country:Ireland');
    for (const person of people()) await person.type('/help');
    await world.connect([stage().adapter]);
  });

  test('with nobody on the roster it says so at once, and gives the lines', async () => {
    await ana.type('/support now');
    expect(ana.answer().onlyMe).toBe(true);
    expect(ana.answer().text).toContain('Nobody is on call at this moment');
    expect(ana.answer().text).toContain('Samaritans Ireland');
    expect(ana.answer().buttons).not.toContain('Ask now');
    expect(ana.answer().buttons).not.toContain('Ask those who look after this community');
  });

  test('whoever holds a role tells their hours, and changes them; nobody else can', async () => {
    await ben.type('/support oncall');
    expect(ben.answer().text).toContain('Mentors, facilitators and coordinators take turns here.');
    await carla.type('/community roles');
    await carla.fill({ role: 'mentor', people: volunteers().map(({ id }) => id) });
    await ben.type('/support oncall');
    await ben.press('Add hours');
    await ben.fill({ days: ['weekdays', 'sa'], from: '10pm', to: '2am' });
    expect(ben.answer().text).toMatch(/Monday.+Saturday, 22:00 to 0?2:00 on the next day \(UTC\)/u);
    await ben.type('/support oncall from:0:00 to:0:00 zone:UTC');
    expect(ben.answer().text).toContain('You are on call right now.');
    expect(ben.answer().text).toMatch(/Every day, 0?0:00 to 0?0:00 on the next day \(UTC\)/u);
    await ben.press('Remove 1');
    expect(ben.answer().text).not.toContain('22:00');
    await ben.press('Languages');
    await ben.fill({ languages: 'English, French' });
    expect(ben.answer().text).toContain('English and French');
    await ben.press('Pause');
    await ben.fill({ until: 'next Monday' });
    expect(ben.answer().text).toContain('Paused: I ask you nothing until');
    await ben.press('Resume');
    expect(ben.answer().text).toContain('You are on call right now.');
  });

  test('the roster says who can be asked, and nobody’s hours; a name only of who wants that', async () => {
    for (const person of [bea, bob, dora, shy]) await person.type('/support oncall from:0:00 to:0:00 zone:UTC');
    await ben.press('Name me in the roster');
    await ana.type('/support roster');
    expect(ana.answer().text).toContain('5 members take turns');
    expect(ana.answer().text).toContain('@Ben');
    expect(ana.answer().text).not.toMatch(/@Bea|@Dora|00:00/u);
    expect(ana.answer().text).toContain('Somebody is on call right now.');
    expect(ana.answer().buttons.join()).not.toContain('off');
  });

  test('two are asked, without a name; after five minutes three more; the first tap takes it, and the others hear so', async () => {
    await ana.type('/crisis');
    await ana.press('Ask a person here');
    expect(ana.answer().text).toContain('not who you are, and not what you write');
    expect(asked()).toEqual([]);
    await ana.press('Ask, with a few words');
    await ana.fill({ words: 'It is a hard evening, <@everyone>.' });
    expect(ana.answer().text).toContain('I have asked 2 people.');
    await lapse();
    expect(asked()).toHaveLength(2);
    expect(JSON.stringify(await prisma().supportRequest.findMany())).not.toContain('evening');
    await ana.type('/support now');
    expect(ana.answer().text).toContain('If nobody says yes, I look further at');
    expect(ana.answer().buttons).not.toContain('Ask now');
    await lapse(5 * MINUTE);
    // Shy cannot be told, and is not waited for; those who could be were asked.
    expect(asked().length).toBe(4);
    expect(letters(ana, 'so I have asked more people')).toBeGreaterThan(0);
    for (const person of [...volunteers(), carla])
      for (const { text, preview, where } of person.sees())
        if (where === 'direct') expect(`${preview} ${text}`).not.toMatch(/Ana|evening|recover/u);

    await Promise.all([bea.press('I have time'), dora.press('I have time')]);
    await lapse();
    const [first, second] = screenOf(bea).includes('It is @Ana') ? [bea, dora] : [dora, bea];
    expect(screenOf(first)).toContain('It is @Ana.');
    expect(screenOf(first)).toContain('It is a hard evening, <@everyone>.');
    expect(screenOf(second)).toContain('It is taken, thank you.');
    expect(screenOf(second)).not.toContain('Ana');
    expect(letters(ben, 'It is taken, thank you.') + letters(bob, 'Ya hay alguien, gracias.')).toBe(2);
    expect(ana.last()).toMatchObject({ where: 'direct', preview: 'There is something new for you.' });
    expect(ana.last().text).toContain(`It is @${first.name}.`);
    expect(ana.last().text).toContain('/crisis shows lines');
    expect(await prisma().supportAsk.count({ where: { said: 'yes' } })).toBe(1);

    // They can write to each other through the bot, too.
    await ana.press('Write to them');
    await ana.fill({ words: 'Thank you. Shall we talk here?' });
    await lapse();
    expect(letters(first, 'Shall we talk here?')).toBe(1);
  });

  test('a quarter of an hour later Ana is asked once whether they spoke, and says so', async () => {
    await lapse(16 * MINUTE);
    expect(letters(ana, 'Have you spoken with each other?')).toBe(1);
    await says(ana, 'We have spoken');
    expect(screenOf(ana)).toContain('I am glad that you spoke.');
    await ana.press('We have spoken');
    expect(screenOf(ana)).toContain('This is over.');
    const before = ana.sees().length;
    await lapse(25 * HOUR);
    expect(ana.sees().length - before).toBeLessThanOrEqual(1);
    expect(await prisma().supportRequest.count()).toBe(0);
  });

  test('nobody came: others are looked for, and whoever said yes is told kindly; another process takes over in between', async () => {
    await clear();
    const before = counts(ASKED);
    const kindly = counts('The two of you did not find each other');
    await ana.type('/support now');
    await says(ana, 'Ask now');
    const [one] = [ben, bea, dora].filter((person) => since(before, ASKED).includes(person.name));
    if (!one) throw new Error('Nobody was asked.');
    await world.connect([stage().adapter]);
    await says(one, 'I have time');
    await says(ana, 'Nobody came');
    expect(ana.answer().text).toContain('I am sorry that nobody came.');
    await world.connect([stage().adapter]);
    await lapse(6 * MINUTE);
    const asks = await prisma().supportAsk.findMany();
    expect(asks).toHaveLength(volunteers().length);
    expect(new Set(asks.map(({ memberId }) => memberId)).size).toBe(volunteers().length);
    expect(since(kindly, 'The two of you did not find each other')).toEqual([one.name]);
    await says(one, 'I cannot after all');
    expect(screenOf(one)).toContain('It is not needed any more.');
    expect(await prisma().supportAsk.findMany({ where: { said: 'missed' } })).toHaveLength(1);
  });

  test('Ana stops: whoever was asked hears that it is settled, and an old button says so', async () => {
    await ana.type('/support now');
    await says(ana, 'Stop');
    expect(screenOf(ana)).toContain('All right, I have stopped.');
    const told = [ben, bea, dora].filter((person) => letters(person, 'It is not needed any more.') > 0);
    expect(told.length).toBeGreaterThan(0);
    await says(told[0] as Person, 'I have time');
    expect(screenOf(told[0] as Person)).toContain('It is not needed any more.');
    expect(await prisma().supportAsk.count({ where: { said: 'yes' } })).toBe(0);
  });

  test('nobody answers: those who look after the community are asked, Ana hears the truth, and it ends by itself', async () => {
    await carla.type('/community roles role:coordinator people:@Carla');
    await clear();
    const everybody = letters(ana, 'I have asked everybody whom I can ask');
    const truth = 'I have now asked those who look after this community.';
    await ana.type('/support now');
    await says(ana, 'Ask now');
    await lapse(4 * MINUTE);
    expect(letters(carla, ASKED)).toBe(0);
    await lapse(10 * MINUTE);
    expect(letters(carla, ASKED)).toBe(1);
    expect(letters(carla, 'nobody who is on call has said yes')).toBe(1);
    expect(letters(ana, truth)).toBe(1);
    await says(carla, 'Not now');
    expect(letters(ana, 'I have asked everybody whom I can ask')).toBe(everybody + 1);
    expect(ana.last().text).not.toMatch(/no reason|Carla/u);
    await lapse(HOUR);
    expect(letters(ana, 'I have stopped looking. I am sorry.')).toBe(1);
    await ana.type('/support now');
    expect(ana.answer().buttons).toContain('Ask now');
  });

  test('with nobody on call it says when; those who look after the community can be asked, at Ana’s word', async () => {
    await clear();
    await prisma().oncallVolunteer.deleteMany();
    await prisma().oncallShift.deleteMany();
    const hour = (world.clock.now().getUTCHours() + 3) % 24;
    await ben.type(`/support oncall from:${hour}:00 to:${(hour + 1) % 24}:00 zone:UTC`);
    expect(ben.answer().text).toContain('You are on call next');
    await ana.type('/support now');
    expect(ana.answer().text).toContain('The next hours begin');
    expect(ana.answer().text).toContain('I can ask the people who look after this community.');
    const before = letters(carla, ASKED);
    const everybody = letters(ana, 'I have asked everybody whom I can ask');
    await says(ana, 'Ask those who look after this community');
    expect(letters(carla, ASKED)).toBe(before + 1);
    await says(carla, 'I have time');
    expect(screenOf(carla)).toContain('It is @Ana.');
    await says(carla, 'I cannot after all');
    expect(letters(ana, 'I have asked everybody whom I can ask')).toBe(everybody + 1);
    await ana.type('/support now');
    await says(ana, 'Stop');
  });

  test('an answer that asks for help leads there at once; so does a coordinator who takes somebody off', async () => {
    await ana.type('/checkin now template:one-tap');
    await ana.press('I need someone');
    expect(ana.answer().text).toContain('I can ask the people who look after this community.');
    expect(ana.answer().text).toContain('Samaritans Ireland');
    expect(ana.answer().buttons).toContain('Ask those who look after this community');
    await carla.type('/support roster');
    expect(carla.answer().text).toContain('@Ben');
    await carla.press('Take number 1 off');
    await ana.type('/support roster');
    expect(ana.answer().text).toContain('Nobody has told me hours yet.');
  });

  test('/privacy show tells all of it, and nothing in ids, rows or logs tells what it is about', async () => {
    await bea.type('/support oncall from:18:00 to:22:00');
    await bea.type('/privacy show');
    expect(bea.answer().text).toContain('Hours on call');
    for (const person of people()) for (const id of plainIds(person)) expect(id).not.toMatch(/support|talk|crisis/iu);
    expect(JSON.stringify(await prisma().delivery.findMany())).not.toContain('evening');
    expect(world.logged).toEqual([]);
  });
});
