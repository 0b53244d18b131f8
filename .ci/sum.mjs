// Sums up what jest wrote: `node .ci/sum.mjs FOLDER [STAGE THAT FAILED]...`
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [folder, ...broken] = process.argv.slice(2);
const runs = readdirSync(folder).map((file) => ({ file, ...JSON.parse(readFileSync(path.join(folder, file), 'utf8')) }));
let passed = 0;
let failed = 0;

console.log('');
for (const { file, numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } of runs) {
  passed += numPassedTests;
  // A file that could not be run at all has no tests to count.
  failed += numFailedTests + numRuntimeErrorTestSuites;
  console.log(`${path.basename(file, '.json')}: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
}
for (const stage of broken) console.log(`This stage failed: ${stage}`);
// A stage that fails without a failed test, such as a lint, is a failure too.
if (broken.length > 0 && failed === 0) failed = broken.length;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
