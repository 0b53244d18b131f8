import { existsSync, readFileSync } from 'node:fs';
import { fromRoot } from '../../src/root.js';
import { breaks, threatsIn } from './defences/index.mjs';

/** What `npm run break` takes away is there to be taken away; that the tests notice it is too slow to be seen each time. */

const read = (file: string) => readFileSync(fromRoot(file), 'utf8').replaceAll('\r\n', '\n');
const threats = threatsIn(read('docs/privacy.md'));

test('each threat of docs/privacy.md has a defence that is taken away, for each test that is named beside it', () => {
  expect(threats.length).toBeGreaterThan(30);
  const named = threats.flatMap(({ threat, tests }) => tests.map((test) => `${threat}: ${test}`));
  expect([...new Set(breaks.map(({ threat, test }) => `${threat}: ${test}`))].toSorted()).toEqual(named.toSorted());
});

test.each(breaks.map((one) => [one.threat, one] as const))('%s: what is taken away is there, once', (_, { cut }) => {
  const texts = new Map<string, string>();
  for (const [file, there, instead] of cut) {
    const text = texts.get(file) ?? read(file);
    expect({ file, there, found: text.split(there).length - 1 }).toEqual({ file, there, found: 1 });
    texts.set(
      file,
      text.replace(there, () => instead),
    );
    expect(texts.get(file)).not.toBe(text);
  }
});

test('the tests that are named are there', () => {
  for (const { test: file, named = '' } of breaks) {
    expect({ file, isThere: existsSync(fromRoot(file)) }).toEqual({ file, isThere: true });
    expect({ file, named, isThere: read(file).includes(named) }).toEqual({ file, named, isThere: true });
  }
});
