import { type Block, param, type Reply, type Span, type Tap } from '../src/chat/index.js';
import { lookAt, type Mentee, menteesOf } from '../src/core/pairing/mentees.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { shownBlocks } from './shared-reply.js';
import { otherName } from './sponsor-status.js';

async function menteeBlocks(ctx: AppCtx, { pairing, shares }: Mentee): Promise<Block<Tap>[]> {
  const who = await otherName(ctx, pairing);
  const what = new Intl.ListFormat(ctx.language).format(shares.map((one) => ctx.t(`share.what.${one}`)));
  const input = { pairing: pairing.id };
  const look = { label: ctx.t('share.look'), style: 'primary' as const, act: { path: ['mentor', 'mentee'] as const, input } };
  return [
    {
      kind: 'text',
      text: ctx.rich<Span & object>(shares.length > 0 ? 'share.mentees.shows' : 'share.mentees.nothing', { who, what }),
    },
    {
      kind: 'buttons',
      buttons: [
        ...(shares.length > 0 ? [look] : []),
        { label: ctx.t('saved.send.one'), act: { path: ['resource', 'send-one'], input } },
        { label: ctx.t('rhythm.button'), act: { path: ['sponsor', 'pace'], input } },
      ],
    },
  ];
}

export const mentorMentees = defineCommand({
  path: ['mentor', 'mentees'],
  role: 'anyone',
  reply: 'private',
  params: {},
  async run(_args, ctx): Promise<Reply> {
    const mentees = await menteesOf(ctx.scope);
    const title = ctx.t('share.mentees.title');
    const each = await Promise.all(mentees.map((mentee) => menteeBlocks(ctx, mentee)));
    return {
      summary: title,
      blocks: [
        { kind: 'heading', text: title },
        ...(mentees.length === 0 ? [{ kind: 'text' as const, text: ctx.t('share.mentees.none') }] : each.flat()),
        { kind: 'note', text: ctx.t('share.mentees.told') },
      ],
    };
  },
});

export const mentorMentee = defineCommand({
  path: ['mentor', 'mentee'],
  ...tapped,
  params: { pairing: param.ref({ required: true }) },
  async run({ pairing: id }, ctx) {
    const { pairing, shown } = await lookAt(ctx.scope, id);
    const who = await otherName(ctx, pairing);
    const isNothing = Object.keys(shown).length === 0;
    return {
      summary: ctx.t('share.mentees.title'),
      blocks: [
        {
          kind: 'text',
          text: ctx.rich<Span & object>(isNothing ? 'share.mentees.nothing' : 'share.mentees.now', { who, what: '' }),
        },
        ...(await shownBlocks(ctx, shown)),
        { kind: 'note', text: ctx.t('share.mentees.keep') },
        { kind: 'buttons', buttons: [{ label: ctx.t('share.mentees.title'), act: { path: ['mentor', 'mentees'] } }] },
      ],
    };
  },
});
