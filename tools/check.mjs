// Everything that can be told without running the program, as many at a time as there are cores; the longest first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const CHECKS = [
  ['node_modules/typescript/lib/tsc.js', '--noEmit'],
  ['node_modules/knip/bin/knip.js'],
  ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src', 'commands'],
  ['tools/check-words.mjs'],
  ['tools/supply.mjs'],
  ['node_modules/typescript/lib/tsc.js', '-p', 'src/adapters/playground/page'],
];

// The same everywhere: in CI, jest's configuration names files that are made by a run, and knip takes them for packages.
const env = { ...process.env, CI: '' };

/** What each says is shown in one piece. @returns whether it found everything in order */
async function check(args) {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  }
  const [code] = await once(child, 'close');
  process.stdout.write(said);
  return code === 0;
}

const limit = pLimit(os.availableParallelism());
const all = await Promise.all(CHECKS.map((args) => limit(check, args)));
process.exit(all.every(Boolean) ? 0 : 1);
