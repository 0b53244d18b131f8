import type { Span, Text } from '../src/chat/index.js';
import { type CrisisLine, directories } from '../src/core/support/crisis.js';
import type { ShownLine } from '../src/core/support/shown.js';
import { MANY } from '../src/core/support/speaks.js';
import type { Key } from '../src/words/index.js';
import type { OfflineCtx } from './define.js';

/** What it takes to put a line into words. */
type Saying = Pick<OfflineCtx, 't' | 'rich' | 'language'>;

/** `a, b or c` in the reader's language, with the pieces kept as they are. */
export function joined(pieces: readonly (readonly Span[])[], language: string): Span[] {
  const places = pieces.map((_, at) => String(at));
  return new Intl.ListFormat(language, { type: 'disjunction' })
    .formatToParts(places)
    .flatMap((part) => (part.type === 'element' ? (pieces[Number(part.value)] ?? []) : [part.value]));
}

/** Sentences with values that are not text: a list of spans stands where its name stands. */
export function sentence(ctx: Saying, key: Key, values: Readonly<Record<string, readonly Span[]>>): Span[] {
  const wrapped = Object.fromEntries(Object.entries(values).map(([name, spans]) => [name, { spans }]));
  return ctx.rich(key, wrapped).flatMap((part) => (typeof part === 'string' ? [part] : part.spans));
}

const voiceWays = (line: ShownLine, ctx: Saying): string[] =>
  line.phone.map(({ number, press }) =>
    press ? ctx.t('crisis.ways.press', { number, key: press }) : ctx.t('crisis.ways.call', { number }),
  );

/** What one can do without a voice. */
function quietWays({ sms, chat }: ShownLine, ctx: Saying): Span[] {
  const texts = !sms
    ? []
    : [
        sms.keyword
          ? ctx.t('crisis.ways.keyword', { number: sms.number, keyword: sms.keyword })
          : ctx.t('crisis.ways.text', { number: sms.number }),
      ];
  return [...texts, ...(chat ? [{ link: chat, label: ctx.t('crisis.ways.chat') }] : [])];
}

function ways(line: ShownLine, ctx: Saying): Span[] {
  const web: Span[] = line.web && !line.chat ? [{ link: line.web, label: ctx.t('crisis.ways.web') }] : [];
  return joined(
    [...voiceWays(line, ctx), ...quietWays(line, ctx), ...web].map((way) => [way]),
    ctx.language,
  );
}

export const languageName = (code: string, ctx: Saying): string =>
  code === MANY ? ctx.t('crisis.languages.many') : (new Intl.DisplayNames([ctx.language], { type: 'language' }).of(code) ?? code);

function spoken(line: ShownLine, ctx: Saying): string {
  const known = line.languages.map((code) => languageName(code, ctx));
  const all = line.interpreters ? [...known, ctx.t('crisis.languages.interpreters')] : known;
  return ctx.t('crisis.languages.in', { languages: new Intl.ListFormat(ctx.language, { type: 'conjunction' }).format(all) });
}

export const noteOf = (line: Pick<CrisisLine, 'id' | 'note'>, ctx: Saying): string[] =>
  line.note ? [ctx.t(`crisis.notes.${line.id}` as Key)] : [];

/** A day such as 2026-11-01 as it is written. */
export const dayText = (day: string, ctx: Saying): string =>
  new Intl.DateTimeFormat(ctx.language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));

/** When it is open. */
function openText({ hours, local }: ShownLine, ctx: Saying): string[] {
  if (local) return local.hours === undefined ? [] : [ctx.t('crisis.local.hours', { hours: local.hours })];
  return hours ? [ctx.t(`crisis.hours.${hours}`)] : [];
}

/** Who says it, where that is not the table, and who doubts it. */
function standing({ local, isDoubted, verified }: ShownLine, ctx: Saying): string[] {
  const by = local
    ? [...(local.note === undefined ? [] : [local.note]), ctx.t('crisis.local.by', { day: dayText(verified, ctx) })]
    : [];
  return isDoubted ? [...by, ctx.t('crisis.local.doubted')] : by;
}

/** One line as it stands in a list: its name, every way to reach it, when, in which languages, and who says so. */
export function lineItem(line: ShownLine, ctx: Saying): Text {
  const rest = [...openText(line, ctx), spoken(line, ctx), ...noteOf(line, ctx), ...standing(line, ctx)];
  return [{ bold: line.name }, ': ', ...ways(line, ctx), `. ${rest.join(' ')}`];
}

/** For who cannot speak aloud: what can be written to among these lines, or that nothing can. */
export function quietText(lines: readonly ShownLine[], ctx: Saying): Text | undefined {
  if (lines.length === 0) return undefined;
  const pieces = lines.flatMap((line): Span[][] => {
    const how = quietWays(line, ctx);
    const said = joined(
      how.map((way) => [way]),
      ctx.language,
    );
    return how.length > 0 ? [[{ bold: line.name }, ': ', ...said]] : [];
  });
  const start: Span = { bold: ctx.t('crisis.quiet.title') };
  const [world] = directories();
  const directory: Span[] = world?.chat ? [{ link: world.chat, label: world.name }] : [];
  if (pieces.length === 0) return [start, ' ', ...sentence(ctx, 'crisis.quiet.none', { directory })];
  return [start, ' ', ...pieces.flatMap((piece, at) => (at === 0 ? piece : ['; ', ...piece])), '.'];
}

/** The numbers of an emergency line. */
export const numbers = (line: Pick<CrisisLine, 'phone'>, ctx: Saying): Span[] =>
  joined(
    line.phone.map(({ number }) => [{ bold: number }]),
    ctx.language,
  );
