import type { Button, Ctx, Reply, Span, Tap, Text } from '../src/chat/index.js';
import { checkInHistory } from '../src/core/checkins/history.js';
import { defineOfflineCommand, defineTheirsCommand, tapped } from './define.js';

const page = (ctx: Ctx, text: Text, theirs: readonly Button<Tap>[] = []): Reply => ({
  summary: ctx.t('home.title'),
  blocks: [
    { kind: 'heading', text: ctx.t('home.title') },
    { kind: 'text', text },
    {
      kind: 'buttons',
      buttons: [
        { label: ctx.t('checkin.checkInNow'), style: 'primary', act: { path: ['checkin', 'now'], does: 'form' } },
        ...theirs,
        { label: ctx.t('home.all'), act: { path: ['help'] } },
      ],
    },
    { kind: 'note', text: ctx.rich<Span & object>('checkin.support', { crisis: { command: ['crisis'] } }) },
  ],
});

/** The member's own overview: Slack's App Home. Everybody has their own page, so it may name what is theirs. */
export const home = defineTheirsCommand({
  path: ['home'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    const { checkIns } = await checkInHistory(ctx.scope);
    const last = checkIns[0];
    const lastText = last
      ? ctx.rich<Span & object>('home.last', { when: { time: last.at, style: 'relative', zone: ctx.scope.member.zone } })
      : ctx.t('home.never');
    return page(ctx, lastText, [
      { label: ctx.t('checkin.seeHistory'), act: { path: ['checkin', 'history'] } },
      { label: ctx.t('milestone.mine'), act: { path: ['milestone', 'show'] } },
      { label: ctx.t('privacy.title'), act: { path: ['privacy', 'show'] } },
    ]);
  },
});

/** The same page for somebody who was erased: what it has is everybody's, and looking at it makes nobody known again. */
export const homeGone = defineOfflineCommand({
  path: ['home', 'gone'],
  ...tapped,
  neverHeldBack: true,
  params: {},
  run: async (_args, ctx) => page(ctx, ctx.t('home.gone')),
});
