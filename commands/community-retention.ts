import { type Block, param, type Reply, type Span, type Tap, worded } from '../src/chat/index.js';
import { RETENTION, RETENTION_NAMES, type RetentionName } from '../src/core/retention/kinds.js';
import { forgottenOf } from '../src/core/retention/report.js';
import { changeRetention, type RetentionDays, retentionDays } from '../src/core/retention/settings.js';
import { counted } from './counted.js';
import { type AppCtx, defineCommand } from './define.js';
import { said } from './said.js';

/** Days of nights that are told of. */
const NIGHTS = 30;

/** For how long everything is kept, with a form to change it. */
export function retentionBlocks(ctx: AppCtx, days: RetentionDays): Block<Tap>[] {
  const facts = RETENTION_NAMES.map((name) => ({
    label: ctx.t(`rules.kept.kinds.${name}`),
    value: ctx.t('rules.days', { count: days[name] }),
  }));
  const act = { path: ['community', 'keep'] as const, input: { ...days }, does: 'form' as const };
  return [
    { kind: 'heading', text: ctx.t('rules.kept.title') },
    { kind: 'text', text: ctx.t('rules.kept.intro') },
    { kind: 'facts', facts },
    { kind: 'buttons', buttons: [{ label: ctx.t('rules.kept.change'), act }] },
  ];
}

/** What went because its time was over; nothing where nothing did. */
export async function forgottenBlocks(ctx: AppCtx): Promise<Block<Tap>[]> {
  const counts = await forgottenOf(ctx.scope, NIGHTS);
  if (counts.size === 0) return [];
  const facts = [...counts].map(([name, count]) => ({ label: ctx.t(`rules.kept.kinds.${name}`), value: counted(ctx, count) }));
  return [
    { kind: 'heading', text: ctx.t('rules.kept.gone', { days: NIGHTS }) },
    { kind: 'facts', facts },
    { kind: 'note', text: ctx.rich<Span & object>('rules.kept.where', { settings: { command: ['community', 'settings'] } }) },
  ];
}

const field = (name: RetentionName) => {
  const { least, most } = RETENTION[name].days;
  return worded(param.int({ min: least, max: most }), { label: `rules.kept.kinds.${name}`, help: 'rules.kept.help' });
};

export const communityKeep = defineCommand({
  path: ['community', 'keep'],
  ...({ role: 'coordinator', reply: 'private', hidden: true } as const),
  title: 'rules.kept.change',
  params: Object.fromEntries(RETENTION_NAMES.map((name) => [name, field(name)])) as Record<
    RetentionName,
    ReturnType<typeof field>
  >,
  async run(days, ctx): Promise<Reply> {
    const chosen = Object.fromEntries(Object.entries(days).filter(([, value]) => value !== undefined));
    await changeRetention(ctx.scope, chosen);
    return said(ctx.t('rules.kept.saved'), retentionBlocks(ctx, await retentionDays(ctx.scope.db)));
  },
});
