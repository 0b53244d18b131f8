import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';

const root = path.resolve(import.meta.dirname, '../..');
export const cache = path.join(root, 'node_modules/.cache/homegroup');

/** Relative imports, static or not, with or without names. */
const IMPORT = /\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)\.js['"]/g;

/**
 * The sources that these lead to, themselves included.
 * @param {string[]} entries relative to the root
 * @returns {Map<string, string>} paths relative to the root, with their texts
 */
function sourcesOf(entries) {
  const found = new Map();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    const text = readFileSync(path.join(root, file), 'utf8');
    found.set(file, text);
    for (const [, target] of text.matchAll(IMPORT)) waiting.push(path.join(path.dirname(file), `${target}.ts`));
  }
  return new Map([...found].sort());
}

function compileOne(file, text) {
  return transformSync(text, {
    filename: file,
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022', experimental: { keepImportAttributes: true } },
    module: { type: 'es6' },
  }).code;
}

/**
 * Compiles sources for what runs outside of jest: child processes that tests start and kill, and jest's own global setup.
 * @param {string[]} entries files such as `src/db/open.ts`; what they import is compiled with them
 * @returns {string} the folder that mirrors the root
 */
export function compile(entries) {
  const sources = sourcesOf(entries);
  const hash = createHash('sha256');
  for (const [file, text] of sources) hash.update(`${file}\0${text}\0`);
  const folder = path.join(cache, `compiled-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;

  const draft = `${folder}.${process.pid}`;
  for (const [file, text] of sources) {
    const output = path.join(draft, file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(output), { recursive: true });
    writeFileSync(output, compileOne(file, text));
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
