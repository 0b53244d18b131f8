import fc from 'fast-check';
import { alike, claimsOffice, looksLike, mixesAlphabets } from '../../src/writing/lookalike.js';

test.each([
  ['Sasha', 'Ѕаѕһа'],
  ['Paul', 'PauI'],
  ['Noor', 'N00r'],
  ['Ana María', 'Ana Maria'],
  ['Emma', 'Ernma'],
  ['Olga', 'Ｏｌｇａ'],
  ['Manny', 'ΜΑΝΝΥ'],
  ['Zoe Hunt', 'ΖΟΕ ΗUΝΤ'],
  ['Georg', 'Gеоrց'],
  ['Boob', 'ВоօЬ'],
  ['Juno', 'յսոօ'],
  ['Sam', 'ՏΑМ'],
  ['Dave', 'ᎠᎪᏙᎬ'],
  ['Peter', 'ꓑꓰꓔꓰꓣ'],
  ['Toni', 'ⲦⲞⲚⲒ'],
  ['Rosa', '𝐑𝐨𝐬𝐚'],
  ['Rosa', '𝓡𝓸𝓼𝓪'],
  ['Rosa', 'ℝ𝕠𝕤𝕒'],
  ['Max', '𝚳𝛢𝞦'],
  ['Soren', 'Søren'],
  ['Łukasz', 'Lukasz'],
  ['ΝΙΚΟΣ', 'Νίκος'],
])('%s looks like %s', (one, other) => expect([looksLike(one, other), looksLike(other, one)]).toEqual([true, true]));

test.each([
  ['Sasha', 'sasha'],
  ['Sasha', 'Sascha'],
  ['Анна', 'Ана'],
  ['Анна', 'Anna'],
  ['Νίνα', 'Nina'],
  ['ΝΙΝΑ', 'Νίνα M'],
  ['José', 'Josie'],
])('%s is not taken for %s', (one, other) => expect(looksLike(one, other)).toBe(false));

test('what is read from afar is the same from further away', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(alike(alike(text))).toBe(alike(text))));
});

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
  ['ΑDΜΙΝ', true],
  ['ꓮꓓꓟꓲꓠ', true],
  ['𝕄𝕠𝕕', true],
  ['the mod', true],
  ['Facilitadora', true],
  ['Sara', false],
  ['Modesto', false],
  ['Robot', false],
])('%s claims an office: %s', (name, expected) => expect(claimsOffice(name)).toBe(expected));
