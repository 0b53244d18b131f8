// Makes src/core/support/crisis-lines.ts from a table of crisis lines: node tools/build-crisis.mjs FILE.csv [OUT.ts|OUT.json] [EDITING.mjs]
// docs/crisis.md says what the columns are, and what "verified" means.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';

/** The day on which the stored sources of the table were last compared. A `verified` column overrules it for its row. */
const COMPARED = '2026-11-01';
/** UN M49 for the whole world: international directories. */
const WORLD = '001';
const GOOD = new Set(['high', 'medium']);

const [, , from, to = 'src/core/support/crisis-lines.ts', decisions = 'tools/crisis-editing.mjs'] = process.argv;
if (!from) throw new Error('Usage: node tools/build-crisis.mjs FILE.csv [OUT.ts|OUT.json] [EDITING.mjs]');
const { editing, hours, languageWords, sourceWords } = await import(pathToFileURL(decisions).href);

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const slug = (country, name) =>
  `${country} ${plain(name)}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '_')
    .replace(/^_|_$/gu, '');
const parts = (text, by) =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter(Boolean);
const dropEmpty = (line) => Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined && value !== null));

function readLanguages(text) {
  const bare = text
    .replace(/\([^)]*\)/gu, '')
    .toLowerCase()
    .trim();
  if (languageWords[bare]) return { languages: [languageWords[bare]] };
  const names = parts(bare, /[;+/]/u);
  const languages = names.filter((name) => !/^(interpreters|lse|tis .*)$/u.test(name)).map((name) => languageWords[name] ?? name);
  const odd = languages.find((code) => !/^[a-z]{2,3}$/u.test(code));
  if (odd) throw new Error(`The language "${odd}" is not known; add it to tools/crisis-editing.mjs.`);
  return { languages, interpreters: names.includes('interpreters') || undefined };
}

function readSources(text) {
  return parts(text, ';')
    .map((name) => (name in sourceWords ? sourceWords[name] : name))
    .filter(Boolean);
}

function toLines(row) {
  const edit = editing[`${row.iso2} ${row.name}`] ?? {};
  const opening = hours[row.hours];
  if (!opening) throw new Error(`The hours "${row.hours}" of ${row.name} are not known; add them to tools/crisis-editing.mjs.`);
  const whole = {
    country: row.iso2 || WORLD,
    category: row.category,
    name: row.name,
    phone: row.phone ? [{ number: row.phone }] : [],
    sms: row.sms ? dropEmpty({ number: row.sms, keyword: row.sms_keyword || undefined }) : undefined,
    chat: row.chat_url || undefined,
    web: row.website || undefined,
    hours: opening,
    ...(edit.languages || edit.split ? {} : readLanguages(row.languages)),
    sources: readSources(row.sources),
    confidence: row.confidence,
    verified: row.verified || COMPARED,
  };
  const { split, ...rest } = edit;
  return (split ?? [rest]).map((one) => {
    const languages = one.languages ? {} : readLanguages(row.languages);
    const line = { ...whole, ...languages, ...one };
    return dropEmpty({ id: slug(line.country, line.category === 'emergency' ? 'emergency' : line.name), ...line });
  });
}

/**
 * Rows that can be shown: those that are trusted enough.
 * The EU's 116 123 is left out because a state may choose not to have it; a country's own row confirms it where it lives.
 */
function keep(row) {
  if (!GOOD.has(row.confidence)) return false;
  return row.iso2 !== 'EU' || row.category === 'emergency';
}

function build(csv) {
  const rows = parse(csv, { columns: true, skip_empty_lines: true, bom: true });
  const names = new Set(rows.map((row) => `${row.iso2} ${row.name}`));
  const stale = Object.keys(editing).filter((name) => !names.has(name));
  if (stale.length > 0)
    throw new Error(`tools/crisis-editing.mjs decides about rows that are not in the table: ${stale.join('; ')}`);
  return rows.filter(keep).flatMap(toLines);
}

const head = '/** Made by tools/build-crisis.mjs; do not edit by hand. docs/crisis.md says how, and what each field means. */\n';
const json = JSON.stringify(build(readFileSync(from, 'utf8')), null, 2);
writeFileSync(to, to.endsWith('.json') ? json : `${head}export const crisisTable: unknown = ${json};\n`);
if (to.endsWith('.ts')) execFileSync('npx', ['biome', 'format', '--write', to], { stdio: 'ignore' });
console.log(`${JSON.parse(json).length} lines in ${to}`);
