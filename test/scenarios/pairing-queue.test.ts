import { randomUUID } from 'node:crypto';
import { pairKey } from '../../src/core/pairing/pair.js';
import { pairingSettings, savePairingSettings } from '../../src/core/pairing/settings.js';
import type { Wish } from '../../src/core/pairing/wishes.js';
import { sealWishes } from '../../src/core/pairing/wishes.js';
import { tenantDb } from '../../src/db/tenant.js';
import { volunteer } from '../support/mentors.js';
import { openHomes, type Restartable } from '../support/restartable.js';
import type { Person } from '../support/stage.js';
import { onEveryStage } from '../support/stages.js';
import type { TestWorld } from '../support/world.js';

/** A community wants a facilitator's yes before anybody is asked. Carla and Fay look after who waits. */

const { homes, open } = openHomes();

onEveryStage(open, (stage) => {
  let home: Restartable;
  let world: TestWorld;
  let carla: Person;
  let nel: Person;
  let ona: Person;
  let mira: Person;
  let max: Person;
  let communityId = '';

  const db = () => tenantDb(world.database.prisma, communityId);
  const memberOf = async ({ id }: Person) =>
    (await world.database.prisma.identity.findFirstOrThrow({ where: { externalId: id } })).memberId;
  const serves = async (person: Person, facts: Parameters<typeof volunteer>[2], capacity: number) =>
    volunteer(world.world, { communityId, memberId: await memberOf(person), now: world.clock.now() }, facts, { capacity });
  const openOffers = async (person: Person) =>
    db().pairingOffer.count({ where: { mentorId: await memberOf(person), state: 'open' } });
  const presses = async (person: Person, button: string) => {
    await person.press(button);
    await world.passes(2_000);
  };
  const wait = async (person: Person, wishes: readonly Wish[]) => {
    const [id, memberId, now] = [randomUUID(), await memberOf(person), world.clock.now()];
    const details = sealWishes(world.world.cipher, id, { wishes: [...wishes], zone: 'UTC', words: 'nobody may know' });
    const times = { askedAt: now, tellBy: new Date(now.getTime() + 86_400_000) };
    await db().pairingRequest.create({
      data: { id, communityId, memberId, openFor: memberId, state: 'approval', details, ...times },
    });
    return id;
  };
  const over = async () => {
    await db().pairingOffer.deleteMany();
    await db().pairingRequest.deleteMany();
  };
  const spanish: Wish = { what: 'language', values: ['es'], must: false };

  beforeAll(async () => {
    home = homes.at(-1) as Restartable;
    world = home.world;
    const as = { locale: 'en-GB', zone: 'UTC' };
    carla = await stage().person('Carla', { ...as, admin: true });
    nel = await stage().person('Nel', as);
    ona = await stage().person('Ona', as);
    mira = await stage().person('Mira', as);
    max = await stage().person('Max', as);
    await carla.type('/community setup zone:UTC language:en');
    for (const person of [carla, nel, ona, mira, max]) await person.type('/help');
    communityId = (await world.database.prisma.community.findFirstOrThrow()).id;
    await savePairingSettings(db(), { ...(await pairingSettings(db())), approval: true });
    await serves(mira, { languages: ['es'], slots: ['weekday-evening'] }, 1);
    await serves(max, { languages: ['en'] }, 2);
    await world.connect([stage().adapter]);
  });

  test('who is no facilitator sees nobody, and an empty queue says so', async () => {
    await nel.type('/pairing queue');
    expect(nel.answer().text).toContain('facilitator');
    await carla.type('/pairing queue');
    expect(carla.answer().text).toContain('Nobody waits at the moment.');
    expect(carla.answer().onlyMe).toBe(true);
    await carla.type('/pairing propose all');
    expect(carla.answer().text).toContain('Nobody waits at the moment.');
    await carla.type('/pairing propose');
    expect(carla.answer().text).toContain('Say for whom');
  });

  test('a facilitator sees who waits and what matters to them, never their own words, and says yes', async () => {
    await nel.type('/sponsor request urgency:week language:Spanish words:"nobody may know"');
    await presses(nel, 'Ask whoever fits best');
    expect(await openOffers(mira)).toBe(0);
    // Whoever can say yes is told that somebody waits for it, and not who.
    const letter = carla.sees().filter(({ where, text }) => where === 'direct' && text.includes('waits for the yes'));
    expect(letter.map(({ preview }) => preview)).toEqual(['There is something new for you.']);
    expect(letter[0]?.text).not.toMatch(/Nel|nobody may know/u);
    expect(nel.sees().filter(({ text }) => text.includes('waits for the yes'))).toEqual([]);
    await carla.type('/pairing queue');
    const { text } = carla.answer();
    expect(text).toContain('One person waits.');
    expect(text).toContain('@Nel');
    expect(text).toContain('Within a week');
    expect(text).toContain('waits for a facilitator’s yes');
    expect(text).toContain('Spanish');
    expect(text).not.toContain('nobody may know');
    await presses(carla, 'Yes, ask whoever fits best');
    expect(carla.answer().text).toContain('I ask whoever fits best');
    expect(await openOffers(mira)).toBe(1);
    await carla.type('/pairing queue');
    expect(carla.answer().text).toContain('somebody is being asked');
    expect(carla.answer().buttons).not.toContain('Who fits?');
    // Whose it is is told that it was read: once, and by whom is not said.
    await nel.type('/privacy show');
    const told = nel.answer().text;
    expect(told.split('A facilitator or coordinator: what matters to you in your request')).toHaveLength(2);
    expect(told).not.toContain('Carla');
    await over();
  });

  test('a facilitator picks from who fits, with the reasons, or somebody else; twice is once', async () => {
    await wait(nel, [spanish]);
    await carla.type(`/pairing propose member:<@${nel.id}>`);
    expect(carla.answer().text).toContain('1. @Mira: speaks Spanish · 1 place free');
    expect(carla.answer().text).toContain('2. @Max: 2 places free');
    expect(await openOffers(max)).toBe(0);
    await presses(carla, 'Ask 2');
    expect(carla.answer().text).toContain('I ask them first.');
    expect([await openOffers(mira), await openOffers(max)]).toEqual([0, 1]);
    await carla.type(`/pairing propose member:<@${nel.id}> mentor:<@${mira.id}>`);
    expect(carla.answer().text).toContain('Somebody is being asked for them already');
    await over();

    await wait(nel, [spanish]);
    await db().separation.create({
      data: { communityId, ...pairKey(await memberOf(nel), await memberOf(mira)), kind: 'apart' },
    });
    await carla.type(`/pairing propose member:<@${nel.id}> mentor:<@${mira.id}>`);
    expect(carla.answer().text).toContain('cannot be asked about it now');
    await carla.type(`/pairing propose member:<@${nel.id}>`);
    expect(carla.answer().text).not.toContain('@Mira');
    await carla.type(`/pairing propose member:<@${ona.id}>`);
    expect(carla.answer().text).toContain('They have no open request');
    await db().separation.deleteMany();
    await over();
  });

  test('all who wait are looked at together: who likes Mira alone gets her; nobody is asked before the yes, also after a restart', async () => {
    await wait(nel, [spanish]);
    world.clock.advance(60_000);
    await wait(ona, [{ ...spanish, must: true }]);
    await carla.type('/pairing propose all');
    expect(carla.answer().text).toContain('2 proposals');
    expect(carla.answer().text).toContain('@Nel → @Max');
    expect(carla.answer().text).toContain('@Ona → @Mira: speaks Spanish');
    expect([await openOffers(mira), await openOffers(max)]).toEqual([0, 0]);
    await home.restart(stage());
    await presses(carla, 'Ask all 2');
    expect(carla.answer().text).toBe('2 are being asked.');
    expect([await openOffers(mira), await openOffers(max)]).toEqual([1, 1]);
    const approvals = await db().auditEvent.findMany({ where: { action: { startsWith: 'pairing.' } } });
    expect(new Set(approvals.map(({ action }) => action))).toEqual(
      new Set(['pairing.approve', 'pairing.propose', 'pairing.proposeAll', 'pairing.approveAll']),
    );
    await over();
  });

  test('what is different by the time of the yes is left out and said, and an older proposal does nothing', async () => {
    await wait(nel, [spanish]);
    await wait(ona, [{ ...spanish, must: true }]);
    await carla.type('/pairing propose all');
    await db().mentorProfile.updateMany({
      where: { memberId: await memberOf(mira) },
      data: { pausedUntil: new Date('2100-01-01T00:00:00Z') },
    });
    await presses(carla, 'Ask all 2');
    expect(carla.answer().text).toContain('One mentor is being asked. One proposal was left out');
    expect([await openOffers(mira), await openOffers(max)]).toEqual([0, 1]);
    await carla.type('/pairing propose all');
    expect(carla.answer().text).toContain('One person waits, and nobody who fits has a free place now.');
    await over();

    await wait(nel, []);
    await carla.type('/pairing propose all');
    const proposals = await db().pairingRequest.findMany({ where: { proposalId: { not: null } } });
    await db().pairingRequest.updateMany({ data: { proposalId: randomUUID() } });
    expect(proposals).toHaveLength(1);
    await presses(carla, 'Ask this one');
    expect(carla.answer().text).toContain('there is a newer one');
    expect(await openOffers(max)).toBe(0);
    await over();
  });

  test('coordinators see numbers, and small ones not at all', async () => {
    await carla.type('/pairing overview');
    expect(carla.answer().text).toContain('Waiting for somebody');
    expect(carla.answer().text).toContain('fewer than 5 people');
    expect(carla.answer().text).not.toContain('Mira');
    await nel.type('/pairing overview');
    expect(nel.answer().text).not.toContain('Waiting for somebody');
    expect(world.logged).toEqual([]);
  });
});
