import fc from 'fast-check';
import { commands } from '../../commands/index.js';
import { errorFields } from '../../src/log/errors.js';
import type { Log } from '../../src/log/log.js';
import { makeLog } from '../../src/log/make.js';
import { quieten } from '../../src/log/process.js';
import { OperatorError } from '../../src/operator.js';

/** A log whose lines are kept; `write` takes anything, as code that was not compiled would. */
function openLog(secrets: readonly string[] = []) {
  const lines: string[] = [];
  const log = makeLog('info', { secrets, to: { write: (line) => void lines.push(line) } });
  log.allow(commands.map(({ path }) => path.join('.')));
  const write = log.error as (fields: unknown, message: string) => void;
  return { lines, log, write, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

const FIELDS = [
  ...['platform', 'command', 'kind', 'delivery', 'row', 'subject', 'reference', 'error', 'code', 'at', 'slack', 'needed'],
  ...['status', 'method', 'problem', 'trouble', 'severity', 'warning', 'console', 'unavailable', 'failures', 'faults'],
  ...['blocks', 'connections', 'dropped', 'server', 'until', 'mode', 'signal', 'applied', 'edited', 'unknown'],
  ...['resealed', 'unreadable', 'spare'],
  ...['err', 'msg', 'message', 'stack', 'body', 'time', 'level', '__proto__', 'toJSON', 'constructor', 'toString'],
];

/** What somebody may have written: words in every case, alone and in sentences, and what looks like other things. */
const canary = fc
  .tuple(
    fc.stringMatching(/^[a-z]{6,12}$/u),
    fc.constantFrom<(word: string) => string>(
      (word) => word,
      (word) => word.toUpperCase(),
      (word) => `${word[0]?.toUpperCase()}${word.slice(1)}Error`,
      (word) => `I drank again, ${word}`,
      (word) => `${word}\n    at ${word} (/home/${word}.js:1:1)`,
      (word) => `at ${word} (file:///src/${word}.ts:10:2)`,
      (word) => `https://${word}.example/?q=${word}`,
      (word) => `${word}@example.org`,
      (word) => `%s %o {"${word}":1}`,
      (word) => `../../${word}.ts:1:1`,
    ),
  )
  // No other word of a line has this in it.
  .map(([word, shape]) => shape(`zq${word}`));

const withCanary = (leaf: fc.Arbitrary<string>) =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      leaf.map((text) => Object.assign(new Error(text), { code: text, name: text, body: text, cause: new Error(text) })),
      leaf.map((text) => Object.assign(new TypeError('x'), { stack: text, meta: { target: [text] } })),
      leaf.map((text) => Buffer.from(text)),
      leaf.map((text) => new Map([[text, text]])),
      leaf.map((text) => ({ toJSON: () => text, toString: () => text })),
      leaf.map((text) => Object.defineProperty({}, 'kind', { enumerable: true, get: () => Object.assign(new Error(text)) })),
      leaf.map((text) =>
        Object.defineProperty({}, 'row', {
          enumerable: true,
          get() {
            throw new Error(text);
          },
        }),
      ),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(leaf, fc.constantFrom(...FIELDS)), tie('value'), { maxKeys: 6 }),
    ),
  })).value;

test('nothing that somebody wrote comes out, wherever it was', () => {
  const { lines, write, log } = openLog();
  const child = (given: unknown) => (log.child as (fields: unknown) => Log)(given).warn({}, 'A line.');
  fc.assert(
    fc.property(withCanary(canary), (value) => {
      lines.length = 0;
      write(value, 'A line.');
      child(value);
      write({ ...errorFields(value), failures: 1 }, 'A line.');
      for (const field of FIELDS) write(Object.fromEntries([[field, value]]), 'A line.');
      expect(lines.join('').toLowerCase()).not.toContain('zq');
      for (const line of lines) expect(JSON.parse(line)).toMatchObject({ msg: 'A line.' });
    }),
    { numRuns: 150 },
  );
});

test('what a field is for is written', () => {
  const { log, last } = openLog();
  const row = '0b5c9a62-6a3b-4a0c-8f6f-0123456789ab';
  log
    .child({ platform: 'slack' })
    .info(
      { command: 'checkin.now', row, failures: 2, unavailable: false, until: new Date(0), applied: ['20260101000000_first'] },
      'A line.',
    );
  expect(last()).toMatchObject({
    platform: 'slack',
    command: 'checkin.now',
    row,
    failures: 2,
    unavailable: false,
    until: '1970-01-01T00:00:00.000Z',
    applied: ['20260101000000_first'],
  });
});

test('a value of the wrong shape is told by its type, and what is no field is only counted', () => {
  const { write, last } = openLog();
  write({ kind: 'relapse', row: ['x'], failures: -1, note: 'mine', more: 1 }, 'A line.');
  expect(last()).toMatchObject({ kind: '(string)', row: '(list)', failures: '(number)', dropped: 2 });
  expect(last()).not.toHaveProperty('note');
});

test('an error is its kind, its code and its places, never its words', () => {
  const { write, last } = openLog();
  const error = Object.assign(new RangeError('I drank\n    at home (/src/app.ts:1:1)'), { code: 'ECONNREFUSED' });
  write(errorFields(error), 'A line.');
  expect(last()).toMatchObject({ error: 'RangeError', code: 'ECONNREFUSED' });
  expect(last().at).toEqual(expect.arrayContaining([expect.stringMatching(/^test\/log\/log\.test\.ts:\d+:\d+$/u)]));
  expect(JSON.stringify(last())).not.toMatch(/drank|home/u);
  write(errorFields(Object.assign(new Error('x'), { name: 'PrismaClientKnownRequestError', code: 'P2002' })), 'A line.');
  expect(last()).toMatchObject({ error: 'PrismaClientKnownRequestError', code: 'P2002' });
  write(errorFields(Object.assign(new Error('x'), { name: 'Wednesday' })), 'A line.');
  expect(last()).toMatchObject({ error: 'Error' });
  write(errorFields('thrown words'), 'A line.');
  expect(last()).toMatchObject({ error: 'no error' });
});

test('a sentence for the operator is told whole, without the secrets in it', () => {
  const { log, lines, last } = openLog(['swordfish']);
  log.error({ problem: new OperatorError('DATABASE_URL has the password swordfish, which is wrong.') }, 'A line.');
  expect(last()).toMatchObject({ problem: 'DATABASE_URL has the password [hidden], which is wrong.' });
  expect(lines.join()).not.toContain('swordfish');
});

test('warnings and the console go through the log, without their words', () => {
  const { log, lines } = openLog();
  const restore = quieten(log);
  try {
    process.emit('warning', Object.assign(new Error('I drank'), { name: 'DeprecationWarning' }));
    console.error('I drank', new Error('again'));
    console.log('%s', 'I drank');
  } finally {
    restore();
  }
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { warning: 'DeprecationWarning' },
    { console: 'error' },
    { console: 'log' },
  ]);
  expect(lines.join()).not.toMatch(/drank|again/u);
});

/** Never called: the compiler reads it, and `npm run check` fails when one of these lines compiles. */
function doesNotCompile(log: Log, words: string, row: { readonly row: string; readonly note: string }): void {
  // @ts-expect-error no such field
  log.info({ note: words }, 'A line.');
  // @ts-expect-error no such field, in an object made elsewhere
  log.info(row, 'A line.');
  // @ts-expect-error a word that is not of the set
  log.info({ platform: words }, 'A line.');
  // @ts-expect-error a number is asked for
  log.info({ failures: words }, 'A line.');
  // @ts-expect-error an error is no field, and has words
  log.info({ error: new Error(words) }, 'A line.');
  // @ts-expect-error a sentence with something in it
  log.info({}, `Somebody wrote ${words}`);
  // @ts-expect-error a sentence from elsewhere
  log.info({}, words);
}
void doesNotCompile;
