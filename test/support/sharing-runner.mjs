/**
 * Jest's own runner, but test files of one folder that need the same things are run as one file, by turns, each in a block of its own:
 * what they import is loaded once for all of them, which is a quarter of what most cost. Whoever looks at the results sees each file
 * by itself. A group that could not be run at all is run again, file by file.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { formatResultsErrors } from 'jest-message-util';
import TestRunner from 'jest-runner';
import { cache } from './compile.mjs';
import { isLong } from './sequencer.mjs';

/** Files of a group, by the folder they are in. The others kill programs, or measure what else is loaded. */
const SIZES = { adapters: 4, chat: 6, core: 8, http: 4, scenarios: 4, schedule: 3, time: 3, words: 3, writing: 3 };

const root = path.resolve(import.meta.dirname, '../..');
const nameOf = ({ path: file }) => path.relative(root, file).replaceAll(path.sep, '/');
const folderOf = (test) => nameOf(test).split('/')[1];

/** In the order they came. */
function groupsOf(tests) {
  const groups = [];
  const open = new Map();
  for (const test of tests) {
    const folder = folderOf(test);
    const size = isLong(test) ? 1 : (SIZES[folder] ?? 1);
    const group = size > 1 ? open.get(folder) : undefined;
    if (group && group.length < size) group.push(test);
    else {
      const begun = [test];
      groups.push(begun);
      if (size > 1) open.set(folder, begun);
    }
  }
  return groups;
}

/** Jest finds the blocks that a file declares in one place, whoever declares them. */
const source = (files) => `
const state = globalThis[Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === 'JEST_STATE_SYMBOL')];
const whole = state.currentDescribeBlock;
for (const [name, file] of ${JSON.stringify(files)}) {
  describe(name, () => {});
  state.currentDescribeBlock = whole.children.at(-1);
  await import(file);
  state.currentDescribeBlock = whole;
}
`;

function asOne(members) {
  if (members.length === 1) return members[0];
  const text = source(members.map((test) => [nameOf(test), test.path]));
  const folder = path.join(cache, 'groups');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.mjs`);
  writeFileSync(file, text);
  return { ...members[0], path: file, members };
}

const counted = (results, status) => results.filter((one) => one.status === status).length;

/** What is to be told of one of the files. */
function partOf(result, test, isFirst, globalConfig) {
  const name = nameOf(test);
  const own = result.testResults.filter(({ ancestorTitles }) => ancestorTitles[0] === name);
  const testResults = own.map((one) => ({
    ...one,
    ancestorTitles: one.ancestorTitles.slice(1),
    fullName: one.fullName.slice(name.length + 1),
  }));
  const starts = own.flatMap(({ startAt }) => startAt ?? []);
  const ends = own.flatMap(({ startAt, duration }) => (startAt ?? 0) + (duration ?? 0));
  const { start: begun, end: over } = result.perfStats;
  const start = isFirst ? begun : Math.min(over, ...starts);
  const end = Math.max(start, ...ends);
  const pending = counted(own, 'pending');
  return {
    ...result,
    ...{ testFilePath: test.path, testResults, skipped: pending === own.length },
    failureMessage: formatResultsErrors(testResults, test.context.config, globalConfig, test.path),
    console: isFirst ? result.console : undefined,
    numFailingTests: counted(own, 'failed'),
    numPassingTests: counted(own, 'passed'),
    numPendingTests: pending,
    numTodoTests: counted(own, 'todo'),
    perfStats: { ...result.perfStats, start, end, runtime: end - start, slow: (end - start) / 1_000 > 5 },
  };
}

export default class SharingRunner extends TestRunner {
  #alone = [];

  async runTests(tests, watcher, options) {
    await super.runTests(groupsOf(tests).map(asOne), watcher, options);
    const alone = this.#alone.splice(0);
    if (alone.length > 0) await super.runTests(alone, watcher, options);
  }

  on(event, listener) {
    if (event === 'test-file-start')
      return super.on(event, async ([test]) => {
        for (const one of test.members ?? [test]) await listener([one]);
      });
    if (event === 'test-file-success') return super.on(event, ([test, result]) => this.#tell(test, result, listener));
    if (event === 'test-file-failure')
      return super.on(event, ([test, error]) =>
        test.members ? void this.#alone.push(...test.members) : listener([test, error]),
      );
    return super.on(event, listener);
  }

  async #tell(test, result, listener) {
    if (!test.members) return listener([test, result]);
    const parts = test.members.map((one, i) => partOf(result, one, i === 0, this._globalConfig));
    // A file without a test fails by itself, which nobody would see here.
    if (result.testExecError || parts.some(({ testResults }) => testResults.length === 0))
      return void this.#alone.push(...test.members);
    for (const [i, one] of test.members.entries()) await listener([one, parts[i]]);
  }
}
