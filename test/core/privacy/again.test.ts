import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tellAgain } from '../../../src/cli/erase.js';
import { recordCheckIn } from '../../../src/core/checkins/record.js';
import { enter } from '../../../src/core/members/enter.js';
import { digestOf } from '../../../src/core/privacy/digest.js';
import { eraseMember } from '../../../src/core/privacy/erase.js';
import type { World } from '../../../src/core/scope.js';
import { canNote, journalAt, readJournal } from '../../../src/erasures.js';
import { memoryLog } from '../../support/db.js';
import { dump, tracesOf } from '../../support/dump.js';
import { temporaryFolder } from '../../support/temporary.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

/** A backup is put back that holds people who were erased since. */

const folder = temporaryFolder();
const file = path.join(folder, 'erasures.txt');
const log = memoryLog();
const NOW = new Date('2027-05-03T12:00:00Z');

let home: TestWorld;
let world: World;
beforeAll(async () => {
  home = await makeTestWorld();
  world = { ...home.world, erasures: journalAt(file, log) };
});
afterAll(() => home.close());

const enters = (name: string) => enter(world, { platform: 'playground', userId: name, space: { id: 'place' } }, NOW);

/** Everything of a community, as a backup has it, put back in the place of what is there. */
async function backup(): Promise<() => Promise<void>> {
  const { prisma } = home.database;
  const [members, identities, checkIns] = [
    await prisma.member.findMany(),
    await prisma.identity.findMany(),
    await prisma.checkIn.findMany(),
  ];
  return async () => {
    await prisma.member.deleteMany();
    await prisma.member.createMany({ data: members });
    await prisma.identity.createMany({ data: identities });
    await prisma.checkIn.createMany({ data: checkIns });
  };
}

async function says(...args: string[]): Promise<string> {
  const lines: string[] = [];
  await tellAgain(world, file, args, (line) => lines.push(line));
  return lines.join(' ');
}

test('whoever was erased since the backup is erased again, and nobody else, however often they came back', async () => {
  const [me, other] = [await enters('me'), await enters('other')];
  for (const one of [me, other]) await recordCheckIn(one, { note: 'before' });
  const restore = await backup();
  expect(await eraseMember(me, me.member.id, NOW)).toBe(true);
  // They come back, and a backup of then holds somebody new.
  const anew = await enters('me');
  await recordCheckIn(anew, { note: 'anew' });
  expect(await says('again')).toContain('Nobody of them is in the database.');
  expect(await home.database.prisma.member.count({ where: { id: anew.member.id } })).toBe(1);

  await restore();
  expect(await says('again', '--dry-run')).toBe(
    `1 erasing stands in ${file}. 1 person would be erased again. Nothing was changed.`,
  );
  expect(await home.database.prisma.checkIn.count()).toBe(2);
  expect(await says('again')).toContain('1 person erased again.');
  expect(tracesOf(await dump(home.database.pool, world.cipher), [me.member.id])).toEqual([]);
  expect(await home.database.prisma.member.findMany({ select: { id: true } })).toEqual([{ id: other.member.id }]);
  expect(await says('again')).toContain('Nobody of them is in the database.');
});

test('a line is a day and what only the key makes of an id that is nowhere any more', async () => {
  const { member } = await enters('reader');
  await eraseMember(await enters('reader'), member.id, NOW);
  const text = readFileSync(file, 'utf8');
  expect(text.trim().split('\n').at(-1)).toBe(`2027-05-03 ${digestOf(world.cipher, member.id)}`);
  expect(text).not.toContain(member.id);
  expect(text).not.toMatch(/reader|playground/u);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a line that was cut off takes none with it, and a journal that is not there is empty', async () => {
  const before = (await readJournal(file))?.digests.size ?? 0;
  appendFileSync(file, '2027-05-03 cutoff');
  const { member } = await enters('after');
  await eraseMember(await enters('after'), member.id, NOW);
  const journal = await readJournal(file);
  expect([journal?.digests.size, journal?.digests.has(digestOf(world.cipher, member.id))]).toEqual([before + 1, true]);
  expect(journal?.damaged).toEqual([]);
  expect(await readJournal(path.join(folder, 'none.txt'))).toBeUndefined();
});

test('wherever a line was cut off, the next one counts', async () => {
  const place = path.join(folder, 'cut.txt');
  const [one, two] = [`2027-05-03 ${'A'.repeat(22)}`, `2027-05-04 ${'B'.repeat(22)}`];
  for (let at = 0; at <= one.length; at++) {
    writeFileSync(place, `${one.slice(0, at)}${two}\n`);
    const { digests, damaged } = (await readJournal(place)) ?? {};
    expect([at, [...(digests ?? [])], damaged]).toEqual([
      at,
      [...(at === one.length ? ['A'.repeat(22)] : []), 'B'.repeat(22)],
      [],
    ]);
  }
});

test('the journals of several machines are taken together, and none is when one of them is not whole', async () => {
  const [here, there] = [await enters('here'), await enters('there')];
  const restore = await backup();
  const elsewhere = path.join(folder, 'other-machine.txt');
  await eraseMember(here, here.member.id, NOW);
  await eraseMember({ ...there, erasures: journalAt(elsewhere, log) }, there.member.id, NOW);
  await restore();
  const whole = readFileSync(elsewhere, 'utf8');
  const left = () => home.database.prisma.member.count({ where: { id: { in: [here.member.id, there.member.id] } } });
  const refused = async (...files: string[]) => {
    const told = await says('again', ...files).catch((error: Error) => error.message);
    expect(await left()).toBe(2);
    return told;
  };
  expect(await refused(elsewhere, path.join(folder, 'none.txt'))).toMatch(
    /There is no .*none\.txt.*leave it out.*Nothing was erased/u,
  );
  for (const [text, why] of [
    ['', /is empty/u],
    [`${whole}\0\0\0\n`, /damaged.*line 2/u],
    [`<html>\n${whole}`, /damaged.*line 1/u],
    [whole.replace(' ', ' !'), /damaged.*line 1/u],
  ] as const) {
    writeFileSync(elsewhere, text);
    expect(await refused(elsewhere)).toMatch(why);
  }
  expect(await refused(folder)).toMatch(/cannot be read \(EISDIR\)/u);

  writeFileSync(elsewhere, whole.replaceAll('\n', '\r\n'));
  const before = await says('again', '--dry-run', elsewhere, elsewhere);
  expect(before).toContain(`1 erasing stands in ${elsewhere}.`);
  expect(before).toContain('2 people would be erased again.');
  expect(await says('again', elsewhere)).toContain('2 people erased again.');
  expect(await left()).toBe(0);
});

test('a machine that lost its journal, or never had one, says so', async () => {
  const none = path.join(folder, 'none.txt');
  const say = () => undefined;
  await expect(tellAgain(world, none, ['again'], say)).rejects.toThrow(/There is no .*ERASURES_FILE.*name the journals/u);
  const lines: string[] = [];
  await tellAgain(world, none, ['again', file], (line) => lines.push(line));
  expect(lines).toContain(`There is no ${none} (ERASURES_FILE): that is right where nobody was erased on this machine.`);
});

test('who asked to be erased is erased also where the journal cannot be written, and the operator is told', async () => {
  const broken = path.join(folder, 'broken');
  mkdirSync(broken);
  const { db, cipher, member } = await enters('unlucky');
  expect(await eraseMember({ db, cipher, erasures: journalAt(broken, log) }, member.id, NOW)).toBe(true);
  expect(log.lines).toMatchObject([{ level: 'error', message: expect.stringContaining('ERASURES_FILE') }]);
  expect(await canNote(path.join(folder, 'none.txt'))).toBe(true);
  await expect(readJournal(broken)).rejects.toThrow();
});

test('a community that went as a whole goes again as a whole', async () => {
  const { community } = await enter(world, { platform: 'playground', userId: 'far', space: { id: 'far' } }, NOW);
  await world.erasures?.note([digestOf(world.cipher, community.id)], NOW);
  expect(await says('again')).toContain('0 people and 1 community erased again.');
  expect(await home.database.prisma.community.count({ where: { id: community.id } })).toBe(0);
});

test('what cannot be meant is refused with how it is said', async () => {
  for (const args of [[], ['anew'], ['now', 'again']]) await expect(says(...args)).rejects.toThrow(/homegroup erase again/u);
});
