import { countries, countriesLike, countryName, readCountry } from '../../../src/core/support/country.js';

test.each([
  ['IE', 'IE'],
  ['ie', 'IE'],
  [' Ireland ', 'IE'],
  ['IRLANDA', 'IE'],
  ['Éire', 'IE'],
  ['España', 'ES'],
  ['espana', 'ES'],
  ['Deutschland', 'DE'],
  ['日本', 'JP'],
  ['UK', 'GB'],
  ['U.K.', 'GB'],
  ['the UK', 'GB'],
  ['England', 'GB'],
  ['inglaterra', 'GB'],
  ['Northern Ireland', 'GB'],
  ['USA', 'US'],
  ['u.s.', 'US'],
  ['America', 'US'],
  ['estados unidos', 'US'],
  ['los Estados Unidos', 'US'],
  ['EE. UU.', 'US'],
  ['EEUU', 'US'],
  ['méjico', 'MX'],
  ['Mexico', 'MX'],
  ['the Netherlands', 'NL'],
  ['Holanda', 'NL'],
  ['new zealand', 'NZ'],
  ['Perú', 'PE'],
  ['islas canarias', 'ES'],
])('reads %s', (typed, country) => {
  expect(readCountry(typed)).toBe(country);
});

test.each([
  '',
  '   ',
  'EU',
  'ZZ',
  'XX',
  'New Mexico',
  'quiero hablar',
  'I want to talk to somebody',
  'Middle Earth',
  'constructor',
  '__proto__',
])('does not guess %p', (typed) => {
  expect(readCountry(typed)).toBeUndefined();
});

test('names are in the language of the reader', () => {
  expect(countryName('US', 'en')).toBe('United States');
  expect(countryName('US', 'es')).toBe('Estados Unidos');
});

test('every name that is offered is read back as its country', () => {
  for (const language of ['en', 'es']) {
    for (const { value, label } of countries(language)) expect([label, readCountry(label)]).toEqual([label, value]);
    for (const { value } of countries(language)) expect(readCountry(value)).toBe(value);
  }
});

test('countries stand in the order of the reader’s alphabet', () => {
  expect(countries('es', ['ES', 'AT', 'DE', 'CA']).map(({ label }) => label)).toEqual([
    'Alemania',
    'Austria',
    'Canadá',
    'España',
  ]);
});

test('completion puts the exact one first, then beginnings, then the rest', () => {
  const values = (typed: string, language = 'en') => countriesLike(typed, language, ['US', 'IE']).map(({ value }) => value);
  expect(values('')).toEqual(['IE', 'US']);
  expect(values('uk')[0]).toBe('GB');
  expect(values('ir').slice(0, 2)).toEqual(['IR', 'IE']);
  expect(values('ire')).toEqual(['IE', 'CI']);
  expect(values('land').slice(0, 1)).toEqual(['IE']);
  expect(values('estados', 'es')[0]).toBe('US');
  expect(values('zzzz')).toEqual([]);
});
