import { type Database, testDatabase } from '../../support/db.js';
import { fuse, miniSearch, ours } from '../../support/services/engines.js';
import { gradeOf, ndcg, recall } from '../../support/services/judge.js';
import { JUDGED } from '../../support/services/judged.js';
import { bringServices } from '../../support/services/lists.js';
import { answersOf, qualityOf } from '../../support/services/quality.js';
import { loadServices, sampled } from '../../support/services/records.js';
import { describeWithShared } from '../../support/shared.js';

/** How well judged questions are answered, beside two engines that are made for it. docs/decisions/resource-quality.md */

/** The test is to be cheap; the bench asks more of them. */
const SHARE = 40;
/** Less than this is a loss of what was there. */
const FLOOR = { ndcg5: 0.84, recall20: 0.89 };
const now = new Date('2026-11-26T00:00:00Z');

test('sixty questions, each once, in two languages, with slips', () => {
  expect(JUDGED).toHaveLength(60);
  expect(new Set(JUDGED.map(({ ask }) => ask)).size).toBe(60);
});

test('what is measured is measured right', () => {
  expect(ndcg([2, 1, 0], [2, 1], 5)).toBe(1);
  expect(ndcg([0, 0, 0, 0, 0, 2], [2], 5)).toBe(0);
  expect(ndcg([1, 2], [2, 1], 5)).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)), 10);
  expect(recall([2, 0, 2], [2, 2, 2, 2, 1], 3)).toBeCloseTo(2 / 3, 10);
  const facts = {
    ...{ id: 'x', list: 'treatment' as const, name: 'Elm Detox', organization: '', description: '', kind: '' },
    ...{ city: 'Hartford', county: 'Hartford', state: 'CT', postal: '06103', isOtp: false },
  };
  const judged = { ask: '', list: 'treatment' as const, needs: [/detox/iu], at: 'Hartford, CT' };
  const grade = (more: object) => gradeOf(judged, { ...facts, ...more }, [facts]);
  expect([grade({}), grade({ city: 'Avon' }), grade({ name: 'Elm' }), grade({ state: 'TX' })]).toEqual([2, 1, 1, 0]);
});

let database: Database | undefined;
afterAll(() => database?.close());

describeWithShared('real lists', () => {
  test('ours does not fall behind itself, nor behind MiniSearch and Fuse.js', async () => {
    const whole = await loadServices();
    const answers = answersOf(whole.map(({ facts }) => facts));
    const services = sampled(whole, answers, SHARE);
    const all = services.map(({ facts }) => facts);
    database = await testDatabase();
    const { db, keys } = await bringServices(database, services, now);
    const own = await qualityOf(ours(db, now, keys), all);
    const others = [await qualityOf(miniSearch(all), all), await qualityOf(fuse(all), all)];
    for (const other of others) {
      expect(own.ndcg5).toBeGreaterThan(other.ndcg5);
      expect(own.recall20).toBeGreaterThan(other.recall20);
    }
    expect(own.ndcg5).toBeGreaterThanOrEqual(FLOOR.ndcg5);
    expect(own.recall20).toBeGreaterThanOrEqual(FLOOR.recall20);
  }, 300_000);
});
