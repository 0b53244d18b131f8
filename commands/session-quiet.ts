import { param, type Reply, type Tap, UserError } from '../src/chat/index.js';
import { turnQuiet } from '../src/core/live/mics/turn.js';
import type { FoundSession } from '../src/core/sessions/find.js';
import { mayRun } from '../src/core/sessions/may-run.js';
import { type AppCtx, defineCommand } from './define.js';
import { listButton, picked, saidWithList, sessionParams, withSession } from './session-find.js';

function status(ctx: AppCtx, { session: { id, isQuiet }, details: { title } }: FoundSession): Reply {
  const { t } = ctx;
  const act: Tap = { path: ['session', 'quiet'], input: { id, on: isQuiet ? 'no' : 'yes' }, does: 'edit' };
  const label = t(isQuiet ? 'quiet.turnOff' : 'quiet.turnOn');
  return {
    summary: t('quiet.title'),
    blocks: [
      { kind: 'heading', text: t('quiet.title') },
      { kind: 'text', text: t(isQuiet ? 'quiet.isOn' : 'quiet.isOff', { title }) },
      { kind: 'text', text: t('quiet.what') },
      { kind: 'note', text: t('quiet.kept') },
      { kind: 'buttons', buttons: [{ label, act, ...(!isQuiet && { style: 'primary' as const }) }, listButton(ctx)] },
    ],
  };
}

async function turn(ctx: AppCtx, { session, details: { title } }: FoundSession, on: boolean): Promise<Reply> {
  if (on && ctx.channel?.rooms?.allowed === false) throw new UserError('quiet.noPermission');
  await turnQuiet(ctx.scope, session.id, on);
  return on
    ? saidWithList(ctx, ctx.t('quiet.on', { title }), [{ kind: 'note', text: ctx.t('quiet.kept') }])
    : saidWithList(ctx, ctx.t('quiet.off', { title }));
}

export const sessionQuiet = defineCommand({
  path: ['session', 'quiet'],
  role: 'anyone',
  asksRoles: true,
  reply: 'private',
  params: { ...sessionParams, on: param.bool({}) },
  async run({ on, ...given }, ctx): Promise<Reply> {
    if (ctx.can.rooms === undefined) return saidWithList(ctx, ctx.t('quiet.onlyDiscord'));
    if (!ctx.can.rooms) return saidWithList(ctx, ctx.t('quiet.notAllowedHere'));
    const input = on === undefined ? {} : { on: on ? 'yes' : 'no' };
    return withSession(ctx, picked(given), { path: ['session', 'quiet'], input }, async (found) => {
      if (!mayRun(ctx.scope, found.session)) throw new UserError('session.notYours');
      return on === undefined ? status(ctx, found) : turn(ctx, found, on);
    });
  },
});
