import { openStage } from '../../support/discord/open.js';

test('what the command suggests is offered', async () => {
  await using stage = await openStage();
  stage.router.suggestion = (typed) => [{ value: typed, label: `${typed}…` }];
  const ana = await stage.person('Ana');
  expect(await ana.complete('/help', 'topic', 'che')).toEqual([{ value: 'che', label: 'che…' }]);
  expect(stage.faults()).toEqual([]);
});

test('at most 25 are offered, with labels that fit', async () => {
  await using stage = await openStage();
  stage.router.suggestion = () => Array.from({ length: 60 }, (_, i) => ({ value: `v${i}`, label: `${i} ${'x'.repeat(200)}` }));
  const ana = await stage.person('Ana');
  expect(await ana.complete('/help', 'topic', '')).toHaveLength(25);
  expect(stage.faults()).toEqual([]);
});

test('a value that Discord cannot carry is left out', async () => {
  await using stage = await openStage();
  stage.router.suggestion = () => [
    { value: 'x'.repeat(101), label: 'long' },
    { value: 'ok', label: 'ok' },
  ];
  const ana = await stage.person('Ana');
  expect(await ana.complete('/help', 'topic', '')).toEqual([{ value: 'ok', label: 'ok' }]);
  expect(stage.faults()).toEqual([]);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no'))],
])('a suggestion that %s is an empty list', async (_, suggestion) => {
  await using stage = await openStage();
  stage.router.suggestion = suggestion;
  const ana = await stage.person('Ana');
  expect(await ana.complete('/help', 'topic', '')).toEqual([]);
  expect(stage.faults()).toEqual([]);
});

test('a suggestion that never comes is an empty list in time', async () => {
  await using stage = await openStage();
  stage.router.suggestion = () => new Promise(() => {});
  const ana = await stage.person('Ana');
  expect(await ana.complete('/help', 'topic', '')).toEqual([]);
  expect(stage.faults()).toEqual([]);
});

test('a list is completed one word after the other, in the language of the reader', async () => {
  await using stage = await openStage();
  const ana = await stage.person('Ana');
  expect(await ana.complete('/checkin now', 'halt', 'ti')).toEqual([{ value: 'tired', label: 'Tired' }]);
  expect(await ana.complete('/checkin now', 'halt', 'tired, hun')).toEqual([{ value: 'tired, hungry', label: 'Tired, Hungry' }]);
  const eva = await stage.person('Eva', { locale: 'es' });
  const [first] = (await eva.complete('/checkin now', 'halt', 'hungry')) ?? [];
  expect(first?.value).toBe('hungry');
  expect(first?.label).not.toBe('Hungry');
  expect(stage.faults()).toEqual([]);
});

test('where nothing can be completed nothing is', async () => {
  await using stage = await openStage();
  const ana = await stage.person('Ana');
  expect(await ana.complete('/checkin now', 'note', 'x')).toBeUndefined();
  expect(await ana.complete('/community setup', 'language', 'eng')).toEqual([{ value: 'en', label: 'English' }]);
});
