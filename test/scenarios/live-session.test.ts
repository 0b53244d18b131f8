import { randomUUID } from 'node:crypto';
import { enter } from '../../src/core/members/enter.js';
import { sealDetails } from '../../src/core/sessions/details.js';
import { replan } from '../../src/core/sessions/replan.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Olga chairs an hour in which people share, pass, write, come late, and give the chair to each other. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const { worlds, open } = openWorlds();

onEveryStage(open, (stage, platform) => {
  let world: TestWorld;
  let olga: Person;
  let ana: Person;
  let ben: Person;
  let cleo: Person;
  let dan: Person;
  let eva: Person;
  let startsAt: Date;
  const everybody = () => [olga, ana, ben, cleo, dan, eva];

  const memberOf = async (person: Person) =>
    (await world.database.prisma.identity.findFirstOrThrow({ where: { externalId: person.id } })).memberId;
  /** The card in the channel, as somebody sees it. */
  const card = (person: Person) =>
    person
      .sees()
      .filter(({ text, onlyMe, where }) => !onlyMe && where === 'channel' && /Now: Tuesday|Thank you for being here/u.test(text))
      .at(-1) ?? { text: '', buttons: [] };
  const inChannel = (person: Person) => person.sees().filter(({ onlyMe, where }) => !onlyMe && where === 'channel');
  /** What the bot last wrote to somebody directly. */
  const direct = (person: Person) =>
    person
      .sees()
      .filter(({ where }) => where === 'direct')
      .at(-1) ?? { text: '', preview: '', buttons: [] };
  /** What only they see, in the order in which it came; what is changed stays in its place. */
  const alone = (person: Person) => person.sees().filter(({ onlyMe, where }) => onlyMe || where === 'direct');
  const answers = new Map<Person, string>();
  /** Does something, keeps what that was answered with, and lets a second pass, in which the card follows. */
  async function does(person: Person, work: () => Promise<void>) {
    const before = alone(person).map(({ text }) => text);
    await work();
    const news = alone(person).filter(({ text }, at) => text !== before[at]);
    answers.set(person, news.at(-1)?.text ?? alone(person).at(-1)?.text ?? '');
    await world.passes(1_000);
  }
  const taps = (person: Person, label: string) => does(person, () => person.press(label));
  const fills = (person: Person, values: Parameters<Person['fill']>[0]) => does(person, () => person.fill(values));
  const told = (person: Person) => answers.get(person) ?? '';
  const directs = (person: Person) => person.sees().filter(({ where }) => where === 'direct').length;
  const live = () => world.database.prisma.liveSession.findFirstOrThrow({ include: { hands: true } });

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    const at = (name: string, more = {}) => stage().person(name, { locale: 'en-US', zone: 'UTC', ...more });
    olga = await at('Olga', { admin: true });
    ana = await at('Ana');
    ben = await at('Ben', { locale: 'es-ES' });
    cleo = await at('Cleo');
    dan = await at('Dan');
    eva = await at('Eva');
    await olga.type('/community setup zone:UTC language:en');
    for (const person of [ana, ben, cleo, dan]) await person.type('/privacy show');
    await world.connect([stage().adapter]);
    // On the minute, at least half an hour from now: a session knows no seconds.
    startsAt = new Date(Math.ceil((world.clock.now().getTime() + HOUR / 2) / MINUTE) * MINUTE);
    const caller = { platform, userId: olga.id, space: { id: stage().space } };
    const scope = await enter(world.world, caller, world.clock.now());
    const id = randomUUID();
    const session = await scope.db.session.create({
      data: {
        id,
        communityId: scope.community.id,
        spaceId: scope.space?.id ?? '',
        details: sealDetails(scope.cipher, id, { title: 'Tuesday circle' }),
        ...{ format: 'open', place: 'text', channelId: stage().channel, newcomersFirst: true },
        ...{ start: startsAt.toISOString().slice(0, 10), time: startsAt.toISOString().slice(11, 16), zone: 'UTC', minutes: 60 },
        ...{ chairId: await memberOf(olga), coChairId: await memberOf(ben), settled: '2020-01-01T00:00' },
      },
    });
    await replan(scope.db, scope, session);
  });

  test('who does not run it cannot begin it', async () => {
    await does(ana, () => ana.type('/session start'));
    expect(told(ana)).toContain('Only the chair, the co-chair and facilitators can begin');
  });

  test('five minutes before the start Olga is offered to begin, in private and discreetly', async () => {
    await world.passes(startsAt.getTime() - world.clock.now().getTime() - 6 * MINUTE);
    const before = directs(olga);
    await world.passes(90_000);
    expect(directs(olga)).toBe(before + 1);
    expect(direct(olga).text).toContain('Tuesday circle begins at');
    expect(direct(olga).preview).not.toMatch(/Tuesday|circle|session/iu);
    expect(directs(ana)).toBe(0);
  });

  test('she chooses a script of her own, whose mistakes are explained, and how long each share is', async () => {
    await does(olga, () => olga.type('/session start session:tuesday'));
    await taps(olga, 'Scripts');
    await taps(olga, 'New script');
    await fills(olga, { title: 'Our way', steps: 'Welcome | 5 | Come as you are.\nRound | soon' });
    expect(told(olga)).toContain('In line 2, what stands after the first “|” must be minutes');
    await taps(olga, 'Change and try again');
    expect(olga.form()?.fields.find(({ name }) => name === 'steps')?.value).toContain('Round | soon');
    await fills(olga, { title: 'Our way', steps: 'Welcome | 5 | Come as you are.\nRound\nGoodbye | 5' });
    expect(told(olga)).toContain('It is saved');
    await taps(olga, 'Begin …');
    expect(told(olga)).toContain('Open share');
    await does(olga, () => olga.choose('Our way'));
    await does(olga, () => olga.choose('4 minutes'));
    await does(olga, () => olga.choose('3 minutes'));
    expect(told(olga)).toContain('Round: 50 minutes');
    expect(inChannel(ana).filter(({ text }) => text.includes('Now: Tuesday circle'))).toEqual([]);
  });

  test('it begins with one card for everybody', async () => {
    await taps(olga, 'Begin now');
    expect(card(ana).text).toContain('Now: Tuesday circle');
    expect(card(ana).text).toContain('Step 1 of 3: Welcome');
    expect(card(ana).text).toContain('Come as you are.');
    expect(card(ana).text).toContain('No hands are up.');
    expect(card(ana).buttons).toContain('Raise hand');
  });

  test('hands are in the order of the taps, each is told their number alone, and whoever is new goes first', async () => {
    const channel = inChannel(eva).length;
    await taps(ana, 'Raise hand');
    expect(told(ana)).toContain('You are number 1 in line.');
    await taps(ben, 'Raise hand');
    expect(told(ben)).toContain('el número 2');
    await taps(cleo, 'Raise hand');
    await taps(dan, 'Raise hand');
    expect(told(dan)).toContain('You are number 4');
    await taps(dan, 'I am new here');
    expect(told(dan)).toContain('You are number 1');
    await taps(ana, 'Raise hand');
    expect(told(ana)).toContain('You are number 2');
    expect(card(eva).text).toContain('Next: @Dan · 4 hands are up');
    expect(card(eva).text).not.toMatch(/Ana|Ben|Cleo/u);
    expect(inChannel(eva)).toHaveLength(channel);
  });

  test('whoever has the turn is told alone: the turn, one minute left, the end; nobody is cut off', async () => {
    await taps(olga, 'For the chair');
    expect(told(olga)).toContain('Number 1: @Dan (new here)');
    await taps(olga, 'Next step');
    await taps(olga, 'Next');
    expect(card(ana).text).toContain('Step 2 of 3: Round');
    expect(card(ana).text).toContain('Sharing now: @Dan');
    expect(direct(dan).text).toContain('It is your turn');
    await world.passes(2 * MINUTE);
    expect(direct(dan).text).toContain('One minute left');
    await world.passes(MINUTE);
    expect(direct(dan).text).toContain('Finish in peace');
    await world.passes(MINUTE);
    expect(card(ana).text).toContain('Sharing now: @Dan');
    for (const person of [ana, cleo, eva]) expect(directs(person)).toBe(0);
  });

  test('done gives the turn on; to pass is free and nobody is told why', async () => {
    await taps(dan, 'I am done');
    expect(told(dan)).toContain('Thank you for sharing.');
    expect(card(eva).text).toContain('Sharing now: @Ana');
    await taps(ana, 'Pass');
    expect(told(ana)).toContain('To pass is always all right');
    expect(card(eva).text).toContain('Sharing now: @Ben');
    expect(card(eva).text).not.toContain('Ana');
    await taps(eva, 'I am done');
    expect(told(eva)).toContain('It is not your turn just now.');
  });

  test('a pause stops the clock, more time is added to it, and a restart in mid-share changes nothing', async () => {
    await taps(olga, '2 more minutes');
    expect(told(olga)).toContain('The turn changed meanwhile');
    await taps(olga, '2 more minutes');
    await taps(olga, 'Pause');
    expect(card(eva).text).toContain('The clock stands still.');
    const before = directs(ben);
    await world.disconnect();
    world.clock.advance(20 * MINUTE);
    await world.connect([stage().adapter]);
    await world.passes(1_000);
    expect(directs(ben)).toBe(before);
    await taps(olga, 'Go on');
    const { hands, pausedAt } = await live();
    const [sharing] = hands.filter(({ until }) => until !== null);
    const left = (sharing?.until?.getTime() ?? 0) - world.clock.now().getTime();
    expect(pausedAt).toBeNull();
    // Three minutes and two more, less the few seconds of taps before and after the pause.
    expect(left).toBeGreaterThan(4.5 * MINUTE);
    expect(left).toBeLessThanOrEqual(5 * MINUTE);
    await world.disconnect();
    world.clock.advance(left - 30_000);
    await world.connect([stage().adapter]);
    await world.passes(1_000);
    expect(direct(ben).text).toContain('Queda un minuto');
    await taps(ben, 'Ya terminé');
    expect(card(eva).text).toContain('Sharing now: @Cleo');
  });

  test('who comes late is told where we are, and can take part from there', async () => {
    await taps(eva, 'Where are we?');
    expect(told(eva)).toContain('you can still come in');
    expect(told(eva)).toContain('Step 2 of 3: Round');
    expect(told(eva)).toContain('@Cleo');
    await taps(eva, 'Raise hand');
    expect(told(eva)).toContain('You are number 1');
  });

  test('a share in writing carries the name only where its writer wants that; without it nothing keeps who it was', async () => {
    await taps(ana, 'Share in writing');
    await fills(ana, { words: 'I *called* my sister, <@everyone>', shown: 'named' });
    await world.passes(2_000);
    expect(screenOf(eva)).toContain('@Ana shares in writing:');
    expect(screenOf(eva)).toContain('I *called* my sister, <@everyone>');
    await taps(dan, 'Share in writing');
    await fills(dan, { words: 'I am afraid of the weekend', shown: 'unnamed' });
    expect(told(dan)).toContain('Nobody keeps that it was you.');
    await world.passes(2_000);
    const shared = inChannel(eva).find(({ text }) => text.includes('afraid of the weekend'));
    expect(shared?.text).toContain('Somebody shares in writing, without a name:');
    expect(shared?.text).not.toContain('Dan');
    const rows = await world.database.prisma.share.findMany({ where: { memberId: null }, include: { live: true } });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.createdAt).toEqual(rows[0]?.live.startedAt);
    const about = await world.database.prisma.delivery.findMany({ where: { subjectId: rows[0]?.id ?? '' } });
    expect(about.map(({ memberId }) => memberId)).toEqual([null]);
    expect(await world.database.prisma.auditEvent.count({ where: { actorId: await memberOf(dan) } })).toBe(0);
    expect(card(eva).text).toContain('2 shares in writing');
  });

  test('the chair may ask for names, take a share down, and let no new hands up', async () => {
    await taps(olga, 'Take down');
    await world.passes(1_000);
    expect(inChannel(eva).some(({ text }) => text.includes('afraid of the weekend'))).toBe(false);
    expect(screenOf(eva)).toContain('A share was here. It was taken down.');
    await taps(cleo, 'Take down');
    expect(told(cleo)).toContain('Only its writer');
    await taps(olga, 'For the chair');
    await taps(olga, 'Only shares with a name');
    await taps(dan, 'Share in writing');
    await fills(dan, { words: 'Once more', shown: 'unnamed' });
    expect(told(dan)).toContain('written shares carry a name');
    await taps(olga, 'No new hands');
    expect(card(eva).buttons).not.toContain('Raise hand');
    expect(card(eva).text).toContain('No new hands just now.');
    await taps(olga, 'Take hands again');
  });

  test('the turn can be given out of order, and a second tap of the same button does nothing', async () => {
    await taps(dan, 'Raise hand');
    await taps(ana, 'Raise hand');
    await taps(olga, 'For the chair');
    await does(olga, () => olga.choose('Number 3'));
    await world.passes(1_000);
    expect(card(eva).text).toContain('Sharing now: @Ana');
    await taps(ana, 'Pass');
    expect(card(eva).text).toContain('Sharing now: @Eva');
    // Her panel still shows Ana's turn: it was over by itself.
    await taps(olga, 'Next');
    expect(card(olga).text).toContain('Sharing now: @Eva');
  });

  test('the chair is handed over, and taken back when it went quiet', async () => {
    await taps(olga, 'Hand over the chair');
    await fills(olga, { to: cleo.id });
    await world.passes(2_000);
    expect(direct(cleo).text).toContain('You chair the session now.');
    await taps(cleo, 'For the chair');
    expect(told(cleo)).toContain('Only you see this.');
    await taps(cleo, 'Pause');
    expect(card(eva).text).toContain('We pause for a moment.');
    await taps(cleo, 'Go on');
    await taps(dan, 'For the chair');
    expect(told(dan)).toContain('This is for whoever chairs.');
    const { chairId } = await live();
    expect(chairId).toBe(await memberOf(cleo));
  });

  test('it ends with thanks; hands, order and cues are erased, and nothing says who was here', async () => {
    await taps(cleo, 'For the chair');
    await taps(cleo, 'End the session');
    expect(told(cleo)).toContain('End the session for everybody?');
    await taps(cleo, 'End it now');
    expect(card(eva).text).toContain('Thank you for being here');
    expect(card(eva).buttons).toEqual(['How was it for you?', 'I would like to talk to somebody', 'Results, for who runs it']);
    const { prisma } = world.database;
    expect(await prisma.hand.count()).toBe(0);
    expect(await prisma.delivery.count({ where: { kind: 'live.cue' } })).toBe(0);
    const bound = await prisma.tap.findMany({ where: { path: { startsWith: 'live.' }, memberId: { not: null } } });
    // Who was to chair was offered to begin; nothing that a member taps is bound to them.
    const chairs = [await memberOf(olga), await memberOf(ben)];
    for (const { memberId, path } of bound)
      expect([chairs.includes(memberId ?? ''), path]).toEqual([true, expect.stringMatching(/ready|begin|script/u)]);
    expect((await prisma.occurrence.findFirstOrThrow()).state).toBe('over');
    await world.passes(2 * HOUR);
    expect(card(eva).text).toContain('Thank you for being here');
  });

  test('somebody to talk to is offered in private; the pulse is numbers only, and only from five answers on', async () => {
    await taps(dan, 'I would like to talk to somebody');
    expect(told(dan)).toContain('You can write to @Cleo');
    expect(told(dan)).toContain('/crisis');
    for (const person of [ana, ben, cleo, dan, eva]) {
      await person
        .press(person === ben ? '¿Cómo te fue?' : 'How was it for you?')
        .catch(() => person.press('How was it for you?'));
      await fills(person, { good: 'yes', safe: person === dan ? 'some' : 'yes' });
    }
    await taps(olga, 'Results, for who runs it');
    expect(told(olga)).toContain('Until then nobody sees any.');
    await taps(ana, 'Results, for who runs it');
    expect(told(ana)).toContain('Only those who run the session');
    await world.passes(25 * HOUR);
    await taps(olga, 'Results, for who runs it');
    expect(told(olga)).toContain('Yes: 5');
    expect(told(olga)).toContain('In part: 1');
    const { prisma } = world.database;
    expect([await prisma.pulseAnswer.count(), await prisma.share.count()]).toEqual([0, 0]);
    expect(card(eva).buttons).not.toContain('How was it for you?');
  });

  test('nothing that people said is in a row, an id or a queue', async () => {
    const { prisma } = world.database;
    const rows = [await prisma.delivery.findMany(), await prisma.dueWork.findMany(), await prisma.auditEvent.findMany()];
    expect(JSON.stringify(rows)).not.toMatch(/weekend|sister|circle|Our way/u);
    for (const person of everybody()) for (const id of plainIds(person)) expect(id).not.toMatch(/live|raise|share/iu);
    expect(world.logged).toEqual([]);
  });
});
