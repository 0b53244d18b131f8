import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readTable } from '../../../src/core/support/crisis-table.js';
import { fromRoot } from '../../../src/root.js';

const HEADER =
  'country,iso2,category,name,phone,sms,sms_keyword,chat_url,website,hours,languages,confidence,sources,notes,verified';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'crisis-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Runs the tool on these rows, with its own word lists and these decisions. */
function run(rows: readonly string[], editing: unknown = {}) {
  const [from, to, decisions] = ['in.csv', 'out.json', 'editing.mjs'].map((name) => path.join(dir, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(from, [HEADER, ...rows].join('\n'));
  const words = pathToFileURL(fromRoot('tools', 'crisis-editing.mjs')).href;
  writeFileSync(decisions, `export * from '${words}';\nexport const editing = ${JSON.stringify(editing)};\n`);
  const { status, stderr } = spawnSync(process.execPath, [fromRoot('tools', 'build-crisis.mjs'), from, to, decisions], {
    cwd: fromRoot(),
    encoding: 'utf8',
  });
  return { status, stderr, lines: status === 0 ? (JSON.parse(readFileSync(to, 'utf8')) as Record<string, unknown>[]) : [] };
}

const good =
  'Nowhere,NW,suicide_crisis,Someone There,123 456,789,HELLO,https://chat.example,https://www.example,24/7,en;es (press 2); interpreters,high,wiki2021;town.example,a remark,';

test('a row becomes a line', () => {
  const { lines } = run([good]);
  expect(readTable(lines)).toHaveLength(1);
  expect(lines).toEqual([
    {
      id: 'nw_someone_there',
      country: 'NW',
      category: 'suicide_crisis',
      name: 'Someone There',
      phone: [{ number: '123 456' }],
      sms: { number: '789', keyword: 'HELLO' },
      chat: 'https://chat.example',
      web: 'https://www.example',
      hours: 'always',
      languages: ['en', 'es'],
      interpreters: true,
      sources: ["Wikipedia's list of suicide crisis lines, copy of 2021", 'town.example'],
      confidence: 'high',
      verified: '2026-11-01',
    },
  ]);
});

test('low confidence stays out, and so does the 116 123 of the Union', () => {
  const low = good.replace(',high,', ',low,');
  const union = [
    'European Union,EU,emotional_support,116 123,116 123,,,,,24/7,local,medium,somewhere,,',
    'European Union,EU,emergency,112,112,,,,,24/7,local + often en,high,wiki2021,,',
  ];
  expect(run([low, ...union]).lines.map(({ id }) => id)).toEqual(['eu_emergency']);
});

test('a row’s own day of verification goes before the day of the table', () => {
  expect(run([`${good}2027-02-03`]).lines[0]?.verified).toBe('2027-02-03');
});

test('decisions change a row, or make two of it', () => {
  const name = 'NW Someone There';
  expect(run([good], { [name]: { name: 'There', sms: null, note: true } }).lines).toMatchObject([
    { id: 'nw_there', name: 'There', note: true },
  ]);
  const split = [
    { name: 'One', languages: ['fr'] },
    { name: 'Two', phone: [{ number: '999' }] },
  ];
  const { lines } = run([good], { [name]: { split } });
  expect(lines.map(({ name, languages }) => [name, languages])).toEqual([
    ['One', ['fr']],
    ['Two', ['en', 'es']],
  ]);
});

test.each([
  ['hours that nobody has put into words', good.replace('24/7', 'at full moon'), {}, 'The hours "at full moon"'],
  ['a language that nobody knows', good.replace('en;es', 'Klingon'), {}, 'The language "klingon"'],
  ['a decision about a row that is gone', good, { 'NW Gone': {} }, 'not in the table: NW Gone'],
])('%s stop the build', (_name, row, editing, why) => {
  const { status, stderr } = run([row], editing);
  expect(status).not.toBe(0);
  expect(stderr).toContain(why);
});
