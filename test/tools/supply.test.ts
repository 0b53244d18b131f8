import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fromRoot } from '../../src/root.js';
import { auditProblems, licenceProblems } from '../../tools/supply.mjs';

const lock = JSON.parse(readFileSync(fromRoot('package-lock.json'), 'utf8')) as Parameters<typeof licenceProblems>[0];

test('every package that comes with us has a licence that we take', () => {
  expect(licenceProblems(lock)).toEqual([]);
  const packages = {
    'node_modules/a/node_modules/b': { license: 'AGPL-3.0' },
    'node_modules/c': {},
    'node_modules/d': { dev: true },
  };
  expect(licenceProblems({ packages })).toEqual([expect.stringMatching(/^b has/u), expect.stringMatching(/^c has/u)]);
});

test('what is known against a package fails, unless it was accepted for a reason and a time', () => {
  const url = 'https://github.com/advisories/GHSA-1';
  const of = (severity: string) => ({ vulnerabilities: { a: { name: 'a', via: ['b', { severity, title: 'Bad', url }] } } });
  const now = new Date('2026-01-01');
  expect(auditProblems(of('high'), [], now)).toEqual([`a: high, Bad (${url}).`]);
  expect(auditProblems(of('low'), [], now)).toEqual([]);
  expect(auditProblems(of('high'), [{ url, reason: 'Not reached.', until: '2026-02-01' }], now)).toEqual([]);
  expect(auditProblems(of('high'), [{ url, reason: 'Not reached.', until: '2025-12-31' }], now)).toHaveLength(1);
  expect(auditProblems(of('high'), [{ url, reason: '', until: '2026-02-01' }], now)).toHaveLength(1);
});

test('the list of parts is CycloneDX, and names every package that comes with us', () => {
  const { stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: fromRoot(), encoding: 'utf8', maxBuffer: 2 ** 26 });
  const bom = JSON.parse(stdout) as {
    bomFormat: string;
    specVersion: string;
    components: { name: string; version: string; purl: string }[];
  };
  expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: expect.stringMatching(/^1\.\d$/u) });
  for (const one of bom.components)
    expect(one).toMatchObject({
      name: expect.any(String),
      version: expect.any(String),
      purl: expect.stringMatching(/^pkg:npm\//u),
    });
  const { dependencies } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as { dependencies: object };
  expect(bom.components.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
});
