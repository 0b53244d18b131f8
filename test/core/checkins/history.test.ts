import { answersBinding } from '../../../src/core/checkins/answers.js';
import { checkInHistory } from '../../../src/core/checkins/history.js';
import { recordCheckIn } from '../../../src/core/checkins/record.js';
import { enter } from '../../../src/core/members/enter.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const scopeOf = (userId: string, now = home.clock.now()) =>
  enter(home.world, { platform: 'slack', userId, space: { id: 'T1' } }, now);

test('pages hold every check-in once, newest first, also those of the same instant', async () => {
  const scope = await scopeOf('U1');
  for (let i = 0; i < 20; i++)
    await recordCheckIn({ ...scope, now: new Date(1_700_000_000_000 + Math.floor(i / 4) * 60_000) }, { note: `note ${i}` });
  const notes: string[] = [];
  const times: number[] = [];
  let after: string | undefined;
  do {
    const page = await checkInHistory(scope, { ...(after && { after }) });
    notes.push(...page.checkIns.map(({ answers }) => answers.note ?? ''));
    times.push(...page.checkIns.map(({ at }) => at.getTime()));
    after = page.next;
  } while (after);
  expect(notes.sort()).toEqual(Array.from({ length: 20 }, (_, i) => `note ${i}`).sort());
  expect(times).toEqual([...times].sort((a, b) => b - a));
});

test("another member's page mark opens nothing of theirs", async () => {
  const [ana, ben] = [await scopeOf('U1'), await scopeOf('U9')];
  const { next } = await checkInHistory(ana);
  expect(next).toBeDefined();
  expect((await checkInHistory(ben, { ...(next && { after: next }) })).checkIns).toEqual([]);
});

test('since leaves out what is older', async () => {
  const { checkIns } = await checkInHistory(await scopeOf('U1'), { since: new Date(1_700_000_000_000 + 4 * 60_000) });
  expect(checkIns).toHaveLength(4);
});

test('what was written cannot be read in the database, nor moved to another row', async () => {
  const [one, two] = await home.database.prisma.checkIn.findMany({ take: 2, orderBy: { id: 'asc' } });
  if (!one || !two) throw new Error('no rows');
  expect(Buffer.from(one.answers).toString('latin1')).not.toMatch(/note \d/u);
  expect(() => home.world.cipher.open(two.answers, answersBinding(one.id))).toThrow();
  expect(() => home.world.cipher.open(one.answers, answersBinding(one.id))).not.toThrow();
});

test('what is tried again after we could not tell that it was saved is saved once', async () => {
  const scope = await scopeOf('U5');
  await recordCheckIn(scope, { note: 'at the very commit' }, { attempt: '~one' });
  await recordCheckIn(scope, { note: 'at the very commit' }, { attempt: '~one' });
  await recordCheckIn(scope, { note: 'another' }, { attempt: '~two' });
  await recordCheckIn(await scopeOf('U6'), { note: 'somebody else' }, { attempt: '~one' });
  expect((await checkInHistory(scope)).checkIns.map(({ answers }) => answers.note).sort()).toEqual([
    'another',
    'at the very commit',
  ]);
});
