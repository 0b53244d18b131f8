import type { Span } from '../src/chat/index.js';
import { checkInHistory } from '../src/core/checkins/history.js';
import { defineOfflineCommand, defineTheirsCommand, tapped } from './define.js';

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
    return {
      summary: ctx.t('home.title'),
      blocks: [
        { kind: 'heading', text: ctx.t('home.title') },
        { kind: 'text', text: lastText },
        {
          kind: 'buttons',
          buttons: [
            { label: ctx.t('checkin.checkInNow'), style: 'primary', act: { path: ['checkin', 'now'], does: 'form' } },
            { label: ctx.t('checkin.seeHistory'), act: { path: ['checkin', 'history'] } },
            { label: ctx.t('milestone.mine'), act: { path: ['milestone', 'show'] } },
            { label: ctx.t('privacy.title'), act: { path: ['privacy', 'show'] } },
            { label: ctx.t('home.all'), act: { path: ['help'] } },
          ],
        },
        { kind: 'note', text: ctx.rich<Span & object>('checkin.support', { crisis: { command: ['crisis'] } }) },
      ],
    };
  },
});

/** The same page for somebody who was erased: what it has is everybody's, and looking at it makes nobody known again. */
export const homeGone = defineOfflineCommand({
  path: ['home', 'gone'],
  ...tapped,
  neverHeldBack: true,
  params: {},
  async run(_args, ctx) {
    return {
      summary: ctx.t('home.title'),
      blocks: [
        { kind: 'heading', text: ctx.t('home.title') },
        { kind: 'text', text: ctx.t('home.gone') },
        {
          kind: 'buttons',
          buttons: [
            { label: ctx.t('checkin.checkInNow'), style: 'primary', act: { path: ['checkin', 'now'], does: 'form' } },
            { label: ctx.t('home.all'), act: { path: ['help'] } },
          ],
        },
        { kind: 'note', text: ctx.rich<Span & object>('checkin.support', { crisis: { command: ['crisis'] } }) },
      ],
    };
  },
});
