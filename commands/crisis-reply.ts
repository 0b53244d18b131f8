import type { Block, Choice, Reply, Span, Tap, Text } from '../src/chat/index.js';
import { countries, countryName } from '../src/core/support/country.js';
import {
  type Crisis,
  type CrisisCategory,
  type CrisisLine,
  crisisCountries,
  crisisFor,
  directories,
  verifiedOn,
} from '../src/core/support/crisis.js';
import type { Key } from '../src/words/index.js';
import type { OfflineCtx } from './define.js';

/** The kinds of help, those that matter most first. */
const groups = {
  now: ['suicide_crisis', 'suicide_addiction', 'emotional_support', 'text'],
  overdose: ['overdose_prevention'],
  substances: ['drugs_alcohol', 'drugs', 'alcohol', 'treatment_referral'],
  violence: ['domestic_violence'],
  women: ['women'],
  veterans: ['veterans'],
  lgbtq: ['lgbtq', 'lgbtq_youth'],
  youth: ['text_youth'],
  indigenous: ['indigenous'],
  health: ['medical', 'poison'],
  information: ['information'],
} as const satisfies Readonly<Record<string, readonly CrisisCategory[]>>;

export type Group = keyof typeof groups;

const everyGroup = Object.keys(groups) as Group[];
/** What the first screen shows; the rest is one tap away, so that nobody has to scroll past it. */
const atFirst: readonly Group[] = ['now', 'overdose', 'substances'];
/** Groups that begin with something to know before calling. */
const advised = ['overdose', 'violence', 'health'] as const satisfies readonly Group[];

export const isGroup = (name: string): name is Group => everyGroup.includes(name as Group);

const linesOf = (crisis: Crisis, group: Group) =>
  crisis.lines.filter((line) => (groups[group] as readonly CrisisCategory[]).includes(line.category));

/** `a, b or c` in the reader's language, with the pieces kept as they are. */
function joined(pieces: readonly (readonly Span[])[], language: string): Span[] {
  const places = pieces.map((_, at) => String(at));
  return new Intl.ListFormat(language, { type: 'disjunction' })
    .formatToParts(places)
    .flatMap((part) => (part.type === 'element' ? (pieces[Number(part.value)] ?? []) : [part.value]));
}

/** Sentences with values that are not text: a list of spans stands where its name stands. */
function sentence(ctx: OfflineCtx, key: Key, values: Readonly<Record<string, readonly Span[]>>): Span[] {
  const wrapped = Object.fromEntries(Object.entries(values).map(([name, spans]) => [name, { spans }]));
  return ctx.rich(key, wrapped).flatMap((part) => (typeof part === 'string' ? [part] : part.spans));
}

function ways(line: CrisisLine, ctx: OfflineCtx): Span[] {
  const calls = line.phone.map(({ number, press }) =>
    press ? ctx.t('crisis.ways.press', { number, key: press }) : ctx.t('crisis.ways.call', { number }),
  );
  const { sms } = line;
  const texts = !sms
    ? []
    : [
        sms.keyword
          ? ctx.t('crisis.ways.keyword', { number: sms.number, keyword: sms.keyword })
          : ctx.t('crisis.ways.text', { number: sms.number }),
      ];
  const url = line.chat ?? line.web;
  const links: Span[] = url ? [{ link: url, label: ctx.t(line.chat ? 'crisis.ways.chat' : 'crisis.ways.web') }] : [];
  return joined(
    [...calls, ...texts, ...links].map((way) => [way]),
    ctx.language,
  );
}

function spoken(line: CrisisLine, ctx: OfflineCtx): string {
  const names = new Intl.DisplayNames([ctx.language], { type: 'language' });
  const known = line.languages.map((code) => (code === 'mul' ? ctx.t('crisis.languages.many') : (names.of(code) ?? code)));
  const all = line.interpreters ? [...known, ctx.t('crisis.languages.interpreters')] : known;
  return ctx.t('crisis.languages.in', { languages: new Intl.ListFormat(ctx.language, { type: 'conjunction' }).format(all) });
}

const noteOf = (line: CrisisLine | undefined, ctx: OfflineCtx) => (line?.note ? [ctx.t(`crisis.notes.${line.id}` as Key)] : []);

function lineItem(line: CrisisLine, ctx: OfflineCtx): Text {
  const rest = [ctx.t(`crisis.hours.${line.hours}`), spoken(line, ctx), ...noteOf(line, ctx)];
  return [{ bold: line.name }, ': ', ...ways(line, ctx), `. ${rest.join(' ')}`];
}

const numbers = (line: CrisisLine, ctx: OfflineCtx) =>
  joined(
    line.phone.map(({ number }) => [{ bold: number }]),
    ctx.language,
  );

function danger({ emergency }: Pick<Crisis, 'emergency'>, ctx: OfflineCtx): Text {
  if (!emergency) return [{ bold: ctx.t('crisis.danger.local') }];
  const notes = noteOf(emergency, ctx).map((note) => ` ${note}`);
  return [...sentence(ctx, 'crisis.danger.call', { numbers: numbers(emergency, ctx) }), ...notes];
}

function groupBlocks(crisis: Crisis, group: Group, ctx: OfflineCtx): Block<Tap>[] {
  const lines = linesOf(crisis, group);
  if (lines.length === 0) return [];
  const advice = advised.find((name) => name === group);
  return [
    { kind: 'heading', text: ctx.t(`crisis.groups.${group}`) },
    ...(advice ? [{ kind: 'text' as const, text: ctx.t(`crisis.advice.${advice}`, { platform: ctx.platform }) }] : []),
    { kind: 'list', items: lines.map((line) => lineItem(line, ctx)) },
  ];
}

function worldBlocks(ctx: OfflineCtx): Block<Tap>[] {
  const items = directories().map((line): Text => [{ link: line.chat ?? line.web ?? '', label: line.name }]);
  return [
    { kind: 'heading', text: ctx.t('crisis.groups.world') },
    { kind: 'list', items },
  ];
}

/** A tap without input, so that it works while the database is down. */
const again: Tap = { path: ['crisis'] };
const select = (placeholder: string, options: readonly Choice[]): Block<Tap>[] =>
  options.length === 0 ? [] : [{ kind: 'select', placeholder, act: again, param: 'country', options }];

function moreSelect(crisis: Crisis, shown: readonly Group[], ctx: OfflineCtx): Block<Tap>[] {
  const rest = everyGroup.filter((group) => !shown.includes(group) && linesOf(crisis, group).length > 0);
  return select(
    ctx.t('crisis.more'),
    rest.map((group) => ({ value: `${crisis.country}/${group}`, label: ctx.t(`crisis.groups.${group}`) })),
  );
}

function countrySelects(ctx: OfflineCtx, placeholder: Key): Block<Tap>[] {
  const known = crisisCountries();
  return [
    ...select(ctx.t(placeholder), countries(ctx.language, known.lines)),
    ...select(ctx.t('crisis.union'), countries(ctx.language, known.emergency)),
    { kind: 'note', text: sentence(ctx, 'crisis.typed', { command: [{ command: ['crisis'] }] }) },
  ];
}

function closing(shown: readonly CrisisLine[], ctx: OfflineCtx): Block<Tap>[] {
  const day = verifiedOn(shown);
  const written = day && new Intl.DateTimeFormat(ctx.language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));
  const verified = written ? `${ctx.t('crisis.verified', { day: written })} ` : '';
  return [{ kind: 'note', text: `${verified}${ctx.t('crisis.software')}` }];
}

const reply = (ctx: OfflineCtx, blocks: readonly Block<Tap>[]): Reply => ({ summary: ctx.t('crisis.summary'), blocks });
const warm = (ctx: OfflineCtx): Block<Tap> => ({ kind: 'text', text: ctx.t('crisis.warm') });

/**
 * The lines of one country: what matters most, or one group of them.
 * @param place says why this country
 * @param person the offer of a person here, below the lines
 */
export function linesReply(
  country: string,
  group: Group | undefined,
  place: Key | undefined,
  ctx: OfflineCtx,
  person: readonly Block<Tap>[] = [],
): Reply {
  const crisis = crisisFor(country);
  const shown = (group ? [group] : atFirst).filter((name) => linesOf(crisis, name).length > 0);
  const none = crisis.lines.length === 0;
  const lines = none ? directories() : shown.flatMap((name) => linesOf(crisis, name));
  return reply(ctx, [
    warm(ctx),
    { kind: 'text', text: danger(crisis, ctx) },
    { kind: 'heading', text: countryName(country, ctx.language) },
    ...(place ? [{ kind: 'text' as const, text: ctx.t(place) }] : []),
    ...(none ? [{ kind: 'text' as const, text: ctx.t('crisis.place.none') }, ...worldBlocks(ctx)] : []),
    ...shown.flatMap((name) => groupBlocks(crisis, name, ctx)),
    { kind: 'text', text: ctx.t('crisis.trust') },
    ...person,
    ...moreSelect(crisis, shown, ctx),
    ...countrySelects(ctx, 'crisis.country'),
    ...closing(crisis.emergency ? [crisis.emergency, ...lines] : lines, ctx),
  ]);
}

/** Asked when no country is known: never a country by default. @param person the offer of a person here */
export function askReply(place: Key, ctx: OfflineCtx, person: readonly Block<Tap>[] = []): Reply {
  const union = crisisFor('EU').emergency;
  const inUnion = union ? [' ', ...sentence(ctx, 'crisis.danger.union', { numbers: numbers(union, ctx) })] : [];
  return reply(ctx, [
    warm(ctx),
    { kind: 'text', text: [...(danger({}, ctx) as readonly Span[]), ...inUnion] },
    { kind: 'text', text: ctx.t(place) },
    ...countrySelects(ctx, 'crisis.pick'),
    ...worldBlocks(ctx),
    { kind: 'text', text: ctx.t('crisis.trust') },
    ...person,
    ...closing(directories(), ctx),
  ]);
}
