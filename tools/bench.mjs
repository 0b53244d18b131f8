// npm run bench: what is claimed about speed, measured on this machine. --quick: a few seconds, to see that it runs.
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { compile } from '../test/support/compile.mjs';
import { ensureBuilt } from './ensure-built.mjs';

ensureBuilt();
const folder = compile(['bench/first-response.ts', 'bench/load.ts']);
const schema = 'test/support/slack/block-kit.schema.json';
cpSync(path.resolve(import.meta.dirname, '..', schema), path.join(folder, schema));
const { status } = spawnSync(process.execPath, [path.join(folder, 'bench/first-response.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
