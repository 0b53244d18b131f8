// What comes with us from others: whether its licences are those that we take, and whether anything is known against it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const read = (name) => JSON.parse(readFileSync(path.join(root, name), 'utf8'));

/** SPDX. All let a program of MIT be given away with them as they are. */
const LICENCES = new Set(
  'MIT ISC 0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BlueOak-1.0.0 Unlicense CC0-1.0 MPL-2.0 EPL-2.0 OFL-1.1'.split(' '),
);
/** Packages whose package.json names no licence; it was read in their files. */
const READ = { 'png-js': 'MIT', 'seq-queue': 'MIT' };
const SERIOUS = ['moderate', 'high', 'critical'];

const nameOf = (key) => key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Sentences about production packages whose licence is not on the list. @param lock a package-lock.json */
export function licenceProblems({ packages }) {
  return Object.entries(packages).flatMap(([key, { dev, license = READ[nameOf(key)] }]) => {
    const parts = (license ?? 'none').replaceAll(/[()]/gu, '').split(/ (?:AND|and|OR) /u);
    return key === '' || dev || parts.every((part) => LICENCES.has(part))
      ? []
      : [`${nameOf(key)} has the licence ${license ?? 'none'}: look whether we can take it (tools/supply.mjs).`];
  });
}

/**
 * Sentences about what is known against production packages.
 * @param report of `npm audit --json` @param accepted of audit-accepted.json @param now a Date
 */
export function auditProblems({ vulnerabilities }, accepted, now) {
  const isAccepted = (advisory) =>
    accepted.some(({ url, reason, until }) => url === advisory.url && reason && now < new Date(until));
  return Object.values(vulnerabilities).flatMap(({ name, via }) =>
    via
      .filter((advisory) => typeof advisory === 'object' && SERIOUS.includes(advisory.severity) && !isAccepted(advisory))
      .map(({ severity, title, url }) => `${name}: ${severity}, ${title} (${url}).`),
  );
}

/** The report; undefined where the registry does not answer such questions. */
function audit() {
  const args = ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=8000'];
  const { stdout } = spawnSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    timeout: 20_000,
    shell: process.platform === 'win32',
  });
  try {
    const report = JSON.parse(stdout);
    return report.vulnerabilities ? report : undefined;
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const report = audit();
  if (!report) console.log('The registry did not answer, so nothing was asked about known weaknesses of packages.');
  const known = report ? auditProblems(report, read('audit-accepted.json'), new Date()) : [];
  const problems = [...licenceProblems(read('package-lock.json')), ...known];
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
