import { crisisCountries, crisisFor, directories, verifiedOn } from '../../../src/core/support/crisis.js';
import { crisisLines, readTable } from '../../../src/core/support/crisis-table.js';
import { wordsFor } from '../../../src/words/index.js';

const named = (country: string) => crisisFor(country).lines.map(({ name }) => name);
const countryOf = new Map(crisisLines.map(({ id, country }) => [id, country]));
const numbersOf = (country: string) => crisisFor(country).emergency?.phone.map(({ number }) => number);

describe('every line of the table', () => {
  test.each(crisisLines.map((line) => [line.id, line] as const))('%s can be reached and says where it is from', (_id, line) => {
    expect(line.sources.join('')).toMatch(/\p{L}/u);
    expect(Date.parse(line.verified)).toBeLessThanOrEqual(Date.now());
    expect(['high', 'medium']).toContain(line.confidence);
    for (const url of [line.chat, line.web].filter((url) => url !== undefined)) expect(new URL(url).protocol).toBe('https:');
    for (const { number } of line.phone) expect(number).toMatch(/^[0-9(][0-9() -]+[0-9]$/u);
  });

  test('has a name of its own', () => {
    expect(new Set(crisisLines.map(({ id }) => id)).size).toBe(crisisLines.length);
  });

  test.each(['en', 'es'])('that has a note has its words in %s, and every note has its line', (language) => {
    const words = wordsFor(language);
    for (const { id, note } of crisisLines) expect([id, words.has(`crisis.notes.${id}`)]).toEqual([id, note === true]);
  });
});

describe('a table that cannot be trusted stops the start', () => {
  const good = crisisLines.find(({ id }) => id === 'us_988_suicide_crisis_lifeline');

  test.each([
    ['a number with letters', { phone: [{ number: '1-800-HELP' }] }],
    ['a number that is too long', { phone: [{ number: '1234 5678 9012 3456' }] }],
    ['a page without https', { web: 'http://988lifeline.org' }],
    ['no source', { sources: [] }],
    ['a day that does not exist', { verified: '2026-02-30' }],
    ['low confidence', { confidence: 'low' }],
    ['no way to reach it', { phone: [], sms: undefined, chat: undefined, web: undefined }],
    ['something unknown', { fax: '1' }],
    ['hours that have no words', { hours: 'sometimes' }],
  ])('%s', (_name, fault) => {
    expect(() => readTable([{ ...good, ...fault }])).toThrow();
    expect(readTable([good])).toHaveLength(1);
  });
});

describe('what is known to be wrong is not shown', () => {
  const all = crisisLines.flatMap(({ phone, sms }) => [...phone.map(({ number }) => number), ...(sms ? [sms.number] : [])]);

  test.each(['1800-599-0019', '1-800-273-8255', '1-833-456-4566', '08457 90 90 90', '0800 77 66 00', '141', '199 284 284'])(
    '%s',
    (stale) => {
      expect(all).not.toContain(stale);
    },
  );

  test('nobody is sent to the third option of 988, which was ended', () => {
    expect(crisisLines.flatMap(({ phone }) => phone).filter(({ press }) => press === '3')).toEqual([]);
  });

  test('lines of low confidence are out', () => {
    for (const name of [
      'Drinkline',
      '13YARN',
      'Telefono Amico',
      'Drogues Info Service',
      'National Overdose Response Service (NORS)',
    ]) {
      expect(crisisLines.map((line) => line.name)).not.toContain(name);
    }
  });

  test('116 123 is shown only where the country itself confirms it', () => {
    const where = crisisLines
      .filter(({ phone }) => phone.some(({ number }) => number === '116 123'))
      .map(({ country }) => country);
    expect(where.sort()).toEqual(['DE', 'GB', 'IE', 'NO']);
    expect(crisisFor('PL').lines).toEqual([]);
  });

  test('both numbers of Never Use Alone are shown, because sources disagree', () => {
    const line = crisisFor('US').lines.find(({ name }) => name === 'Never Use Alone');
    expect(line?.phone).toEqual([{ number: '1-877-696-1996' }, { number: '1-800-484-3731' }]);
    expect(line?.note).toBe(true);
  });
});

describe('the lines of one country', () => {
  test.each([
    ['US', ['911']],
    ['IE', ['112', '999']],
    ['AU', ['000']],
    ['DE', ['112']],
    ['PL', ['112']],
  ])('emergency in %s', (country, numbers) => {
    expect(numbersOf(country)).toEqual(numbers);
  });

  test.each(['MX', 'CH', 'NO', 'PE', 'XX'])('no emergency number is made up for %s', (country) => {
    expect(crisisFor(country).emergency).toBeUndefined();
  });

  test('never hold those of another', () => {
    for (const country of [...crisisCountries().lines, ...crisisCountries().emergency, 'PE', 'XX']) {
      expect(crisisFor(country).lines.filter(({ id }) => countryOf.get(id) !== country)).toEqual([]);
    }
    expect(named('XX')).toEqual([]);
  });

  test('the emergency number is told apart from the lines', () => {
    expect(crisisFor('US').lines.map(({ id }) => id)).not.toContain(crisisFor('US').emergency?.id);
  });
});

test('the countries that are offered', () => {
  const { lines, emergency } = crisisCountries();
  expect(lines).toContain('MX');
  expect(lines).not.toContain('EU');
  expect(emergency).toContain('PL');
  expect(emergency).not.toContain('IE');
  // The shortest select, Discord's, takes 25.
  expect(lines.length).toBeLessThanOrEqual(25);
  expect(emergency.length).toBeLessThanOrEqual(25);
  for (const country of lines) expect(crisisFor(country).lines.length).toBeGreaterThan(0);
  for (const country of emergency) expect(numbersOf(country)).toEqual(['112']);
});

test('directories for the rest of the world have pages to open', () => {
  expect(directories().map(({ chat, web }) => chat ?? web)).toEqual([
    'https://findahelpline.com',
    'https://www.iasp.info/crisis-centres-helplines/',
  ]);
});

test('the day that is told is the oldest one', () => {
  const [first] = crisisFor('US').lines;
  if (!first) throw new Error('There are lines for the US.');
  expect(verifiedOn([first, { ...first, verified: '2025-03-04' }, { ...first, verified: '2026-10-01' }])).toBe('2025-03-04');
  expect(verifiedOn([])).toBeUndefined();
});
