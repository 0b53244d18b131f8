import { openFacts } from '../../src/core/pairing/facts.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Somebody volunteers, is vouched for and verified, rests, is asked again, and hands over whom they help. */

const DAY = 24 * 3_600_000;
const { worlds, open } = openWorlds('2027-02-01T12:00:00Z');

onEveryStage(open, (stage) => {
  let world: TestWorld;
  let carla: Person;
  let fay: Person;
  let mo: Person;
  let noor: Person;
  let mia: Person;

  const memberOf = async ({ id }: Person) =>
    (await world.database.prisma.identity.findFirstOrThrow({ where: { externalId: id } })).memberId;
  const profileOf = async (person: Person) =>
    world.database.prisma.mentorProfile.findFirst({
      where: { memberId: await memberOf(person) },
      include: { credentials: true },
    });
  const says = async (person: Person, button: string) => {
    await person.press(button);
    await world.passes(2_000);
  };

  /** What the bot wrote to somebody of its own accord. */
  const letters = (person: Person, words: string) =>
    person.sees().filter(({ where, text }) => where === 'direct' && text.includes(words)).length;

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    const as = { locale: 'en-GB', zone: 'UTC' };
    carla = await stage().person('Carla', { ...as, admin: true });
    fay = await stage().person('Fay', as);
    mo = await stage().person('Mo', as);
    noor = await stage().person('Noor', { ...as, locale: 'es-ES' });
    mia = await stage().person('Mia', as);
    await carla.type('/community setup zone:UTC language:en');
    for (const person of [fay, mo, noor, mia]) await person.type('/help');
    await carla.type(`/community roles role:facilitator people:<@${fay.id}>`);
    await world.connect([stage().adapter]);
  });

  test('who volunteers sees all of it as an asker would, and nothing is saved before the last tap', async () => {
    await mo.type('/mentor volunteer');
    expect(mo.answer().text).toContain('no name and no picture');
    await mo.press('Volunteer');
    await mo.fill({ languages: 'English and Klingonish', capacity: '2' });
    expect(screenOf(mo)).toContain('“Klingonish” is no language that I know');
    await mo.press('Volunteer');
    await mo.fill({
      languages: 'English and español',
      capacity: '2',
      topics: ['housing', 'steps'],
      ways: ['text'],
      story: 'Nine years on the street.',
    });
    expect(mo.answer()).toMatchObject({ onlyMe: true });
    expect(mo.answer().text).toContain('This is what somebody who asks would see');
    expect(mo.answer().text).toMatch(
      /Nine years on the street.*Housing, Step work.*English, Spanish.*No formal certification.*Free/su,
    );
    expect(mo.answer().text).not.toContain('Mo');
    expect(await profileOf(mo)).toBeNull();
    await mo.press('My path');
    await mo.fill({ steps: ['AA', 'CEA-HOW'], others: ['SMART'], recovery: 'years5', hours: '300' });
    expect(mo.answer().text).toMatch(/Alcoholics Anonymous, Compulsive Eaters Anonymous-HOW, SMART Recovery/u);
    expect(mo.answer().text).toMatch(/At least five years.*300 hours/su);
    await mo.press('Save');
    expect(mo.answer().text).toContain('You can be asked.');
    const saved = await profileOf(mo);
    expect(saved).toMatchObject({ capacity: 2, credentials: [] });
    expect(saved && openFacts(world.world.cipher, saved)).toMatchObject({
      languages: ['en', 'es'],
      pathways: ['AA', 'CEA-HOW', 'SMART'],
    });
    expect(Buffer.from(saved?.details ?? []).toString('latin1')).not.toContain('street');
  });

  test('what is said of training is shown as said, with its number to nobody who asks', async () => {
    await mo.press('Add training');
    await mo.fill({ code: 'CCAR-RCA', issuer: 'CCAR', number: 'X-4711', expires: '2020-01-01' });
    expect(screenOf(mo)).toContain('That day is over.');
    await mo.type('/mentor volunteer');
    await mo.press('Add training');
    await mo.fill({ code: 'CCAR-RCA', issuer: 'CCAR', number: 'X-4711', expires: '2027-04-30' });
    expect(mo.answer().text).toMatch(
      /Training, as they say themselves.*CCAR Recovery Coach Academy \(a training\), CCAR, valid until Apr 30, 2027, as they say/su,
    );
    expect(mo.answer().text).not.toContain('4711');
    await mo.press('Save');
    expect((await profileOf(mo))?.credentials).toMatchObject([{ code: 'CCAR-RCA', verifiedAt: null }]);
    expect(await world.database.prisma.mentorProfile.count()).toBe(1);
  });

  test('the least that a community asks is its own, is checked, and is told in words', async () => {
    await mo.type('/community settings');
    expect(mo.answer().text).not.toContain('How this community pairs');
    await carla.type('/community settings');
    await carla.press('What a mentor needs');
    await carla.fill({ recovery: 'years2', training: 'yes', vouches: '2' });
    expect(carla.answer().text).toMatch(/At least two years.*Training that a facilitator has seen: Yes/su);
    await carla.press('What counts more');
    await carla.fill({ language: '9' });
    while (carla.form() === undefined && !carla.answer().text.includes('Language 9')) {
      await carla.press('Continue');
      await carla.fill({});
    }
    expect(carla.answer().text).toContain('Language 9');
    await mo.type('/mentor volunteer');
    expect(mo.answer().text).toContain('needs 2 people who speak for you; has 0');
    expect(mo.answer().text).toContain('a training or certificate that a facilitator has seen');
    expect(mo.answer().text).not.toContain('time in recovery: at least');
  });

  test('facilitators confirm what they have seen and speak for others, never for themselves', async () => {
    await mo.type(`/pairing verify member:<@${noor.id}>`);
    expect(screenOf(mo)).not.toContain('What this community can say');
    await fay.type(`/pairing verify member:<@${fay.id}>`);
    expect(fay.answer().text).toContain('Nobody can speak for themselves.');
    await fay.type(`/pairing verify member:<@${mo.id}>`);
    expect(fay.answer()).toMatchObject({ onlyMe: true });
    expect(fay.answer().text).toContain('number X-4711');
    await fay.press('I have seen no. 1');
    await says(fay, 'Take back no. 1');
    expect(letters(mo, 'took back that they have seen this: CCAR Recovery Coach Academy')).toBe(1);
    await fay.press('I have seen no. 1');
    expect(fay.answer().text).toMatch(/Training, seen by somebody here.*verified until Apr 30, 2027/su);
    await fay.press('I speak for them');
    expect(fay.answer().text).toContain('has 1');
    await fay.press('Known here since …');
    await fay.fill({ since: '2024-05-01' });
    expect(fay.answer().text).toContain('Known to this group since: May 1, 2024');
    await carla.type(`/pairing verify member:<@${mo.id}>`);
    await carla.press('I speak for them');
    await mo.type('/mentor volunteer');
    expect(mo.answer().text).toMatch(/You can be asked\..*verified until Apr 30, 2027.*2 people here speak for them/su);
    const audit = await world.database.prisma.auditEvent.findMany({ where: { action: { startsWith: 'mentor.' } } });
    expect(audit.map(({ action }) => action).sort()).toEqual([
      'mentor.known',
      'mentor.unverify',
      'mentor.verify',
      'mentor.verify',
      'mentor.vouch',
      'mentor.vouch',
    ]);
  });

  test('age bands are the community’s own, and marked by facilitators', async () => {
    await carla.type('/community settings');
    await carla.press('Change how it goes');
    await carla.fill({ answer: '12', intro: '3', approval: 'no', cooling: '10', bands: 'under 18, adults' });
    expect(carla.answer().text).toMatch(/12 hours.*under 18, adults/su);
    await fay.type(`/pairing verify member:<@${mia.id}>`);
    expect(fay.answer().text).toContain('They have not volunteered');
    await fay.choose('under 18');
    expect(fay.answer().text).toContain('Age band: under 18');
    expect((await world.database.prisma.member.findUniqueOrThrow({ where: { id: await memberOf(mia) } })).ageBand).toBe(
      'under 18',
    );
    await mia.type('/privacy show');
    expect(mia.answer().text).toContain('Age band, as a facilitator marked it: under 18');
    await fay.choose('Not known');
    expect(fay.answer().text).toContain('not known yet');
  });

  test('a pause has an end by itself, with a kind note, once', async () => {
    await mo.type('/mentor pause until:yesterday');
    expect(mo.answer().text).toContain('That time is over.');
    await mo.type('/mentor pause until:"in two weeks" reason:rest');
    expect(mo.answer().text).toContain('Nobody new is brought to you until');
    await mo.type('/mentor resume');
    expect(mo.answer().text).toContain('Welcome back.');
    await mo.type('/mentor pause until:"in 3 days" reason:rest');
    await world.passes(4 * DAY);
    expect(letters(mo, 'Your pause is over')).toBe(1);
    expect((await profileOf(mo))?.pausedUntil).toBeNull();
  });

  test('once a month one tap is asked for; silence rests offers, and a coordinator hears of it', async () => {
    await carla.type(`/community roles role:coordinator people:<@${carla.id}>`);
    await world.passes(31 * DAY);
    expect(letters(mo, 'does all that you offered here still hold?')).toBe(1);
    await says(mo, 'Yes, all of it');
    expect(mo.answer().text).toContain('It all stays as it is.');
    await world.passes(31 * DAY);
    expect(letters(mo, 'does all that you offered here still hold?')).toBe(1);
    await world.passes(5 * DAY);
    expect((await profileOf(mo))?.lapsedAt).toBeNull();
    await world.passes(3 * DAY);
    expect((await profileOf(mo))?.lapsedAt).not.toBeNull();
    expect(letters(carla, '@Mo did not answer for a week')).toBe(1);
    expect(letters(mo, 'nobody new is brought to you for now. That is fine.')).toBe(1);
    expect(carla.sees().find(({ text }) => text.includes('did not answer for a week'))?.preview).toBe('There is a note for you.');
    await mo.type('/mentor resume');
    expect((await profileOf(mo))?.lapsedAt).toBeNull();
  });

  test('a certificate is warned of a month ahead; once it is over it counts as said, and no more', async () => {
    expect(letters(mo, 'is valid until Apr 30, 2027. After that')).toBe(1);
    await world.passes(Date.parse('2027-05-01T11:00:00Z') - world.clock.now().getTime());
    expect(letters(mo, 'was valid until Apr 30, 2027')).toBe(1);
    await mo.type('/mentor volunteer');
    expect(mo.answer().text).toMatch(
      /a training or certificate that a facilitator has seen.*valid until Apr 30, 2027, as they say/su,
    );
  });

  test('who volunteers no more is asked no more, and their profile is erased when they help nobody', async () => {
    await noor.type('/mentor volunteer');
    expect(noor.answer().text).toContain('padrino o madrina');
    await noor.press('Ofrecerme');
    await noor.fill({ languages: 'español', capacity: '1' });
    await noor.press('Guardar');
    await noor.press('Dejar de ofrecerme');
    expect(await profileOf(noor)).not.toBeNull();
    await noor.press('Dejar de ofrecerme');
    expect(noor.answer().text).toContain('Gracias por el tiempo que diste');
    expect(await profileOf(noor)).toBeNull();
  });

  /** Two who met already. */
  async function helps(mentor: Person, mentee: Person) {
    const { prisma } = world.database;
    const { id: communityId } = await prisma.community.findFirstOrThrow();
    const [mentorId, menteeId] = [await memberOf(mentor), await memberOf(mentee)];
    const now = world.clock.now();
    await prisma.pairing.create({ data: { communityId, mentorId, menteeId, state: 'active', introBy: now, startedAt: now } });
  }
  const mentorsOf = async (mentee: Person) => {
    const rows = await world.database.prisma.pairing.findMany({ where: { menteeId: await memberOf(mentee), state: 'active' } });
    return rows.map(({ mentorId }) => mentorId);
  };

  test('handing over asks the colleague without a name, then each mentee; nobody is dropped, and no place is taken twice', async () => {
    await carla.type('/community settings');
    await carla.press('What a mentor needs');
    await carla.fill({ recovery: 'under1', training: 'no', vouches: '0' });
    await carla.press('Change how it goes');
    await carla.fill({ answer: '24', intro: '7', approval: 'no', cooling: '30', bands: '' });
    for (const mentee of [mia, fay]) await helps(mo, mentee);
    await mo.type(`/mentor handover to:<@${mo.id}>`);
    expect(mo.answer().text).toContain('That is you.');
    await mo.type(`/mentor handover to:<@${noor.id}>`);
    expect(mo.answer().text).toMatch(/1\. @(Mia|Fay).*2\. @(Mia|Fay)/su);
    await mo.choose('All of them');
    expect(mo.answer().text).toContain('They do not take anybody new');
    await noor.type('/mentor volunteer');
    await noor.press('Ofrecerme');
    await noor.fill({ languages: 'español', capacity: '1', story: 'Mi historia.' });
    await noor.press('Guardar');
    await mo.type(`/mentor handover to:<@${noor.id}>`);
    await mo.choose('All of them');
    expect(mo.answer().text).toContain('asked about 2 people');
    await world.passes(2_000);
    expect(letters(noor, 'pregunta si seguirías con alguien')).toBe(2);
    for (const { text } of noor.sees()) expect(text).not.toMatch(/@Mia|@Fay/u);
    await world.connect([stage().adapter]);
    await says(noor, 'Sí, lo haría');
    await says(noor, 'Sí, lo haría');
    for (const mentee of [mia, fay]) {
      expect(letters(mentee, 'Mi historia.')).toBe(1);
      expect(mentee.last().preview).toBe('There is a note for you.');
    }
    expect(screenOf(mia)).not.toMatch(/@Noor/u);
    await says(mia, 'Yes, let us try');
    expect(await mentorsOf(mia)).toEqual([await memberOf(noor)]);
    expect(letters(mia, '@Noor')).toBe(1);
    await says(fay, 'Yes, let us try');
    expect(screenOf(fay)).toContain('There is no free place for that now');
    expect(await mentorsOf(fay)).toEqual([await memberOf(mo)]);
    expect(letters(mo, '@Mia goes on with your colleague')).toBe(1);
    expect(letters(mo, 'Handing over @Fay did not come about')).toBe(1);
  });

  test('silence hands over nobody, and what was asked can be taken back', async () => {
    await noor.type('/mentor volunteer');
    await noor.press('Lo que ofrezco');
    await noor.fill({ languages: 'español', capacity: '3' });
    await noor.press('Guardar');
    await mo.type(`/mentor handover to:<@${noor.id}>`);
    await mo.choose('No. 1');
    expect(mo.answer().text).toContain('You asked them about that not long ago.');
    await world.passes(31 * DAY);
    await mo.type('/mentor resume');
    await noor.type('/mentor resume');
    await mo.type(`/mentor handover to:<@${noor.id}>`);
    await mo.choose('No. 1');
    await world.passes(8 * DAY);
    expect(letters(mo, 'Handing over @Fay did not come about')).toBe(2);
    await world.passes(31 * DAY);
    await mo.type('/mentor resume');
    await noor.type('/mentor resume');
    expect(await mentorsOf(fay)).toEqual([await memberOf(mo)]);
    await mo.type(`/mentor handover to:<@${noor.id}>`);
    await mo.choose('No. 1');
    await world.passes(2_000);
    await mo.press('Take it back');
    await says(noor, 'Sí, lo haría');
    expect(screenOf(noor)).toContain('Eso ya está resuelto o terminado');
    expect(await world.database.prisma.handover.count({ where: { openFor: { not: null } } })).toBe(0);
  });

  test('who steps back for their own sake is met kindly; whom they help is covered, and never told why', async () => {
    await mo.type('/mentor pause reason:care');
    expect(mo.answer().text).toContain('Your days of recovery and all that you gave still count.');
    expect(mo.answer().text).toMatch(/\/crisis.*\/support now/su);
    expect(mo.answer().text).not.toMatch(/relapse|fail|lost|return to use/iu);
    await world.passes(2_000);
    expect(letters(fay, 'takes some time for themselves')).toBe(1);
    const letter = fay.sees().find(({ text }) => text.includes('takes some time for themselves'));
    expect(letter).toMatchObject({
      preview: 'There is a note for you.',
      buttons: ['Somebody to talk to now', 'Ask for somebody else'],
    });
    expect(letter?.text).not.toMatch(/relapse|return to use|care of|reason/iu);
    await mo.type('/mentor pause reason:care');
    await world.passes(DAY);
    expect(letters(fay, 'takes some time for themselves')).toBe(1);
    expect(await mentorsOf(fay)).toEqual([await memberOf(mo)]);
    await mo.type('/mentor resume');
    await world.passes(2_000);
    expect(letters(fay, 'is there again')).toBe(1);
  });
});
