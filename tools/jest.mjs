// Runs jest as the project needs it (ES modules, a built program), on every shell: npm scripts cannot set a variable on Windows.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './ensure-built.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
/**
 * For jest and its workers: most tests are over before it pays that V8 optimised the database's WebAssembly, and what they allocate
 * is mostly garbage by the next collection when there is room for it.
 */
const brief = ['--liftoff-only', '--max-semi-space-size=64'];
ensureBuilt();
const { status } = spawnSync(
  process.execPath,
  [...flags, ...brief, path.join(root, 'node_modules/jest/bin/jest.js'), ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: [process.env.NODE_OPTIONS, ...flags].filter(Boolean).join(' ') },
  },
);
process.exit(status ?? 1);
