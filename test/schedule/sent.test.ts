import type { PrismaClient } from '../../src/db/generated/client.js';
import { makeSentBook, type Taken } from '../../src/schedule/sent.js';

const message = (id: string): Taken => ({ id, ref: `ref of ${id}`, at: new Date(0) });

/** A database whose writes end when told, and what each of them wrote. */
function slowDatabase() {
  const writes: { readonly ids: string[]; end(error?: Error): void }[] = [];
  const $executeRaw = ({ values }: { values: [string[]] }) =>
    new Promise<void>((resolve, reject) => {
      writes.push({ ids: [...values[0]], end: (error) => (error ? reject(error) : resolve()) });
    });
  return { writes, prisma: { $executeRaw } as unknown as PrismaClient };
}
const turn = () => new Promise(setImmediate);

test('the first is written at once, and what comes meanwhile together, when that is done', async () => {
  const { writes, prisma } = slowDatabase();
  const book = makeSentBook(prisma);
  const first = book(message('a'));
  await turn();
  const rest = Promise.all([book(message('b')), book(message('c'))]);
  await turn();
  expect(writes.map(({ ids }) => ids)).toEqual([['a']]);
  writes[0]?.end();
  await first;
  await turn();
  expect(writes.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c']]);
  writes[1]?.end();
  await rest;
});

test('a write that fails is told to those whose it was, and the next goes on', async () => {
  const { writes, prisma } = slowDatabase();
  const book = makeSentBook(prisma);
  const first = book(message('a'));
  await turn();
  const second = book(message('b'));
  writes[0]?.end(new Error('no'));
  await expect(first).rejects.toThrow('no');
  await turn();
  writes[1]?.end();
  await second;
});
