import { relayButtons } from '../src/cards/relay.js';
import { askButton, whoIsThere } from '../src/cards/someone-now.js';
import { wishesCard } from '../src/cards/wishes.js';
import { type Block, type Button, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { accountOf } from '../src/core/members/behind.js';
import { isOver } from '../src/core/pairing/broker.js';
import { otherOf, sideOf } from '../src/core/pairing/introduce.js';
import { type MyRequest, myPairings, myRequest } from '../src/core/pairing/mine.js';
import { agreedPace } from '../src/core/pairing/pace.js';
import { canTalk, talkAgain } from '../src/core/pairing/talk.js';
import { stillWanted, withdrawRequest } from '../src/core/pairing/withdraw.js';
import { availability } from '../src/core/support/oncall/availability.js';
import type { Pairing } from '../src/db/generated/client.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { saidWith } from './said.js';
import { moment } from './schedule-words.js';

const tap = (path: Tap['path'], input?: object): Tap => ({ path, ...(input && { input: { ...input } }) });

/** Who the other one is: their account where the two are on one platform, and words where they are not. */
export async function otherName(ctx: AppCtx, pairing: Pairing): Promise<string | (Span & object)> {
  const side = sideOf(pairing, ctx.scope.member.id);
  const account =
    pairing.state === 'active' ? await accountOf(ctx.scope.db, otherOf(pairing, ctx.scope.member.id), ctx.platform) : undefined;
  return account === undefined ? ctx.t(`sponsor.other.${side}`) : { mention: account };
}

/** Writing to each other through the bot, or opening that again where one of the two closed it. */
async function talkButtons(ctx: AppCtx, { id, relayId }: Pairing): Promise<Block<Tap>> {
  if (relayId !== null && (await canTalk(ctx.scope, relayId))) return relayButtons(ctx, relayId);
  const act: Tap = { path: ['sponsor', 'talk'], input: { pairing: id }, does: 'edit' };
  return { kind: 'buttons', buttons: [{ label: ctx.t('sponsor.status.reopen'), act }] };
}

async function pairingBlocks(ctx: AppCtx, pairing: Pairing): Promise<Block<Tap>[]> {
  const input = { pairing: pairing.id };
  const side = sideOf(pairing, ctx.scope.member.id);
  if (pairing.state === 'introducing') {
    const text = ctx.rich<Span & object>('sponsor.status.introducing', { until: moment(ctx, pairing.introBy) });
    const look: Button<Tap> = { label: ctx.t('sponsor.meet.look'), style: 'primary', act: tap(['sponsor', 'meet'], input) };
    return [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [look] },
    ];
  }
  const who = await otherName(ctx, pairing);
  const pace = agreedPace(pairing);
  return [
    { kind: 'text', text: ctx.rich<Span & object>(`sponsor.status.active.${side}`, { who }) },
    ...(pace
      ? [
          {
            kind: 'note' as const,
            text: ctx.t('sponsor.status.pace', { pace: ctx.t(`pairing.paces.${pace}`) }),
          },
        ]
      : []),
    await talkButtons(ctx, pairing),
    {
      kind: 'buttons',
      buttons: [
        side === 'mentee'
          ? { label: ctx.t('share.mine'), act: tap(['sponsor', 'shares']) }
          : { label: ctx.t('share.mentees.title'), act: tap(['mentor', 'mentees']) },
        { label: ctx.t('rhythm.button'), act: tap(['sponsor', 'pace'], input) },
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        { label: ctx.t('sponsor.end.button'), act: tap(['sponsor', 'end'], input) },
        { label: ctx.t('sponsor.report.button'), act: { ...tap(['sponsor', 'tell'], input), does: 'form' } },
      ],
    },
  ];
}

const withdraw = (ctx: AppCtx): Button<Tap> => ({ label: ctx.t('sponsor.withdraw.button'), act: tap(['sponsor', 'withdraw']) });
const again = (ctx: AppCtx): Button<Tap> => ({
  label: ctx.t('sponsor.again'),
  act: { path: ['sponsor', 'request'], does: 'form' },
});

async function requestBlocks(ctx: AppCtx, request: MyRequest): Promise<Block<Tap>[]> {
  const { state, tellBy, wishes } = request;
  const text = ctx.rich<Span & object>(`sponsor.state.${state}`, { by: moment(ctx, tellBy) });
  if (isOver(state))
    return state === 'paired'
      ? []
      : [
          { kind: 'text', text },
          { kind: 'buttons', buttons: [again(ctx)] },
        ];
  if (state === 'introduced') return [];
  const still: Button<Tap>[] =
    state === 'choosing'
      ? [{ label: ctx.t('sponsor.still'), style: 'primary', act: { path: ['sponsor', 'still'], does: 'edit' } }]
      : [];
  return [
    { kind: 'text', text },
    { kind: 'text', text: ctx.t('sponsor.meanwhile') },
    whoIsThere({ ...ctx, zone: ctx.scope.member.zone }, await availability(ctx.scope)),
    { kind: 'buttons', buttons: [...still, askButton(ctx), withdraw(ctx)] },
    { kind: 'text', text: ctx.t('sponsor.youSaid') },
    ...wishesCard(ctx, wishes),
  ];
}

/** Where the reader's request stands, when the next thing happens, and whom they are paired with. */
export async function statusReply(ctx: AppCtx, first?: string): Promise<Reply> {
  const [request, pairings] = [await myRequest(ctx.scope), await myPairings(ctx.scope)];
  const blocks = (await Promise.all(pairings.map((pairing) => pairingBlocks(ctx, pairing)))).flat();
  const own = request ? await requestBlocks(ctx, request) : [];
  const nothing: Block<Tap>[] = [
    { kind: 'text', text: ctx.t('sponsor.nothing') },
    { kind: 'buttons', buttons: [{ ...again(ctx), label: ctx.t('sponsor.begin'), style: 'primary' }, askButton(ctx)] },
  ];
  const title = ctx.t('sponsor.title');
  return {
    summary: title,
    blocks: [
      { kind: 'heading', text: title },
      ...(first === undefined ? [] : [{ kind: 'text' as const, text: first }]),
      ...(own.length + blocks.length > 0 ? [...own, ...blocks] : nothing),
      { kind: 'note', text: ctx.t('sponsor.whoSees') },
    ],
  };
}

export const sponsorStatus = defineCommand({
  path: ['sponsor', 'status'],
  role: 'anyone',
  reply: 'private',
  params: {},
  run: (_args, ctx) => statusReply(ctx),
});

export const sponsorWithdraw = defineUnheldCommand({
  path: ['sponsor', 'withdraw'],
  role: 'anyone',
  reply: 'private',
  params: { sure: param.ref({}) },
  async run({ sure }, ctx) {
    const request = await myRequest(ctx.scope);
    if (!request || isOver(request.state)) throw new UserError('sponsor.errors.none');
    if (sure === undefined)
      return saidWith(ctx.t('sponsor.withdraw.sure'), [
        {
          label: ctx.t('sponsor.withdraw.yes'),
          style: 'danger',
          act: { path: ['sponsor', 'withdraw'], input: { sure: 'yes' }, does: 'edit' },
        },
        { label: ctx.t('sponsor.withdraw.no'), act: { path: ['sponsor', 'status'], does: 'edit' } },
      ]);
    await withdrawRequest(ctx.scope);
    return saidWith(ctx.t('sponsor.withdraw.done'), [again(ctx)]);
  },
});

const sponsorStill = defineCommand({
  path: ['sponsor', 'still'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    await stillWanted(ctx.scope);
    return statusReply(ctx);
  },
});

const sponsorTalk = defineCommand({
  path: ['sponsor', 'talk'],
  ...tapped,
  params: { pairing: param.ref({ required: true }) },
  async run({ pairing }, ctx) {
    await talkAgain(ctx.scope, pairing);
    return statusReply(ctx);
  },
});

export const sponsorStatusTaps = [sponsorStill, sponsorTalk];
