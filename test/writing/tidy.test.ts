import fc from 'fast-check';
import { tidy, tidyLine } from '../../src/writing/tidy.js';

/** As people write them, with what nobody sees and what the words need. */
const HONEST = [
  'می‌خواهم امروز بمانم',
  'क्‍षमा, शक्‍ति',
  'ක්‍රමය හොඳයි',
  'ന്‍ എന്ന അക്ഷരം',
  'שָׁלוֹם לְכֻלָּם',
  'בְּרֵאשִׁ֖ית בָּרָ֣א',
  'مُحَمَّدٌ رَسُولٌ',
  'ברוכים הבאים \u200eC++\u200e לכולם',
  'សួស្តី\u200bអ្នក',
  'สวัสดี\u200bครับ',
  'ကျေးဇူး\u200bတင်ပါတယ်',
  'བཀྲ་ཤིས་བདེ་ལེགས།',
  'Cảm ơn rất nhiều',
  'ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ᠋',
  '葛\u{e0100}飾区',
  '👩‍👩‍👧 ❤️‍🔥 🏳️‍⚧️ 👍🏽 👩🏽‍🚒 1️⃣ ☺️ 🇪🇸',
  '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
  'ɔ̃̀ m̀ á̱',
  'one\n\ntwo\n\n\nthree',
];

test.each(HONEST)('%s stays as it is', (text) => expect(tidy(text)).toBe(text.normalize('NFC')));

test.each([
  ['a\u202eevil\u202c b\u2066c\u2069', 'aevil bc'],
  ['zero\u200bwidth\u200d\u2060\ufeff', 'zerowidth'],
  ['soft\u00adly', 'softly'],
  ['hidden\u{e0068}\u{e0069}', 'hidden'],
  ['left\u200eright\u200f', 'leftright'],
  ['\u200e\u200b\u200fي', '\u200eي'],
  ['क\u0301\u094d\u200cש', 'क\u094d\u0301ש'],
  ['nul\0bell\x07', 'nulbell'],
  ['a\u0308', 'ä'],
  ['one\r\ntwo\u2028three', 'one\ntwo\nthree'],
  ['far\n\n \n\n\t\n\napart', 'far\n\n\napart'],
  ['\u3164\u115f\u1160\u2800x', ' x'],
  ['half \ud83d of it', 'half \ufffd of it'],
  [`z${'\u0335\u0341\u0353'.repeat(30)}algo`, /^\u017a\p{M}{1,4}algo$/u],
])('%j becomes %j', (text, expected) => {
  if (typeof expected === 'string') expect(tidy(text)).toBe(expected);
  else expect(tidy(text)).toMatch(expected);
});

const nasty = fc.constantFrom(
  ...[
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u200f',
    '\u202e',
    '\u2066',
    '\u2069',
    '\ufeff',
    '\u00ad',
    '\ufe0f',
    '\ufe0e',
    '\u034f',
  ],
  ...[
    '\u0335',
    '\u0301',
    '\u20e3',
    '\r',
    '\n',
    ' ',
    '\u2028',
    '\u2800',
    '\u180b',
    '\u1160',
    '\u115f',
    '\u{e0067}',
    '\u{e007f}',
    '\u{e0100}',
  ],
  ...['🏴', '❤', '👩', '🏽', '1', 'ي', 'क', '\u094d', 'ש', 'ส', 'Ａ', 'é', '\0', '\ud800', '\u1100', '葛', 'ᠮ', 'a'],
);
const anything = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 40 })
  .map((all) => all.join(''));

test('whatever is written: twice is once, it is whole and composed, and nothing turns the text of others around', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const once = tidy(text);
      expect(tidy(once)).toBe(once);
      expect(once.normalize('NFC')).toBe(once);
      expect(once).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u2060\ufeff\0\r]|\p{Cs}|\n\s*\n\s*\n\s*\n\s*\n/u);
      expect(once).not.toMatch(/\p{M}{9}/u);
    }),
    { numRuns: 3000 },
  );
});

test('what everybody sees is neither lost nor added', () => {
  const seen = (text: string) => text.normalize('NFC').replace(/[\p{M}\p{DI}\p{Cc}\s]/gu, '');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      expect(seen(tidy(text))).toBe(seen(text.replace(/\p{Cs}/gu, '\ufffd').replaceAll('\u2800', '')));
    }),
    { numRuns: 1000 },
  );
});

test('a line is one line', () => {
  fc.assert(fc.property(anything, (text) => expect(tidyLine(text)).not.toContain('\n')));
  expect(tidyLine('two\n lines')).toBe('two lines');
});
