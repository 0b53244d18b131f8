import { QUICK } from '../answers.js';
import { templateById } from '../templates.js';

/**
 * Which sub-command of `/checkin` asks the questions of a template. `form`: it opens them at once, because they are known
 * without I/O; else it shows them first: a question that is answered by a tap, or somebody's own questions.
 */
export function answeredBy(template: string): { readonly sub: string; readonly form: boolean } {
  if (template === QUICK) return { sub: 'now', form: true };
  const known = templateById(template);
  return known && !known.oneTap ? { sub: `answer-${known.id}`, form: true } : { sub: 'ask', form: false };
}
