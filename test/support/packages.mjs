/**
 * The packages that suites load, in a few files: jest finds, reads and compiles each file anew for each suite, 1,700 of them for a
 * scenario. Pino is not among them, because it starts a file of its own in a thread.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { cache } from './compile.mjs';
import { inPlace } from './process/bundle.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const NAMES = [
  '@hono/node-server',
  '@prisma/adapter-pg',
  '@prisma/client/runtime/client',
  '@slack/bolt',
  'ajv',
  'chrono-node',
  'chrono-node/en',
  'chrono-node/es',
  'csv-parse',
  'csv-parse/sync',
  'csv-stringify/sync',
  'discord-api-spec/zod',
  'discord.js',
  'echarts/charts',
  'echarts/components',
  'echarts/core',
  'echarts/renderers',
  'entities',
  'fast-check',
  'fflate',
  'hono',
  'hono/body-limit',
  'hono/etag',
  'hono/html',
  'hono/secure-headers',
  'hono/streaming',
  'ical-generator',
  'ical.js',
  'intl-messageformat',
  'lru-cache',
  'node-cron',
  'pg',
  'pg-boss',
  'prom-client',
  'qrcode',
  'rate-limiter-flexible',
  'rrule-temporal',
  'temporal-polyfill',
  'ws',
  'zod',
];

const fileOf = (name) => name.replaceAll(/[^a-z0-9.-]/g, '_');

/** A package with the names that Node finds in it: of CommonJS esbuild alone would tell no names. */
async function entryOf(name) {
  const names = Object.keys(await import(name)).filter(
    (key) => key !== 'module.exports' && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key),
  );
  return `export { ${names.join(', ')} } from ${JSON.stringify(name)};`;
}

const entries = {
  name: 'entries',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^entry:/ }, ({ path: name }) => ({ path: name.slice('entry:'.length), namespace: 'entry' }));
    onLoad({ filter: /./, namespace: 'entry' }, async ({ path: name }) => ({ contents: await entryOf(name), resolveDir: root }));
  },
};

/** @returns {Promise<Record<string, string>>} for jest's `moduleNameMapper` */
export async function bundlePackages() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'test/support/packages.mjs', 'test/support/process/bundle.mjs'])
    hash.update(readFileSync(path.join(root, file)));
  const folder = path.join(cache, `packages-${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(folder)) {
    // Under another name until it is whole.
    const draft = `${folder}.${process.pid}`;
    await build({
      entryPoints: NAMES.map((name) => ({ in: `entry:${name}`, out: fileOf(name) })),
      outdir: draft,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
      },
      external: ['bufferutil', 'utf-8-validate', 'zlib-sync', 'pg-native'],
      plugins: [entries, inPlace],
      logLevel: 'warning',
    });
    renameSync(draft, folder);
  }
  return Object.fromEntries(NAMES.map((name) => [`^${name.replaceAll('.', '\\.')}$`, path.join(folder, `${fileOf(name)}.mjs`)]));
}
