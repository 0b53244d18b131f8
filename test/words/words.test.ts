import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readCatalogues } from '../../src/words/catalogue.js';
import { languageFor, languages, wordsFor } from '../../src/words/index.js';

test('English comes first, and Spanish is there', () => {
  expect(languages[0]).toBe('en');
  expect(languages).toContain('es');
});

test.each([
  ['es', 'es'],
  ['es-419', 'es'],
  ['es_MX', 'es'],
  ['ES-es', 'es'],
  ['en-GB', 'en'],
  ['est', 'en'],
  ['xx', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('a reader of %s is served in %s', (tag, language) => {
  expect(languageFor(tag)).toBe(language);
  expect(wordsFor(tag).language).toBe(language);
});

test('values are put in their places', () => {
  expect(wordsFor('en').t('crisis.ways.press', { number: '988', key: '1' })).toBe('call 988 and press 1');
  expect(wordsFor('es').t('crisis.ways.press', { number: '988', key: '1' })).toBe('llama al 988 y marca 1');
});

test('what a person wrote is never read as a message', () => {
  expect(wordsFor('en').t('crisis.ways.call', { number: '{evil} <b>' })).toBe('call {evil} <b>');
});

test('values that are not text stay what they are', () => {
  const command = { command: ['crisis'] };
  expect(wordsFor('en').rich('help.crisis', { command })).toEqual(['If you need help now: ', command]);
});

test('a key is known or not', () => {
  expect(wordsFor('es').has('crisis.warm')).toBe(true);
  expect(wordsFor('es').has('crisis.cold')).toBe(false);
});

describe('catalogues that cannot be used stop the start and say which', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'locales-'));
    mkdirSync(path.join(dir, 'en'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  test('dotted keys over nested groups', () => {
    writeFileSync(path.join(dir, 'en', 'a.json'), '{"b":{"c":"d"}}');
    expect([...(readCatalogues(dir).get('en') ?? [])]).toEqual([['a.b.c', 'd']]);
  });

  test.each(['{"b":1}', '{"b":null}', '{"b":["c"]}'])('%s', (json) => {
    writeFileSync(path.join(dir, 'en', 'a.json'), json);
    expect(() => readCatalogues(dir)).toThrow('a.b is neither a text nor a group of texts');
  });

  test('broken JSON', () => {
    writeFileSync(path.join(dir, 'en', 'a.json'), '{');
    expect(() => readCatalogues(dir)).toThrow(path.join('en', 'a.json'));
  });
});
