// Sums up what jest wrote: `node .ci/sum.mjs FOLDER [STAGE THAT FAILED]...`
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [folder, ...broken] = process.argv.slice(2);
const runs = readdirSync(folder).map((file) => ({ file, ...JSON.parse(readFileSync(path.join(folder, file), 'utf8')) }));
let passed = 0;
let failed = 0;

/** Names what failed and how, once more at the end: above are thousands of lines, of which a reader may have only the last. */
function failuresOf({ name, status, message, assertionResults }) {
  const tests = assertionResults.filter((one) => one.status === 'failed');
  const failed = tests.map(({ fullName, failureMessages }) => [fullName, failureMessages.join('\n')]);
  if (failed.length === 0 && status === 'failed') failed.push(['the file', message]);
  const linesOf = (text) => text.split('\n').filter((line) => line.trim() !== '');
  return failed.flatMap(([title, told]) =>
    [`${path.relative('', name)} › ${title}`, ...linesOf(told).slice(0, 4)].map((line) => line.slice(0, 200)),
  );
}

const secondsOf = ({ startTime, endTime }) => (endTime - startTime) / 1_000;
/** Where time went, the dearest first. */
const dearest = (results) =>
  results
    .toSorted((a, b) => secondsOf(b) - secondsOf(a))
    .slice(0, 20)
    .map((one) => `${path.relative('test', one.name).replace('.test.ts', '')} ${secondsOf(one).toFixed(0)}`)
    .join(', ');

console.log('');
for (const { file, testResults, numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } of runs) {
  passed += numPassedTests;
  // A file that could not be run at all has no tests to count.
  failed += numFailedTests + numRuntimeErrorTestSuites;
  console.log(`${path.basename(file, '.json')}: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
  console.log(`  seconds: ${dearest(testResults)}`);
  for (const line of testResults.flatMap(failuresOf)) console.log(`  failed: ${line}`);
}
for (const stage of broken) console.log(`This stage failed: ${stage}`);
// A stage that fails without a failed test, such as a lint, is a failure too.
if (broken.length > 0 && failed === 0) failed = broken.length;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
