// Names the suites that ask for a database and do not mind which: `node .ci/suites.mjs FOLDER...`
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const IMPORT = /\bfrom\s+'(\.{1,2}\/[^']+)\.js'/g;
/** How one asks: `test/support/world.ts` does so itself. */
const ASKS = /\b(?:testDatabase|TEST_DATABASE_URL)\b/;
const GIVER = path.join('test', 'support', 'db.ts');

const known = new Map();
/** Whether this file, or what it imports among the tests, asks for one. */
function asks(file) {
  const found = known.get(file);
  if (found !== undefined) return found;
  known.set(file, false);
  const text = readFileSync(file, 'utf8');
  const helpers = [...text.matchAll(IMPORT)].map(([, target]) => path.join(path.dirname(file), `${target}.ts`));
  const does = file !== GIVER && (ASKS.test(text) || helpers.some((helper) => helper.startsWith('test') && asks(helper)));
  known.set(file, does);
  return does;
}

const suites = process.argv.slice(2).flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(folder, name)),
);
console.log(suites.filter(asks).sort().join('\n'));
