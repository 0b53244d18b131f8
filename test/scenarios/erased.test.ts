import { dump, tracesOf } from '../support/dump.js';
import { volunteer } from '../support/mentors.js';
import { openHomes, passesUntil, type Restartable } from '../support/restartable.js';
import type { Person } from '../support/stage.js';
import { onEveryStage } from '../support/stages.js';
import type { TestWorld } from '../support/world.js';

/** Nel is asked every morning, has a sponsor, and checks in. Then Nel wants all of it gone, also from a phone that others see. */

const { homes, open } = openHomes();

onEveryStage(open, (stage) => {
  let home: Restartable;
  let world: TestWorld;
  let carla: Person;
  let nel: Person;
  let mira: Person;
  let secrets: string[];
  /** Where the platform has what was sent to Nel. */
  let refs: string[];

  const memberOf = async ({ id }: Person) =>
    (await world.database.prisma.identity.findFirst({ where: { externalId: id } }))?.memberId;
  const said = (person: Person) =>
    person
      .sees()
      .map(({ text }) => text)
      .join('\n');
  const presses = async (person: Person, button: string) => {
    await person.press(button);
    await world.passes(2_000);
  };

  beforeAll(async () => {
    home = homes.at(-1) as Restartable;
    world = home.world;
    const as = { locale: 'en-GB', zone: 'UTC' };
    carla = await stage().person('Carla', { ...as, admin: true });
    nel = await stage().person('Nel', as);
    mira = await stage().person('Mira', as);
    await carla.type('/community setup zone:UTC language:en');
    for (const person of [carla, nel, mira]) await person.type('/help');
    const community = (await world.database.prisma.community.findFirstOrThrow()).id;
    await world.connect([stage().adapter]);
    await volunteer(
      world.world,
      { communityId: community, memberId: (await memberOf(mira)) ?? '', now: world.clock.now() },
      { topics: ['newcomers'], story: 'Story of Mira' },
      {},
    );
  });

  const NUDGE = 'You asked for a nudge.';
  const nudges = (person: Person) => person.sees().filter(({ preview }) => preview.includes(NUDGE)).length;

  test('Nel is asked every morning, and so is Carla', async () => {
    for (const person of [nel, carla]) {
      await person.type('/checkin schedule when:"every day at 9:00" zone:UTC');
      await person.press('Save');
    }
    for (const _ of [1, 2]) await passesUntil(world, 'UTC', 9, 1);
    expect([nudges(nel), nudges(carla)]).toEqual([2, 2]);
  });

  test('Nel has a sponsor, and says a few things', async () => {
    await nel.type('/checkin now mood:3');
    await nel.type('/sponsor request');
    await nel.fill({ urgency: 'week', topic: ['newcomers'], language: 'English', words: 'words of Nel' });
    await presses(nel, 'Ask whoever fits best');
    expect(said(mira)).toContain('would like to ask you something');
    const member = (await memberOf(nel)) ?? '';
    const { id } = await world.database.prisma.identity.findFirstOrThrow({ where: { memberId: member } });
    secrets = [member, id, nel.id, 'words of Nel'];
    expect(tracesOf(await dump(world.database.pool, world.world.cipher), secrets).length).toBeGreaterThan(5);
    const sent = await world.database.prisma.delivery.findMany({ where: { memberId: member, ref: { not: null } } });
    refs = sent.map(({ ref }) => ref ?? '');
    expect(refs.length).toBeGreaterThanOrEqual(2);
  });

  test('Nel is told what goes and what stays, is asked twice, and can still say no', async () => {
    await nel.type('/privacy erase');
    expect(nel.last().onlyMe).toBe(true);
    expect(nel.last().text).toMatch(/What goes, at once[\s\S]*check-ins[\s\S]*What stays[\s\S]*slip[\s\S]*On another platform/u);
    await nel.press('Erase everything …');
    expect(nel.last().text).toMatch(
      /This cannot be taken back[\s\S]*directly in the last 180 days is deleted[\s\S]*until you hide it/u,
    );
    await nel.press('No, keep it');
    expect(await memberOf(nel)).toBe(secrets[0]);
  });

  test('Nel says yes twice: it is done at once, and nothing is left', async () => {
    await nel.type('/privacy erase');
    await nel.press('Erase everything …');
    await nel.press('Yes, erase everything about me');
    // On Slack the last that is shown is their page, which is empty now.
    expect(said(nel)).toMatch(/everything about you is erased[\s\S]*as somebody new/u);
    expect(tracesOf(await dump(world.database.pool, world.world.cipher), secrets)).toEqual([]);
    // Where it was is known until it is taken back, and read by nobody without the key.
    expect(tracesOf(await dump(world.database.pool), refs)).toEqual([]);
  });

  test('what was sent to Nel is taken back, also by another process; the last answer stays, and what Carla has', async () => {
    await home.restart(stage());
    await world.passes(3_000);
    expect([nudges(nel), nudges(carla)]).toEqual([0, 2]);
    expect(nel.sees().filter(({ where }) => where === 'direct')).toEqual([]);
    expect(said(nel)).toMatch(/everything about you is erased[\s\S]*as somebody new/u);
    expect(tracesOf(await dump(world.database.pool, world.world.cipher), refs)).toEqual([]);
    expect(await world.database.prisma.retraction.count()).toBe(0);
  });

  test('Mira hears that it is over, and neither of whom nor why', async () => {
    await world.passes(3_000);
    expect(said(mira)).toContain('What I asked you about is over.');
    expect(said(mira)).not.toMatch(/Nel|erased|words of/u);
    expect(tracesOf(await dump(world.database.pool, world.world.cipher), secrets)).toEqual([]);
    expect(world.logged).toEqual([]);
  });

  test('what Mira was asked can be pressed no more, and says so kindly', async () => {
    await mira.press('See it');
    expect(said(mira)).toMatch(/Nobody is waiting for an answer|over|any more/u);
  });

  test('Nel comes back as somebody new', async () => {
    await nel.type('/checkin history');
    expect(nel.last().text).toContain('software');
    expect(nel.last().text).not.toContain('3 of 10');
    expect(await memberOf(nel)).not.toBe(secrets[0]);
  });
});
