import { randomUUID } from 'node:crypto';
import { type Block, param, type Tap, type Text, UserError } from '../src/chat/index.js';
import { labelsOf } from '../src/core/communities/labels.js';
import { mayBeCalled } from '../src/core/milestones/called.js';
import { type Milestone, milestonesOf } from '../src/core/milestones/mine.js';
import { shareMilestone, takeBack } from '../src/core/milestones/share.js';
import { wordsFor } from '../src/words/index.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { amount, daysText, showButton, which } from './milestone-reply.js';
import { saidWith } from './said.js';

const LONGEST = 500;
const NAME = 60;

/** The channel in which it was asked for: the only place where it is ever posted. @throws UserError */
function channelOf(ctx: AppCtx): string {
  if (!ctx.channel || ctx.channel.direct || !ctx.scope.space) throw new UserError('milestone.share.inChannel');
  return ctx.channel.id;
}

/** Words for who wrote none: how long, in the language of the channel, and nothing of what it is about. */
async function usualWords(ctx: AppCtx, { kind, fresh, current, total }: Milestone): Promise<string> {
  const words = wordsFor(ctx.scope.community.language);
  const mark = fresh.at(-1);
  const how = mark ? amount(words, mark) : daysText(words, current?.days ?? total.reached);
  const { time } = await labelsOf(ctx.scope);
  return kind === 'recovery'
    ? words.t('milestone.share.ofTime', { amount: how, time: words.t(`community.timeWords.${time}`) })
    : words.t('milestone.share.plain', { amount: how });
}

export const milestoneShare = defineCommand({
  path: ['milestone', 'share'],
  role: 'anyone',
  reply: 'private',
  form: 'when-empty',
  params: {
    words: param.long({ shown: 'others', max: LONGEST }),
    name: param.choice(['mention', 'none'], {}),
    called: param.text({ shown: 'others', max: NAME }),
    id: param.ref({}),
  },
  async run({ words, name, called, id }, ctx) {
    const channel = channelOf(ctx);
    const mine = (await milestonesOf(ctx.scope)).filter((one) => id === undefined || one.id === id);
    const [only, ...others] = mine;
    if (!only)
      throw new UserError(
        'milestone.share.nothing',
        {},
        { label: 'milestone.add', tap: { path: ['milestone', 'set'], does: 'form' } },
      );
    if (others.length > 0) return which(ctx, mine, { path: ['milestone', 'share'], input: { words, name, called } });
    if (called !== undefined) await mayBeCalled(ctx.scope, called);
    const said = words ?? (await usualWords(ctx, only));
    const shown = called === undefined ? (name === 'mention' ? 'mention' : 'none') : 'called';
    const who: Text =
      shown === 'mention' ? [{ mention: ctx.user.id }, ': ', said] : shown === 'called' ? `${called}: ${said}` : said;
    const preview: Block<Tap>[] = [{ kind: 'divider' }, { kind: 'text', text: who }, { kind: 'divider' }];
    return {
      summary: ctx.t('milestone.share.preview'),
      blocks: [
        { kind: 'text', text: ctx.t('milestone.share.preview') },
        ...preview,
        { kind: 'note', text: ctx.t(`milestone.share.named.${shown}`) },
        { kind: 'note', text: ctx.t('milestone.share.whoSees') },
        {
          kind: 'buttons',
          buttons: [
            {
              label: ctx.t('milestone.share.post'),
              style: 'primary',
              act: {
                path: ['milestone', 'post'],
                does: 'edit',
                input: {
                  id: only.id,
                  consent: randomUUID(),
                  words: said,
                  channel,
                  shown,
                  ...(called !== undefined && { called }),
                },
              },
            },
            {
              label: ctx.t('milestone.share.changeWords'),
              act: { path: ['milestone', 'share'], does: 'form', input: { id: only.id, words: said, name, called } },
            },
            { label: ctx.t('milestone.share.dont'), act: { path: ['milestone', 'keep'], does: 'edit' } },
          ],
        },
      ],
    };
  },
});

/** The final tap. It takes the place of the preview, so that nobody taps it twice by mistake. */
export const milestonePost = defineCommand({
  path: ['milestone', 'post'],
  counts: 'post',
  ...tapped,
  params: {
    id: param.ref({ required: true }),
    consent: param.ref({ required: true }),
    words: param.ref({ required: true, max: LONGEST }),
    channel: param.ref({ required: true }),
    shown: param.ref({}),
    called: param.ref({ max: NAME }),
  },
  async run({ id, consent, words, channel, shown, called }, ctx) {
    const who = {
      ...(shown === 'mention' && { mention: ctx.user.id }),
      ...(shown === 'called' && called !== undefined && { called }),
    };
    await shareMilestone(ctx.scope, id, { consent, channel, words, ...who });
    return saidWith(ctx.t('milestone.share.posted'), [
      {
        label: ctx.t('milestone.share.takeBack'),
        act: { path: ['milestone', 'unshare'], input: { id, consent }, does: 'edit' },
      },
      showButton(ctx),
    ]);
  },
});

export const milestoneUnshare = defineUnheldCommand({
  path: ['milestone', 'unshare'],
  ...tapped,
  params: { id: param.ref({ required: true }), consent: param.ref({ required: true }) },
  async run({ id, consent }, ctx) {
    await takeBack(ctx.scope, id, consent);
    return saidWith(ctx.t('milestone.share.tookBack'), [showButton(ctx)]);
  },
});
