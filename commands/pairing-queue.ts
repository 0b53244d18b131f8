import { wishesCard } from '../src/cards/wishes.js';
import { type Block, type Button, param, type Reply, type Span, type Tap, type Text } from '../src/chat/index.js';
import { accountOf } from '../src/core/members/behind.js';
import { approve } from '../src/core/pairing/queue/approve.js';
import { type Waiting, waitingList } from '../src/core/pairing/queue/waiting.js';
import { type AppCtx, defineCommand } from './define.js';
import { moment } from './schedule-words.js';

/** What only facilitators tap. */
export const deciding = { role: 'facilitator', reply: 'private', hidden: true } as const;
const PAGE = 4;

/** A member, as the platform shows them; who is on another one alone has no name here. */
export async function mentionOf(ctx: AppCtx, memberId: string): Promise<Span> {
  const account = await accountOf(ctx.scope.db, memberId, ctx.platform);
  return account === undefined ? ctx.t('queue.elsewhere') : { mention: account };
}

/** Who asks, since when, how soon, and where it stands. */
export async function askerText(ctx: AppCtx, { memberId, askedAt, urgency, state }: Waiting): Promise<Text> {
  return ctx.rich<Span & object>('queue.who', {
    who: await mentionOf(ctx, memberId),
    since: moment(ctx, askedAt),
    urgency: ctx.t(`pairing.urgencies.${urgency}`),
    state: ctx.t(`queue.states.${state}`),
  });
}

function choices(ctx: AppCtx, { id, state }: Waiting): Button<Tap>[] {
  if (state !== 'approval' && state !== 'waiting') return [];
  const look: Button<Tap> = { label: ctx.t('queue.look'), act: { path: ['pairing', 'fits'], input: { request: id } } };
  const yes: Tap = { path: ['pairing', 'yes'], input: { request: id }, does: 'edit' };
  return state === 'approval' ? [{ label: ctx.t('queue.yes'), style: 'primary', act: yes }, look] : [look];
}

async function oneBlocks(ctx: AppCtx, one: Waiting): Promise<Block<Tap>[]> {
  const buttons = choices(ctx, one);
  return [
    { kind: 'text', text: await askerText(ctx, one) },
    ...wishesCard(ctx, one.wishes),
    ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
  ];
}

/** @param said what just happened */
async function page(ctx: AppCtx, from: number, said?: string): Promise<Reply> {
  const { waiting, total } = await waitingList(ctx.scope, from, PAGE);
  const blocks: Block<Tap>[] = [];
  for (const one of waiting) blocks.push(...(await oneBlocks(ctx, one)));
  const next: Tap = { path: ['pairing', 'more'], input: { from: String(from + PAGE) }, does: 'edit' };
  const all: Tap = { path: ['pairing', 'all'] };
  const buttons: Button<Tap>[] = [
    ...(total > from + PAGE ? [{ label: ctx.t('queue.next'), act: next }] : []),
    ...(total > 0 ? [{ label: ctx.t('queue.all'), act: all }] : []),
  ];
  return {
    summary: ctx.t('queue.title'),
    blocks: [
      { kind: 'heading', text: ctx.t('queue.title') },
      ...(said === undefined ? [] : [{ kind: 'text' as const, text: said }]),
      { kind: 'text', text: ctx.t('queue.count', { count: total }) },
      ...blocks,
      ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
      { kind: 'note', text: ctx.t('queue.note') },
    ],
  };
}

export const pairingQueue = defineCommand({
  path: ['pairing', 'queue'],
  role: 'facilitator',
  reply: 'private',
  params: {},
  run: (_args, ctx) => page(ctx, 0),
});

const more = defineCommand({
  path: ['pairing', 'more'],
  ...deciding,
  params: { from: param.ref({ required: true }) },
  run: ({ from }, ctx) => page(ctx, Number(from) || 0),
});

const yes = defineCommand({
  path: ['pairing', 'yes'],
  ...deciding,
  params: { request: param.ref({ required: true }) },
  async run({ request }, ctx) {
    await approve(ctx.scope, request);
    return page(ctx, 0, ctx.t('queue.approved'));
  },
});

export const queueTaps = [more, yes];
