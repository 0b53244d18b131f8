// A checkout runs from its sources in one step: what is missing or older than its source is made first.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);

const generated = at('src', 'db', 'generated');
const client = path.join(generated, 'client.ts');
/** The compiler leaves what did not change as it was, so its output does not tell when it ran last. */
const stamp = at('dist', '.built');

const timeOf = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);

function newest(dir) {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(generated))
    .reduce((time, entry) => Math.max(time, timeOf(path.join(entry.parentPath, entry.name))), 0);
}

function run(file, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [at('node_modules', ...file.split('/')), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}`);
  process.exit(status ?? 1);
}

function compile() {
  const begun = new Date();
  run('typescript/lib/tsc.js', '-p', 'tsconfig.build.json');
  writeFileSync(stamp, '');
  // What was saved while the compiler ran is newer than what it read.
  utimesSync(stamp, begun, begun);
}

/** The database client from the schema, then JavaScript from TypeScript. A package that was installed without sources needs neither. */
export function ensureBuilt() {
  if (!existsSync(at('tsconfig.build.json'))) return;
  if (timeOf(client) < timeOf(at('prisma', 'schema.prisma'))) run('prisma/build/index.js', 'generate');
  const folders = ['src', 'commands', 'locales'].map((folder) => newest(at(folder)));
  const sources = Math.max(...folders, timeOf(client), timeOf(at('tsconfig.json')), timeOf(at('tsconfig.build.json')));
  if (timeOf(stamp) < sources) compile();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuilt();
