import { strFromU8, unzipSync } from 'fflate';
import { takeLink } from '../../src/core/export/link.js';
import { pairingBegan } from '../../src/core/pairing/rhythm.js';
import { tenantDb } from '../../src/db/tenant.js';
import { SITE } from '../support/site.js';
import type { Person } from '../support/stage.js';
import { onEveryStage } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Ana shows Ben something, looks at what she agreed to, takes it back before he hears of it, and takes everything along. */

const { worlds, open } = openWorlds('2027-05-03T12:00:00Z');

onEveryStage(open, (stage, platform) => {
  let world: TestWorld;
  let ana: Person;
  let ben: Person;

  const memberOf = async ({ id }: Person) =>
    (await world.database.prisma.identity.findFirstOrThrow({ where: { platform, externalId: id } })).memberId;

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'UTC' });
    ben = await stage().person('Ben', { locale: 'en-US', zone: 'UTC' });
    for (const person of [ana, ben]) await person.type('/help');
    const { communityId } = await world.database.prisma.identity.findFirstOrThrow({ where: { platform, externalId: ana.id } });
    const [menteeId, mentorId, now] = [await memberOf(ana), await memberOf(ben), world.clock.now()];
    await tenantDb(world.database.prisma, communityId).transact(async (tx) => {
      const ids = { communityId, menteeId, mentorId };
      const row = await tx.pairing.create({ data: { ...ids, state: 'active', introBy: now, startedAt: now } });
      await pairingBegan(tx, row.id, now);
    });
    await world.connect([stage().adapter]);
  });

  test('Ana sees everything that she agreed to on one screen, each to take back by itself', async () => {
    await ana.type('/sponsor shares');
    await ana.press('Show the mood');
    await ana.press('Yes, show this');
    await ana.type('/privacy show');
    await ana.press('What I agreed to');
    expect(ana.last().onlyMe).toBe(true);
    expect(ana.last().text).toMatch(/1\. .*sponsor or mentor and mentee.* → your sponsor or mentor, @Ben · since /u);
    expect(ana.last().text).toMatch(/3\. .*How your mood was.* → your sponsor or mentor, @Ben/u);
    expect(ana.last().buttons).toEqual(['Take back 1', 'Take back 2', 'Take back 3', 'What has ended']);
  });

  test('she takes one back: Ben, who was about to hear of it, hears nothing', async () => {
    await ana.press('Take back 3');
    expect(ana.last().text).toContain('Taken back, with effect at once: How your mood was');
    const before = ben.sees().length;
    await world.passes(2_000);
    expect(ben.sees().length).toBe(before);
    await ben.type('/mentor mentees');
    expect(ben.last().text).toContain('shows you nothing here');
  });

  test('what cannot be had back is asked once more; what ended is told without content', async () => {
    await ana.press('Take back 1');
    expect(ana.last().text).toContain('Do you want to end this now?');
    await ana.press('No, keep it');
    await ana.press('What has ended');
    expect(ana.last().text).toContain('How your mood was, in a word a week → your sponsor or mentor · ');
    expect(ana.last().text).not.toContain('Ben');
  });

  test('she takes everything along as one file that only she can open, once an hour', async () => {
    await ana.type('/goal add words:"A room of my own"');
    await ana.type('/privacy export');
    expect(ana.last().text).toContain('Whoever has this file can read all of it.');
    const before = ben.sees().length;
    await ana.press('Make the file');
    const file = ana
      .sees()
      .flatMap(({ files }) => files)
      .at(-1);
    expect(file?.name).toBe('export.zip');
    const packed = unzipSync(new Uint8Array(await ana.open(file?.ref ?? '')));
    expect(Object.keys(packed)).toEqual(['homegroup.html', 'homegroup.json', 'homegroup.schema.json']);
    const page = strFromU8(packed['homegroup.html'] as Uint8Array);
    expect(page).toContain('A room of my own');
    expect(page).not.toContain(ben.id);
    expect(ben.sees().length).toBe(before);
    await ana.type('/privacy export');
    await ana.press('Make the file');
    expect(ana.last().text).toContain('within the last hour');
    expect(world.logged).toEqual([]);
  });

  test('he takes a link instead, which is his alone, and gets it anew when he lost it', async () => {
    const before = ana.sees().length;
    const linked = async () => {
      await ben.type('/privacy export');
      await ben.press('Give me a link instead');
      return new RegExp(`${SITE}/export/([\\w-]+)`, 'u').exec(ben.last().text)?.[1] ?? '';
    };
    const [lost, token] = [await linked(), await linked()];
    expect(await takeLink(world.world, lost, world.clock.now())).toBeUndefined();
    const taken = await takeLink(world.world, token, world.clock.now());
    expect(taken?.scope.member.id).toBe(await memberOf(ben));
    await ben.type('/privacy export');
    await ben.press('Give me a link instead');
    expect(ben.last().text).toContain('within the last hour');
    expect(ana.sees().length).toBe(before);
    expect(world.logged).toEqual([]);
  });
});
