import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { extractText } from 'unpdf';
import { tellSlip } from '../../src/cli/verify-slip.js';
import { readCode } from '../../src/core/code.js';
import { enter } from '../../src/core/members/enter.js';
import { sealDetails } from '../../src/core/sessions/details.js';
import { signSlip } from '../../src/core/slips/token.js';
import { tokenInPdf } from '../../src/pictures/slip.js';
import { type Restartable, restartable } from '../support/restartable.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { temporaryFolder } from '../support/temporary.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

/** Ana needs a slip of today's session. Ben is in the same channel. Olga looks after the sessions. */

const MINUTE = 60_000;
const NAME = 'Ана Żółć-Nguyễn';

const folder = temporaryFolder();
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
    expect(await verify(code, '--name', 'Ben', '--group', 'Evening class')).toContain('This slip was not made for this name');
  });

  test('mistyped, edited, and of another community it is not valid', async () => {
    const no = /^This is no valid slip\./u;
    expect(await verify(code.replace(/.$/u, (sign) => (sign === '7' ? '8' : '7')))).toMatch(no);
    const token = tokenInPdf(first) ?? '';
    expect(await verify(token.replace(/^(.{20})./u, (_, head) => `${head}${token[20] === 'A' ? 'B' : 'A'}`))).toMatch(no);
    const other = generateKeyPairSync('ed25519').privateKey;
    const facts = { code: readCode(code) as Buffer, date: '2020-01-01', minutes: 600, digest: Buffer.alloc(16) };
    expect(await verify(signSlip(facts, community, other))).toMatch(no);
    writeFileSync(path.join(folder, 'mine.pdf'), first);
    expect(await verify(path.join(folder, 'mine.pdf'))).toContain('Valid.');
    const edited = Buffer.from(first);
    edited[edited.length >> 1] = (edited[edited.length >> 1] as number) ^ 1;
    writeFileSync(path.join(folder, 'edited.pdf'), edited);
    expect(await verify(path.join(folder, 'edited.pdf'))).toMatch(no);
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

  test('a slip in the wrong hands is withdrawn, and another one is made', async () => {
    const token = tokenInPdf(await newest()) ?? '';
    await ana.press('Withdraw my slip');
    expect(screenOf(ana)).toContain('whoever checks it hears that it is no valid slip');
    expect(await verify(token)).toContain('no valid slip');
    expect(ana.last().buttons).not.toContain('Withdraw my slip');
    await ana.press('Make my slip');
    await ana.fill({ name: '山田', group: 'Steps' });
    expect(screenOf(ana)).toContain('Please write “山田” in those.');
    await ana.press('Make my slip');
    await ana.fill({ name: 'A. N.', group: 'Steps' });
    expect(screenOf(ana)).toContain('Save the file now');
    expect(screenOf(ana).includes('Whoever owns the workspace')).toBe(platform === 'slack');
  });

  test('her taps go when she wants, the slip stays', async () => {
    const token = tokenInPdf(await newest()) ?? '';
    await ana.press('Forget my taps');
    expect(await world.database.prisma.attendance.count()).toBe(0);
    expect(await verify(token)).toContain('Valid.');
  });

  test('who came often is led to earlier dates too', async () => {
    const { member } = await scope();
    for (const weeks of [5, 4, 3, 2, 1]) {
      const startsAt = new Date(world.clock.now().getTime() - weeks * 7 * 24 * 60 * MINUTE);
      const local = startsAt.toISOString().slice(0, 16);
      const date = { communityId: community, sessionId: session, local, zone: 'UTC', startsAt, minutes: 60 };
      const { id: occurrenceId } = await world.database.prisma.occurrence.create({ data: date });
      const leftAt = new Date(startsAt.getTime() + 60 * MINUTE);
      await world.database.prisma.attendance.create({
        data: { communityId: community, occurrenceId, memberId: member.id, cameAt: startsAt, leftAt },
      });
    }
    await ana.type('/session slip');
    const near = screenOf(ana);
    await ana.press('Earlier ones');
    expect(ana.last().buttons.filter((label) => label.startsWith('Make my slip'))).toHaveLength(2);
    expect(ana.last().buttons).not.toContain('Earlier ones');
    expect(screenOf(ana)).not.toBe(near);
  });

  test('nobody else saw anything of it', () => {
    expect(screenOf(ben)).not.toMatch(/slip|Steps/iu);
    expect(screenOf(olga)).not.toMatch(/Ана|I was here/u);
    for (const other of [ben, olga]) expect(pdfs(other)).toEqual([]);
  });

  test('nothing failed behind the scenes', () => expect(worlds.flatMap((one) => one.world.logged)).toEqual([]));
});
