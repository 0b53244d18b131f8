import { readLink } from '../../../src/core/lists/read.js';

test('an address is taken while it is short enough as it is opened, not as somebody typed it', () => {
  expect(readLink('https://harbor.example.org/a&amp;b')).toBe('https://harbor.example.org/a&b');
  expect(readLink(`https://harbor.example.org/${'İ'.repeat(150)}`)).toHaveLength(27 + 150 * 6);
  for (const long of ['a'.repeat(1_000), 'İ'.repeat(300)]) expect(readLink(`https://harbor.example.org/${long}`)).toBeUndefined();
});
