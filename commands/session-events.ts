import { eventQuestion } from '../src/cards/event-ask.js';
import { type Block, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { leaveIt, openQuestion, putBack, takeOver, tryAgain } from '../src/core/sessions/events/answer.js';
import { noticeNow, turnOff, turnOn } from '../src/core/sessions/events/turn.js';
import type { FoundSession } from '../src/core/sessions/find.js';
import { mayRun } from '../src/core/sessions/may-run.js';
import { type AppCtx, defineCommand } from './define.js';
import { moment } from './schedule-words.js';
import { listButton, picked, saidWithList, sessionParams, withSession } from './session-find.js';

/** What is open about the event of a session. Nothing where there is none, or the platform has no calendar. */
export async function eventBlocks(ctx: AppCtx, session: string): Promise<Block<Tap>[]> {
  if (!ctx.can.events) return [];
  const event = await noticeNow(ctx.scope, session);
  const question = event && (await openQuestion(ctx.scope, event));
  return question ? eventQuestion({ ...ctx, zone: ctx.scope.member.zone }, question) : [];
}

async function status(ctx: AppCtx, { session, details: { title } }: FoundSession): Promise<Reply> {
  const { t } = ctx;
  const event = await noticeNow(ctx.scope, session.id);
  const when = event?.startsAt && event.ref !== null ? moment(ctx, event.startsAt) : undefined;
  const isOn = when ? ctx.rich<Span & object>('event.isOn', { title, when }) : t('event.isOnSoon', { title });
  const [label, on] = event ? [t('event.turnOff'), 'no'] : [t('event.turnOn'), 'yes'];
  const act: Tap = { path: ['session', 'events'], input: { id: session.id, on }, does: 'edit' };
  const question = event && (await openQuestion(ctx.scope, event));
  return {
    summary: t('event.title'),
    blocks: [
      { kind: 'heading', text: t('event.title') },
      { kind: 'text', text: event ? isOn : t('event.isOff', { title }) },
      ...(question ? eventQuestion({ ...ctx, zone: ctx.scope.member.zone }, question) : []),
      ...(event ? [] : [{ kind: 'text' as const, text: t('event.what') }]),
      { kind: 'note', text: t('event.seen', { name: t('feed.discreet') }) },
      { kind: 'buttons', buttons: [{ label, act, ...(!event && { style: 'primary' as const }) }, listButton(ctx)] },
    ],
  };
}

async function turn(ctx: AppCtx, { session, details: { title } }: FoundSession, on: boolean): Promise<Reply> {
  const { scope, t } = ctx;
  if (!on) return saidWithList(ctx, t((await turnOff(scope, session.id)) ? 'event.offStays' : 'event.off', { title }));
  if (!scope.space) throw new UserError('event.notHere');
  if (ctx.channel?.events?.allowed === false) throw new UserError('event.noPermission');
  await turnOn(scope, session.id);
  return saidWithList(ctx, t('event.on', { title }), [{ kind: 'note', text: t('event.seen', { name: t('feed.discreet') }) }]);
}

export const sessionEvents = defineCommand({
  path: ['session', 'events'],
  role: 'anyone',
  asksRoles: true,
  reply: 'private',
  params: { ...sessionParams, on: param.bool({}) },
  async run({ on, ...given }, ctx): Promise<Reply> {
    if (!ctx.can.events) return saidWithList(ctx, ctx.t('event.onlyDiscord'));
    const input = on === undefined ? {} : { on: on ? 'yes' : 'no' };
    return withSession(ctx, picked(given), { path: ['session', 'events'], input }, async (found) => {
      if (!mayRun(ctx.scope, found.session)) throw new UserError('session.notYours');
      return on === undefined ? status(ctx, found) : turn(ctx, found, on);
    });
  },
});

const answer = (sub: string, run: (ctx: AppCtx, session: string) => Promise<string>) =>
  defineCommand({
    path: ['session', sub],
    role: 'anyone',
    asksRoles: true,
    reply: 'private',
    hidden: true,
    params: { session: param.ref({ required: true }) },
    run: async ({ session }, ctx) => saidWithList(ctx, await run(ctx, session)),
  });

/** Reached by tapping only. */
export const sessionEventTaps = [
  answer('event-take', async (ctx, session) =>
    ctx.t((await takeOver(ctx.scope, session)) === 'skipped' ? 'event.skipped' : 'event.taken'),
  ),
  answer('event-back', async (ctx, session) => {
    await putBack(ctx.scope, session);
    return ctx.t('event.isBack');
  }),
  answer('event-leave', async (ctx, session) => {
    await leaveIt(ctx.scope, session);
    return ctx.t('event.left');
  }),
  answer('event-again', async (ctx, session) => {
    await tryAgain(ctx.scope, session);
    return ctx.t('event.trying');
  }),
];
