import { z } from 'zod';
import type { Cipher } from '../../db/cipher.js';
import { liveScriptBinding, scriptBinding } from './kinds.js';

/** The scripts that come along: their steps with minutes; 0 is what is left of the session. Their words are in the catalogue. */
export const BUILT_IN = {
  open: { welcome: 5, reading: 5, share: 0, close: 5 },
  topic: { welcome: 5, topic: 10, share: 0, close: 5 },
  skills: { welcome: 5, checkIn: 15, work: 0, plans: 10, close: 5 },
  newcomer: { welcome: 5, how: 10, share: 0, ask: 10, close: 5 },
} as const;

export type BuiltIn = keyof typeof BUILT_IN;
export const BUILT_INS = Object.keys(BUILT_IN) as readonly BuiltIn[];
export const isBuiltIn = (name: string): name is BuiltIn => Object.hasOwn(BUILT_IN, name);

const stepSchema = z.object({ title: z.string(), minutes: z.int(), words: z.string().optional() });
const ownSchema = z.object({ title: z.string(), steps: z.array(stepSchema).min(1) });
const scriptSchema = z.union([z.object({ builtIn: z.enum(BUILT_INS as [BuiltIn, ...BuiltIn[]]) }), ownSchema]);

/** One part of a session. `minutes` 0: what is left. */
export type Step = z.infer<typeof stepSchema>;
/** A script that a community wrote. */
export type OwnScript = z.infer<typeof ownSchema>;
/** One that comes along, whose words are in every language, or one that a community wrote. */
export type Script = z.infer<typeof scriptSchema>;

export const stepCount = (script: Script): number =>
  'builtIn' in script ? Object.keys(BUILT_IN[script.builtIn]).length : script.steps.length;

export const sealOwn = (cipher: Cipher, id: string, script: OwnScript) => cipher.seal(JSON.stringify(script), scriptBinding(id));
export const openOwn = (cipher: Cipher, { id, body }: { id: string; body: Uint8Array }): OwnScript =>
  ownSchema.parse(JSON.parse(cipher.open(body, scriptBinding(id))));
export const sealScript = (cipher: Cipher, id: string, script: Script) =>
  cipher.seal(JSON.stringify(script), liveScriptBinding(id));
export const openScript = (cipher: Cipher, { id, script }: { id: string; script: Uint8Array }): Script =>
  scriptSchema.parse(JSON.parse(cipher.open(script, liveScriptBinding(id))));

export const SCRIPT_LIMITS = { steps: 20, title: 80, minutes: 240, words: 600, own: 20 } as const;

export type StepProblem = 'none' | 'many' | 'title' | 'minutes' | 'words';
export type ReadSteps =
  | { readonly ok: true; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly why: StepProblem; readonly line: number };

function readStep(text: string): Step | StepProblem {
  const [title = '', minutes = '', ...words] = text.split('|').map((part) => part.trim());
  if (title === '' || title.length > SCRIPT_LIMITS.title) return 'title';
  const [, number] = /^(\d{1,4})\s*(?:m|min|minutes?|minutos?)?\.?$/iu.exec(minutes) ?? [];
  if (minutes !== '' && number === undefined) return 'minutes';
  const read = Number(number ?? 0);
  if (read > SCRIPT_LIMITS.minutes || (number !== undefined && read < 1)) return 'minutes';
  const said = words.join(' | ').trim();
  if (said.length > SCRIPT_LIMITS.words) return 'words';
  return { title, minutes: read, ...(said !== '' && { words: said }) };
}

/**
 * Reads steps as people write them, one a line: `Welcome | 5 | What is said`. Minutes and words may be left out.
 * @returns the first line (from 1) that cannot be read, and why
 */
export function readSteps(text: string): ReadSteps {
  const lines = text.split(/\r?\n/u).map((line, index) => ({ line: index + 1, text: line.trim() }));
  const steps: Step[] = [];
  for (const { line, text: written } of lines) {
    if (written === '') continue;
    const step = readStep(written);
    if (typeof step === 'string') return { ok: false, why: step, line };
    steps.push(step);
    if (steps.length > SCRIPT_LIMITS.steps) return { ok: false, why: 'many', line };
  }
  return steps.length > 0 ? { ok: true, steps } : { ok: false, why: 'none', line: 1 };
}

/** The same steps as {@link readSteps} reads them. */
export const writeSteps = (steps: readonly Step[]): string =>
  steps
    .map(({ title, minutes, words }) =>
      [title, ...(minutes > 0 || words ? [minutes > 0 ? String(minutes) : ''] : []), ...(words ? [words] : [])]
        .join(' | ')
        .trim(),
    )
    .join('\n');
