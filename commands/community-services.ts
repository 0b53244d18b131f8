import type { Block, Tap, Text } from '../src/chat/index.js';
import { CATEGORIES } from '../src/core/resources/concepts.js';
import { COUNTED } from '../src/core/resources/counts/count.js';
import { type Line, type MonthOfServices, servicesLookedFor } from '../src/core/resources/counts/report.js';
import type { Topic } from '../src/core/resources/counts/topics.js';
import type { AppCtx } from './define.js';

/** Kinds of help that are told of at once. */
const MOST = 8;

function topicText(ctx: AppCtx, topic: Topic): string {
  const category = CATEGORIES.find((one) => one === topic);
  if (category !== undefined) return ctx.t(`commands.resource.find.params.category.choices.${category}`);
  return ctx.t(`resource.topics.${topic as Exclude<Topic, (typeof CATEGORIES)[number]>}`);
}

function linesText(ctx: AppCtx, lines: readonly Line[], month: MonthOfServices, hasFew: boolean): string {
  const told = lines.slice(0, MOST).map(({ topic, members }) => {
    const values = { topic: topicText(ctx, topic), members };
    return ctx.t(month.isRunning ? 'resource.counts.atLeast' : 'resource.counts.line', values);
  });
  return [...told, ...(hasFew ? [ctx.t('resource.counts.few')] : [])].join(' · ');
}

function monthBlocks(ctx: AppCtx, month: MonthOfServices): Block<Tap>[] {
  const at = new Date(`${month.month}-15T12:00:00Z`);
  const name = new Intl.DateTimeFormat(ctx.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at);
  const facts = COUNTED.flatMap((what): { label: string; value: Text }[] => {
    const value = linesText(ctx, month.lines[what], month, month.few[what]);
    return value === '' ? [] : [{ label: ctx.t(`resource.counts.what.${what}`), value }];
  });
  return [
    { kind: 'heading', text: ctx.t('resource.counts.heading', { month: name }) },
    { kind: 'facts', facts },
  ];
}

/** What members looked for among the services, month by month; nothing where nobody did, or too few could have. */
export async function servicesBlocks(ctx: AppCtx): Promise<Block<Tap>[]> {
  const months = await servicesLookedFor(ctx.scope);
  if (months.length === 0) return [];
  return [...months.flatMap((month) => monthBlocks(ctx, month)), { kind: 'note', text: ctx.t('resource.counts.note') }];
}
