import { randomUUID } from 'node:crypto';
import { extractText } from 'unpdf';
import { tellSlip } from '../../src/cli/verify-slip.js';
import { enter } from '../../src/core/members/enter.js';
import { sealDetails } from '../../src/core/sessions/details.js';
import { tokenInPdf } from '../../src/pictures/slip.js';
import { type Restartable, restartable } from '../support/restartable.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

/** Ana needs a slip of today's session. Ben is in the same channel. Olga looks after the sessions. */

const MINUTE = 60_000;
const NAME = 'Ана Żółć-Nguyễn';

const worlds: Restartable[] = [];
const open = async () => {
  const home = restartable(await makeTestWorld());
  worlds.push(home);
  return { router: home.router, close: () => home.world.close() };
};

onEveryStage(open, (stage, platform) => {
  let home: Restartable;
  let world: TestWorld;
  let ana: Person;
  let ben: Person;
  let olga: Person;
  let session: string;
  let community: string;
  let code = '';
  let first: Uint8Array;

  const scope = () => enter(world.world, { platform, userId: ana.id, space: { id: stage().space } }, world.clock.now());
  const pdfs = (person: Person) => person.sees().flatMap(({ files, onlyMe }) => files.map((file) => ({ ...file, onlyMe })));
  const newest = async () => ana.open(pdfs(ana).at(-1)?.ref ?? '');
  const verify = async (...args: string[]) => {
    const lines: string[] = [];
    const failed = await tellSlip(world.world, args, (line) => void lines.push(line)).then(
      () => [],
      (error: Error) => [error.message],
    );
    return [...lines, ...failed].join('\n');
  };

  beforeAll(async () => {
    home = worlds.at(-1) as Restartable;
    world = home.world;
    ana = await stage().person('Ana', { locale: 'en-US', zone: 'UTC' });
    ben = await stage().person('Ben', { locale: 'en-US', zone: 'UTC' });
    olga = await stage().person('Olga', { admin: true, locale: 'en-US', zone: 'UTC' });
    await olga.type('/community setup zone:UTC language:en');
    await ana.type('/help');
    const { community: here, space } = await scope();
    community = here.id;
    session = randomUUID();
    const day = new Date(Math.ceil(world.clock.now().getTime() / MINUTE) * MINUTE + 60 * MINUTE);
    const at = day.toISOString();
    await world.database.prisma.session.create({
      data: {
        id: session,
        communityId: community,
        spaceId: space?.id ?? '',
        rrule: `FREQ=WEEKLY;BYDAY=${['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][day.getUTCDay()]}`,
        details: sealDetails(world.world.cipher, session, { title: 'Steps' }),
        ...{ format: 'open', start: at.slice(0, 10), time: at.slice(11, 16), zone: 'UTC', minutes: 60, place: 'text' },
        settled: '2026-01-01T00:00',
      },
    });
  });

  test('an hour before there is nothing to tap yet, and it says when there will be', async () => {
    await ana.type('/session slip');
    expect(ana.last().text).toContain('“Steps”: tap “I’m here” from');
    expect(ana.last().buttons).not.toContain('I’m here');
    expect(ana.last().onlyMe).toBe(true);
  });

  test('she comes ten minutes late, taps twice, and is told what is kept', async () => {
    world.clock.advance(71 * MINUTE);
    await ana.type('/session slip');
    expect(ana.last().text).toContain('It is deleted after 30 days, or at once when you want.');
    const here = ana.rawIds();
    await ana.press('I’m here');
    expect(screenOf(ana)).toContain('you said that you are here');
    for (const id of here.filter((one) => !ana.rawIds().includes(one))) await ana.pressRaw(id);
    expect(await world.database.prisma.attendance.count()).toBe(1);
  });

  test('after a restart she says that she was here', async () => {
    await home.restart(stage());
    world.clock.advance(45 * MINUTE);
    await ana.type('/session slip session:steps');
    await ana.press('I was here');
    expect(screenOf(ana)).toContain('“Steps”: your slip can be made.');
  });

  test('the slip holds what she chose, and only that', async () => {
    await ana.press('Make my slip');
    expect(ana.form()?.fields.find(({ name }) => name === 'group')?.value).toBe('Steps');
    await ana.fill({ name: NAME, group: 'Evening class' });
    expect(pdfs(ana).at(-1)).toMatchObject({ name: 'slip.pdf', onlyMe: true });
    first = await newest();
    const { text } = await extractText(new Uint8Array(first), { mergePages: true });
    expect(text).toContain(NAME);
    expect(text).toContain('Evening class');
    expect(text).toMatch(/4[4-9] minutes/u);
    expect(text).toContain('It does not prove who held the phone');
    expect(text).not.toMatch(/Steps|Homegroup|recovery/u);
    code = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/u.exec(text)?.[0] ?? '';
    const stored = JSON.stringify(await world.database.prisma.slip.findMany());
    expect(stored).not.toContain(code);
  });

  test('anybody can check it, and nobody learns the name from that', async () => {
    expect(await verify(code)).toMatch(/^Valid\. \d{4}-\d\d-\d\d, 4[4-9] minutes\. Compare both/u);
    expect(await verify(code.toLowerCase().replaceAll('-', ' '))).toContain('Valid.');
    expect(await verify(tokenInPdf(first) ?? '', '--name', NAME.toUpperCase(), '--group', 'evening  class')).toContain(
      'made for this name and group.',
    );
    expect(await verify(code, '--name', 'Ben', '--group', 'Evening class')).toContain('It was not made for this name');
  });

  test('mistyped, edited, and of another community it is not valid', async () => {
    const no = /^This is no valid slip\./u;
    expect(await verify(code.replace(/.$/u, (sign) => (sign === '7' ? '8' : '7')))).toMatch(no);
    const token = tokenInPdf(first) ?? '';
    expect(await verify(token.replace(/^(.{20})./u, (_, head) => `${head}${token[20] === 'A' ? 'B' : 'A'}`))).toMatch(no);
    expect(await verify(code, '--community', randomUUID())).toMatch(no);
    expect(await verify(code, '--community', community)).toContain('Valid.');
  });

  test('asked again, the new one takes the place of the old', async () => {
    await ana.type('/session slip');
    await ana.press('Make my slip');
    await ana.fill({ name: 'A. N.', group: 'Steps' });
    expect(await verify(tokenInPdf(await newest()) ?? '')).toContain('Valid.');
    expect(await verify(code)).toContain('no valid slip');
  });

  test('a group that gives no slips says so kindly', async () => {
    await olga.type('/session edit steps');
    await olga.press('Turn slips off');
    expect(screenOf(olga)).toContain('Slips that people have stay valid.');
    await ana.type('/session show steps');
    expect(ana.answer().buttons).not.toContain('Attendance slip');
    await ana.type('/session slip');
    expect(ana.last().text).toContain('“Steps”: this group gives no slips.');
    expect(ana.last().buttons).not.toContain('Make my slip');
  });

  test('turned on again, it goes on', async () => {
    await olga.press('Turn slips on');
    await ana.type('/session show steps');
    await ana.press('Attendance slip');
    expect(ana.last().buttons).toContain('Make my slip');
    expect(ana.last().onlyMe).toBe(true);
  });

  test('her taps go when she wants, the slip stays', async () => {
    const token = tokenInPdf(await newest()) ?? '';
    await ana.press('Forget my taps');
    expect(await world.database.prisma.attendance.count()).toBe(0);
    expect(await verify(token)).toContain('Valid.');
  });

  test('nobody else saw anything of it', () => {
    expect(screenOf(ben)).not.toMatch(/slip|Steps/iu);
    expect(screenOf(olga)).not.toMatch(/Ана|I was here/u);
    for (const other of [ben, olga]) expect(pdfs(other)).toEqual([]);
  });

  test('nothing failed behind the scenes', () => expect(worlds.flatMap((one) => one.world.logged)).toEqual([]));
});
