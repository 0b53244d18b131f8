import { FEW, type Told } from '../src/core/communities/report.js';
import { OVERVIEW_DAYS, overviewOf } from '../src/core/pairing/queue/overview.js';
import { counted } from './counted.js';
import { type AppCtx, defineCommand } from './define.js';

function tell(ctx: AppCtx, count: Told, style: 'number' | 'days' | 'percent' = 'number'): string {
  if (count === 'few') return ctx.t('queue.overview.few', { few: FEW });
  if (style === 'days') return ctx.t('queue.overview.inDays', { count });
  if (style === 'percent') return new Intl.NumberFormat(ctx.language, { style: 'percent' }).format(count / 100);
  return counted(ctx, count);
}

export const pairingOverview = defineCommand({
  path: ['pairing', 'overview'],
  role: 'coordinator',
  reply: 'private',
  params: {},
  async run(_args, ctx) {
    const { waiting, paired, medianDays, acceptance, mentors, paused, over, reconfirm } = await overviewOf(ctx.scope);
    const title = ctx.t('queue.overview.title');
    const days = OVERVIEW_DAYS;
    return {
      summary: title,
      blocks: [
        { kind: 'heading', text: title },
        {
          kind: 'facts',
          facts: [
            { label: ctx.t('queue.overview.waiting'), value: tell(ctx, waiting) },
            { label: ctx.t('queue.overview.paired'), value: tell(ctx, paired) },
            { label: ctx.t('queue.overview.median', { days }), value: tell(ctx, medianDays, 'days') },
            { label: ctx.t('queue.overview.acceptance', { days }), value: tell(ctx, acceptance, 'percent') },
            { label: ctx.t('queue.overview.mentors'), value: tell(ctx, mentors) },
            { label: ctx.t('queue.overview.paused'), value: tell(ctx, paused) },
            { label: ctx.t('queue.overview.over'), value: tell(ctx, over) },
            { label: ctx.t('queue.overview.reconfirm'), value: tell(ctx, reconfirm) },
          ],
        },
        { kind: 'note', text: ctx.t('queue.overview.note', { few: FEW }) },
      ],
    };
  },
});
