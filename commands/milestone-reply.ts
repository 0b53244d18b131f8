import { type Block, type Reply, type Span, shorten, type Tap, type Text } from '../src/chat/index.js';
import { labelsOf } from '../src/core/communities/labels.js';
import type { Mark } from '../src/core/milestones/marks.js';
import { type Milestone, MOST_MILESTONES, milestonesOf } from '../src/core/milestones/mine.js';
import { viewersOf } from '../src/core/pairing/shares.js';
import { dayText } from './days.js';
import type { AppCtx } from './define.js';
import { said } from './said.js';

type Labels = Awaited<ReturnType<typeof labelsOf>>;

const capital = ([first = '', ...rest]: string, language: string) => first.toLocaleUpperCase(language) + rest.join('');

export const amount = (ctx: Pick<AppCtx, 't'>, { unit, count }: Mark): string => ctx.t(`milestone.amounts.${unit}`, { count });
export const daysText = (ctx: Pick<AppCtx, 't'>, count: number): string => amount(ctx, { unit: 'days', count });

/** What it is called: the member's own name for it, else its kind, in the community's words. */
export function titleOf(ctx: AppCtx, { label, kind }: Pick<Milestone, 'label' | 'kind'>, { time }: Labels): string {
  if (label !== undefined) return label;
  if (kind === 'recovery') return capital(ctx.t(`community.timeWords.${time}`), ctx.language);
  return ctx.t(`milestone.kinds.${kind}`);
}

/** Who sees these: exactly. */
export async function seenNote(ctx: AppCtx, milestones: readonly Milestone[]): Promise<Block<Tap>> {
  const isSeen = await areSeen(ctx, milestones);
  return { kind: 'note', text: ctx.t(isSeen ? 'share.seen.milestone' : 'milestone.whoSees') };
}

/** Whether one of these is shown to somebody now. */
export async function areSeen(ctx: AppCtx, milestones: readonly Milestone[]): Promise<boolean> {
  const viewers = await viewersOf(ctx.scope, 'milestones');
  return milestones.some(({ shownTo }) => shownTo.some((id) => viewers.has(id)));
}

export const personNote = (ctx: AppCtx): Block<Tap> => ({
  kind: 'note',
  text: ctx.rich<Span & object>('milestone.person', { crisis: { command: ['crisis'] } }),
});

export const showButton = (ctx: AppCtx) => ({ label: ctx.t('milestone.mine'), act: { path: ['milestone', 'show'] as const } });

/** How it stands, as its owner and whoever it is shown to read it. */
export function milestoneFacts(ctx: AppCtx, { kind, current, total, periods }: Milestone): { label: string; value: Text }[] {
  const isTally = periods === 0;
  const next = current?.next;
  return [
    ...(current
      ? [
          {
            label: ctx.t('milestone.now'),
            value: ctx.t('milestone.since', { amount: daysText(ctx, current.days), day: dayText(ctx, current.from) }),
          },
        ]
      : []),
    ...(isTally || !current || periods > 1
      ? [{ label: ctx.t('milestone.altogether'), value: daysText(ctx, total.reached) }]
      : []),
    ...(next
      ? [
          {
            label: ctx.t('milestone.next'),
            value: ctx.t('milestone.nextOn', { amount: amount(ctx, next.mark), day: dayText(ctx, next.on) }),
          },
        ]
      : []),
    ...(isTally && kind !== 'recovery' && total.next !== undefined
      ? [{ label: ctx.t('milestone.next'), value: daysText(ctx, total.next) }]
      : []),
  ];
}

/** As the form of `/milestone set` offers them. */
const KIND_WORDS: Readonly<Record<Milestone['kind'], string | undefined>> = {
  recovery: 'recovery',
  sinceEvent: 'since',
  inProgramme: 'programme',
  planKept: 'plan',
  goalReached: 'goal',
  checkedIn: undefined,
};

/** Kinds that can go back to the start. Time in a programme cannot. */
export const canReturn = ({ kind, current }: Milestone): boolean =>
  current !== undefined && (kind === 'recovery' || kind === 'sinceEvent');

function buttons(ctx: AppCtx, milestone: Milestone): Block<Tap> {
  const { id, kind, marks, label, current, periods, isTodayCounted } = milestone;
  const known = { id, kind: KIND_WORDS[kind], marks, ...(label !== undefined && { label }) };
  const isTally = periods === 0;
  return {
    kind: 'buttons',
    buttons: [
      ...(isTally && !isTodayCounted
        ? [
            {
              label: ctx.t('milestone.countToday'),
              style: 'primary' as const,
              act: { path: ['milestone', 'count'] as const, input: { id } },
            },
          ]
        : []),
      { label: ctx.t('milestone.share.button'), act: { path: ['milestone', 'share'], input: { id }, does: 'form' } },
      ...(canReturn(milestone)
        ? [
            {
              label: ctx.t(kind === 'recovery' ? 'milestone.return.button' : 'milestone.return.again'),
              act: { path: ['milestone', 'return'] as const, input: { id } },
            },
          ]
        : []),
      {
        label: ctx.t(isTally || current ? 'milestone.change' : 'milestone.beginAgain'),
        act: { path: ['milestone', 'set'], input: known, does: 'form' },
      },
      { label: ctx.t('milestone.remove.button'), act: { path: ['milestone', 'remove'], input: { id } } },
    ],
  };
}

function reached(ctx: AppCtx, { fresh }: Milestone): Block<Tap>[] {
  return fresh.map((mark) => ({
    kind: 'text',
    text: ctx.rich<Span & object>('milestone.reached', { amount: { bold: amount(ctx, mark) }, day: dayText(ctx, mark.on) }),
  }));
}

function card(ctx: AppCtx, milestone: Milestone, labels: Labels): Block<Tap>[] {
  const { current, periods } = milestone;
  return [
    { kind: 'heading', text: titleOf(ctx, milestone, labels) },
    ...reached(ctx, milestone),
    ...(periods > 0 && !current ? [{ kind: 'text' as const, text: ctx.t('milestone.resting') }] : []),
    { kind: 'facts', facts: milestoneFacts(ctx, milestone) },
    buttons(ctx, milestone),
  ];
}

/** All of the member's milestones, and what can be done with them. @param said what is said first */
export async function overview(ctx: AppCtx, said?: string): Promise<Reply> {
  const [milestones, labels] = await Promise.all([milestonesOf(ctx.scope), labelsOf(ctx.scope)]);
  const first = said ?? ctx.t(milestones.length > 0 ? 'milestone.yours' : 'milestone.none');
  const add = { label: ctx.t('milestone.add'), act: { path: ['milestone', 'set'] as const, does: 'form' as const } };
  return {
    summary: first,
    blocks: [
      { kind: 'text', text: first },
      ...milestones.flatMap((milestone) => card(ctx, milestone, labels)),
      ...(milestones.length < MOST_MILESTONES ? [{ kind: 'buttons' as const, buttons: [add] }] : []),
      await seenNote(ctx, milestones),
    ],
  };
}

/** Which of several is meant: a choice that goes on with what was said already. */
export async function which(ctx: AppCtx, milestones: readonly Milestone[], act: Tap): Promise<Reply> {
  const labels = await labelsOf(ctx.scope);
  const options = milestones.map((milestone) => ({ value: milestone.id, label: shorten(titleOf(ctx, milestone, labels), 75) }));
  const text = ctx.t('milestone.which');
  return said(text, [{ kind: 'select', placeholder: text, act, param: 'id', options }]);
}
