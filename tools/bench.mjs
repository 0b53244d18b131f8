// npm run bench: what is claimed about speed, measured on this machine. Names run some of it; --quick: a few seconds each,
// to see that it runs. DATABASE_URL names an empty PostgreSQL database for those that measure there too.
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { compile } from '../test/support/compile.mjs';
import { ensureBuilt } from './ensure-built.mjs';

const BENCHES = ['first-response', 'tick', 'delivery', 'meetings', 'pairing', 'resources'];
const flags = process.argv.slice(2).filter((word) => word.startsWith('--'));
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = named.find((name) => !BENCHES.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`There is no bench called ${unknown}. There are: ${BENCHES.join(', ')}.\n`);
  process.exit(2);
}

ensureBuilt();
const folder = compile([...BENCHES, 'load'].map((name) => `bench/${name}.ts`));
const schema = 'test/support/slack/block-kit.schema.json';
cpSync(path.resolve(import.meta.dirname, '..', schema), path.join(folder, schema));
for (const name of named.length > 0 ? named : BENCHES) {
  process.stdout.write(`\n# ${name}\n\n`);
  const { status } = spawnSync(process.execPath, [path.join(folder, `bench/${name}.js`), ...flags], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
