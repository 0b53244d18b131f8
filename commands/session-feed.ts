import { type Block, param, type Reply, type Span, type Tap } from '../src/chat/index.js';
import { calendarLink, makeLink, stopAllLinks, stopLink } from '../src/core/feeds/link.js';
import { setPublicList, setSharesLink } from '../src/core/feeds/public-list.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped, tappedByRole } from './define.js';
import { said } from './said.js';
import { looksAfterSessions, publicBlocks } from './session-public.js';

type Button = { label: string; act: Tap; style?: 'primary' | 'danger' };
const button = (label: string, sub: string, input?: Tap['input']): Button => ({
  label,
  act: { path: ['session', sub], does: 'edit', ...(input && { input }) },
});

/** What the member's link is now, and what can be done about it. Without an address of ours, what the operator must do. */
async function linkBlocks(ctx: AppCtx): Promise<Block<Tap>[]> {
  const { t, scope } = ctx;
  const download: Button = { label: t('feed.download'), act: { path: ['session', 'calendar-all'] } };
  if (scope.site?.url === undefined)
    return [
      { kind: 'text', text: t('feed.noSite') },
      { kind: 'buttons', buttons: [download] },
    ];
  const link = await calendarLink(scope);
  if (!link)
    return [
      { kind: 'text', text: t('feed.what') },
      { kind: 'note', text: t('feed.isSecret') },
      {
        kind: 'buttons',
        buttons: [
          { ...button(t('feed.make'), 'feed-make'), style: 'primary' },
          button(t('feed.makeFull'), 'feed-make', { titles: 'full' }),
          download,
        ],
      },
    ];
  const since = { time: link.since, style: 'datetime' as const, zone: scope.member.zone };
  const name = t('feed.discreet');
  return [
    { kind: 'text', text: ctx.rich<Span & object>('feed.has', { since }) },
    { kind: 'note', text: t(link.isDiscreet ? 'feed.isDiscreet' : 'feed.isFull', { name }) },
    {
      kind: 'buttons',
      buttons: [
        button(t('feed.renew'), 'feed-make', link.isDiscreet ? undefined : { titles: 'full' }),
        link.isDiscreet
          ? button(t('feed.renewFull'), 'feed-make', { titles: 'full' })
          : button(t('feed.renewDiscreet'), 'feed-make'),
        { ...button(t('feed.stop'), 'feed-stop'), style: 'danger' },
        download,
      ],
    },
  ];
}

/** @param said what has just been done */
async function overview(ctx: AppCtx, said?: string): Promise<Reply> {
  const { t } = ctx;
  const title = t('feed.title');
  return {
    summary: said ?? title,
    blocks: [
      { kind: 'heading', text: title },
      ...(said === undefined ? [] : [{ kind: 'text' as const, text: [{ bold: said }] }]),
      ...(await linkBlocks(ctx)),
      ...(looksAfterSessions(ctx) ? await publicBlocks(ctx) : []),
    ],
  };
}

export const sessionFeed = defineCommand({
  path: ['session', 'feed'],
  role: 'anyone',
  asksRoles: true,
  reply: 'private',
  params: {},
  run: (_args, ctx) => overview(ctx),
});

const feedMake = defineCommand({
  path: ['session', 'feed-make'],
  ...tapped,
  params: { titles: param.ref({}) },
  async run({ titles }, ctx): Promise<Reply> {
    const { t, scope } = ctx;
    const { url } = scope.site ?? {};
    if (url === undefined) return overview(ctx);
    const isDiscreet = titles !== 'full';
    const address = `${url}/feeds/${await makeLink(scope, isDiscreet)}.ics`;
    return said(t('feed.made'), [
      { kind: 'text', text: [{ link: address }] },
      { kind: 'note', text: t(isDiscreet ? 'feed.isDiscreet' : 'feed.isFull', { name: t('feed.discreet') }) },
      { kind: 'note', text: t('feed.onlyNow') },
      { kind: 'buttons', buttons: [{ ...button(t('feed.stop'), 'feed-stop'), style: 'danger' }] },
    ]);
  },
});

const feedStop = defineUnheldCommand({
  path: ['session', 'feed-stop'],
  ...tappedByRole,
  params: {},
  run: async (_args, ctx) => overview(ctx, ctx.t((await stopLink(ctx.scope)) ? 'feed.stopped' : 'feed.stoppedBefore')),
});

const feedStopAll = defineUnheldCommand({
  path: ['session', 'feed-stop-all'],
  role: 'coordinator',
  reply: 'private',
  hidden: true,
  params: {},
  async run(_args, ctx) {
    await stopAllLinks(ctx.scope);
    return overview(ctx, ctx.t('feed.stoppedAll'));
  },
});

const feedPublish = defineCommand({
  path: ['session', 'feed-publish'],
  role: 'facilitator',
  reply: 'private',
  hidden: true,
  params: { on: param.ref({}) },
  async run({ on }, ctx) {
    await setPublicList(ctx.scope, on === 'yes');
    return overview(ctx, ctx.t(on === 'yes' ? 'feed.published' : 'feed.unpublished'));
  },
});

const feedShare = defineCommand({
  path: ['session', 'feed-share'],
  role: 'facilitator',
  reply: 'private',
  hidden: true,
  params: { pick: param.ref({ required: true }) },
  async run({ pick }, ctx) {
    const [id = '', on] = pick.split(' ');
    await setSharesLink(ctx.scope, id, on === 'yes');
    return overview(ctx, ctx.t(on === 'yes' ? 'feed.linkPublic' : 'feed.linkHidden'));
  },
});

/** Reached by tapping only. */
export const feedTaps = [feedMake, feedStop, feedStopAll, feedPublish, feedShare];
