import { type AnyCommand, type Block, type Button, param, pathName, type Reply, type Tap, type Text } from '../src/chat/index.js';
import { type AgreedThread, agreedThread, agreeToThread, leaveThread } from '../src/core/members/thread.js';
import { type WhyUnreached, whyUnreached } from '../src/core/members/unreached.js';
import type { Key } from '../src/words/index.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { saidWith } from './said.js';

/** Leads to the screen on which a member says what shall happen when they take no direct messages. */
export const reachButton = (ctx: AppCtx, label: Key): Button<Tap> => ({
  label: ctx.t(label),
  act: { path: ['checkin', 'reach'] },
});

/** Platforms differ in what can be done about it. */
function whyText(ctx: AppCtx, why: WhyUnreached): string {
  if (why === 'closed' && !ctx.can.privateThreads) return ctx.t('unreached.why.closedForGood');
  return ctx.t(`unreached.why.${why}`);
}

/** That something did not reach the member, and the way to change that. */
export const unreachedBlocks = (ctx: AppCtx, why: WhyUnreached): Block<Tap>[] => [
  { kind: 'text', text: whyText(ctx, why) },
  ...(ctx.can.privateThreads ? [{ kind: 'buttons' as const, buttons: [reachButton(ctx, 'unreached.change')] }] : []),
];

const tap = (sub: string, input: object = {}): Tap => ({ path: ['checkin', sub], input: { ...input }, does: 'edit' });

/** What can be agreed to from where the member is now. */
function offer(ctx: AppCtx, agreed: AgreedThread | undefined, why: WhyUnreached | undefined): Block<Tap>[] {
  const threads = ctx.channel?.threads;
  if (!threads)
    return [{ kind: 'text', text: ctx.rich('unreached.notHereYet', { list: { command: ['checkin', 'list'] as const } }) }];
  if (!threads.allowed) return [{ kind: 'text', text: ctx.t('unreached.noPermission') }];
  const isHere = agreed?.channel === threads.channel;
  if (isHere && why !== 'thread-left') return [];
  const label: Key = isHere ? 'unreached.addAgain' : agreed ? 'unreached.moveHere' : 'unreached.agree';
  const act = tap('reach-agree', { channel: threads.channel });
  return [{ kind: 'buttons', buttons: [{ label: ctx.t(label), ...(!agreed && { style: 'primary' as const }), act }] }];
}

/** Who can see what, exactly, and what can be chosen. */
async function screen(ctx: AppCtx, done?: Text): Promise<Reply> {
  const [agreed, why] = await Promise.all([agreedThread(ctx.scope), whyUnreached(ctx.scope)]);
  const stop: Block<Tap> = { kind: 'buttons', buttons: [{ label: ctx.t('unreached.stop'), act: tap('reach-stop') }] };
  return {
    summary: ctx.t('unreached.label'),
    blocks: [
      { kind: 'heading', text: ctx.t('unreached.label') },
      ...(done === undefined ? [] : [{ kind: 'text' as const, text: done }]),
      ...(why && done === undefined ? [{ kind: 'text' as const, text: whyText(ctx, why) }] : []),
      { kind: 'text', text: ctx.t(agreed ? 'unreached.isAgreed' : 'unreached.isNot') },
      { kind: 'list', items: [ctx.t('unreached.sees.you'), ctx.t('unreached.sees.moderators'), ctx.t('unreached.sees.nobody')] },
      ...offer(ctx, agreed, why),
      ...(agreed ? [stop] : []),
      { kind: 'buttons', buttons: [{ label: ctx.t('schedule.seeList'), act: tap('list') }] },
    ],
  };
}

const checkInReach = defineCommand({
  path: ['checkin', 'reach'],
  ...tapped,
  params: {},
  run: (_args, ctx) => screen(ctx),
});

const checkInReachAgree = defineCommand({
  path: ['checkin', 'reach-agree'],
  ...tapped,
  params: { channel: param.ref({ required: true }) },
  async run({ channel }, ctx) {
    await agreeToThread(ctx.scope, channel);
    return screen(ctx, ctx.t('unreached.agreed'));
  },
});

const checkInReachStop = defineUnheldCommand({
  path: ['checkin', 'reach-stop'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    await leaveThread(ctx.scope);
    return screen(ctx, ctx.t('unreached.stopped'));
  },
});

/** What a message in a private thread is about, for its reader alone. */
const checkInOpen = defineCommand({
  path: ['checkin', 'open'],
  ...tapped,
  params: { delivery: param.ref({ required: true }) },
  async run({ delivery }, ctx) {
    const reply = await ctx.opens(delivery);
    if (reply) return reply;
    const text = ctx.t('unreached.over');
    const now: Tap = { path: ['checkin', 'now'], does: 'form' };
    return saidWith(text, [
      { label: ctx.t('checkin.checkInNow'), act: now },
      { label: ctx.t('schedule.seeList'), act: { path: ['checkin', 'list'] } },
    ]);
  },
});

export const reachCommands: readonly AnyCommand[] = [checkInReach, checkInReachAgree, checkInReachStop, checkInOpen];

const TELLING: ReadonlySet<string> = new Set([
  'checkin.list',
  'checkin.save',
  ...reachCommands.map(({ path }) => pathName(path)),
]);

/** Says by itself what did not reach the member. */
export const tellsOfReach = (command: AnyCommand): boolean => TELLING.has(pathName(command.path));
