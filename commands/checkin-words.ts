import { type Block, param, type Span, type Tap, worded } from '../src/chat/index.js';
import { QUICK } from '../src/core/checkins/answers.js';
import { TEMPLATES } from '../src/core/checkins/templates.js';
import type { AppCtx } from './define.js';

/** The templates that can be named when typing, the plain one first. */
export const TEMPLATE_NAMES = [QUICK, ...TEMPLATES.map(({ id }) => id)] as [string, ...string[]];

/** Names one of them. */
export const templateParam = worded(param.choice(TEMPLATE_NAMES, {}), {
  label: 'questions.param',
  help: 'questions.paramHelp',
  choices: Object.fromEntries([[QUICK, 'questions.quick'] as const, ...TEMPLATES.map(({ id, title }) => [id, title] as const)]),
});

export const crisisNote = (ctx: AppCtx): Block<Tap> => ({
  kind: 'note',
  text: ctx.rich<Span & object>('checkin.support', { crisis: { command: ['crisis'] } }),
});
