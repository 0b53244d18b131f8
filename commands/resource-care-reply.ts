import type { Block, Button, Reply, Span, Tap, Text } from '../src/chat/index.js';
import type { Changed } from '../src/core/resources/care/changed.js';
import { FIXABLE, saidOf } from '../src/core/resources/care/fixes.js';
import type { ReportedService, WaitingSuggestion } from '../src/core/resources/care/waiting.js';
import type { FoundResource } from '../src/core/resources/look.js';
import type { AppCtx } from './define.js';
import { mentionOf } from './pairing-queue.js';
import { fixedTexts, phonesOf, sayDay } from './resource-texts.js';
import { moment } from './schedule-words.js';

/** Characters that a form takes to begin with; what is longer is left empty there, which leaves it as it is. */
export const MOST_FIX = 1_500;
export const MOST_LINE = 200;

/** Where the reader came from, and goes back to. */
export type From = 'list' | 'card';

type Which = { readonly id: string; readonly seen: number };

const input = ({ id, seen }: Which, from: From) => ({ id, seen: String(seen), from });

const short = { phone: true, address: true } as const;

/** A form with what is shown now. What is left empty there stays. */
function fixButton(ctx: AppCtx, { id, details }: FoundResource, seen: number, from: From): Button<Tap> {
  const now = FIXABLE.flatMap((field) => {
    const text = saidOf(details, field);
    const fits = text !== undefined && text.length <= (field in short ? MOST_LINE : MOST_FIX);
    return fits ? [[field, text] as const] : [];
  });
  const act: Tap = {
    path: ['resource', 'fix'],
    input: { ...input({ id, seen }, from), ...Object.fromEntries(now) },
    does: 'form',
  };
  return { label: ctx.t('resource.review.fix'), style: 'primary', act };
}

const pressed = (
  ctx: AppCtx,
  which: Which,
  from: From,
  what: 'right' | 'thank' | 'retire' | 'return' | 'pin' | 'unpin',
): Button<Tap> => ({
  label: ctx.t(`resource.review.${what}`),
  act: { path: ['resource', what], input: input(which, from), does: 'edit' },
});

/** A few facts by which a facilitator knows which one it is. */
export function briefly({ details }: FoundResource): Text {
  const { name, area, phones } = details;
  return [
    { bold: name },
    ...(area === undefined ? [] : [`\n${area}`]),
    ...(phones.length === 0 ? [] : ['\n', ...phonesOf(phones)]),
  ];
}

const counted = (ctx: AppCtx, { troubles }: ReportedService): string[] =>
  troubles.map(({ what, members }) => {
    const trouble = ctx.t(`resource.troubles.${what}`);
    return ctx.t(members === 'few' ? 'resource.review.few' : 'resource.review.many', { trouble, members });
  });

/** A service of which something is reported. */
export function reportedBlocks(ctx: AppCtx, one: ReportedService): Block<Tap>[] {
  const { resource, seen, since, words } = one;
  const which = { id: resource.id, seen };
  const more: Tap = { path: ['resource', 'care'], input: { id: resource.id } };
  return [
    { kind: 'text', text: briefly(resource) },
    { kind: 'list', items: counted(ctx, one) },
    ...(words.length === 0
      ? []
      : [
          { kind: 'note' as const, text: ctx.t('resource.review.words') },
          { kind: 'list' as const, items: words },
        ]),
    { kind: 'note', text: ctx.rich<Span & object>('resource.review.since', { when: moment(ctx, since) }) },
    {
      kind: 'buttons',
      buttons: [
        fixButton(ctx, resource, seen, 'list'),
        pressed(ctx, which, 'list', 'right'),
        pressed(ctx, which, 'list', 'thank'),
        pressed(ctx, which, 'list', 'retire'),
        { label: ctx.t('resource.review.more'), act: more },
      ],
    },
  ];
}

/** A service that somebody suggests. */
export function suggestedBlocks(ctx: AppCtx, { id, since, suggested }: WaitingSuggestion): Block<Tap>[] {
  const { name, what, contact, town, hours, who } = suggested;
  const lines = [what, contact, town, hours, who].filter((text) => text !== undefined);
  return [
    { kind: 'text', text: ctx.t('resource.review.suggested') },
    { kind: 'text', text: [{ bold: name }, `\n${lines.join('\n')}`] },
    { kind: 'note', text: ctx.rich<Span & object>('resource.review.since', { when: moment(ctx, since) }) },
    {
      kind: 'buttons',
      buttons: [
        {
          label: ctx.t('resource.review.accept'),
          style: 'primary',
          act: { path: ['resource', 'accept'], input: { id }, does: 'edit' },
        },
        {
          label: ctx.t('resource.review.change'),
          act: { path: ['resource', 'accept-as'], input: { id, ...suggested }, does: 'form' },
        },
        { label: ctx.t('resource.review.decline'), act: { path: ['resource', 'decline'], input: { id }, does: 'edit' } },
      ],
    },
  ];
}

/** Who did what, when. */
export async function changedText(ctx: AppCtx, { change, actorId, at }: Changed, key: 'did' | 'meanwhile'): Promise<Text> {
  const who = actorId === null ? ctx.t('resource.review.somebody') : await mentionOf(ctx, actorId);
  const did = ctx.t(`resource.did.${change}`);
  return ctx.rich<Span & object>(`resource.review.${key}`, { who, did, when: moment(ctx, at) });
}

/** What the list itself says, where the community knows better. */
function fixedBlocks(ctx: AppCtx, resource: FoundResource, list: FoundResource['details']): Block<Tap>[] {
  const items = FIXABLE.filter((field) => resource.fixes[field] !== undefined).map((field) =>
    ctx.t('resource.review.list', {
      field: ctx.t(`resource.fields.${field}`),
      text: saidOf(list, field) ?? ctx.t('resource.review.nothing'),
    }),
  );
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/** All that a facilitator can do with a service, and what was done. */
export async function careReply(
  ctx: AppCtx,
  { resource, seen }: ReportedService,
  list: FoundResource['details'],
  history: readonly Changed[],
  said?: Text,
): Promise<Reply> {
  const { id, details, note, isPinned, retiredAt, retiredBy, checkedOn } = resource;
  const which = { id, seen };
  const noteAct: Tap = {
    path: ['resource', 'care-note'],
    input: { ...input(which, 'card'), ...(note && { note }) },
    does: 'form',
  };
  const done = await Promise.all(history.map((one) => changedText(ctx, one, 'did')));
  const buttons: Button<Tap>[] =
    retiredAt === null
      ? [
          fixButton(ctx, resource, seen, 'card'),
          pressed(ctx, which, 'card', 'right'),
          pressed(ctx, which, 'card', isPinned ? 'unpin' : 'pin'),
          { label: ctx.t('resource.review.note'), act: noteAct },
          pressed(ctx, which, 'card', 'retire'),
        ]
      : retiredBy === 'community'
        ? [pressed(ctx, which, 'card', 'return')]
        : [];
  const facts = FIXABLE.flatMap((field) => {
    const value = saidOf(details, field);
    return value === undefined ? [] : [{ label: ctx.t(`resource.fields.${field}`), value }];
  });
  return {
    summary: ctx.t('resource.summary'),
    blocks: [
      { kind: 'heading', text: details.name },
      ...(said === undefined ? [] : [{ kind: 'text' as const, text: said }]),
      ...(retiredAt === null ? [] : [{ kind: 'text' as const, text: ctx.t(`resource.review.out.${retiredBy ?? 'source'}`) }]),
      ...(facts.length === 0 ? [] : [{ kind: 'facts' as const, facts }]),
      ...fixedTexts(ctx, resource).map((text) => ({ kind: 'note' as const, text })),
      ...fixedBlocks(ctx, resource, list),
      ...(note === undefined ? [] : [{ kind: 'text' as const, text: ctx.t('resource.look.note', { note }) }]),
      ...(checkedOn === null
        ? []
        : [{ kind: 'note' as const, text: ctx.t('resource.checked', { day: sayDay(ctx, checkedOn) }) }]),
      ...(buttons.length === 0 ? [] : [{ kind: 'buttons' as const, buttons }]),
      ...(done.length === 0
        ? []
        : [
            { kind: 'note' as const, text: ctx.t('resource.review.history') },
            { kind: 'list' as const, items: done },
          ]),
      { kind: 'note', text: ctx.t('resource.review.forFacilitators') },
    ],
  };
}
