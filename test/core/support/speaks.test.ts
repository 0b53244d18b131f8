import fc from 'fast-check';
import { MANY, speakingFirst, spokenIn } from '../../../src/core/support/speaks.js';

const codes = ['en', 'es', 'fr', MANY];
const line = fc.record({ id: fc.uuid(), languages: fc.subarray(codes, { minLength: 1 }), interpreters: fc.boolean() });

test('nobody is left out, who speaks it is first, and otherwise the order stays', () => {
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('en', 'es', 'fr', 'xx'), (lines, language) => {
      const sorted = speakingFirst(lines, language);
      const speaks = ({ languages }: (typeof lines)[number]) => languages.includes(language);
      expect(sorted.filter(speaks)).toEqual(lines.filter(speaks));
      expect(sorted.slice(0, lines.filter(speaks).length).every(speaks)).toBe(true);
      expect([...sorted].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([...lines].sort((a, b) => (a.id < b.id ? -1 : 1)));
    }),
  );
});

test.each([
  ['es-419', 'es'],
  ['nb-NO', 'no'],
  ['EN_us', 'en'],
  ['fr', 'fr'],
])('%s is %s', (tag, language) => {
  expect(spokenIn(tag)).toBe(language);
});
