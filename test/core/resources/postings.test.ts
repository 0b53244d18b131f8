import fc from 'fast-check';
import { eachOf, Postings } from '../../../src/core/resources/postings.js';

const pack = (numbers: readonly number[]) => {
  const postings = new Postings();
  for (const no of numbers) postings.add(no);
  return postings.pack();
};
const unpack = (packed: Uint8Array) => {
  const numbers: number[] = [];
  eachOf(packed, (no) => numbers.push(no));
  return numbers;
};

test('whatever numbers go in come out, few and far or many and near', () => {
  const rising = (most: number) =>
    fc.uniqueArray(fc.nat(most), { maxLength: 400 }).map((numbers) => numbers.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(fc.oneof(rising(500), rising(3_000_000)), (numbers) => {
      expect(unpack(pack(numbers))).toEqual(numbers);
      expect(unpack(pack(numbers.flatMap((no) => [no, no])))).toEqual(numbers);
    }),
  );
});

test('a word that every service has takes one bit for each', () => {
  expect(pack(Array.from({ length: 80_000 }, (_, no) => no))).toHaveLength(10_001);
  expect(pack([])).toHaveLength(0);
  expect(pack([2_097_151])).toHaveLength(4);
});
