import type { Block, Button, Reply, Tap, Text } from '../src/chat/index.js';
import { languageName } from '../src/core/meetings/languages.js';
import type { FoundResource } from '../src/core/resources/look.js';
import type { ResourceSource } from '../src/core/resources/sources.js';
import type { AppCtx } from './define.js';
import { and, fixedTexts, joined, phonesOf, sourceText, todayText, verifiedText } from './resource-texts.js';

/** To say what is wrong with a service. */
export const wrongButton = (ctx: AppCtx, id: string): Button<Tap> => ({
  label: ctx.t('resource.look.wrong'),
  act: { path: ['resource', 'wrong'], input: { id } },
});

function careButtons(ctx: AppCtx, { id }: FoundResource): Button<Tap>[] {
  const { roles } = ctx.scope;
  const care: Button<Tap> = { label: ctx.t('resource.look.care'), act: { path: ['resource', 'care'], input: { id } } };
  return [wrongButton(ctx, id), ...(roles.has('facilitator') || roles.has('coordinator') ? [care] : [])];
}

type Fact = { readonly label: string; readonly value: Text };

/** All that its source says of a service. */
export function serviceBlocks(ctx: AppCtx, resource: FoundResource, source: ResourceSource): Block<Tap>[] {
  const { details, note } = resource;
  const { name, organization, description, alert, address, area, phones, email, url, languages } = details;
  const texts = {
    today: todayText(ctx, resource),
    hours: details.schedule,
    start: details.start,
    who: details.eligibility,
    documents: details.documents,
    cost: details.cost,
    wait: details.wait,
    where: joined([address, area]),
    organization,
    languages:
      languages.length === 0
        ? undefined
        : and(
            ctx,
            languages.map((code) => languageName(code, ctx.language)),
          ),
    email,
  };
  const facts: Fact[] = Object.entries(texts).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [{ label: ctx.t(`resource.look.${key as keyof typeof texts}`), value }],
  );
  return [
    { kind: 'heading', text: name },
    ...[alert, description].flatMap((text): Block<Tap>[] => (text === undefined ? [] : [{ kind: 'text', text }])),
    {
      kind: 'facts',
      facts: [
        ...(phones.length === 0 ? [] : [{ label: ctx.t('resource.look.phone'), value: phonesOf(phones) }]),
        ...facts,
        ...(url === undefined ? [] : [{ label: ctx.t('resource.look.page'), value: [{ link: url }] }]),
        { label: ctx.t('resource.look.list'), value: sourceText(ctx, source) },
      ],
    },
    ...(note === undefined ? [] : [{ kind: 'text' as const, text: ctx.t('resource.look.note', { note }) }]),
    ...fixedTexts(ctx, resource).map((text) => ({ kind: 'note' as const, text })),
    { kind: 'note', text: verifiedText(ctx, resource, source) },
  ];
}

/** One service, and what can be done with it. */
export const lookReply = (
  ctx: AppCtx,
  resource: FoundResource,
  source: ResourceSource,
  buttons: readonly Button<Tap>[],
): Reply => ({
  summary: ctx.t('resource.summary'),
  blocks: [
    ...serviceBlocks(ctx, resource, source),
    { kind: 'buttons', buttons: [...buttons, ...careButtons(ctx, resource)] },
    { kind: 'note', text: ctx.t('resource.private') },
  ],
});
