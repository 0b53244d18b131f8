import type { Block, Choice, Reply, Span, Tap, Text } from '../src/chat/index.js';
import { countries, countryName } from '../src/core/support/country.js';
import { type Crisis, crisisCountries, crisisFor, directories, verifiedOn } from '../src/core/support/crisis.js';
import type { ShownLine } from '../src/core/support/shown.js';
import { languagesOf, speakingFirst, spokenIn } from '../src/core/support/speaks.js';
import { ALWAYS, FIRST, TOPICS, type Topic } from '../src/core/support/topics.js';
import type { Key } from '../src/words/index.js';
import { dayText, languageName, lineItem, noteOf, numbers, quietText, sentence } from './crisis-line.js';
import { type CrisisView, writeView } from './crisis-view.js';
import type { OfflineCtx } from './define.js';
import { awayButton } from './put-away.js';

/** Topics that begin with something to know before calling. */
const advised = ['overdose', 'poison', 'health'] as const satisfies readonly Topic[];
const steps = ['call', 'naloxone', 'stay', 'told', 'law'] as const;

/** What stands around the lines. */
export interface Around {
  /** Says why this country, or that none is known. */
  readonly place?: Key | undefined;
  /** The offer of a person here. */
  readonly person?: readonly Block<Tap>[];
  /** The message holds other things, too: picks are answered below it, and it is not to be taken away as a whole. */
  readonly isWithin?: true;
}

type Screen = OfflineCtx & { readonly view: CrisisView; readonly around: Around };

function linesOf(crisis: Crisis, topic: Topic, { view, locale }: Screen): ShownLine[] {
  const lines = crisis.lines.filter(({ topics }) => topics.includes(topic));
  return speakingFirst(lines, view.speaks ?? spokenIn(locale));
}

/** On the first screen a line of the community has no hours and no note, so that all of it is one message, and one tap takes it away. */
const itemOf = (line: ShownLine, ctx: Screen): Text =>
  lineItem(line.local && !ctx.view.topic ? { ...line, local: { source: line.local.source } } : line, ctx);

function known(emergency: NonNullable<Crisis['emergency']>, ctx: Screen): Span[] {
  const notes = noteOf(emergency, ctx).map((note) => ` ${note}`);
  return [...sentence(ctx, 'crisis.danger.call', { numbers: numbers(emergency, ctx) }), ...notes];
}

/** Nothing that a community says takes the place of what is known. */
function danger({ emergency, beside }: Pick<Crisis, 'emergency' | 'beside'>, ctx: Screen): Block<Tap>[] {
  const items = beside.map((line) => itemOf(line, ctx));
  return [
    { kind: 'text', text: emergency ? known(emergency, ctx) : [{ bold: ctx.t('crisis.danger.local') }] },
    ...(items.length > 0 ? [...text(ctx.t('crisis.local.beside')), { kind: 'list' as const, items }] : []),
  ];
}

/** Before any number: whoever reads along must not be the first to know. */
const watched = (ctx: Screen): Block<Tap>[] =>
  ctx.view.topic === 'violence'
    ? [
        { kind: 'text', text: [{ bold: ctx.t('crisis.watched.title') }, ' ', ctx.t('crisis.watched.text')] },
        { kind: 'buttons', buttons: [awayButton(ctx, 'danger')] },
        { kind: 'note', text: ctx.t('crisis.watched.traces', { platform: ctx.platform }) },
      ]
    : [];

/** What can be done while help is on its way. */
const overdose = (ctx: Screen): Block<Tap>[] =>
  ctx.view.topic === 'overdose'
    ? [
        { kind: 'heading', text: ctx.t('crisis.overdose.title') },
        { kind: 'list', items: steps.map((step) => ctx.t(`crisis.overdose.${step}`)) },
      ]
    : [];

function topicBlocks(crisis: Crisis, topic: Topic, ctx: Screen): Block<Tap>[] {
  const lines = linesOf(crisis, topic, ctx);
  if (lines.length === 0) return [];
  const advice = ctx.view.topic === 'overdose' ? undefined : advised.find((name) => name === topic);
  return [
    { kind: 'heading', text: ctx.t(`crisis.groups.${topic}`) },
    ...(advice ? [{ kind: 'text' as const, text: ctx.t(`crisis.advice.${advice}`) }] : []),
    { kind: 'list', items: lines.map((line) => itemOf(line, ctx)) },
  ];
}

function worldBlocks(ctx: Screen): Block<Tap>[] {
  const items = directories().map((line): Text => [{ link: line.chat ?? line.web ?? '', label: line.name }]);
  return [
    { kind: 'heading', text: ctx.t('crisis.groups.world') },
    { kind: 'list', items },
  ];
}

/** A tap without input, so that it works while the database is down. In place, so that one tap can take all of it away. */
function select(ctx: Screen, placeholder: string, options: readonly Choice[]): Block<Tap>[] {
  const act: Tap = ctx.around.isWithin ? { path: ['crisis'] } : { path: ['crisis'], does: 'edit' };
  return options.length === 0 ? [] : [{ kind: 'select', placeholder, act, param: 'country', options }];
}

function topicSelect(crisis: Crisis, shown: readonly Topic[], ctx: Screen): Block<Tap>[] {
  const { topic: here, ...view } = ctx.view;
  const isThere = (topic: Topic) => ALWAYS.has(topic) || linesOf(crisis, topic, ctx).length > 0;
  const isRest = (topic: Topic) => topic !== here && (topic === 'overdose' || !shown.includes(topic));
  const options = TOPICS.filter((topic) => isThere(topic) && isRest(topic));
  const label = (topic: Topic) => ctx.t(topic === 'overdose' ? 'crisis.overdose.topic' : `crisis.groups.${topic}`);
  return select(
    ctx,
    ctx.t('crisis.more'),
    options.map((topic) => ({ value: writeView({ ...view, topic }), label: label(topic) })),
  );
}

function languageSelect({ lines }: Crisis, ctx: Screen): Block<Tap>[] {
  const spoken = languagesOf(lines).map((speaks) => ({
    value: writeView({ ...ctx.view, speaks }),
    label: languageName(speaks, ctx),
  }));
  return spoken.length > 1 ? select(ctx, ctx.t('crisis.languages.pick'), spoken) : [];
}

function countrySelects(ctx: Screen, placeholder: Key): Block<Tap>[] {
  const { lines, emergency } = crisisCountries();
  const here = [...new Set([...lines, ...ctx.lines().flatMap(({ country, facts }) => (facts ? [country] : []))])];
  const { topic } = ctx.view;
  const choices = (codes: readonly string[]) =>
    countries(ctx.language, codes).map(({ value: country, label }) => ({ value: writeView({ country, topic }), label }));
  return [
    ...select(ctx, ctx.t(placeholder), choices(here)),
    ...select(ctx, ctx.t('crisis.union'), choices(emergency.filter((country) => !here.includes(country)))),
    { kind: 'note', text: sentence(ctx, 'crisis.typed', { command: [{ command: ['crisis'] }] }) },
  ];
}

function closing(shown: readonly Pick<ShownLine, 'verified' | 'local'>[], ctx: Screen): Block<Tap>[] {
  const day = verifiedOn(shown.filter(({ local }) => !local));
  const verified = day ? `${ctx.t('crisis.verified', { day: dayText(day, ctx) })} ` : '';
  return [{ kind: 'note', text: `${verified}${ctx.t('crisis.software')}` }];
}

const text = (said: Text | undefined): Block<Tap>[] => (said === undefined ? [] : [{ kind: 'text', text: said }]);

/** What can be done here, below the lines. On the screen about violence the way out stands above. */
function below(ctx: Screen): Block<Tap>[] {
  const { person = [], isWithin } = ctx.around;
  const away = isWithin || ctx.view.topic === 'violence' ? [] : [awayButton(ctx)];
  return [...text(ctx.t('crisis.trust')), ...person, ...(away.length > 0 ? [{ kind: 'buttons' as const, buttons: away }] : [])];
}

const reply = (ctx: Screen, blocks: readonly Block<Tap>[]): Reply => ({
  summary: ctx.t('crisis.summary'),
  blocks: [...text(ctx.t('crisis.warm')), ...watched(ctx), ...blocks],
});

/** Where nothing is known of what was asked for: that, and where else to look. */
function nothing(crisis: Crisis, ctx: Screen): Block<Tap>[] {
  if (crisis.lines.length === 0) return [...text(ctx.t('crisis.place.none')), ...worldBlocks(ctx)];
  const { topic } = ctx.view;
  if (topic === undefined || linesOf(crisis, topic, ctx).length > 0) return [];
  const said = topic === 'overdose' ? [] : text(ctx.t('crisis.place.noneOfTopic'));
  return [...said, ...topicBlocks(crisis, 'now', ctx), ...worldBlocks(ctx)];
}

function linesReply(country: string, ctx: Screen): Reply {
  const crisis = crisisFor(country, ctx.lines());
  const { view, around } = ctx;
  const shown = (view.topic ? [view.topic] : FIRST).filter((topic) => linesOf(crisis, topic, ctx).length > 0);
  const lines = shown.flatMap((topic) => linesOf(crisis, topic, ctx));
  return reply(ctx, [
    ...danger(crisis, ctx),
    ...overdose(ctx),
    { kind: 'heading', text: countryName(country, ctx.language) },
    ...text(around.place && ctx.t(around.place)),
    ...text(view.speaks && ctx.t('crisis.languages.first', { language: languageName(view.speaks, ctx) })),
    ...nothing(crisis, ctx),
    ...shown.flatMap((topic) => topicBlocks(crisis, topic, ctx)),
    ...text(quietText(lines, ctx)),
    ...below(ctx),
    ...topicSelect(crisis, shown, ctx),
    ...languageSelect(crisis, ctx),
    ...countrySelects(ctx, 'crisis.country'),
    ...closing([...(crisis.emergency ? [crisis.emergency] : []), ...(lines.length > 0 ? lines : directories())], ctx),
  ]);
}

/** Asked when no country is known: never a country by default. */
function askReply(ctx: Screen): Reply {
  const union = crisisFor('EU').emergency;
  const inUnion: Span[] = union ? sentence(ctx, 'crisis.danger.union', { numbers: numbers(union, ctx) }) : [];
  return reply(ctx, [
    ...danger({ beside: [] }, ctx),
    ...text(inUnion),
    ...overdose(ctx),
    ...text(ctx.t(ctx.around.place ?? 'crisis.place.ask')),
    ...countrySelects(ctx, 'crisis.pick'),
    ...worldBlocks(ctx),
    ...below(ctx),
    ...topicSelect({ country: '', beside: [], lines: [] }, [], ctx),
    ...closing(directories(), ctx),
  ]);
}

/** One screen of the lines: of a country what matters most, or one topic; or the question which country it is. */
export function crisisReply(view: CrisisView, around: Around, ctx: OfflineCtx): Reply {
  const screen = { ...ctx, view, around };
  return view.country === undefined ? askReply(screen) : linesReply(view.country, screen);
}
