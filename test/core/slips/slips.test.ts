import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { newCode, readCode, writeCode } from '../../../src/core/code.js';
import { digestOf, isFor, openSlip, signSlip } from '../../../src/core/slips/token.js';
import { lookupOf, openToken, sealToken } from '../../../src/core/slips/vault.js';
import { mayCome, mayLeave, minutesThere, type Timed } from '../../../src/core/slips/windows.js';
import { Sealed } from '../../../src/db/cipher.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const code = Buffer.alloc(10, 5);
const facts = { code, date: '2026-05-05', minutes: 55, digest: digestOf(code, 'Ana', 'Steps') };
const token = signSlip(facts, 'here', privateKey);

test('a slip says what was signed', () => {
  const opened = openSlip(token, 'here', publicKey);
  expect(opened).toMatchObject({ date: '2026-05-05', minutes: 55 });
  expect(opened && [isFor(opened, ' ana', 'STEPS'), isFor(opened, 'Ana S', 'teps')]).toEqual([true, false]);
});

test('no bit of it can be changed', () => {
  const bytes = Buffer.from(token, 'base64url');
  fc.assert(
    fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
      const edited = Buffer.from(bytes);
      edited[bit >> 3] = (edited[bit >> 3] as number) ^ (1 << (bit & 7));
      return openSlip(edited.toString('base64url'), 'here', publicKey) === undefined;
    }),
  );
  for (const odd of ['', token.slice(1), `${token}A`, `${token.slice(0, -1)}${token.endsWith('B') ? 'C' : 'B'}`])
    expect(openSlip(odd, 'here', publicKey)).toBeUndefined();
});

test('of another community, or by another key, it is not valid', () => {
  expect(openSlip(token, 'there', publicKey)).toBeUndefined();
  const other = createPublicKey(generateKeyPairSync('ed25519').privateKey);
  expect(openSlip(token, 'here', other)).toBeUndefined();
});

test('what is kept of it opens with its own code alone, and tells neither', () => {
  const kept = sealToken(code, token);
  expect(openToken(code, kept)).toBe(token);
  for (const other of [Buffer.alloc(10, 6), Buffer.alloc(0), Buffer.from(lookupOf(code), 'hex')])
    expect(() => openToken(other, kept)).toThrow(Sealed);
  const row = `${Buffer.from(kept).toString('latin1')}${Buffer.from(lookupOf(code), 'hex').toString('latin1')}`;
  for (const told of [code.toString('latin1'), token.slice(0, 20)]) expect(row).not.toContain(told);
});

test('a code is read as it was written, also by who takes a nought for an O', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
      const typed = writeCode(bytes).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
      return Buffer.from(bytes).equals(readCode(typed) ?? Buffer.alloc(0));
    }),
  );
  expect(writeCode(newCode())).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/u);
  expect(['', 'ABCD', 'UUUU-UUUU-UUUU-UUUU'].map(readCode)).toEqual([undefined, undefined, undefined]);
});

test('the windows: late is welcome for a quarter of an hour, a long session keeps its end open', () => {
  const startsAt = new Date('2026-05-05T19:00:00Z');
  const timed: Timed = { startsAt, minutes: 60, state: 'planned', endedAt: null };
  const at = (minutes: number) => new Date(startsAt.getTime() + minutes * 60_000);
  expect([-16, -15, 15, 16].map((m) => mayCome(timed, at(m)))).toEqual([false, true, true, false]);
  expect([44, 45, 90, 91].map((m) => mayLeave(timed, at(m)))).toEqual([false, true, true, false]);
  expect([100, 200].map((m) => mayLeave({ ...timed, state: 'live' }, at(m)))).toEqual([true, true]);
  expect(mayLeave({ ...timed, state: 'over', endedAt: at(30) }, at(20))).toBe(true);
  expect([mayCome, mayLeave].map((may) => may({ ...timed, state: 'cancelled' }, at(0)))).toEqual([false, false]);
  expect([minutesThere(timed, at(-10), at(80)), minutesThere(timed, at(12), at(50)), minutesThere(timed, at(5), at(1))]).toEqual([
    60, 38, 0,
  ]);
});
