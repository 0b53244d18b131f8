import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fromRoot } from '../../src/root.js';

type Texts = Record<string, unknown>;
interface World {
  en: Texts;
  es: Texts;
  allow: { same: Record<string, Record<string, string>>; words: Record<string, Record<string, string>> };
  source: string;
}

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'words-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const sound = (): World => ({
  en: {
    checkin: {
      hello: 'Hello {name}',
      days: '{n, plural, one {# day} other {# days}}',
      who: '{who, select, me {I} other {they}}',
      no: 'No',
    },
    crisis: { warm: 'You are not alone.', hours: { always: 'Day and night.' } },
    commands: { checkin: { help: 'Check in' } },
  },
  es: {
    checkin: {
      hello: 'Hola, {name}',
      days: '{n, plural, one {# día} many {# de días} other {# días}}',
      who: '{who, select, me {Yo} other {ellos}}',
      no: 'No',
    },
    crisis: { warm: 'No estás a solas.', hours: { always: 'Día y noche.' } },
    commands: { checkin: { help: 'Registro' } },
  },
  allow: { same: { es: { 'checkin.no': 'the same word' } }, words: {} },
  source: `t('checkin.hello'); t('checkin.days'); t('checkin.who'); t('checkin.no'); t('crisis.warm'); t(\`crisis.hours.\${line.hours}\`);`,
});

function run(change: (world: World) => void) {
  const world = sound();
  change(world);
  for (const language of ['en', 'es'] as const) {
    mkdirSync(path.join(dir, 'locales', language), { recursive: true });
    for (const [name, texts] of Object.entries(world[language]))
      writeFileSync(path.join(dir, 'locales', language, `${name}.json`), JSON.stringify(texts));
  }
  mkdirSync(path.join(dir, 'src'));
  writeFileSync(path.join(dir, 'src', 'a.ts'), world.source);
  writeFileSync(path.join(dir, 'allow.json'), JSON.stringify(world.allow));
  const args = [
    '--locales',
    path.join(dir, 'locales'),
    '--allow',
    path.join(dir, 'allow.json'),
    '--source',
    path.join(dir, 'src'),
  ];
  const { status, stderr } = spawnSync(process.execPath, [fromRoot('tools', 'check-words.mjs'), ...args], {
    encoding: 'utf8',
    env: {},
  });
  return { status, problems: stderr.trim().split('\n').filter(Boolean) };
}

const set = (texts: Texts, key: string, value: unknown) => {
  const names = key.split('.');
  const last = names.pop() as string;
  const group = names.reduce((inner, name) => inner[name] as Texts, texts);
  if (value === undefined) delete group[last];
  else group[last] = value;
};

test('sound texts pass', () => {
  expect(run(() => {})).toEqual({ status: 0, problems: [] });
});

const faults: readonly [name: string, change: (world: World) => void, problem: string][] = [
  ['a text that a language lacks', (w) => set(w.es, 'crisis.warm', undefined), 'es crisis.warm: is missing'],
  ['a text that English lacks', (w) => set(w.es, 'crisis.more', 'Más.'), 'es crisis.more: is not in en'],
  ['an empty text', (w) => set(w.en, 'crisis.warm', '  '), 'en crisis.warm: is empty'],
  ['something that is no text', (w) => set(w.es, 'crisis.warm', 3), 'es crisis.warm: is neither a text nor a group of texts'],
  ['an untranslated text', (w) => set(w.es, 'crisis.warm', 'You are not alone.'), 'es crisis.warm: is the same as in en'],
  [
    'a permission that is not needed',
    (w) => set(w.es, 'checkin.no', 'Nada'),
    'es checkin.no: is allowed to be the same as in en, but is not',
  ],
  [
    'a message that cannot be read',
    (w) => set(w.es, 'checkin.hello', 'Hola, {name'),
    'es checkin.hello: is not a message that can be read',
  ],
  ['a lost placeholder', (w) => set(w.es, 'checkin.hello', 'Hola'), 'es checkin.hello: lacks {name}'],
  [
    'an extra placeholder',
    (w) => set(w.es, 'checkin.hello', 'Hola, {name} {again}'),
    'es checkin.hello: has {again}, which en does not',
  ],
  [
    'other cases',
    (w) => set(w.es, 'checkin.who', '{who, select, yo {Yo} other {ellos}}'),
    'es checkin.who: has {who} as select other yo, where en has select me other',
  ],
  [
    'a plural of another language',
    (w) => set(w.en, 'checkin.days', '{n, plural, one {# day} many {# days} other {# days}}'),
    'en checkin.days: has plural cases that en does not have: many',
  ],
  [
    'a plural without its singular',
    (w) => set(w.es, 'checkin.days', '{n, plural, other {# días}}'),
    'es checkin.days: lacks the plural case "one" of {n}',
  ],
  [
    'a day in the zone of the machine',
    (w) => set(w.en, 'checkin.hello', 'Hello {name, date, long}'),
    'en checkin.hello: formats {name} as a day or time',
  ],
  [
    'an unused text',
    (w) => {
      w.source = w.source.replace("t('crisis.warm');", '');
    },
    'en crisis.warm: is used nowhere',
  ],
  [
    'a beginning that nobody uses',
    (w) => {
      w.source = w.source.replace('crisis.hours', 'crisis.days');
    },
    'en crisis.hours.always: is used nowhere',
  ],
  [
    'an English word that we never say',
    (w) => set(w.en, 'crisis.warm', 'After a Relapse you are not alone.'),
    'en crisis.warm: says "Relapse", which we never say',
  ],
  [
    'a Spanish word that we never say',
    (w) => set(w.es, 'crisis.warm', 'Después de una recaída no estás a solas.'),
    'es crisis.warm: says "recaída", which we never say',
  ],
  [
    'a claim that we never make',
    (w) => set(w.en, 'checkin.hello', 'This is confidential, {name}'),
    'en checkin.hello: says "confidential", which we never say',
  ],
  [
    'an abbreviation that we never use',
    (w) => set(w.en, 'checkin.hello', 'MAT for {name}'),
    'en checkin.hello: says "MAT", which we never say',
  ],
  [
    'a permission for a word that nobody says',
    (w) => {
      w.allow.words['crisis.warm'] = { clean: 'why' };
    },
    'crisis.warm: "clean" is allowed, but nobody says it',
  ],
  [
    'an exclamation mark in a crisis text',
    (w) => set(w.es, 'crisis.warm', '¡No estás a solas'),
    'es crisis.warm: has an exclamation mark in a crisis text',
  ],
  [
    'an emoji in a crisis text',
    (w) => set(w.en, 'crisis.warm', 'You are not alone 💙'),
    'en crisis.warm: has an emoji in a crisis text',
  ],
  [
    'a command text that does not fit',
    (w) => set(w.en, 'commands.checkin.help', 'x'.repeat(101)),
    'en commands.checkin.help: has 101 characters, and at most 100 fit',
  ],
];

test.each(faults)('finds %s', (_name, change, problem) => {
  const { status, problems } = run(change);
  expect(status).toBe(1);
  expect(problems).toContainEqual(expect.stringContaining(problem));
  const about = problem.slice(0, problem.indexOf(':')).split(' ').at(-1) as string;
  expect(problems.filter((line) => !line.includes(about))).toEqual([]);
});

test('a permission with a reason lets a word pass, there only', () => {
  const { problems } = run((w) => {
    set(w.en, 'checkin.hello', 'Clean time, {name}');
    set(w.en, 'crisis.warm', 'Clean.');
    w.allow.words['checkin.hello'] = { clean: 'the label that the community chose' };
  });
  expect(problems).toEqual(['en crisis.warm: says "Clean", which we never say']);
});

test('words are held to whole words', () => {
  expect(
    run((w) => set(w.en, 'crisis.warm', 'Addiction, automatic, inhabit and cleaner are fine, and so is a mat.')).problems,
  ).toEqual([]);
});

test('the case names of a choice are not words that anybody reads', () => {
  expect(
    run((w) => {
      set(w.en, 'checkin.who', '{who, select, clean {I} other {they}}');
      set(w.es, 'checkin.who', '{who, select, clean {Yo} other {ellos}}');
    }).problems,
  ).toEqual([]);
});
