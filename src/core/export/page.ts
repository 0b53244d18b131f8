import { createHash } from 'node:crypto';
import { escapeUTF8 } from 'entities';
import type { Key, Words } from '../../words/index.js';
import { answersSchema } from '../checkins/answers.js';
import { type Asked, askedBy, factsOf } from '../checkins/asked.js';
import { PERSONAL_TABLES, type PersonalTable } from '../privacy/tables.js';
import type { Scope } from '../scope.js';
import { type Exported, rowsOf } from './rows.js';
import type { Export } from './whole.js';

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
article{border-top:1px solid #999;padding:.5rem 0;break-inside:avoid}h3{font-size:1rem;margin:.3rem 0}dt{font-weight:600}dd{margin:0 0 .3rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere}
@media print{nav{display:none}body{margin:0;max-width:none}}`;
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** Columns whose value is one of a few, and has words of its own where we have some. */
const NAMED: ReadonlySet<string> = new Set([
  'state',
  'kind',
  'urgency',
  'shown',
  'said',
  'as',
  'tells',
  'by',
  'role',
  'outcome',
  'ended',
]);
/** What a row is called by: the first of these that it has. */
const WHEN = [
  'at',
  'createdAt',
  'askedAt',
  'sentAt',
  'grantedAt',
  'openedAt',
  'startsAt',
  'startedAt',
  'cameAt',
  'dueAt',
  'since',
];
const HIDDEN: ReadonlySet<string> = new Set(['id', 'unreadable']);
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u;
const DAY = /^\d{4}-\d\d-\d\d$/u;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** What is in the export, said to a person: in words, in their language, their times in their zone. */
function makeSayer({ language, t, has }: Words, zone: string) {
  const instants = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const label = (key: string): string => {
    const words = `export.fields.${key}`;
    return has(words) ? t(words) : key;
  };
  const named = (key: string, value: string): string => {
    const words = [
      `export.values.${value}`,
      ...(key === 'fact' ? [`privacy.facts.${value}`] : []),
      ...(key === 'action' ? [`audit.acts.${value}`] : []),
    ];
    const found = words.find((one) => has(one));
    return found ? t(found as Key) : value;
  };
  function text(key: string, value: unknown): string {
    if (typeof value === 'boolean') return t(value ? 'chat.yes' : 'chat.no');
    if (value instanceof Date) return instants.format(value);
    if (typeof value !== 'string') return String(value);
    if (INSTANT.test(value)) return instants.format(new Date(value));
    if (DAY.test(value)) return days.format(new Date(value));
    return NAMED.has(key) || key === 'fact' || key === 'action' ? named(key, value) : value;
  }
  function html(key: string, value: unknown): string {
    if (Array.isArray(value)) return value.map((one) => html(key, one)).join(typeof value[0] === 'object' ? '' : ', ');
    if (value !== null && typeof value === 'object' && !(value instanceof Date)) return facts(value as Exported);
    return escapeUTF8(text(key, value));
  }
  function facts(row: Exported): string {
    const shown = Object.entries(row).filter(([key, value]) => !HIDDEN.has(key) && !isEmpty(value));
    return `<dl>${shown.map(([key, value]) => `<dt>${escapeUTF8(label(key))}</dt><dd>${html(key, value)}</dd>`).join('')}</dl>`;
  }
  return { facts, text };
}

/** A check-in with its questions as they were asked; where its template is gone, as it is. */
function inWords(scope: Scope, { t }: Words) {
  const known = new Map<string, Promise<Asked | undefined>>();
  return async (row: Exported): Promise<Exported> => {
    const id = String(row.template);
    const asked = known.get(id) ?? askedBy({ scope, t }, id).catch(() => undefined);
    known.set(id, asked);
    const template = await asked;
    const answers = answersSchema.safeParse(row.answers).data;
    if (!template || !answers) return row;
    const said = factsOf({ t }, template, answers).map(({ label, value }) => ({ [label]: value }));
    return { ...row, template: template.title, answers: said };
  };
}

const headingOf = (row: Exported): unknown => WHEN.map((key) => row[key]).find((value) => !isEmpty(value));

/** Everything on one page without a script, for reading, listening and printing. */
export async function* pageOf({ scope, who, words, counts, agreed, ended }: Export): AsyncGenerator<string> {
  const { t, language } = words;
  const { zone } = scope.member;
  const { facts, text } = makeSayer(words, zone);
  const say = (key: Key, values?: Record<string, string | number>): string => escapeUTF8(t(key, values));
  const nameOf = (table: PersonalTable) => say(`privacy.tables.${table}` as Key);
  const asked = inWords(scope, words);
  const shown = PERSONAL_TABLES.filter((name) => (counts.get(name) ?? 0) > 0);
  yield `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
<title>${say('export.title')}</title><style>${STYLE}</style></head><body><main><h1>${say('export.title')}</h1>
<p>${say('export.made', { when: text('', scope.now), zone })}</p><p>${say('export.careful')}</p>
<nav aria-label="${say('export.contents')}"><h2>${say('export.contents')}</h2><ul><li><a href="#agreed">${say('privacy.consent.title')}</a></li>`;
  for (const name of shown) yield `<li><a href="#${name}">${nameOf(name)}</a> (${counts.get(name)})</li>`;
  yield `<li><a href="#left-out">${say('export.leftOut')}</a></li></ul></nav>\n<section id="agreed"><h2>${say('privacy.consent.title')}</h2><ul>`;
  for (const { what, to, since } of agreed)
    yield `<li>${say(`privacy.facts.${what}` as Key)} → ${say(`privacy.to.${to}`)} · ${say('privacy.consent.since', { day: text('', since) })}</li>`;
  for (const { what, to, since, until } of ended)
    yield `<li>${say(`privacy.facts.${what}` as Key)} → ${say(`privacy.to.${to}`)} · ${say('privacy.consent.span', { from: text('', since), until: text('', until) })}</li>`;
  yield '</ul></section>';
  for (const name of shown) {
    yield `\n<section id="${name}"><h2>${nameOf(name)}</h2>`;
    for await (const kept of rowsOf(scope, who, name)) {
      const row = name === 'CheckIn' ? await asked(kept) : kept;
      const heading = headingOf(row);
      yield `\n<article>${heading === undefined ? '' : `<h3>${escapeUTF8(text('', heading))}</h3>`}${facts(row)}${row.unreadable ? `<p>${say('export.unreadable')}</p>` : ''}</article>`;
    }
    yield '</section>';
  }
  yield `\n<section id="left-out"><h2>${say('export.leftOut')}</h2><ul>${(['others', 'ids', 'working', 'guards'] as const)
    .map((one) => `<li>${say(`export.out.${one}`)}</li>`)
    .join('')}</ul></section></main></body></html>\n`;
}
