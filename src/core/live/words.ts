import type { Words } from '../../words/index.js';
import { BUILT_IN, type Script, type Step } from './scripts.js';

/** What a script is called, in the reader's words where it came along. */
export const scriptTitle = ({ t }: Pick<Words, 't'>, script: Script): string =>
  'builtIn' in script ? t(`live.scripts.${script.builtIn}.title`) : script.title;

const MINUTE = 60_000;

/**
 * The steps of a script with the words of each; a step without minutes of its own has those that are left.
 * @param minutes of the whole session
 */
export function stepsOf(words: Pick<Words, 't' | 'has'>, script: Script, minutes: number): Step[] {
  const steps = 'builtIn' in script ? builtInSteps(words, script.builtIn) : script.steps;
  const given = steps.reduce((sum, step) => sum + step.minutes, 0);
  const open = steps.filter((step) => step.minutes === 0).length;
  const rest = open === 0 ? 0 : Math.max(1, Math.floor((minutes - given) / open));
  return steps.map((step) => ({ ...step, minutes: step.minutes || rest }));
}

function builtInSteps({ t, has }: Pick<Words, 't' | 'has'>, name: keyof typeof BUILT_IN): Step[] {
  return Object.entries(BUILT_IN[name]).map(([step, minutes]) => {
    const base = `live.scripts.${name}.${step}`;
    const [title, words] = [`${base}.title`, `${base}.words`].map((key) => (has(key) ? t(key) : ''));
    return { title: title ?? '', minutes, ...(words && { words }) };
  });
}

/** When a step is meant to be over. */
export const stepEnd = (since: Date, { minutes }: Step): Date => new Date(since.getTime() + minutes * MINUTE);
