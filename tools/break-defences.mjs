// npm run break: takes each defence of docs/privacy.md away, one at a time and in a copy of the tree, and sees that the test that is
// named beside it fails. Numbers of rows, or words of them, run some of it; --trust: that the tests pass as things are was seen already.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { breaks, threatsIn } from '../test/security/defences/index.mjs';

const root = path.dirname(import.meta.dirname);
/** What is not copied: it is large, or the break does not touch it. */
const LEFT = new Set(['.git', 'node_modules', 'data']);
const HELD = 'held';

/** A copy of the tree, beside it, because tests look for `../shared`. Packages are those of the tree itself. */
function copyTree() {
  const copy = mkdtempSync(`${root}-break-`);
  const filter = (from) => !LEFT.has(path.relative(root, from));
  cpSync(root, copy, { recursive: true, preserveTimestamps: true, filter });
  mkdirSync(path.join(copy, 'node_modules'));
  // What was compiled for tests is found by where it is: a copy has its own.
  for (const name of readdirSync(path.join(root, 'node_modules')).filter((one) => one !== '.cache'))
    symlinkSync(path.join(root, 'node_modules', name), path.join(copy, 'node_modules', name));
  return copy;
}

function run(copy, ...args) {
  const env = { ...process.env, TEST_STAGE: process.env.TEST_STAGE ?? 'discord' };
  const done = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', env });
  // Somebody who stops it stops what runs just now, too; a signal to us waits for as long as we wait for that.
  if (done.signal) process.exit(1);
  return done;
}

/** Whether it compiles. What does not is emitted all the same, and its time is set, so that the tests run on it. */
function build(copy) {
  if (run(copy, 'tools/ensure-built.mjs').status === 0) return true;
  const stamp = path.join(copy, 'dist', '.built');
  const now = new Date();
  utimesSync(stamp, now, now);
  return false;
}

/** @returns the results of a run, file by file; none, when jest itself did not get that far */
function test(copy, files, name) {
  const output = path.join(copy, '.break.json');
  rmSync(output, { force: true });
  const only = name === undefined ? [] : ['-t', name];
  run(copy, 'tools/jest.mjs', '--json', `--outputFile=${output}`, ...only, '--runTestsByPath', ...files);
  return existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')).testResults : [];
}

/** Calls the work with the files as the break has them, and puts them back. */
function broken(copy, { cut }, work) {
  const before = new Map();
  try {
    for (const [file, there, instead] of cut) {
      const at = path.join(copy, file);
      const text = readFileSync(at, 'utf8');
      if (text.split(there).length !== 2) throw new Error(`${file} has this not once: ${there}`);
      if (!before.has(at)) before.set(at, text);
      writeFileSync(
        at,
        text.replace(there, () => instead),
      );
    }
    return work();
  } finally {
    for (const [at, text] of before) writeFileSync(at, text);
  }
}

/** A test that failed, and the first line of why, so that one sees whether it was for the defence. */
const failure = ({ fullName, failureMessages: [why = ''] }) => `${fullName}: ${stripVTControlCharacters(why).split('\n')[0]}`;

/** @returns what became of it, and the tests that failed */
function verdictOf(copy, one) {
  return broken(copy, one, () => {
    const compiles = build(copy);
    if (!compiles && !one.compiler) return ['DOES NOT COMPILE', []];
    const [file] = test(copy, [one.test], one.named);
    if (!file || (file.status === 'failed' && file.assertionResults.length === 0)) return ['CANNOT BE RUN', []];
    const having = (status) => file.assertionResults.filter((result) => result.status === status);
    const failed = having('failed');
    if (failed.length > 0) return [HELD, failed.map(failure)];
    return [having('passed').length > 0 ? 'NOT NOTICED' : 'NO SUCH TEST', []];
  });
}

const threats = threatsIn(readFileSync(path.join(root, 'docs', 'privacy.md'), 'utf8'));
const rowOf = ({ threat }) => threats.findIndex((row) => row.threat === threat) + 1;
const asked = process.argv.slice(2).filter((word) => word !== '--trust');
const isTrusted = process.argv.includes('--trust');
const isAsked = (one) =>
  asked.length === 0 ||
  asked.some((word) => (/^\d+$/u.test(word) ? rowOf(one) === Number(word) : JSON.stringify(one).includes(word)));
const chosen = breaks.filter(isAsked).sort((a, b) => rowOf(a) - rowOf(b));
if (chosen.length === 0) {
  process.stderr.write('No row has that number, and none of these words.\n');
  process.exit(2);
}

const copy = copyTree();
process.on('SIGINT', () => process.exit(130));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
const files = [...new Set(chosen.map((one) => one.test))];
if (!build(copy)) {
  process.stderr.write('It does not compile with every defence in place: mend that first.\n');
  process.exit(1);
}
const before = isTrusted ? [] : test(copy, files);
const failing = new Set(before.filter(({ status }) => status === 'failed').map(({ name }) => path.relative(copy, name)));
let held = 0;
for (const one of chosen) {
  const [verdict, failures] = failing.has(path.normalize(one.test)) ? ['FAILS ANYWAY', []] : verdictOf(copy, one);
  if (verdict === HELD) held += 1;
  const where = [...new Set(one.cut.map(([file]) => file))].join(', ');
  process.stdout.write(`${String(rowOf(one)).padStart(2)}  ${verdict.padEnd(16)}  ${one.threat}  (${where}; ${one.test})\n`);
  for (const line of failures.slice(0, 3)) process.stdout.write(`      ${line.slice(0, 200)}\n`);
}
process.stdout.write(`${held} held, ${chosen.length - held} not\n`);
process.exit(held === chosen.length ? 0 : 1);
