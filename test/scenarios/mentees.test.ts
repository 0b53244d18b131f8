import { pairingBegan } from '../../src/core/pairing/rhythm.js';
import { type TenantDb, tenantDb } from '../../src/db/tenant.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/**
 * Ana is the mentee of Ben. He sees what she shows him, as long as she does, and she sees that he looked. Both are nudged in
 * their own evening, and asked in private how it goes. Cleo is a mentor too, and sees nothing of it.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const { worlds, open } = openWorlds('2027-05-03T12:00:00Z');

onEveryStage(open, (stage, platform) => {
  let world: TestWorld;
  let ana: Person;
  let ben: Person;
  let cleo: Person;
  let db: TenantDb;

  const memberOf = async ({ id }: Person) =>
    (await world.database.prisma.identity.findFirstOrThrow({ where: { platform, externalId: id } })).memberId;
  /** Until that hour (UTC) of the day, or of the next one. */
  const until = async (hour: number, minute = 0) => {
    const at = new Date(world.clock.now());
    at.setUTCHours(hour, minute, 0, 0);
    if (at <= world.clock.now()) at.setUTCDate(at.getUTCDate() + 1);
    await world.passes(at.getTime() - world.clock.now().getTime());
  };
  /** The bot is busy elsewhere until then: nothing of theirs falls due. */
  const leapTo = (at: string) => world.leaps(new Date(at).getTime() - world.clock.now().getTime());
  const directs = (person: Person) => person.sees().filter(({ where }) => where === 'direct').length;
  /** How many direct messages more each of them has afterwards. */
  const news = async (work: () => Promise<unknown>) => {
    const before = [ana, ben, cleo].map(directs);
    await work();
    return [ana, ben, cleo].map((person, i) => directs(person) - (before[i] ?? 0));
  };
  const look = async () => {
    await ben.type('/mentor mentees');
    await ben.press('Look');
    return ben.last().text;
  };

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'UTC' });
    ben = await stage().person('Ben', { locale: 'en-US', zone: 'UTC' });
    cleo = await stage().person('Cleo', { locale: 'es-ES', zone: 'UTC' });
    await world.connect([stage().adapter]);
  });

  test('without a pairing there is nothing to show and nobody to see', async () => {
    await ana.type('/sponsor shares');
    expect(ana.last().text).toContain('nobody is shown anything');
    await ben.type('/mentor mentees');
    expect(ben.last().text).toContain("nobody's sponsor or mentor");
    await cleo.type('/sponsor pace');
    expect(cleo.last().text).toContain('no estás en ningún acompañamiento');
  });

  test('they are paired; nothing is shown, and Ben is offered nothing to look at', async () => {
    const { communityId } = await world.database.prisma.identity.findFirstOrThrow({ where: { platform, externalId: ana.id } });
    db = tenantDb(world.database.prisma, communityId);
    const [menteeId, mentorId, now] = [await memberOf(ana), await memberOf(ben), world.clock.now()];
    await db.member.update({ where: { id: mentorId }, data: { zone: 'America/New_York' } });
    await db.transact(async (tx) => {
      const ids = { communityId, menteeId, mentorId };
      const paces = { menteePace: 'weekly', mentorPace: 'several' };
      const row = await tx.pairing.create({ data: { ...ids, ...paces, state: 'active', introBy: now, startedAt: now } });
      await pairingBegan(tx, row.id, now);
    });
    await ben.type('/sponsor status');
    await ben.press('Whom I support');
    expect(ben.last().text).toContain('@Ana shows you nothing here');
    expect(ben.last().buttons).toEqual(['Send a service', 'Rhythm and nudges']);
    await ana.type('/sponsor status');
    await ana.press('What I show');
    expect(ana.last().text).toMatch(/Milestones: not shown\s+Goals: not shown\s+How the mood was: not shown/u);
    expect(ana.last().text).toContain('When I go quiet: they are told nothing');
    expect(ana.last().text).toContain('Looked at: not yet');
  });

  test('Ana sees exactly what Ben would see, leaves one goal out, and nothing is shown until she says yes', async () => {
    await ana.type('/goal add words:"A room of my own" area:housing by:2027-08-01');
    await ana.press('Add a step');
    await ana.fill({ words: 'Ask the housing office' });
    await ana.type('/goal add words:"Only mine"');
    await ana.type('/sponsor shares');
    await ana.press('Show goals');
    expect(ana.last().text).toContain('If you say yes, @Ben sees exactly this');
    expect(ana.last().text).toContain('A room of my own · Housing · by August 1, 2027');
    expect(ana.last().text).toContain('Only mine');
    await ana.choose('Only mine');
    expect(ana.last().text).not.toContain('Only mine');
    expect(await db.consent.count()).toBe(0);
    expect(await news(() => world.passes(1_000))).toEqual([0, 0, 0]);
    expect(
      await news(async () => {
        await ana.press('Yes, show this');
        await world.passes(1_000);
      }),
    ).toEqual([0, 1, 0]);
    expect(ana.last().text).toMatch(/Goals: shown since/u);
    expect(ana.last().text).toContain('Milestones: not shown');
  });

  test('Ben is told discreetly, sees that goal with its steps, and nothing else; Ana sees that he looked', async () => {
    expect(ben.last()).toMatchObject({ where: 'direct', preview: 'There is something for you to look at.' });
    expect(ben.last().text).not.toMatch(/goal|room|Ana/iu);
    await ben.press('Look');
    expect(ben.last().text).toContain('@Ana shows you: Goals');
    expect(ben.last().text).not.toContain('room');
    await ben.press('Look');
    expect(ben.last().text).toMatch(/A room of my own · Housing · by August 1, 2027\s+(?:• )?Ask the housing office/u);
    expect(ben.last().onlyMe).toBe(true);
    expect(ben.last().text).not.toMatch(/Only mine|Milestones|mood/u);
    await ana.type('/sponsor shares');
    expect(ana.last().text).toMatch(/Looked at: once, last on/u);
    expect(await db.auditEvent.findMany({ where: { aboutId: { not: null } }, select: { action: true } })).toEqual([
      { action: 'share.look' },
    ]);
  });

  test('what changes in it is seen, what is added beside it is not', async () => {
    await ana.type('/goal step words:"Call again tomorrow"');
    await ana.choose('A room of my own');
    expect(ana.last().text).toContain('Besides you, this is seen by whom you show it');
    await ana.type('/goal add words:"Another secret"');
    expect(ana.last().text).toContain('Only you see this.');
    expect(await look()).toMatch(/Call again tomorrow/u);
    expect(screenOf(ben)).not.toMatch(/Only mine|Another secret/u);
    await ana.type('/sponsor shares');
    expect(ana.last().text).toMatch(/Looked at: 2 times, last on/u);
  });

  test('milestones and mood are each a consent of their own, and mood is a word a week', async () => {
    await ana.type('/milestone set date:2027-04-03 label:"The quiet one"');
    for (const mood of [8, 9, 7]) {
      await ana.type(`/checkin now mood:${mood} craving:3 note:"A secret line"`);
      await world.passes(DAY);
    }
    await ana.type('/sponsor shares');
    await ana.press('Show milestones');
    expect(ana.last().text).toContain('a return to use included');
    await ana.press('Yes, show this');
    await ana.press('Show the mood');
    expect(ana.last().text).toMatch(
      /too little to say\s+(?:• )?too little to say\s+(?:• )?too little to say\s+(?:• )?rather high/u,
    );
    await ana.press('Yes, show this');
    await world.passes(1_000);
    const seen = await look();
    expect(seen).toMatch(/The quiet one\s+Now: 33 days, since April 3, 2027/u);
    expect(seen).toMatch(/Week by week.*rather high/su);
    expect(seen).not.toMatch(/secret line|[789]\/10|craving|Check-ins|Only mine/iu);
  });

  test('before a return to use is noted, Ana is told who would see it', async () => {
    await ana.type('/milestone return');
    expect(ana.last().text).toContain('when they look, they see the new count');
    await ana.press('Not now');
    await ana.type('/milestone show');
    expect(ana.last().text).toContain('some of this is seen by whom you show it');
  });

  test('/privacy show says it in words, to whom and since when', async () => {
    await ana.type('/privacy show');
    expect(ana.last().text).toContain('Goals that you chose, with their steps, whenever they look → @Ben');
    expect(ana.last().text).toContain('How your mood was, in a word a week → @Ben');
    expect(ana.last().text).toContain('what you turned on for them in /sponsor shares');
    await ben.type('/privacy show');
    expect(ben.last().text).toMatch(/looks at what others showed you \(what and when\): 3/u);
  });

  test('what is taken back is gone at the next look, and what waits to be told is not sent', async () => {
    await ana.type('/sponsor shares');
    await ana.press('Stop showing the mood');
    expect(ana.last().text).toContain('How the mood was: not shown');
    expect(
      await news(async () => {
        // Nothing is sent meanwhile, so that it waits.
        await world.disconnect();
        await ana.press('Show the mood');
        await ana.press('Yes, show this');
        await ana.press('Stop showing the mood');
        await ana.press('Stop showing milestones');
        await world.connect([stage().adapter]);
        await world.passes(60_000);
      }),
    ).toEqual([0, 0, 0]);
    const ids = ben.rawIds();
    expect(await look()).not.toMatch(/quiet one|Milestones|mood|rather/iu);
    await ana.press('Stop showing goals');
    for (const id of ids.slice(-6)) await ben.pressRaw(id);
    await ben.type('/mentor mentees');
    expect(ben.last().text).toContain('@Ana shows you nothing here');
    expect(ben.last().buttons).not.toContain('Look');
  });

  test('a preview that is pressed late shows what was previewed, and a look that is pressed late shows nothing', async () => {
    await ana.press('Show goals');
    await ana.choose('Another secret');
    await ana.choose('Only mine');
    await ana.type('/goal add words:"Written meanwhile"');
    await ana.press('Yes, show this');
    await world.passes(1_000);
    const seen = await look();
    expect(seen).toContain('A room of my own');
    expect(seen).not.toMatch(/Written meanwhile|Only mine|Another secret/u);
  });

  test('going quiet belongs to the plan: it is written there, Ben is asked, and the screen says how it stands', async () => {
    await ana.type('/sponsor shares');
    await ana.press('When I go quiet');
    expect(ana.last().text).toContain('write a plan that names them');
    await ana.press('Write a plan');
    expect(ana.form()?.fields.find(({ name }) => name === 'who')?.value).toBe(ben.id);
    await ana.fill({ after: '2', who: ben.id, wait: 'now', words: 'Please write to me.' });
    await ana.press('Save');
    expect(await news(() => world.passes(1_000))).toEqual([0, 1, 0]);
    await ana.type('/sponsor shares');
    expect(ana.last().text).toContain('When I go quiet: asked, no answer yet');
    await ben.press('Yes');
    await ana.type('/sponsor shares');
    expect(ana.last().text).toContain('When I go quiet: told in the words of your plan');
    await ana.press('Tell them nothing when I go quiet');
    expect(ana.last().text).toContain('When I go quiet: they are told nothing');
    await ana.type('/checkin plan');
    expect(ana.last().text).toContain('There is no plan.');
    await ben.type('/checkin plan');
    expect(ben.last().text).not.toContain('Please write to me.');
  });

  test('after three days each was asked in private, in their own evening, and what they say is theirs', async () => {
    // Asked on 6 May at 18:00 where each is: that is over by now for Ana, and four hours later for Ben.
    const asked = (person: Person) =>
      person.sees().filter(({ text }) => text.includes('How is it going between the two of you?'));
    await until(12);
    expect(asked(ana)).toHaveLength(1);
    expect(asked(ben)).toHaveLength(1);
    expect(asked(ana)[0]).toMatchObject({ where: 'direct', preview: 'A short question, for you alone.' });
    await ana.press('Not really');
    expect(ana.last().text).toContain("that is nobody's fault");
    expect(ana.last().buttons).toEqual(['Change without fault', 'Rhythm and nudges']);
    await ben.press('Good');
    expect(ben.last().text).toContain('That is good to hear.');
    expect(screenOf(ben)).not.toMatch(/nobody's fault|Not really.*Ana/u);
    const rows = await world.database.prisma.delivery.findMany({ where: { kind: { startsWith: 'pairing.check' } } });
    expect(rows).toHaveLength(2);
  });

  test('the rarer pace holds; each is nudged at six in the evening where they are', async () => {
    await ana.type('/sponsor pace');
    expect(ana.last().text).toMatch(/You said: Once a week\s+They said: Several times a week\s+So it is: Once a week/u);
    // Monday to Monday.
    const nudged = (person: Person) => person.sees().filter(({ text }) => text.includes('wanted to be in touch')).length;
    await leapTo('2027-05-10T17:00:00Z');
    expect([nudged(ana), nudged(ben)]).toEqual([0, 0]);
    expect(await news(() => until(18, 30))).toEqual([1, 0, 0]);
    expect(ana.last()).toMatchObject({ where: 'direct', preview: 'You asked for a nudge.' });
    expect(ana.last().text).not.toMatch(/sponsor|mentor|recovery|Ben/iu);
    expect(await news(() => until(22, 30))).toEqual([0, 1, 0]);
  });

  test('tomorrow is tomorrow, for who asked alone; after they talked, the rhythm counts anew for both', async () => {
    await ana.press('Tomorrow');
    expect(await news(() => until(18, 30))).toEqual([1, 0, 0]);
    await ana.press('We talked');
    expect(ana.last().text).toContain('The next nudge counts from today.');
    // 11 May and a week.
    expect(
      await news(async () => {
        await leapTo('2027-05-18T17:00:00Z');
      }),
    ).toEqual([0, 0, 0]);
    expect(await news(() => until(23))).toEqual([1, 1, 0]);
  });

  test('Ben turns his off, Ana keeps hers; a button pressed twice says the same', async () => {
    await ben.press('No nudges to me');
    expect(ben.last().text).toContain('You get no nudges from now on.');
    await ben.press('Rhythm and nudges');
    expect(screenOf(ben)).toContain('Nudges to you: off');
    await ana.type('/sponsor pace');
    expect(ana.last().text).toContain('Nudges to you: on');
    await ana.press('Several times a week');
    await ana.type('/sponsor pace');
    expect(ana.last().text).toContain('So it is: Several times a week');
    expect(
      await news(async () => {
        while (world.clock.now() < new Date('2027-05-21T23:00:00Z')) await until(23);
      }),
    ).toEqual([1, 1, 0]);
    // No nudge, but what changed between them.
    expect(ben.last().text).toContain('Now it is: Several times a week');
    expect(ben.last()).toMatchObject({ where: 'direct', preview: 'You asked for a nudge.' });
  });

  test('while the mentor pauses, nobody is nudged, also after a restart', async () => {
    const mentorId = await memberOf(ben);
    const row = { memberId: mentorId, communityId: db.communityId, details: Uint8Array.of(1), traits: [], capacity: 1 };
    const marks = { mark0: 0, mark1: 0, mark2: 0, mark3: 0, mark4: 0, mark5: 0, mark6: 0, mark7: 0, zone: 'UTC', lot: 0 };
    const pausedUntil = new Date('2027-05-30T00:00:00Z');
    await db.mentorProfile.create({ data: { ...row, ...marks, confirmedAt: world.clock.now(), pausedUntil } });
    await world.disconnect();
    await world.connect([stage().adapter]);
    expect(
      await news(async () => {
        await leapTo('2027-05-29T20:00:00Z');
      }),
    ).toEqual([0, 0, 0]);
  });

  test('after thirty days each is asked once more; after a night of downtime, in the next evening', async () => {
    await leapTo('2027-06-02T12:00:00Z');
    await world.disconnect();
    world.clock.advance(new Date('2027-06-03T03:00:00Z').getTime() - world.clock.now().getTime());
    await world.connect([stage().adapter]);
    expect(await news(() => world.passes(0))).toEqual([0, 0, 0]);
    expect(await news(() => until(23))).toEqual([1, 1, 0]);
    await ben.press('Could be better');
    expect(ben.last().text).toContain('choose another rhythm');
    expect(screenOf(ana)).not.toContain('choose another rhythm');
  });

  test('when it ends, nothing is seen, told or asked any more, by any button', async () => {
    await ana.type('/sponsor shares');
    await ana.press('When I go quiet');
    await ana.press('Write a plan');
    await ana.fill({ after: '2', who: ben.id, wait: 'now', words: 'Please write to me.' });
    await ana.press('Save');
    await ben.type('/mentor mentees');
    await ana.type('/sponsor end');
    await ana.press('End it');
    await ana.fill({});
    expect(ana.last().text).toContain('It has ended.');
    await world.passes(1_000);
    expect(ben.last().text).toContain('What you two had has ended.');
    await ben.press('Look');
    expect(ben.last().text).toContain('This pairing is over');
    expect(await news(() => until(18, 30))).toEqual([1, 0, 0]);
    expect(ana.last()).toMatchObject({ where: 'direct', preview: 'There is something to look at, in your own time.' });
    await ana.press('My plan');
    expect(ana.last().text).toContain('There is no plan.');
    expect(
      await news(async () => {
        await leapTo('2027-06-12T12:00:00Z');
      }),
    ).toEqual([0, 0, 0]);
    await ben.type('/mentor mentees');
    expect(ben.last().text).toContain("nobody's sponsor or mentor");
    await ana.type('/sponsor shares');
    expect(ana.last().text).toContain('nobody is shown anything');
    expect(await db.consent.count({ where: { revokedAt: null } })).toBe(0);
    expect(await db.dueWork.count({ where: { kind: { startsWith: 'pairing.' } } })).toBe(0);
    await ana.type('/goal list');
    expect(ana.last().text).toContain('Only you see this.');
  });

  test('Cleo, who is nothing to them, sees nothing, by no button of theirs either', async () => {
    for (const id of [...ana.rawIds(), ...ben.rawIds()].slice(-12)) await cleo.pressRaw(id);
    await cleo.type('/mentor mentees');
    expect(cleo.last().text).toContain('no acompañas a nadie');
    expect(screenOf(cleo)).not.toMatch(/room of|housing office|quiet one|Only mine|secret|rather/u);
    expect(screenOf(ben)).not.toMatch(/Only mine|Another secret|Written meanwhile|secret line/u);
  });

  test('ids and rows tell nothing', async () => {
    for (const id of plainIds(ana, ben)) expect(id).not.toMatch(/goal|mood|share|mentee/iu);
    const { prisma } = world.database;
    const rows = await Promise.all([
      prisma.delivery.findMany(),
      prisma.dueWork.findMany(),
      prisma.auditEvent.findMany(),
      prisma.consent.findMany(),
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/room of|quiet one|rather|Not really|nobody's/u);
  });

  test('nothing failed behind the scenes', () => expect(world.logged).toEqual([]));
});
