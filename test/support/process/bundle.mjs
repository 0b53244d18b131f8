/**
 * The program in one file, beside what V8 made of it when it ran last: of the 3 CPU seconds of a start, half went to finding and
 * compiling 2,500 files. It is the code of `dist/` and of its packages, unchanged but for where they believe to be.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../../..');
/** They read files that lie beside their own, or are not JavaScript. */
const LEFT_OUT = [
  '@electric-sql/pglite',
  '@resvg/resvg-js',
  'highs',
  'fontkit',
  'pdfkit',
  'bufferutil',
  'utf-8-validate',
  'zlib-sync',
];

/** For esbuild: what asks where it is hears what it would hear outside of a bundle. */
export const inPlace = {
  name: 'in-place',
  setup({ onLoad, onResolve }) {
    // Prisma's query compiler: megabytes that nobody needs to parse again.
    onResolve({ filter: /\.wasm-base64\.mjs$/ }, ({ path: name }) => ({ path: name.replace(/mjs$/, 'js'), external: true }));
    onLoad({ filter: /\.[cm]?js$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      return { contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href)) };
    });
  },
};

/** Node 20 has no dynamic import in what came from a cache, so these become `require`; hence CommonJS. */
const bundle = (outfile) =>
  build({
    entryPoints: [path.join(root, 'dist/src/cli/main.js')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    supported: { 'dynamic-import': false },
    charset: 'ascii',
    minifyWhitespace: true,
    external: LEFT_OUT.flatMap((name) => [name, `${name}/*`]),
    plugins: [inPlace],
    logLevel: 'warning',
  });

function lay(image, folder) {
  const { folders, files } = v8.deserialize(readFileSync(image));
  for (const name of ['', ...folders]) mkdirSync(path.join(folder, name), { recursive: true, mode: 0o700 });
  for (const [name, bytes] of files) writeFileSync(path.join(folder, name), bytes, { mode: 0o600 });
}

/** Starts it and ends it as an operator would: what ran is what the cache holds. */
async function runOnce(program, image) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'homegroup-bundle-'));
  lay(image, path.join(home, 'data/db'));
  const settings = { PATH: process.env.PATH, HOME: home, PORT: '0', LOG_LEVEL: 'error', DATA_DIR: path.join(home, 'data') };
  const child = spawn(process.execPath, ['--liftoff-only', program, 'start'], {
    cwd: home,
    env: { ...settings, KEEP_COMPILED: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.on('data', (text) => {
    if (String(text).includes('Try it in your browser')) child.kill('SIGTERM');
  });
  const [code] = await once(child, 'close');
  rmSync(home, { recursive: true });
  if (code !== 0) throw new Error(`The program in one file ended with ${code}.`);
}

/**
 * @param {string} cache the folder of what tests keep
 * @param {string} image of a migrated database
 * @returns {Promise<string>} the program to run instead of `bin/homegroup.js`
 */
export async function bundleProgram(cache, image) {
  const made = statSync(path.join(root, 'dist/.built')).mtimeMs;
  const folder = path.join(cache, `program-${made.toString(36).replace('.', '-')}`);
  const program = path.join(folder, 'run.cjs');
  if (existsSync(program)) return program;
  // Under another name until it is whole.
  const draft = `${folder}.${process.pid}`;
  await bundle(path.join(draft, 'homegroup.cjs'));
  copyFileSync(path.join(import.meta.dirname, 'bundled.cjs'), path.join(draft, 'run.cjs'));
  await runOnce(path.join(draft, 'run.cjs'), image);
  renameSync(draft, folder);
  return program;
}
