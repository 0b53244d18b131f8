import { type Block, type Choice, type Reply, type Span, shorten, type Tap, type Text } from '../src/chat/index.js';
import type { Found } from '../src/core/resources/find.js';
import type { FoundResource } from '../src/core/resources/look.js';
import type { ResourceSource } from '../src/core/resources/sources.js';
import { ASKS, type Asked } from '../src/core/resources/understand.js';
import type { AppCtx } from './define.js';
import {
  and,
  distanceText,
  fixedTexts,
  joined,
  oneLine,
  phonesOf,
  sourceText,
  todayText,
  verifiedText,
} from './resource-texts.js';
import { pickButton } from './saved-buttons.js';

/** Of an option of a select, on every platform. */
const MOST_LABEL = 75;

const path = ['resource', 'find'] as const;

/** A service in a list. */
export function item(ctx: AppCtx, resource: FoundResource, source: ResourceSource | undefined): Text {
  const { details, miles } = resource;
  const { name, organization, description, alert, area, phones, start, cost } = details;
  const lines = [
    joined([organization, area, distanceText(ctx, miles)]),
    oneLine(alert ?? description),
    joined([todayText(ctx, resource), cost && ctx.t('resource.costs', { cost: oneLine(cost) ?? '' })]),
    start && ctx.t('resource.startBy', { start: oneLine(start) ?? '' }),
    ...fixedTexts(ctx, resource),
    joined([resource.isPinned ? ctx.t('resource.pinned') : undefined, source && verifiedText(ctx, resource, source)]),
  ].filter((line) => line !== undefined && line !== '');
  const calls: Span[] = phones.length === 0 ? [] : ['\n', ...phonesOf(phones.slice(0, 1))];
  return [{ bold: name }, ...calls, `\n${lines.join('\n')}`];
}

/** Whose lists these are, and what their licences ask to be said. */
function attribution(ctx: AppCtx, found: readonly FoundResource[], sources: readonly ResourceSource[]): Block<Tap> {
  const used = sources.filter(({ id }) => found.some(({ sourceId }) => sourceId === id));
  return {
    kind: 'note',
    text: ctx.t('resource.from', {
      names: and(
        ctx,
        used.map((source) => sourceText(ctx, source)),
      ),
    }),
  };
}

/** Services to choose from. */
export const namesOf = (resources: readonly FoundResource[]): Choice[] =>
  resources.map(({ id, details }) => ({ value: id, label: shorten(details.name, MOST_LABEL) }));

/** How one thing that was asked for is said. */
function askedText(ctx: AppCtx, asked: Asked, name: (typeof ASKS)[number]): string | undefined {
  const { category, who, cost, within } = asked;
  if (name === 'category') return category && ctx.t(`commands.resource.find.params.category.choices.${category}`);
  if (name === 'who') return who && ctx.t(`commands.resource.find.params.who.choices.${who}`);
  if (name === 'cost') return cost && ctx.t(`commands.resource.find.params.cost.choices.${cost}`);
  if (name === 'open') return asked.open ? ctx.t('resource.isOpen') : undefined;
  if (name === 'within') return within === undefined ? undefined : ctx.t('resource.miles', { miles: String(within) });
  return asked[name];
}

function searched(ctx: AppCtx, asked: Asked): Block<Tap>[] {
  const what = ASKS.map((name) => askedText(ctx, asked, name)).filter((text) => text !== undefined);
  return what.length === 0 ? [] : [{ kind: 'note', text: ctx.t('resource.searched', { what: what.join(' · ') }) }];
}

const changeButton = (ctx: AppCtx, asked: Asked) => ({
  label: ctx.t('resource.change'),
  act: { path, input: { ...asked }, does: 'form' as const },
});

/** @param next how many were shown, with these */
export function foundReply(ctx: AppCtx, found: Found, sources: readonly ResourceSource[], asked: Asked, next: number): Reply {
  const { resources, hasMore } = found;
  const more = {
    label: ctx.t('resource.more'),
    style: 'primary' as const,
    act: { path, input: { ...asked, skip: String(next) } },
  };
  const open = { label: ctx.t('resource.isOpen'), act: { path, input: { ...asked, open: true } } };
  const offersOpen = asked.open === undefined && resources.some(({ hours, zone }) => hours.length > 0 && zone !== null);
  return {
    summary: ctx.t('resource.summary'),
    blocks: [
      { kind: 'heading', text: ctx.t('resource.heading') },
      ...searched(ctx, asked),
      {
        kind: 'list',
        items: resources.map((one) =>
          item(
            ctx,
            one,
            sources.find(({ id }) => id === one.sourceId),
          ),
        ),
      },
      {
        kind: 'select',
        placeholder: ctx.t('resource.choose'),
        act: { path: ['resource', 'look'] },
        param: 'id',
        options: namesOf(resources),
      },
      {
        kind: 'buttons',
        buttons: [
          ...(hasMore ? [more] : []),
          ...(offersOpen ? [open] : []),
          pickButton(ctx, resources),
          changeButton(ctx, asked),
        ],
      },
      ...(hasMore ? [] : [{ kind: 'note' as const, text: ctx.t('resource.end') }]),
      attribution(ctx, resources, sources),
      { kind: 'note', text: ctx.t('resource.private') },
    ],
  };
}

/** @param helps what can be left out so that there are services */
export function nothingReply(ctx: AppCtx, asked: Asked, helps: readonly (typeof ASKS)[number][]): Reply {
  const without = helps.slice(0, 4).map((name) => ({
    label: ctx.t(`resource.drop.${name}`),
    act: { path, input: { ...asked, [name]: undefined } },
  }));
  return {
    summary: ctx.t('resource.summary'),
    blocks: [
      { kind: 'text', text: ctx.t('resource.none') },
      ...searched(ctx, asked),
      { kind: 'text', text: ctx.t(without.length > 0 ? 'resource.loosen' : 'resource.otherWords') },
      { kind: 'buttons', buttons: [...without, changeButton(ctx, asked)] },
    ],
  };
}
