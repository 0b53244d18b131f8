import type { Block, Tap } from '../src/chat/index.js';
import { labelsOf } from '../src/core/communities/labels.js';
import type { Shown } from '../src/core/pairing/mentees.js';
import type { AppCtx } from './define.js';
import { goalBlocks } from './goal-reply.js';
import { milestoneFacts, titleOf } from './milestone-reply.js';
import { savedService } from './saved-reply.js';

/** What a mentee shows, exactly as their mentor sees it: the preview and the look are drawn by this alone. */
export async function shownBlocks(ctx: AppCtx, { milestones, goals, services, mood }: Shown): Promise<Block<Tap>[]> {
  const labels = await labelsOf(ctx.scope);
  const nothing: Block<Tap> = { kind: 'text', text: ctx.t('share.nothing') };
  return [
    ...(milestones ? [{ kind: 'heading' as const, text: ctx.t('share.what.milestones') }] : []),
    ...(milestones?.length === 0 ? [nothing] : []),
    ...(milestones ?? []).flatMap((milestone): Block<Tap>[] => [
      { kind: 'text', text: [{ bold: titleOf(ctx, milestone, labels) }] },
      { kind: 'facts', facts: milestoneFacts(ctx, milestone) },
    ]),
    ...(goals ? [{ kind: 'heading' as const, text: ctx.t('share.what.goals') }] : []),
    ...(goals?.length === 0 ? [nothing] : []),
    ...(goals ?? []).flatMap((goal) => goalBlocks(ctx, goal)),
    ...(services ? [{ kind: 'heading' as const, text: ctx.t('share.what.services') }] : []),
    ...(services?.length === 0 ? [nothing] : []),
    ...(services?.length ? [{ kind: 'list' as const, items: services.map((one) => savedService(ctx, one)) }] : []),
    ...(mood
      ? [
          { kind: 'heading' as const, text: ctx.t('share.what.mood') },
          { kind: 'text' as const, text: ctx.t('share.moodWeeks') },
          { kind: 'list' as const, items: mood.map((band) => ctx.t(`share.bands.${band ?? 'unknown'}`)) },
        ]
      : []),
  ];
}
