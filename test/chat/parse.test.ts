import fc from 'fast-check';
import type { AnyCommand } from '../../src/chat/index.js';
import { param, parseLine } from '../../src/chat/index.js';

const say = (path: AnyCommand['path'], params: AnyCommand['params'], hidden = false): AnyCommand => ({
  path,
  role: 'anyone',
  reply: 'private',
  params,
  hidden,
  run: async () => ({ summary: '', blocks: [] }),
});

const commands = [
  say(['checkin', 'now'], {
    mood: param.int({ min: 0, max: 10 }),
    halt: param.choices(['hungry', 'tired'], {}),
    note: param.long({ shown: 'own' }),
    secret: param.ref({}),
  }),
  say(['crisis'], { country: param.text({ shown: 'own' }) }),
  say(['pair'], { who: param.member({}), zone: param.zone({}), words: param.text({ shown: 'own' }) }),
  say(['home'], {}, true),
];
const inputOf = (line: string) => {
  const said = parseLine(line, commands);
  if (said.kind !== 'call') throw new Error(`${line} was not understood`);
  return said.input;
};

test.each<[string, Record<string, string>]>([
  ['checkin now mood:7 note:"a long walk"', { mood: '7', note: 'a long walk' }],
  ['CheckIn  NOW  Mood: 7', { mood: '7' }],
  ['checkin now note:a long walk mood:7', { note: 'a long walk', mood: '7' }],
  ['checkin now note:“curly quotes” mood:7', { note: 'curly quotes', mood: '7' }],
  ["checkin now note:don't worry mood:3", { note: "don't worry", mood: '3' }],
  ['checkin now note:"she said "hi" to me" mood:3', { note: 'she said "hi" to me', mood: '3' }],
  ['checkin now 7 tired, hungry', { mood: '7', halt: 'tired, hungry' }],
  ['checkin now note:see https://example.org at 7:30', { note: 'see https://example.org at 7:30' }],
  ['checkin now mood: note:only this', { mood: '', note: 'only this' }],
  ['checkin now note:"unclosed mood:4', { note: '"unclosed', mood: '4' }],
  ['checkin now secret:forged', { note: 'secret:forged' }],
  ['checkin now I feel awful', { note: 'I feel awful' }],
  ['checkin now 7 slept badly', { mood: '7', note: 'slept badly' }],
  ['checkin now 11', { mood: '11' }],
  ['checkin now mood:3 tired', { mood: '3', halt: 'tired' }],
  ['checkin now', {}],
  ['crisis New Zealand', { country: 'New Zealand' }],
  ['pair <@U12|Ana Maria> Europe/Madrid how are you', { who: '<@U12|Ana Maria>', zone: 'Europe/Madrid', words: 'how are you' }],
  ['pair zone:UTC hello there', { zone: 'UTC', who: 'hello', words: 'there' }],
])('%s', (line, input) => expect(inputOf(line)).toEqual(input));

test.each([
  ['checkin', 'checkin', ''],
  ['checkin sing', 'checkin', 'sing'],
  ['chekin now', 'chekin', 'now'],
  ['home', 'home', ''],
  ['', '', ''],
])('%j names no command', (line, root, words) => expect(parseLine(line, commands)).toEqual({ kind: 'lost', root, words }));

test('whatever is typed is understood or said to be lost, and never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.string().map((text) => `checkin now ${text}`),
      ),
      (line) => {
        expect(['call', 'lost']).toContain(parseLine(line, commands).kind);
      },
    ),
    { numRuns: 2000 },
  );
});

test('what is put in quotes comes out as it was', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !/["'“”„‘’«»`]/u.test(value));
  fc.assert(
    fc.property(text, fc.nat(10), (note, mood) => {
      expect(inputOf(`checkin now note:"${note}" mood:${mood}`)).toEqual({ note, mood: String(mood) });
    }),
    { numRuns: 1000 },
  );
});
