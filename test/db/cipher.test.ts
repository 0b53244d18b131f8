import { inspect } from 'node:util';
import fc from 'fast-check';
import { makeCipher, Sealed } from '../../src/db/cipher.js';
import { parseKeys } from '../../src/db/keys.js';

const base64 = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const keys = (...fills: number[]) => parseKeys(fills.map(base64).join(','));
const cipher = makeCipher<string>(keys(1));
const anyText = fc.string({ unit: 'binary' });

function reasonOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Sealed) return error.why;
    throw error;
  }
  return 'opened';
}

test('whatever was sealed opens again, in its own place only', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (plain, bind, other) => {
      const sealed = cipher.seal(plain, bind);
      expect(cipher.open(sealed, bind)).toBe(plain);
      expect(reasonOf(() => cipher.open(sealed, other))).toBe(other === bind ? 'opened' : 'damaged');
    }),
  );
});

test('any changed bit is noticed', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), fc.integer({ min: 0, max: 7 }), (plain, where, bit) => {
      const sealed = cipher.seal(plain, 'CheckIn.answers:1');
      const index = where % sealed.length;
      sealed[index] = (sealed[index] ?? 0) ^ (1 << bit);
      expect(reasonOf(() => cipher.open(sealed, 'CheckIn.answers:1'))).not.toBe('opened');
    }),
  );
});

test('a value that was cut short, or is none, is damaged', () => {
  const sealed = cipher.seal('slept well', 'a');
  for (let length = 0; length < sealed.length; length += 1) {
    expect(reasonOf(() => cipher.open(sealed.subarray(0, length), 'a'))).toBe('damaged');
  }
});

test('the same words never look the same, and do not show', () => {
  const sealed = Array.from({ length: 100 }, () => Buffer.from(cipher.seal('slept well', 'a')));
  expect(new Set(sealed.map((value) => value.toString('hex'))).size).toBe(100);
  expect(sealed.some((value) => value.includes('slept'))).toBe(false);
});

test('after a rotation old values open, and new ones are sealed with the new key', () => {
  const rotated = makeCipher<string>(keys(2, 1));
  const old = cipher.seal('then', 'a');
  const fresh = rotated.seal('now', 'a');
  expect(rotated.open(old, 'a')).toBe('then');
  expect([rotated.isCurrent(old), rotated.isCurrent(fresh)]).toEqual([false, true]);
  expect(makeCipher<string>(keys(2)).open(fresh, 'a')).toBe('now');
});

test('after a rotation a text is tagged as the new key does, and can still be found by the tag of the old one', () => {
  const rotated = makeCipher<string>(keys(2, 1));
  expect(rotated.tag('alcohol')).toEqual(makeCipher<string>(keys(2)).tag('alcohol'));
  expect(rotated.tags('alcohol')).toEqual([rotated.tag('alcohol'), cipher.tag('alcohol')]);
  expect(rotated.tag('alcohol')).not.toEqual(cipher.tag('alcohol'));
});

test('a key that we do not have is named by its id, and no content is', () => {
  const sealed = cipher.seal('slept well', 'CheckIn.answers:1');
  const id = keys(1)[0].id;
  const open = () => makeCipher<string>(keys(2)).open(sealed, 'CheckIn.answers:1');
  expect(reasonOf(open)).toBe('key');
  expect(open).toThrow(`A value was sealed with the key ${id}, which is not among ENCRYPTION_KEY.`);
});

test('printing keys shows no key', () => {
  const ring = keys(1);
  for (const shown of [inspect(ring, { depth: 9, showHidden: true }), JSON.stringify(ring)]) {
    expect(shown).not.toContain(base64(1));
    expect(shown).not.toContain('01 01 01');
    expect(shown).not.toMatch(/1,\s*1,\s*1/);
  }
});
