import fc from 'fast-check';
import { UserError } from '../../../src/chat/errors.js';
import { enter } from '../../../src/core/members/enter.js';
import { lookIn } from '../../../src/core/members/look-in.js';
import { changeCount } from '../../../src/core/resources/care/changed.js';
import { fixResource } from '../../../src/core/resources/care/fix.js';
import { reportResource } from '../../../src/core/resources/care/report.js';
import { retireResource, returnResource } from '../../../src/core/resources/care/retire.js';
import { addResource } from '../../../src/core/resources/care/suggest.js';
import { waitingForReview } from '../../../src/core/resources/care/waiting.js';
import { townsLike } from '../../../src/core/resources/towns.js';
import { rebuildWords } from '../../../src/core/resources/vocabulary.js';
import type { Scope } from '../../../src/core/scope.js';
import { bringServices } from '../../support/services.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { HSDS } from './list.js';

/** Whoever changes one service leaves behind the index that making it anew would give. */

const now = new Date('2026-11-25T12:00:00Z');
let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const member = (space: string, id = 'fay') =>
  enter(home.world, { platform: 'playground', userId: id, space: { id: space } }, now);
const LIST = HSDS.contents.filter(({ id, name }, i) => name !== undefined && i < 3 && id) as { id: string; name: string }[];

async function index({ db }: Scope) {
  const [words, towns] = await Promise.all([
    db.resourceWord.findMany({ orderBy: { word: 'asc' }, omit: { id: true } }),
    db.resourceTown.findMany({ orderBy: { folded: 'asc' }, select: { folded: true, count: true } }),
  ]);
  return { words: words.map((row) => ({ ...row, near: row.near.toSorted() })), towns };
}

type Step = readonly [what: 'fix' | 'retire' | 'return' | 'add' | 'bring', which: number, text: string];
const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom('fix', 'fix', 'retire', 'return', 'add', 'bring'),
  fc.nat(5),
  fc.constantFrom('3 Oak St, Avon, CT 06001', 'Austin TX', '-', 'Medicaid only', 'Ring twice, bring a towel', 'Free for women'),
);

async function take(scope: Scope, [what, which, text]: Step): Promise<void> {
  if (what === 'add') {
    await addResource(scope, {
      name: `Door ${which}`,
      what: text,
      contact: '860-555-0109',
      town: which % 2 ? text : 'Hartford CT',
    });
    return;
  }
  if (what === 'bring') return void (await bringServices(scope.db, LIST.slice(0, 1 + (which % 3)), now));
  const all = await scope.db.resource.findMany({ orderBy: { id: 'asc' }, select: { id: true } });
  const { id } = all[which % all.length] ?? { id: '' };
  const chosen = { id, seen: await changeCount(scope.db, id) };
  const field = which % 2 ? 'address' : which % 3 ? 'cost' : 'schedule';
  const done =
    what === 'fix'
      ? fixResource(scope, chosen, { [field]: text })
      : what === 'retire'
        ? retireResource(scope, chosen)
        : returnResource(scope, chosen);
  // Nothing to change, or nothing to bring back.
  await done.catch((error) => {
    if (!(error instanceof UserError)) throw error;
  });
}

test('after any steps the index is the one that making it anew gives', async () => {
  let at = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
      const scope = await member(`shift-${at++}`);
      await bringServices(scope.db, LIST, now);
      for (const one of steps) await take(scope, one);
      const shifted = await index(scope);
      await scope.db.transact((tx) => rebuildWords(tx));
      expect(await index(scope)).toEqual(shifted);
    }),
    { numRuns: 12 },
  );
}, 120_000);

test('towns and states of the community’s own services are offered by their beginning, the largest first', async () => {
  const [here, there] = [await member('towns-here'), await member('towns-there')];
  const inTown = (city: string, state: string, i: number) => ({
    id: `${city}${i}`,
    name: `${city} ${i}`,
    city,
    state,
    zip: `0610${i}`,
  });
  const many = (city: string, state: string, size: number) => Array.from({ length: size }, (_, i) => inTown(city, state, i));
  await bringServices(here.db, [...many('Hartford', 'CT', 3), ...many('Hartland', 'ct', 1), ...many('Harlingen', 'TX', 4)], now);
  await bringServices(there.db, many('Harvard', 'MA', 9), now);
  expect(await townsLike(here.db, 'har')).toEqual(['Harlingen, TX', 'Hartford, CT', 'Hartland, ct']);
  expect(await townsLike(here.db, '  HÁRT')).toEqual(['Hartford, CT', 'Hartland, ct']);
  expect(await townsLike(here.db, 'hartford, c')).toEqual(['Hartford, CT']);
  expect(await townsLike(here.db, 'conn')).toEqual(['Connecticut']);
  expect(await townsLike(here.db, '')).toEqual(['Connecticut', 'Harlingen, TX', 'Texas', 'Hartford, CT', 'Hartland, ct']);
  for (const nothing of ['06101', '%', '_', 'zzz', '\u{10FFFF}', "'"]) expect(await townsLike(here.db, nothing)).toEqual([]);
  await bringServices(here.db, many('Hartford', 'CT', 3), now);
  expect(await townsLike(here.db, '')).toEqual(['Connecticut', 'Hartford, CT']);
  expect(await townsLike(there.db, 'h')).toEqual(['Harvard, MA']);
});

test('who types is looked for and not met: nobody is written down', async () => {
  const { world } = home;
  const ana = { platform: 'playground' as const, userId: 'ana-types' };
  const scope = await member('typed-here');
  const counts = () => Promise.all([world.prisma.member.count(), world.prisma.space.count(), world.prisma.identity.count()]);
  const before = await counts();
  expect((await lookIn(world, { ...ana, space: { id: 'typed-here' } }))?.communityId).toBe(scope.community.id);
  expect(await lookIn(world, { ...ana, space: { id: 'nowhere-yet' } })).toBeUndefined();
  expect(await lookIn(world, ana)).toBeUndefined();
  expect((await lookIn(world, { ...ana, userId: 'only-once' }))?.communityId).toBeUndefined();
  expect(await counts()).toEqual(before);
  const once = await member('typed-here', 'only-once');
  expect((await lookIn(world, { ...ana, userId: 'only-once' }))?.communityId).toBe(once.community.id);
  await member('typed-there', 'only-once');
  expect(await lookIn(world, { ...ana, userId: 'only-once' })).toBeUndefined();
});

test('of four who report the same it is told that they are a few, of five how many, and their words in no order of theirs', async () => {
  const fay = await member('reports');
  const [id = ''] = await bringServices(fay.db, ['Door'], now);
  const words = ['Nobody answers', 'It rings', 'Another shop', 'Changed', 'All day'];
  const report = async (i: number) =>
    reportResource(await member('reports', `m${i}`), id, { what: 'number', words: words[i], attempt: `a${i}` });
  for (const i of [0, 1, 2, 3]) await report(i);
  const waiting = async () => (await waitingForReview(fay, 0, 5)).waiting;
  expect(await waiting()).toMatchObject([{ troubles: [{ what: 'number', members: 'few' }] }]);
  await report(4);
  await report(4);
  await reportResource(await member('reports', 'm0'), id, { what: 'closed', attempt: 'b' });
  expect(await waiting()).toMatchObject([
    {
      troubles: [
        { what: 'number', members: 5 },
        { what: 'closed', members: 'few' },
      ],
      words: words.toSorted(),
    },
  ]);
});
