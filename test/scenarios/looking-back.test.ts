import { parse } from 'csv-parse/sync';
import { recordCheckIn } from '../../src/core/checkins/record.js';
import { enter } from '../../src/core/members/enter.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { openWorlds, type TestWorld } from '../support/world.js';

/** Ana looks back on her check-ins, as a picture and as a file. Ben is in the same channel. */

const DAY = 24 * 60 * 60_000;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const { worlds, open } = openWorlds();

const allFiles = (person: Person) => person.sees().flatMap(({ files, onlyMe }) => files.map((file) => ({ ...file, onlyMe })));

onEveryStage(open, (stage, platform) => {
  let world: TestWorld;
  let ana: Person;
  let ben: Person;

  beforeAll(async () => {
    world = worlds.at(-1) as TestWorld;
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'UTC' });
    ben = await stage().person('Ben', { locale: 'es-ES', zone: 'UTC' });
    await ana.type('/checkin history days:30');
  });

  const says = async (daysAgo: number, answers: Parameters<typeof recordCheckIn>[1]) => {
    const now = new Date(world.clock.now().getTime() - daysAgo * DAY);
    const caller = { platform, userId: ana.id, space: { id: stage().space } };
    await recordCheckIn(await enter(world.world, caller, now), answers);
  };

  test('without a check-in there is no picture, and no reproach', () => {
    expect(ana.last().text).toContain('There is no check-in in these days. You can start whenever you like.');
    expect(allFiles(ana)).toEqual([]);
  });

  test('a picture of thirty days is hers alone, and says the same in words', async () => {
    for (const [daysAgo, mood] of [
      [60, 1],
      [5, 3],
      [4, 6],
      [2, 8],
      [1, 6],
    ] as const)
      await says(daysAgo, { mood, craving: 2, note: '=1+1' });
    await ana.type('/checkin history days:30');
    const [picture] = allFiles(ana);
    expect(picture?.alt).toBe('You checked in on 4 days. Mood between 3 and 8, mostly 6. Craving 2.');
    expect(picture?.onlyMe).toBe(true);
    expect([...(await ana.open(picture?.ref ?? ''))].slice(0, PNG.length)).toEqual(PNG);
    const page = ana.sees().findLast(({ text }) => text.includes('The last 30 days'));
    expect(page?.text).toContain('Mood between 3 and 8, mostly 6.');
    expect(page?.onlyMe).toBe(true);
    expect(page?.text).not.toMatch(/streak|score|row/iu);
  });

  test('a tap shows a longer time', async () => {
    await ana.press('The last 90 days');
    expect(allFiles(ana).at(-1)?.alt).toContain('You checked in on 5 days. Mood between 1 and 8, mostly 6.');
  });

  test('the file holds everything, and nothing that a spreadsheet would run', async () => {
    await ana.type('/checkin history format:csv');
    const file = allFiles(ana).at(-1);
    expect(file?.name).toBe('export.csv');
    expect(file?.onlyMe).toBe(true);
    const rows = parse(Buffer.from(await ana.open(file?.ref ?? '')), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows.map(({ mood, craving, note }) => [mood, craving, note])).toEqual([
      ['1', '2', "'=1+1"],
      ['3', '2', "'=1+1"],
      ['6', '2', "'=1+1"],
      ['8', '2', "'=1+1"],
      ['6', '2', "'=1+1"],
    ]);
    expect(rows.map(({ when }) => when)).toEqual([...rows.map(({ when }) => when)].sort());
  });

  test('on Sunday at 18:00 she is asked whether she wants to look back, discreetly, if she asked for it', async () => {
    await world.connect([stage().adapter]);
    const sundays = () => ana.sees().filter(({ preview }) => preview.startsWith('It is Sunday: you asked to look back.'));
    await world.passes(8 * DAY);
    expect(sundays()).toEqual([]);
    await ana.type('/checkin history weekly:true');
    expect(ana.last().text).toContain('on Sundays at 18:00');
    await says(0, { 'went-well': 'I slept eight hours.' });
    const untilSunday = (7 - world.clock.now().getUTCDay()) % 7;
    const midnight = Math.floor(world.clock.now().getTime() / DAY) * DAY;
    const evening = midnight + (untilSunday + 0.75) * DAY - world.clock.now().getTime();
    const wait = evening > 0 ? evening : evening + 7 * DAY;
    await world.passes(wait - 60_000);
    expect(sundays()).toEqual([]);
    await world.passes(120_000);
    expect(sundays().map(({ where, text }) => [where, /slept|check/u.test(text)])).toEqual([['direct', false]]);
    await ana.press('Open');
    expect(ana.last().text).toContain(wait < 6 * DAY ? 'I slept eight hours.' : 'Your last seven days');
    expect(ana.last().onlyMe).toBe(true);
    await ana.type('/checkin history weekly:false');
    await world.passes(8 * DAY);
    expect(sundays()).toHaveLength(1);
    await world.disconnect();
  });

  test('Ben saw no file and no word of it', async () => {
    expect(allFiles(ben)).toEqual([]);
    expect(screenOf(ben)).not.toMatch(/Mood|picture|export|Sunday|slept/u);
    await ben.type('/checkin history format:csv');
    expect(allFiles(ben)).toEqual([]);
  });

  test('nothing failed behind the scenes', () => expect(worlds.flatMap(({ logged }) => logged)).toEqual([]));
});
