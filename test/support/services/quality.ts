import type { Engine } from './engines.js';
import { gradeOf, ndcg, recall } from './judge.js';
import { JUDGED } from './judged.js';
import type { Facts } from './records.js';

const SHOWN = 5;
const RECALLED = 20;
const MOST_ANSWERS = 20;

export interface Quality {
  /** Of the five that are shown first; the mean over all questions, 0 to 1. */
  readonly ndcg5: number;
  /** Of what fully answers, among the first twenty. */
  readonly recall20: number;
  readonly each: readonly { readonly ask: string; readonly ndcg5: number; readonly recall20: number; readonly answers: number }[];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How well an engine answers the judged questions that these services can answer. */
export async function qualityOf(engine: Engine, all: readonly Facts[]): Promise<Quality> {
  const each: Quality['each'][number][] = [];
  for (const judged of JUDGED) {
    const grades = new Map(all.map((facts) => [facts.id, gradeOf(judged, facts, all)]));
    const ideal = [...grades.values()].filter((grade) => grade > 0);
    if (ideal.length === 0) continue;
    const found = (await engine(judged.ask, RECALLED)).map((id) => grades.get(id) ?? 0);
    const answers = ideal.filter((grade) => grade === 2).length;
    each.push({ ask: judged.ask, ndcg5: ndcg(found, ideal, SHOWN), recall20: recall(found, ideal, RECALLED), answers });
  }
  return { ndcg5: mean(each.map((one) => one.ndcg5)), recall20: mean(each.map((one) => one.recall20)), each };
}

/** Whether a record fully answers one of the questions that only few records answer. */
export const answersOf = (all: readonly Facts[]): ReadonlySet<string> =>
  new Set(
    JUDGED.flatMap((judged) => {
      const ids = all.filter((facts) => gradeOf(judged, facts, all) === 2).map(({ id }) => id);
      return ids.length <= MOST_ANSWERS ? ids : [];
    }),
  );
