import fc from 'fast-check';
import { shorten } from '../../src/writing/shorten.js';

test('what fits stays as it is', () => {
  expect(shorten('twelve signs', 12)).toBe('twelve signs');
});

test('what was cut ends visibly', () => {
  expect(shorten('twelve signs', 11)).toBe('twelve sig…');
  expect(shorten('twelve signs', 8)).toBe('twelve…');
});

test('no character is cut in two', () => {
  expect(shorten('go 🌱🌱', 5)).toBe('go…');
  expect(shorten('go 🌱🌱', 6)).toBe('go 🌱…');
});

test('it is never too long, and never half a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, most) => {
      const short = shorten(text, most);
      expect(short.length).toBeLessThanOrEqual(most);
      expect(short).not.toMatch(/\p{Cs}/u);
    }),
  );
});
