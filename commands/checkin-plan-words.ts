import type { Block, Span, Tap, Text } from '../src/chat/index.js';
import type { Agreed } from '../src/core/checkins/missed/plan.js';
import type { StepDraft } from '../src/core/checkins/missed/save.js';
import type { AppCtx } from './define.js';

/** How long after the missed check-in a step comes, in minutes. */
export const WAITS = { now: 0, 'one-hour': 60, 'three-hours': 180, 'half-day': 720, day: 1440, 'two-days': 2880 } as const;
type Wait = keyof typeof WAITS;
export const WAIT_NAMES = Object.keys(WAITS) as [Wait, ...Wait[]];

const waitWords = (ctx: AppCtx, minutes: number): string => {
  const name = WAIT_NAMES.find((one) => WAITS[one] === minutes);
  return name ? ctx.t(`plan.waits.${name}`) : ctx.t('plan.waits.minutes', { minutes });
};

/** When, who, and the exact words. */
function stepText(
  ctx: AppCtx,
  step: StepDraft & { readonly agreed?: Agreed; readonly isForMe?: boolean },
): { head: Text; words: string } {
  const isForMe = step.isForMe ?? step.account === undefined;
  const who: Span & object = step.account === undefined ? { bold: ctx.t('plan.somebody') } : { mention: step.account };
  const when = { count: step.afterMissed, wait: waitWords(ctx, step.waitMinutes) };
  const head: Span[] = isForMe ? [ctx.t('plan.step.me', when)] : ctx.rich<Span & object>('plan.step.other', { ...when, who });
  const state = step.agreed && step.agreed !== 'me' ? [` (${ctx.t(`plan.agreed.${step.agreed}`)})`] : [];
  return { head: [...head, ...state], words: step.words };
}

/** All steps as their writer reads them, numbered. */
export const stepBlocks = (ctx: AppCtx, steps: Parameters<typeof stepText>[1][]): Block<Tap>[] =>
  steps.flatMap((step, i): Block<Tap>[] => {
    const { head, words } = stepText(ctx, step);
    return [
      { kind: 'text', text: [{ bold: `${i + 1}. ` }, ...(typeof head === 'string' ? [head] : head)] },
      { kind: 'list', items: [words] },
    ];
  });
