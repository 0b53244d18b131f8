import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Hono } from 'hono';
import { fromRoot } from '../../root.js';

const PAGE = fromRoot('src', 'adapters', 'playground', 'page');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Browsers resolve no package names, and a table of them (an import map) would have to stand inline in the page. */
const withoutPackageNames = (source: string) => source.replaceAll('from"preact"', 'from"./preact.js"');
const packageDir = (name: string) => path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

const vendor: Readonly<Record<string, () => string>> = {
  'preact.js': () => path.join(packageDir('preact'), 'dist', 'preact.module.js'),
  'hooks.js': () => path.join(packageDir('preact'), 'hooks', 'dist', 'hooks.module.js'),
  'htm.js': () => path.join(path.dirname(createRequire(import.meta.url).resolve('htm')), 'htm.module.js'),
};

/** The page as it lies in the folder, without a build; nothing but the files that were there at the start is served. */
export function files(): Hono {
  const app = new Hono();
  const names = new Set(readdirSync(PAGE).filter((name) => path.extname(name) in types));
  app.get('/', async (c) => {
    if (!new URL(c.req.url).pathname.endsWith('/')) return c.redirect(`${new URL(c.req.url).pathname}/`);
    return c.html(await readFile(path.join(PAGE, 'index.html'), 'utf8'));
  });
  app.get('/vendor/:name', (c) => {
    const file = vendor[c.req.param('name')];
    if (!file) return c.notFound();
    return c.body(withoutPackageNames(readFileSync(file(), 'utf8')), 200, { 'content-type': types['.js'] ?? '' });
  });
  app.get('/:name', async (c) => {
    const name = c.req.param('name');
    if (!names.has(name)) return c.notFound();
    return c.body(await readFile(path.join(PAGE, name), 'utf8'), 200, { 'content-type': types[path.extname(name)] ?? '' });
  });
  return app;
}
