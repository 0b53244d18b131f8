// A checkout runs from its sources in one step: what is missing or older than its source is made first.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);

function newest(dir) {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(at('src', 'db', 'generated')))
    .reduce((time, entry) => Math.max(time, statSync(path.join(entry.parentPath, entry.name)).mtimeMs), 0);
}

const timeOf = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);

function run(file, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [at('node_modules', ...file.split('/')), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}`);
  process.exit(status ?? 1);
}

/** The database client from the schema, then JavaScript from TypeScript. A package that was installed without sources needs neither. */
export function ensureBuilt() {
  if (!existsSync(at('tsconfig.build.json'))) return;
  const schema = statSync(at('prisma', 'schema.prisma')).mtimeMs;
  if (timeOf(at('src', 'db', 'generated', 'client.ts')) < schema) run('prisma/build/index.js', 'generate');
  const sources = Math.max(newest(at('src')), newest(at('commands')), timeOf(at('src', 'db', 'generated', 'client.ts')));
  if (timeOf(at('dist', 'src', 'cli', 'main.js')) < sources) run('typescript/lib/tsc.js', '-p', 'tsconfig.build.json');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuilt();
