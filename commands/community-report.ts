import type { Block, Reply, Tap, Text } from '../src/chat/index.js';
import { FEW, type Period, reportOn } from '../src/core/communities/report.js';
import { forgottenBlocks } from './community-retention.js';
import { servicesBlocks } from './community-services.js';
import { counted } from './counted.js';
import { type AppCtx, defineCommand } from './define.js';
import { said } from './said.js';
import { moment } from './schedule-words.js';

/** Days of the periods that are told of. */
const PERIODS = [7, 30] as const;

function period(ctx: AppCtx, { days, sent, unsent, givenUp, checkIns }: Period): Block<Tap>[] {
  const facts: { label: string; value: Text }[] = [
    { label: ctx.t('community.report.checkIns'), value: counted(ctx, checkIns) },
    { label: ctx.t('community.report.sent'), value: counted(ctx, sent) },
    ...unsent.map(({ why, count }) => ({ label: ctx.t(`community.report.unsent.${why}`), value: counted(ctx, count) })),
    { label: ctx.t('community.report.givenUp'), value: counted(ctx, givenUp, true) },
  ];
  return [
    { kind: 'heading', text: ctx.t('community.report.days', { days }) },
    { kind: 'facts', facts },
  ];
}

export const communityReport = defineCommand({
  path: ['community', 'report'],
  role: 'coordinator',
  reply: 'private',
  params: {},
  async run(_, ctx): Promise<Reply> {
    const { members, periods, queued, oldest, parked } = await reportOn(ctx.scope, PERIODS);
    const text = ctx.t('community.report.intro');
    const now: { label: string; value: Text }[] = [
      { label: ctx.t('community.report.members'), value: counted(ctx, members) },
      { label: ctx.t('community.report.queued'), value: counted(ctx, queued) },
      ...(oldest ? [{ label: ctx.t('community.report.oldest'), value: [moment(ctx, oldest, ctx.scope.community.zone)] }] : []),
      { label: ctx.t('community.report.parked'), value: counted(ctx, parked, true) },
    ];
    return said(text, [
      { kind: 'facts', facts: now },
      ...periods.flatMap((one) => period(ctx, one)),
      ...(await servicesBlocks(ctx)),
      ...(await forgottenBlocks(ctx)),
      { kind: 'note', text: ctx.t('community.report.note', { few: FEW }) },
    ]);
  },
});
