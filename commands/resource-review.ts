import { type Block, param, type Reply, type Tap, type Text, UserError, worded } from '../src/chat/index.js';
import type { Meanwhile } from '../src/core/resources/care/act.js';
import { assureResource, thankReporters } from '../src/core/resources/care/assure.js';
import { changesOf } from '../src/core/resources/care/changed.js';
import { fixResource, publishedBy } from '../src/core/resources/care/fix.js';
import type { Fixable } from '../src/core/resources/care/fixes.js';
import { MOST_NOTE, noteResource } from '../src/core/resources/care/note.js';
import { pinResource } from '../src/core/resources/care/pin.js';
import { retireResource, returnResource } from '../src/core/resources/care/retire.js';
import { reportedService, waitingForReview } from '../src/core/resources/care/waiting.js';
import { type AppCtx, defineCommand } from './define.js';
import { deciding } from './pairing-queue.js';
import {
  briefly,
  careReply,
  changedText,
  type From,
  MOST_FIX,
  MOST_LINE,
  reportedBlocks,
  suggestedBlocks,
} from './resource-care-reply.js';

/** What waits at once: each has five buttons. */
const PAGE = 3;
/** What was done, as far back as it is shown. */
const HISTORY = 8;

/** What waits, from the oldest. @param said what just happened */
export async function reviewPage(ctx: AppCtx, from: number, said?: Text): Promise<Reply> {
  const { waiting, total } = await waitingForReview(ctx.scope, from, PAGE);
  const blocks = waiting.flatMap((one): Block<Tap>[] => [
    ...(one.kind === 'service' ? reportedBlocks(ctx, one) : suggestedBlocks(ctx, one)),
    { kind: 'divider' },
  ]);
  const next: Tap = { path: ['resource', 'review-more'], input: { from: String(from + PAGE) }, does: 'edit' };
  return {
    summary: ctx.t('resource.summary'),
    blocks: [
      { kind: 'heading', text: ctx.t('resource.review.title') },
      ...(said === undefined ? [] : [{ kind: 'text' as const, text: said }]),
      { kind: 'text', text: ctx.t('resource.review.count', { count: total }) },
      ...blocks,
      ...(total > from + PAGE ? [{ kind: 'buttons' as const, buttons: [{ label: ctx.t('resource.more'), act: next }] }] : []),
      { kind: 'note', text: ctx.t('resource.review.how') },
    ],
  };
}

async function card(ctx: AppCtx, id: string, said?: Text): Promise<Reply> {
  const { db } = ctx.scope;
  const [found, row, history] = await Promise.all([
    reportedService(ctx.scope, id),
    db.resource.findFirst({ where: { id } }),
    changesOf(db, id, HISTORY),
  ]);
  if (!found || !row) throw new UserError('resource.gone');
  return careReply(ctx, found, publishedBy(row).details, history, said);
}

/** Says that it is done, or what somebody else had done, and shows how it stands now. */
async function after(ctx: AppCtx, { id, from }: { id: string; from: From }, meanwhile: Meanwhile, done: string): Promise<Reply> {
  const said: Text = meanwhile ? await changedText(ctx, meanwhile, 'meanwhile') : done;
  return from === 'list' ? reviewPage(ctx, 0, said) : card(ctx, id, said);
}

const which = { id: param.ref({ required: true }), seen: param.ref({ required: true }), from: param.pressed(['list', 'card']) };
const asSeen = ({ id, seen }: { id: string; seen: string }) => ({ id, seen: Number(seen) || 0 });

export const resourceReview = defineCommand({
  path: ['resource', 'review'],
  role: 'facilitator',
  reply: 'private',
  params: {},
  run: (_args, ctx) => reviewPage(ctx, 0),
});

const more = defineCommand({
  path: ['resource', 'review-more'],
  ...deciding,
  params: { from: param.ref({ required: true }) },
  run: ({ from }, ctx) => reviewPage(ctx, Number(from) || 0),
});

const care = defineCommand({
  path: ['resource', 'care'],
  ...deciding,
  params: { id: param.ref({ required: true }) },
  run: ({ id }, ctx) => card(ctx, id),
});

const field = (name: Fixable) => {
  const one =
    name === 'phone' || name === 'address'
      ? param.text({ shown: 'led', max: MOST_LINE })
      : param.long({ shown: 'led', max: MOST_FIX });
  return worded(one, { label: `resource.fields.${name}`, help: `resource.fix.help.${name}` });
};

const fix = defineCommand({
  path: ['resource', 'fix'],
  ...deciding,
  form: 'always',
  title: 'resource.fix.title',
  params: {
    ...{ phone: field('phone'), schedule: field('schedule'), start: field('start') },
    ...{ cost: field('cost'), address: field('address') },
    ...which,
  },
  async run({ id, seen, from, ...given }, ctx) {
    const meanwhile = await fixResource(ctx.scope, asSeen({ id, seen }), given);
    return after(ctx, { id, from }, meanwhile, ctx.t('resource.review.done.fixed'));
  },
});

type Done = 'right' | 'thanked' | 'retired' | 'returned' | 'pinned' | 'unpinned';

/** What is done by one tap, and what is said then. */
const deed = (path: string, act: (scope: AppCtx['scope'], one: ReturnType<typeof asSeen>) => Promise<Meanwhile>, done: Done) =>
  defineCommand({
    path: ['resource', path],
    ...deciding,
    params: which,
    async run({ from, ...one }, ctx) {
      const meanwhile = await act(ctx.scope, asSeen(one));
      return after(ctx, { id: one.id, from }, meanwhile, ctx.t(`resource.review.done.${done}`));
    },
  });

const right = deed('right', assureResource, 'right');
const thank = deed('thank', thankReporters, 'thanked');
const retireSure = deed('retire-sure', retireResource, 'retired');
const bringBack = deed('return', returnResource, 'returned');
const pin = deed('pin', (scope, one) => pinResource(scope, one, true), 'pinned');
const unpin = deed('unpin', (scope, one) => pinResource(scope, one, false), 'unpinned');

/** Asks once more. */
const retire = defineCommand({
  path: ['resource', 'retire'],
  ...deciding,
  params: which,
  async run({ id, seen, from }, ctx): Promise<Reply> {
    const found = await reportedService(ctx.scope, id);
    if (!found) throw new UserError('resource.gone');
    const sure: Tap = { path: ['resource', 'retire-sure'], input: { id, seen, from }, does: 'edit' };
    const keep: Tap =
      from === 'list'
        ? { path: ['resource', 'review-more'], input: { from: '0' }, does: 'edit' }
        : { path: ['resource', 'care'], input: { id }, does: 'edit' };
    return {
      summary: ctx.t('resource.summary'),
      blocks: [
        { kind: 'text', text: briefly(found.resource) },
        { kind: 'text', text: ctx.t('resource.review.sure') },
        {
          kind: 'buttons',
          buttons: [
            { label: ctx.t('resource.review.retireSure'), style: 'danger', act: sure },
            { label: ctx.t('resource.review.keep'), act: keep },
          ],
        },
      ],
    };
  },
});

const note = defineCommand({
  path: ['resource', 'care-note'],
  ...deciding,
  form: 'always',
  title: 'resource.review.note',
  params: {
    note: worded(param.long({ shown: 'led', max: MOST_NOTE }), {
      label: 'resource.review.noteLabel',
      help: 'resource.review.noteHelp',
    }),
    ...which,
  },
  async run({ note: text, from, ...one }, ctx) {
    const meanwhile = await noteResource(ctx.scope, asSeen(one), text);
    return after(ctx, { id: one.id, from }, meanwhile, ctx.t('resource.review.done.noted'));
  },
});

export const resourceReviewTaps = [more, care, fix, right, thank, retire, retireSure, bringBack, pin, unpin, note];
