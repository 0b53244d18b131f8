// Checks every text in locales/: node tools/check-words.mjs [--locales DIR] [--allow FILE] [--source DIR]...
// Prints what is wrong, one line each, and ends with 1; docs/crisis.md and tools/check-words.allow.json say what is allowed and why.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { forbiddenIn } from './forbidden-words.mjs';

const SOURCE_LANGUAGE = 'en';

/** Shortest limits of Discord and Slack for what commands are called, in characters. */
const LIMITS = [
  [/^commands\..+\.params\.[^.]+\.label$/u, 45],
  [/^commands\..+\.params\.[^.]+\.help$/u, 100],
  [/^commands\..+\.params\.[^.]+\.choices\.[^.]+$/u, 75],
  [/^commands\.(?:(?!\.params\.).)+\.title$/u, 24],
  [/^commands\.(?:(?!\.params\.).)+\.help$/u, 100],
];

const isCrisis = (key) => key.startsWith('crisis.') || key.startsWith('commands.crisis.');

function flatten(value, key, into, say) {
  if (typeof value === 'string') into.set(key, value);
  else if (value && typeof value === 'object' && !Array.isArray(value))
    for (const [name, inner] of Object.entries(value)) flatten(inner, `${key}.${name}`, into, say);
  else say(key)('is neither a text nor a group of texts');
  return into;
}

function readLanguage(dir, language, say) {
  const texts = new Map();
  for (const file of readdirSync(path.join(dir, language)).filter((name) => name.endsWith('.json'))) {
    flatten(JSON.parse(readFileSync(path.join(dir, language, file), 'utf8')), path.basename(file, '.json'), texts, say);
  }
  return texts;
}

/** Placeholders with their kinds, the cases of every choice, and the words that stand as they are. */
function studyText(text, language, say) {
  const values = new Map();
  const literals = [];
  const categories = new Map(
    ['cardinal', 'ordinal'].map((type) => [type, new Intl.PluralRules(language, { type }).resolvedOptions().pluralCategories]),
  );
  function walk(elements) {
    for (const element of elements) {
      if (element.type === TYPE.literal) literals.push(element.value);
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      if (element.type === TYPE.date || element.type === TYPE.time)
        say(
          `formats {${element.value}} as a day or time, which would be in the zone of the machine: give it as text or as an instant`,
        );
      const cases = element.options ? Object.keys(element.options) : [];
      const kind = element.type === TYPE.select ? `select ${[...cases].sort().join(' ')}` : TYPE[element.type];
      values.set(`${element.value}`, kind);
      if (element.type === TYPE.plural) {
        const known = categories.get(element.pluralType);
        const odd = cases.filter((name) => !name.startsWith('=') && !known.includes(name));
        if (odd.length > 0) say(`has plural cases that ${language} does not have: ${odd.join(', ')}`);
        const counted = element.options.other.value.some((part) => part.type === TYPE.literal && /\p{L}/u.test(part.value));
        const hasOne = !known.includes('one') || cases.includes('one') || cases.includes('=1');
        if (counted && !hasOne) say(`lacks the plural case "one" of {${element.value}}`);
      }
      for (const option of Object.values(element.options ?? {})) walk(option.value);
    }
  }
  try {
    walk(parse(text, { ignoreTag: true }));
  } catch (error) {
    say(`is not a message that can be read: ${error.message}`);
    return undefined;
  }
  return { values, words: literals.join(' ') };
}

function checkText(key, text, language, allow, say) {
  if (text.trim() === '') {
    say('is empty');
    return undefined;
  }
  const limit = LIMITS.find(([pattern]) => pattern.test(key))?.[1];
  if (limit && [...text].length > limit) say(`has ${[...text].length} characters, and at most ${limit} fit`);
  const studied = studyText(text, language, say);
  if (!studied) return undefined;
  for (const pattern of forbiddenIn(language)) {
    for (const [word] of studied.words.matchAll(pattern))
      if (!allow.words[key]?.[word.toLowerCase()]) say(`says "${word}", which we never say`);
  }
  if (isCrisis(key) && /[!¡！]/u.test(studied.words)) say('has an exclamation mark in a crisis text');
  if (isCrisis(key) && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(studied.words))
    say('has an emoji in a crisis text');
  return studied;
}

function compare(ours, theirs, say) {
  for (const [name, kind] of theirs.values) {
    if (!ours.values.has(name)) say(`lacks {${name}}`);
    else if (ours.values.get(name) !== kind)
      say(`has {${name}} as ${ours.values.get(name)}, where ${SOURCE_LANGUAGE} has ${kind}`);
  }
  for (const name of ours.values.keys()) if (!theirs.values.has(name)) say(`has {${name}}, which ${SOURCE_LANGUAGE} does not`);
}

function* sourceFiles(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const name = path.join(dir, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(name);
    else if (/\.(?:ts|tsx|js|mjs)$/u.test(entry.name)) yield name;
  }
}

/** The page of the playground is given its own texts only, so it names them without their namespace. */
const PAGE = [path.join('adapters', 'playground', 'page'), 'playground.'];

/** Keys named in full, and beginnings of keys that are made from a value, such as `crisis.hours.${…}`. */
function readUse(dirs) {
  const named = new Set();
  const begun = new Set();
  for (const file of dirs.flatMap((dir) => [...sourceFiles(dir)])) {
    const source = readFileSync(file, 'utf8');
    const prefix = file.includes(PAGE[0]) ? PAGE[1] : '';
    for (const [, key] of source.matchAll(/['"`]([a-zA-Z]\w*(?:\.\w+)*)['"`]/gu)) named.add(`${prefix}${key}`);
    for (const [, start] of source.matchAll(/`([a-z]\w*\.(?:\w+\.)*\w*)\$\{/gu)) begun.add(start);
  }
  return (key) => named.has(key) || [...begun].some((start) => key.startsWith(start));
}

/** A permission whose text is gone or has changed no longer means anything. */
function* staleAllowances(allow, catalogues) {
  for (const [language, keys] of Object.entries(allow.same)) {
    for (const key of Object.keys(keys)) {
      if (
        catalogues.get(language)?.get(key) === undefined ||
        catalogues.get(language).get(key) !== catalogues.get(SOURCE_LANGUAGE).get(key)
      )
        yield `${language} ${key}: is allowed to be the same as in ${SOURCE_LANGUAGE}, but is not`;
    }
  }
  for (const [key, words] of Object.entries(allow.words)) {
    const texts = [...catalogues.values()].map((texts) => (texts.get(key) ?? '').toLowerCase());
    for (const word of Object.keys(words))
      if (!texts.some((text) => text.includes(word))) yield `${key}: "${word}" is allowed, but nobody says it`;
  }
}

/** What a translation lacks or has too much, against English. */
function compareLanguage(ours, theirs, same, sayer) {
  for (const [key, { text, studied }] of theirs) {
    const say = sayer(key);
    const mine = ours.get(key);
    if (!mine) say('is missing');
    else if (mine.text === text && /\p{L}/u.test(studied?.words ?? '') && !same[key])
      say(`is the same as in ${SOURCE_LANGUAGE}: translate it, or say in the allow-list why not`);
    if (mine?.studied && studied) compare(mine.studied, studied, say);
  }
  for (const key of ours.keys()) if (!theirs.has(key)) sayer(key)(`is not in ${SOURCE_LANGUAGE}`);
}

function check({ locales, sources, allow }) {
  const problems = [];
  const sayer = (language) => (key) => (what) => problems.push(`${language} ${key}: ${what}`);
  const names = readdirSync(locales, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const catalogues = new Map(names.map(({ name }) => [name, readLanguage(locales, name, sayer(name))]));
  const english = catalogues.get(SOURCE_LANGUAGE);
  if (!english) return [`${locales} has no ${SOURCE_LANGUAGE}`];
  const study = (language, texts) =>
    new Map(
      [...texts].map(([key, text]) => [key, { text, studied: checkText(key, text, language, allow, sayer(language)(key)) }]),
    );
  const studied = new Map([...catalogues].map(([language, texts]) => [language, study(language, texts)]));
  for (const [language, texts] of studied) {
    if (language !== SOURCE_LANGUAGE)
      compareLanguage(texts, studied.get(SOURCE_LANGUAGE), allow.same[language] ?? {}, sayer(language));
  }
  const isUsed = readUse(sources);
  // The texts of a command are found by its path, so the sources do not name them; test/words checks them.
  const unused = [...english.keys()].filter((key) => !key.startsWith('commands.') && !isUsed(key));
  for (const key of unused) sayer(SOURCE_LANGUAGE)(key)('is used nowhere');
  return [...problems, ...staleAllowances(allow, catalogues)];
}

const { values } = parseArgs({
  options: {
    locales: { type: 'string', default: 'locales' },
    allow: { type: 'string', default: 'tools/check-words.allow.json' },
    source: { type: 'string', multiple: true, default: ['src', 'commands'] },
  },
});
const problems = check({
  locales: values.locales,
  sources: values.source,
  allow: JSON.parse(readFileSync(values.allow, 'utf8')),
});
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? 'Every text is in order.' : `${problems.length} problems with texts.`);
process.exitCode = problems.length === 0 ? 0 : 1;
