import fc from 'fast-check';
import { BUILT_INS, readSteps, SCRIPT_LIMITS, stepCount, writeSteps } from '../../../src/core/live/scripts.js';
import { stepsOf } from '../../../src/core/live/words.js';
import { languages, wordsFor } from '../../../src/words/index.js';

test('steps are read as people write them', () => {
  expect(readSteps('Welcome | 5 | Come in, everybody.\n\n  Share \nClosing|5 min')).toEqual({
    ok: true,
    steps: [
      { title: 'Welcome', minutes: 5, words: 'Come in, everybody.' },
      { title: 'Share', minutes: 0 },
      { title: 'Closing', minutes: 5 },
    ],
  });
});

test.each([
  ['', 'none', 1],
  ['Welcome | 5\n | 5', 'title', 2],
  ['Welcome | five', 'minutes', 1],
  ['Welcome | 0', 'minutes', 1],
  ['Welcome | 241', 'minutes', 1],
  [`Welcome | 5 | ${'x'.repeat(SCRIPT_LIMITS.words + 1)}`, 'words', 1],
  [`${'y'.repeat(SCRIPT_LIMITS.title + 1)}`, 'title', 1],
  [Array.from({ length: SCRIPT_LIMITS.steps + 1 }, () => 'Step').join('\n'), 'many', SCRIPT_LIMITS.steps + 1],
])('%j is refused, with the line that is wrong', (text, why, line) => {
  expect(readSteps(text)).toEqual({ ok: false, why, line });
});

test('what is written out is read as it was', () => {
  const word = fc.stringMatching(/^[a-z][a-z ]{0,20}[a-z]$/u);
  const step = fc.record({ title: word, minutes: fc.integer({ min: 0, max: 240 }), words: fc.option(word, { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
      const plain = steps.map(({ words, ...rest }) => ({ ...rest, ...(words !== undefined && { words }) }));
      expect(readSteps(writeSteps(plain))).toEqual({ ok: true, steps: plain });
    }),
    { numRuns: 100 },
  );
});

test('the scripts that come along have words in every language, and fill the time of the session', () => {
  for (const language of languages) {
    for (const builtIn of BUILT_INS) {
      const steps = stepsOf(wordsFor(language), { builtIn }, 60);
      expect(steps).toHaveLength(stepCount({ builtIn }));
      for (const { title, words } of steps) expect([title, words ?? '']).not.toContain('');
      expect(steps.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(60);
    }
  }
});
