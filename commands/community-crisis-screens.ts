import type { Block, Input, Reply, Span, Tap, Text } from '../src/chat/index.js';
import { languageName } from '../src/core/meetings/languages.js';
import { countryName } from '../src/core/support/country.js';
import { crisisLines } from '../src/core/support/crisis-table.js';
import { type LineFacts, type LocalLine, type LocalTopic, localShown } from '../src/core/support/local/line.js';
import { localLines } from '../src/core/support/local/load.js';
import { writeSms } from '../src/core/support/local/read.js';
import type { ShownLine } from '../src/core/support/shown.js';
import { isStale } from '../src/core/support/stale.js';
import { topicsOf } from '../src/core/support/topics.js';
import type { Key } from '../src/words/index.js';
import { dayText, lineItem } from './crisis-line.js';
import type { AppCtx } from './define.js';

const said = (ctx: AppCtx, key: Key | undefined): Block<Tap>[] => (key ? [{ kind: 'text', text: ctx.t(key) }] : []);

const topicName = (ctx: AppCtx, topic: LocalTopic) =>
  ctx.t(topic === 'emergency' ? 'crisis.local.emergency' : `crisis.groups.${topic}`);

const tableOf = (id: string | undefined) => crisisLines.find((line) => line.id === id);
const nameOf = ({ facts, shipped = '' }: LocalLine) => facts?.name ?? tableOf(shipped)?.name ?? shipped;

/** What the community did with a line: added, corrected or left out. */
function kindOf(ctx: AppCtx, { facts, shipped }: LocalLine): string {
  if (!facts) return ctx.t('crisis.local.kinds.hidden');
  return ctx.t(shipped === undefined ? 'crisis.local.kinds.added' : 'crisis.local.kinds.corrected');
}

const label = (ctx: AppCtx, line: LocalLine) =>
  [nameOf(line), countryName(line.country, ctx.language), ...(line.facts ? [topicName(ctx, line.facts.topic)] : [])].join(' · ');

function item(ctx: AppCtx, line: LocalLine): Text {
  const day = ctx.t('crisis.local.checkedOn', { day: dayText(line.verified, ctx) });
  const stale = isStale(line.verified, ctx.now) ? ` ${ctx.t('crisis.local.stale')}` : '';
  return [{ bold: label(ctx, line) }, `. ${kindOf(ctx, line)} ${day}${stale}`];
}

/** Those that nobody looked at for long first. */
const byAge = (lines: readonly LocalLine[]) =>
  [...lines].sort((a, b) => (a.verified < b.verified ? -1 : a.verified > b.verified ? 1 : 0));

const pick = (placeholder: string, options: readonly { value: string; label: string }[]): Block<Tap>[] =>
  options.length === 0
    ? []
    : [{ kind: 'select', placeholder, act: { path: ['community', 'crisis-line'] }, param: 'line', options }];

/** What the community says of crisis lines, and the lines of a country that it can correct or hide. @param key what just happened */
export async function crisisLinesScreen(ctx: AppCtx, country: string | undefined, key?: Key): Promise<Reply> {
  const lines = byAge(await localLines(ctx.scope));
  const table = crisisLines.filter((line) => line.country === country && !lines.some(({ shipped }) => shipped === line.id));
  const text = ctx.t('crisis.local.title');
  const where = country && countryName(country, ctx.language);
  return {
    summary: text,
    blocks: [
      ...said(ctx, key),
      { kind: 'heading', text },
      { kind: 'text', text: ctx.t('crisis.local.intro') },
      ...(lines.length > 0
        ? [{ kind: 'list' as const, items: lines.map((line) => item(ctx, line)) }]
        : said(ctx, 'crisis.local.none')),
      ...pick(
        ctx.t('crisis.local.pickOwn'),
        lines.map((line) => ({ value: line.id, label: label(ctx, line) })),
      ),
      ...(where === undefined
        ? []
        : pick(
            ctx.t('crisis.local.pickShipped', { country: where }),
            table.map(({ id, name }) => ({ value: id, label: name })),
          )),
      ...(where === undefined
        ? []
        : [
            {
              kind: 'buttons' as const,
              buttons: [
                {
                  label: ctx.t('crisis.local.add', { country: where }),
                  style: 'primary' as const,
                  act: { path: ['community', 'crisis-write'] as const, input: { country }, does: 'form' as const },
                },
              ],
            },
          ]),
      {
        kind: 'note',
        text: ctx.rich<Span & object>('crisis.local.elsewhere', { command: { command: ['community', 'crisis'] } }),
      },
    ],
  };
}

/** What the form shows of a line that is there. */
const formOfLine = (ctx: AppCtx, { sms, phone, languages, ...facts }: LineFacts): Input => ({
  ...facts,
  ...(phone !== undefined && { phone }),
  ...(sms && { sms: writeSms(sms) }),
  languages: languages.map((code) => languageName(code, ctx.language)).join(', '),
});

const doing = (ctx: AppCtx, what: 'checked' | 'remove' | 'hide', line: string) => ({
  label: ctx.t(`crisis.local.do.${what}`),
  act: { path: ['community', 'crisis-do'] as const, input: { what, line } },
});

const changing = (ctx: AppCtx, key: Key, input: object) => ({
  label: ctx.t(key),
  act: { path: ['community', 'crisis-write'] as const, input: { ...input }, does: 'form' as const },
});

const page = (name: string, body: readonly Block<Tap>[]): Reply => ({
  summary: name,
  blocks: [{ kind: 'heading', text: name }, ...body],
});

/** One line of the community's, as members see it, and what can be done with it. */
export function ownLineScreen(ctx: AppCtx, line: LocalLine): Reply {
  const { facts, country, shipped } = line;
  const change = facts
    ? [changing(ctx, 'crisis.local.do.change', { ...formOfLine(ctx, facts), country, line: line.id, shipped })]
    : [];
  return page(nameOf(line), [
    { kind: 'list', items: [item(ctx, line), ...(facts ? [lineItem(localShown(line, facts), ctx)] : [])] },
    ...(facts ? [{ kind: 'text' as const, text: ctx.t('crisis.local.source', { source: facts.source }) }] : []),
    { kind: 'buttons', buttons: [doing(ctx, 'checked', line.id), ...change, doing(ctx, 'remove', line.id)] },
  ]);
}

/** One line of the table; undefined when there is none such. */
export function shippedLineScreen(ctx: AppCtx, id: string): Reply | undefined {
  const line = tableOf(id);
  if (!line) return undefined;
  const topics = topicsOf(line.category);
  const shown: ShownLine = { ...line, topics };
  const [topic = 'emergency'] = topics;
  const input = {
    ...{ topic, name: line.name, country: line.country, shipped: id, phone: line.phone[0]?.number },
    ...(line.chat !== undefined && { chat: line.chat }),
    ...(line.web !== undefined && { web: line.web }),
  };
  const hide = topics.length > 0 ? [doing(ctx, 'hide', id)] : [];
  return page(line.name, [
    { kind: 'list', items: [lineItem(shown, ctx)] },
    { kind: 'text', text: ctx.t('crisis.local.shipped', { day: dayText(line.verified, ctx), sources: line.sources.join('; ') }) },
    { kind: 'buttons', buttons: [changing(ctx, 'crisis.local.do.correct', input), ...hide] },
  ]);
}
