import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';

const root = path.resolve(import.meta.dirname, '../..');
export const cache = path.join(root, 'node_modules/.cache/homegroup');

/** @param {string} target a file or a folder under the root @returns {string[]} */
function sourcesIn(target) {
  if (target.endsWith('.ts')) return [target];
  const entries = readdirSync(path.join(root, target), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/**
 * Compiles sources for what runs outside of jest: child processes that tests start and kill, and jest's own global setup.
 * @param {string[]} targets files and folders, relative to the root
 * @returns {string} the folder that mirrors the root
 */
export function compile(targets) {
  const sources = targets.flatMap(sourcesIn).sort();
  const texts = sources.map((file) => readFileSync(path.join(root, file), 'utf8'));
  const hash = createHash('sha256');
  for (const [index, file] of sources.entries()) hash.update(`${file}\0${texts[index]}\0`);
  const folder = path.join(cache, `compiled-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;

  const draft = `${folder}.${process.pid}`;
  for (const [index, file] of sources.entries()) {
    const { code } = transformSync(texts[index], {
      filename: file,
      swcrc: false,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022', experimental: { keepImportAttributes: true } },
      module: { type: 'es6' },
    });
    const output = path.join(draft, file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(output), { recursive: true });
    writeFileSync(output, code);
  }
  writeFileSync(path.join(draft, 'package.json'), '{ "type": "module" }\n');
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
  return folder;
}
