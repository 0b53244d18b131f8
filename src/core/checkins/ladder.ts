import { agreedWith, ME, NO_PLAN, PLAN_LIMITS, type Plan, recipientsOf } from './ladder-plan.js';

/**
 * The missed-check-in plan at work: pure, so that what it promises can be tested over every order of events.
 *
 * A silence begins with a prompt that was delivered and not answered within its window. It ends with anything that the member
 * does: a check-in, a snooze, a pause, a withdrawal. Only time in which the member could have been heard is silence: while
 * the bot was down or the member had paused, windows and waits stand still, and a prompt that was not delivered is no prompt.
 *
 * - A step comes at most once in a silence, when its number of prompts is missed and its wait is over.
 * - A recipient is told only while they accept, and only the words of the step; a step that falls due without that lapses.
 * - No plan, no steps: nobody is told.
 *
 * Instants are epoch milliseconds, so that a state is JSON. Events come in the order of time. Inside, time is counted without
 * downtime: that makes windows and waits stand still by themselves.
 */
export interface Ladder {
  readonly plan: Plan;
  readonly recipients: Readonly<Record<string, RecipientState>>;
  readonly isPaused: boolean;
  /** The prompts of this silence, with the end of their windows in up-time. */
  readonly prompts: readonly { readonly prompt: string; readonly closesAt: number }[];
  /** Positions of the steps that had their turn in this silence. */
  readonly done: readonly number[];
  /** Downtime so far, in milliseconds, and until when it has been counted. */
  readonly downFor: number;
  readonly downUntil: number;
}

/** `withdrawn`: the member took the consent back, and only a new plan can ask anew. */
export type RecipientState = 'asked' | 'accepted' | 'declined' | 'withdrawn';

export type LadderEvent =
  | { readonly kind: 'delivered'; readonly at: number; readonly prompt: string; readonly windowMinutes: number }
  /** The platform said afterwards that it did not arrive. */
  | { readonly kind: 'failed'; readonly at: number; readonly prompt: string }
  /** Any check-in, whether a prompt asked for it or not. */
  | { readonly kind: 'answered' | 'snoozed' | 'paused' | 'resumed'; readonly at: number }
  /** By the member; `who` left out: the whole plan. */
  | { readonly kind: 'withdrawn'; readonly at: number; readonly who?: string }
  | { readonly kind: 'accepted' | 'declined'; readonly at: number; readonly who: string }
  /** Nobody could be heard: the bot or the platform was down. Told before the first tick after it. */
  | { readonly kind: 'down'; readonly from: number; readonly to: number }
  | { readonly kind: 'tick'; readonly at: number };

/** A message to be sent now. Nothing else about the member goes with it. */
export interface Told {
  /** Position in the plan. */
  readonly step: number;
  readonly who: string;
  readonly words: string;
  /** When it fell due. */
  readonly dueAt: number;
}

export interface Climbed {
  readonly ladder: Ladder;
  readonly told: readonly Told[];
}

const MINUTE = 60_000;
const NO_SILENCE = { prompts: [], done: [] } as const;

/**
 * In a silence without end only the first prompts and the newest are kept: the first reach the steps, with some left over for
 * those that turn out not to have arrived; of the newest the window may be open.
 */
const FIRST_PROMPTS = 2 * PLAN_LIMITS.missed;
const NEWEST_PROMPTS = 12;

/** Nobody has accepted yet. */
export const newLadder = (plan: Plan): Ladder => ({
  plan,
  recipients: Object.fromEntries(recipientsOf(plan).map((who) => [who, 'asked' as const])),
  isPaused: false,
  downFor: 0,
  downUntil: Number.MIN_SAFE_INTEGER,
  ...NO_SILENCE,
});

/** The member wrote the plan anew: any silence ends, and who is told the same as before need not be asked again. */
export function changePlan(ladder: Ladder, plan: Plan): Ladder {
  const kept = (who: string): RecipientState => {
    const before = ladder.recipients[who];
    const isSame = agreedWith(ladder.plan, who) === agreedWith(plan, who);
    return before && before !== 'withdrawn' && isSame ? before : 'asked';
  };
  const recipients = Object.fromEntries(recipientsOf(plan).map((who) => [who, kept(who)]));
  return { ...ladder, ...NO_SILENCE, plan, recipients };
}

/** The steps still to come in this silence, first the earliest, with the instants at which they fall due. */
function ahead({ plan, prompts, done, downFor }: Ladder): { step: number; dueAt: number }[] {
  const closings = prompts.map(({ closesAt }) => closesAt).sort((a, b) => a - b);
  const found = plan.steps.flatMap(({ afterMissed, waitMinutes }, step) => {
    const closed = closings[afterMissed - 1];
    if (closed === undefined || done.includes(step)) return [];
    return [{ step, dueAt: closed + waitMinutes * MINUTE + downFor }];
  });
  return found.sort((a, b) => a.dueAt - b.dueAt || a.step - b.step);
}

/** When the next tick has something to do, unless an event comes first. */
export const nextTick = (ladder: Ladder): number | undefined => ahead(ladder)[0]?.dueAt;

const mayBeTold = ({ recipients }: Ladder, who: string): boolean => who === ME || recipients[who] === 'accepted';

function tick(ladder: Ladder, now: number): Climbed {
  const due = ahead(ladder).filter(({ dueAt }) => dueAt <= now);
  const told = due.flatMap(({ step, dueAt }) => {
    const planned = ladder.plan.steps[step];
    return planned && mayBeTold(ladder, planned.who) ? [{ step, who: planned.who, words: planned.words, dueAt }] : [];
  });
  return { ladder: { ...ladder, done: [...ladder.done, ...due.map(({ step }) => step)] }, told };
}

/** Time without downtime. During downtime it stands still. */
const upTime = ({ downFor, downUntil }: Ladder, at: number): number => Math.max(at, downUntil) - downFor;

/** The prompts that can still be answered within their windows. */
export const openPrompts = (ladder: Ladder, now: number): string[] =>
  ladder.prompts.filter(({ closesAt }) => closesAt > upTime(ladder, now)).map(({ prompt }) => prompt);

function deliver(ladder: Ladder, { prompt, at, windowMinutes }: Extract<LadderEvent, { kind: 'delivered' }>): Ladder {
  if (ladder.isPaused) return ladder;
  const prompts = [...ladder.prompts, { prompt, closesAt: upTime(ladder, at) + windowMinutes * MINUTE }];
  if (prompts.length > FIRST_PROMPTS + NEWEST_PROMPTS) prompts.splice(FIRST_PROMPTS, 1);
  return { ...ladder, prompts };
}

function standStill(ladder: Ladder, from: number, to: number): Ladder {
  const lost = to - Math.max(from, ladder.downUntil);
  return lost > 0 ? { ...ladder, downFor: ladder.downFor + lost, downUntil: to } : ladder;
}

/** The recipient's own word. It cannot bring back what the member withdrew, nor add anybody. */
function hear(ladder: Ladder, who: string, state: 'accepted' | 'declined'): Ladder {
  const known = ladder.recipients[who];
  if (known === undefined || known === 'withdrawn') return ladder;
  return { ...ladder, recipients: { ...ladder.recipients, [who]: state } };
}

function withdraw(ladder: Ladder, who: string | undefined): Ladder {
  if (who === undefined) return { ...ladder, ...NO_SILENCE, plan: NO_PLAN, recipients: {} };
  const recipients = who in ladder.recipients ? { ...ladder.recipients, [who]: 'withdrawn' as const } : ladder.recipients;
  return { ...ladder, ...NO_SILENCE, recipients };
}

function change(ladder: Ladder, event: Exclude<LadderEvent, { kind: 'tick' }>): Ladder {
  switch (event.kind) {
    case 'delivered':
      return deliver(ladder, event);
    case 'failed':
      return { ...ladder, prompts: ladder.prompts.filter(({ prompt }) => prompt !== event.prompt) };
    case 'answered':
    case 'snoozed':
      return { ...ladder, ...NO_SILENCE };
    case 'paused':
      return { ...ladder, ...NO_SILENCE, isPaused: true };
    case 'resumed':
      return { ...ladder, isPaused: false };
    case 'withdrawn':
      return withdraw(ladder, event.who);
    case 'accepted':
    case 'declined':
      return hear(ladder, event.who, event.kind);
    case 'down':
      return standStill(ladder, event.from, event.to);
  }
}

/** One event. Only a tick tells anybody anything, so that an answer that came first always wins. */
export function climb(ladder: Ladder, event: LadderEvent): Climbed {
  return event.kind === 'tick' ? tick(ladder, event.at) : { ladder: change(ladder, event), told: [] };
}
