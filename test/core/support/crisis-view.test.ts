import fc from 'fast-check';
import { readView, writeView } from '../../../commands/crisis-view.js';
import { TOPICS } from '../../../src/core/support/topics.js';

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const view = fc.record({
  country: maybe(fc.constantFrom('US', 'PE')),
  topic: maybe(fc.constantFrom(...TOPICS)),
  speaks: maybe(fc.constantFrom('es', 'mul')),
});

test('what is picked is read as it was meant', () => {
  fc.assert(fc.property(view, (one) => expect(readView(writeView(one))).toEqual(one)));
});

test.each(['US', 'US/nonsense/', '/nonsense', 'us/violence/', 'I cannot go on', 'US/violence/es/x', ''])('%p is none', (text) => {
  expect(readView(text)).toBeUndefined();
});

test('what messages of an older version carry is still understood', () => {
  expect(readView('US/violence')).toEqual({ country: 'US', topic: 'violence', speaks: undefined });
});
