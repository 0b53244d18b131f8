import { mentorCard } from '../src/cards/mentor-card.js';
import { sayReasons } from '../src/cards/reasons.js';
import type { Block, Reply, Tap } from '../src/chat/index.js';
import { choicesFor, type MentorChoice } from '../src/core/pairing/choices.js';
import { draftSchema } from '../src/core/pairing/draft.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { draftRef } from './sponsor-params.js';

function choiceBlocks(ctx: AppCtx, { suggestion, view }: MentorChoice, draft: string, at: number): Block<Tap>[] {
  return [
    { kind: 'heading', text: ctx.t('sponsor.pick.number', { number: at + 1 }) },
    { kind: 'text', text: [{ bold: sayReasons(ctx, suggestion) }] },
    ...mentorCard(ctx, view),
    {
      kind: 'buttons',
      buttons: [
        {
          label: ctx.t('sponsor.pick.this'),
          act: { path: ['sponsor', 'ask'], input: { draft, pick: suggestion.mentorId }, does: 'edit' },
        },
      ],
    },
  ];
}

/** Up to five who may be asked, before anybody is. */
export const sponsorPick = defineCommand({
  path: ['sponsor', 'pick'],
  ...tapped,
  params: { draft: draftRef },
  async run({ draft }, ctx): Promise<Reply> {
    const choices = await choicesFor(ctx.scope, draftSchema.parse(JSON.parse(draft)));
    const title = ctx.t('sponsor.pick.title');
    return {
      summary: title,
      blocks: [
        { kind: 'heading', text: title },
        { kind: 'text', text: ctx.t(choices.length > 0 ? 'sponsor.pick.how' : 'sponsor.pick.nobody') },
        ...choices.flatMap((choice, at) => choiceBlocks(ctx, choice, draft, at)),
        {
          kind: 'buttons',
          buttons: [
            { label: ctx.t('sponsor.ask.best'), act: { path: ['sponsor', 'ask'], input: { draft }, does: 'edit' } },
            { label: ctx.t('sponsor.ask.drop'), act: { path: ['sponsor', 'drop'], does: 'edit' } },
          ],
        },
      ],
    };
  },
});
