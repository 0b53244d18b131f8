import fc from 'fast-check';
import { claimsOffice, looksLike, mixesAlphabets } from '../../src/writing/lookalike.js';

test.each([
  ['Sasha', 'Ѕаѕһа'],
  ['Paul', 'PauI'],
  ['Noor', 'N00r'],
  ['Ana María', 'Ana Maria'],
  ['Emma', 'Ernma'],
  ['Olga', 'Ｏｌｇａ'],
])('%s looks like %s', (one, other) => expect([looksLike(one, other), looksLike(other, one)]).toEqual([true, true]));

test.each([
  ['Sasha', 'sasha'],
  ['Sasha', 'Sascha'],
  ['Анна', 'Ана'],
])('%s is not taken for %s', (one, other) => expect(looksLike(one, other)).toBe(false));

test('nobody looks like themselves', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => expect(looksLike(name, name)).toBe(false)));
});

test.each([
  ['Саsha', true],
  ['Ευa', true],
  ['Анна', false],
  ['Елена Smith', false],
  ['山田たろう Taro', false],
  ['محمد', false],
  ["O'Neil", false],
])('%s mixes alphabets: %s', (name, expected) => expect(mixesAlphabets(name)).toBe(expected));

test.each([
  ['Homegroup', true],
  ['Adrnin', true],
  ['Аdmin Sara', true],
  ['the mod', true],
  ['Facilitadora', true],
  ['Sara', false],
  ['Modesto', false],
  ['Robot', false],
])('%s claims an office: %s', (name, expected) => expect(claimsOffice(name)).toBe(expected));
