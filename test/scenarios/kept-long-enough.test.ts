import { NIGHT, planNights } from '../../src/core/retention/night.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** A community decides how long it keeps things; what is older goes in the night, and nobody learns of whom it was. */

const DAY = 24 * 60 * 60_000;
const { worlds, open } = openWorlds();

onEveryStage(open, (stage) => {
  let world: TestWorld;
  let olga: Person;
  let sam: Person;

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    olga = await stage().person('Olga', { admin: true, locale: 'en-US', zone: 'UTC' });
    sam = await stage().person('Sam', { locale: 'es-ES', zone: 'UTC' });
    await olga.type('/community setup zone:UTC language:en');
    await world.connect([stage().adapter]);
    await planNights(world.database.prisma, world.clock.now());
  });

  test('who coordinates sees how long things are kept, and changes it within bounds', async () => {
    await sam.type('/community settings');
    expect(screenOf(sam)).not.toContain('How long things are kept');
    await olga.type('/community settings');
    expect(olga.answer()).toMatchObject({ onlyMe: true });
    expect(olga.answer().text).toMatch(/How long things are kept.*Check-ins\W+1,095 days/su);
    await olga.press('Change how long');
    await olga.fill({ checkins: '3' });
    expect(screenOf(olga)).toContain('90');
    await olga.type('/community settings');
    await olga.press('Change how long');
    await olga.fill({ checkins: '90' });
    while (olga.form() === undefined && !olga.answer().text.includes('Saved. It holds from the next night on.')) {
      await olga.press('Continue');
      await olga.fill({});
    }
    expect(olga.answer().text).toMatch(/Check-ins\W+90 days/u);
    expect(await world.database.prisma.auditEvent.count({ where: { action: 'community.settings.retention' } })).toBe(1);
  });

  test('a check-in goes in the night after its last day, and the younger one stays', async () => {
    await sam.type('/checkin now note:"the older one"');
    await world.leaps(10 * DAY);
    await sam.type('/checkin now note:"the younger one"');
    await world.leaps(80 * DAY);
    await sam.type('/checkin history');
    expect(sam.answer().text).toContain('the older one');
    for (let nights = 0; nights < 2; nights += 1) await world.leaps(DAY);
    await sam.type('/checkin history');
    expect(sam.answer().text).toContain('the younger one');
    expect(sam.answer().text).not.toContain('the older one');
    expect(await world.database.prisma.dueWork.count({ where: { kind: NIGHT } })).toBe(1);
  });

  test('the report says that something went, and not how much of few people', async () => {
    await olga.type('/community report');
    expect(olga.answer().text).toMatch(
      /Gone in the last 30 nights, because its time was over\s+Check-ins\W*fewer than 5 people/u,
    );
  });
});
