import { type Block, param, type Reply, type Span, type Tap } from '../src/chat/index.js';
import { CODE_MINUTES, makeLinkCode } from '../src/core/communities/link/offer.js';
import { placeFacts } from './community.js';
import { type AppCtx, defineCommand } from './define.js';
import { said } from './said.js';

/** A new code, and what it is for. */
async function offer(ctx: AppCtx): Promise<Reply> {
  const { code, until } = await makeLinkCode(ctx.scope);
  const text = ctx.t('link.code.intro');
  const values = { link: { command: ['community', 'link'] as const } };
  const ends = { minutes: CODE_MINUTES, until: { time: until, style: 'time' as const, zone: ctx.scope.member.zone } };
  return said(text, [
    { kind: 'text', text: [{ bold: code }] },
    { kind: 'text', text: ctx.rich<Span & object>('link.code.how', values) },
    { kind: 'list', items: [ctx.t('link.code.stays'), ctx.t('link.code.both'), ctx.t('link.code.good')] },
    { kind: 'note', text: ctx.rich<Span & object>('link.code.ends', ends) },
  ]);
}

/** What the last tap will do. */
async function preview(ctx: AppCtx, code: string): Promise<Reply> {
  const { staying, platform, people } = await ctx.joins.look(code);
  const text = ctx.t('link.preview.title', { platform });
  const roles = { command: ['community', 'roles'] as const };
  const blocks: Block<Tap>[] = [
    { kind: 'text', text },
    { kind: 'facts', facts: placeFacts(ctx, staying) },
    {
      kind: 'list',
      items: [
        ctx.t('link.preview.settings'),
        ctx.t('link.preview.people', { count: people }),
        ctx.t('link.preview.same'),
        ctx.rich<Span & object>('link.preview.roles', { roles }),
        ctx.t('link.preview.good'),
      ],
    },
    { kind: 'note', text: ctx.t('link.preview.nothing') },
    {
      kind: 'buttons',
      buttons: [
        {
          label: ctx.t('link.preview.join'),
          style: 'danger',
          act: { path: ['community', 'join'], input: { code }, does: 'edit' },
        },
      ],
    },
  ];
  return { summary: text, blocks };
}

/** Makes a Discord server and a Slack workspace one community: a code here, typed over there. */
export const communityLink = defineCommand({
  path: ['community', 'link'],
  role: 'admin',
  reply: 'private',
  params: { code: param.text({ shown: 'asked', max: 40 }) },
  run: ({ code }, ctx) => (code === undefined ? offer(ctx) : preview(ctx, code)),
});

const communityJoin = defineCommand({
  path: ['community', 'join'],
  role: 'admin',
  reply: 'private',
  hidden: true,
  params: { code: param.ref({ required: true, max: 40 }) },
  async run({ code }, ctx) {
    const platform = await ctx.joins.now(code);
    return said(ctx.t('link.done', { platform }), [
      { kind: 'note', text: ctx.rich<Span & object>('link.next', { roles: { command: ['community', 'roles'] } }) },
    ]);
  },
});

export const linkTaps = [communityJoin];
