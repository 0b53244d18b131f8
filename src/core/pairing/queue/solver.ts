import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { HighsSolution } from 'highs';

/** What HiGHS answers, as far as it is read: what each column is, and what one more of each row would be worth. */
export interface Solution {
  readonly Status: HighsSolution['Status'];
  readonly Columns: Readonly<Record<string, { readonly Primal: number }>>;
  readonly Rows: readonly { readonly Name: string; readonly Dual: number }[];
}

/** @param programme linear, in CPLEX's LP format */
export type Solve = (programme: string) => Promise<Solution>;

/** The inner point method, which ends in a corner like the others, takes a third of the simplex's time where many pairs are worth the same. */
export const OPTIONS = { solver: 'ipm', presolve: 'off' } as const;

/** HiGHS answers only when it is done, and nobody else has a turn meanwhile: so it has a thread of its own. */
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  require(workerData.highs)().then((highs) => parentPort.postMessage(highs.solve(workerData.programme, workerData.options)));
`;

/** Solves in a thread that is gone afterwards, with all the memory that it took. */
export const solveApart: Solve = (programme) =>
  new Promise((resolve, reject) => {
    const highs = createRequire(import.meta.url).resolve('highs');
    const worker = new Worker(THREAD, { eval: true, workerData: { highs, programme, options: OPTIONS }, execArgv: [] });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The solver ended without an answer.')));
    worker.once('message', (solution: Solution) => {
      resolve(solution);
      void worker.terminate();
    });
  });
