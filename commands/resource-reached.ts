import { type Block, type Button, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { AGAIN_WEEKS, answer, askAgain, setAsks } from '../src/core/saved/answer.js';
import { REACHED } from '../src/core/saved/kinds.js';
import { oneSaved, type Saved, savedOf, unanswered } from '../src/core/saved/mine.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { wrongButton } from './resource-look-reply.js';
import { saidWith } from './said.js';
import { similarButton } from './saved-buttons.js';
import { allSaved } from './saved-reply.js';
import { moment } from './schedule-words.js';

const nameOf = ({ now, as }: Saved): Span & object => ({ bold: now?.details.name ?? as.name });

/** The next question that waits, if there is one. */
async function question(ctx: AppCtx): Promise<Block<Tap>[]> {
  const [next, ...rest] = unanswered(await savedOf(ctx.scope));
  if (!next) return [];
  const day: Span & object = { time: new Date(next.savedAt), style: 'date', zone: ctx.scope.member.zone };
  const buttons = REACHED.map(
    (say): Button<Tap> => ({
      label: ctx.t(`saved.ask.${say}`),
      act: { path: ['resource', 'answer'], input: { id: next.id, say }, does: 'edit' },
    }),
  );
  const never: Button<Tap> = { label: ctx.t('saved.ask.never'), act: { path: ['resource', 'ask-never'], does: 'edit' } };
  return [
    { kind: 'text', text: ctx.rich<Span & object>('saved.ask.question', { name: nameOf(next), day }) },
    { kind: 'buttons', buttons },
    ...(rest.length > 0 ? [{ kind: 'note' as const, text: ctx.t('saved.ask.rest', { count: rest.length }) }] : []),
    { kind: 'buttons', buttons: [never] },
    { kind: 'note', text: ctx.t('saved.ask.why') },
  ];
}

const resourceReached = defineCommand({
  path: ['resource', 'reached'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    const blocks = await question(ctx);
    if (blocks.length === 0) return saidWith(ctx.t('saved.ask.nothing'), [allSaved(ctx)]);
    return { summary: ctx.t('saved.ask.summary'), blocks };
  },
});

/** What may help after an answer. */
async function afterwards(ctx: AppCtx, saved: Saved): Promise<Button<Tap>[]> {
  const { id, said: how, now } = saved;
  if (how === 'not-for-me') return now ? [await similarButton(ctx, now)] : [];
  if (how === 'no-answer') return now ? [await similarButton(ctx, now), wrongButton(ctx, now.id)] : [];
  if (how !== 'waiting') return [];
  return AGAIN_WEEKS.map((weeks) => ({
    label: ctx.t('saved.again.weeks', { weeks }),
    act: { path: ['resource', 'ask-again'], input: { id, weeks: String(weeks) }, does: 'edit' },
  }));
}

async function goOn(ctx: AppCtx, first: Span[], buttons: readonly Button<Tap>[]): Promise<Reply> {
  const next = await question(ctx);
  return {
    summary: ctx.t('saved.heading'),
    blocks: [
      { kind: 'text', text: first },
      { kind: 'buttons', buttons: [...buttons, allSaved(ctx)] },
      ...(next.length > 0 ? [{ kind: 'divider' as const }, ...next] : []),
    ],
  };
}

const resourceAnswer = defineCommand({
  path: ['resource', 'answer'],
  ...tapped,
  params: { id: param.ref({ required: true }), say: param.pressed(REACHED) },
  async run({ id, say }, ctx) {
    await answer(ctx.scope, id, say);
    // What was said first counts, whichever button was pressed now.
    const saved = await oneSaved(ctx.scope, id);
    const first = ctx.rich<Span & object>(`saved.told.${saved.said ?? say}`, { name: nameOf(saved) });
    return goOn(ctx, first, await afterwards(ctx, saved));
  },
});

const resourceAskAgain = defineCommand({
  path: ['resource', 'ask-again'],
  ...tapped,
  params: { id: param.ref({ required: true }), weeks: param.ref({ required: true }) },
  async run({ id, weeks }, ctx) {
    const wanted = AGAIN_WEEKS.find((one) => String(one) === weeks);
    if (wanted === undefined) throw new UserError('chat.errors.unknownTap');
    const at = await askAgain(ctx.scope, id, wanted);
    return goOn(ctx, ctx.rich<Span & object>('saved.again.done', { when: moment(ctx, at) }), []);
  },
});

const resourceAskNever = defineUnheldCommand({
  path: ['resource', 'ask-never'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    await setAsks(ctx.scope, false);
    return saidWith(ctx.t('saved.ask.isOff'), [allSaved(ctx)]);
  },
});

/** Reached from the question whether somebody reached what they saved. */
export const reachedTaps = [resourceReached, resourceAnswer, resourceAskAgain, resourceAskNever];
