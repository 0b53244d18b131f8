/** Turns ids into what a reader sees in their place. */
export interface Names {
  person(id: string): string;
  role(id: string): string;
}

/** What a reader sees, and what in it is more than plain words. */
export interface Rendered {
  readonly text: string;
  /** Kinds of markup that took effect, such as `bold` or `mention`, in order. */
  readonly marks: readonly string[];
}

interface Rule {
  readonly mark: string;
  readonly pattern: RegExp;
  /** Only where a line begins. */
  readonly atLine?: boolean;
  /** Plain words, or the part that is read in its turn. */
  show(match: RegExpExecArray, names: Names): string | { readonly inner: string };
}

const inner = (match: RegExpExecArray) => ({ inner: match[1] ?? '' });
const date = (seconds: string | undefined) => new Date(Number(seconds) * 1000).toISOString().slice(0, 16).replace('T', ' ');

/** Discord's own markdown, tried in this order at each place of the text. */
const rules: readonly Rule[] = [
  { mark: '', pattern: /^\\([^0-9A-Za-z\s])/u, show: (match) => match[1] ?? '' },
  { mark: 'heading', atLine: true, pattern: /^#{1,3} +/u, show: () => '' },
  { mark: 'small', atLine: true, pattern: /^-# +/u, show: () => '' },
  { mark: 'quote', atLine: true, pattern: /^>(?:>>)? /u, show: () => '' },
  { mark: 'list', atLine: true, pattern: /^ *[-*+] +(?=\S)/u, show: () => '• ' },
  { mark: 'list', atLine: true, pattern: /^ *(\d+)\. +(?=\S)/u, show: (match) => `${match[1]}. ` },
  { mark: 'code', pattern: /^```(?:[a-z0-9_+\-.#]*\n)?([\s\S]+?)```/u, show: (match) => match[1] ?? '' },
  { mark: 'code', pattern: /^(`+)([\s\S]*?[^`])\1(?!`)/u, show: (match) => match[2] ?? '' },
  { mark: 'mention', pattern: /^<@!?(\d+)>/u, show: (match, names) => `@${names.person(match[1] ?? '')}` },
  { mark: 'role', pattern: /^<@&(\d+)>/u, show: (match, names) => `@${names.role(match[1] ?? '')}` },
  { mark: 'channel', pattern: /^<#(\d+)>/u, show: (match) => `#${match[1]}` },
  { mark: 'guide', pattern: /^<id:[a-z-]+(?::\d+)?>/u, show: (match) => match[0] },
  { mark: 'command', pattern: /^<(\/[-_'\p{L}\p{N} ]+):(\d+)>/u, show: (match) => match[1] ?? '' },
  { mark: 'emoji', pattern: /^<a?:(\w+):(\d+)>/u, show: (match) => `:${match[1]}:` },
  { mark: 'time', pattern: /^<t:(-?\d{1,17})(?::[tTdDfFRsS])?>/u, show: (match) => date(match[1]) },
  { mark: 'everyone', pattern: /^@(?:everyone|here)\b/u, show: (match) => match[0] },
  {
    mark: 'link',
    pattern: /^\[((?:\\.|[^\]\\])+)\]\(\s*<?(https?:\/\/[^\s<>)]+)>?\s*\)/u,
    show: (match) => ({ inner: match[1] ?? '' }),
  },
  { mark: 'link', pattern: /^<((?:https?|steam|tel|mailto|sms):[^\s<>]+)>/u, show: (match) => match[1] ?? '' },
  { mark: 'link', pattern: /^(?:https?|steam):\/\/[^\s<]+[^<.,:;"'\]\s)]/u, show: (match) => match[0] },
  { mark: 'link', pattern: /^discord(?:\.gg|(?:app)?\.com\/invite)\/[\w-]+/u, show: (match) => match[0] },
  { mark: 'emoji', pattern: /^:[\w+-]+:/u, show: (match) => match[0] },
  { mark: 'bold', pattern: /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/u, show: inner },
  { mark: 'underline', pattern: /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/u, show: inner },
  { mark: 'italics', pattern: /^\*(?=\S)((?:\\[\s\S]|[^\\*]|\*\*)+?)\*(?!\*)/u, show: inner },
  { mark: 'italics', pattern: /^_((?:\\[\s\S]|[^\\_]|__)+?)_(?!\w)/u, show: inner },
  { mark: 'strike', pattern: /^~~((?:\\[\s\S]|[^\\])+?)~~(?!~)/u, show: inner },
  { mark: 'spoiler', pattern: /^\|\|((?:\\[\s\S]|[^\\])+?)\|\|/u, show: inner },
];

/** Where markup may begin in the middle of a line. */
const MAY_BEGIN = /[\\`<@[:*_~|hsd]/u;

const known = new Map<string, Rendered>();

/** Reads a text as Discord's clients do. A screen is read again after everything that happens on it, so texts without names are kept. */
export function render(source: string, names: Names): Rendered {
  const found = known.get(source);
  if (found) return found;
  const rendered = renderFrom(source, names, true);
  if (!source.includes('<@')) known.set(source, rendered);
  return rendered;
}

function renderFrom(source: string, names: Names, lineBegins: boolean): Rendered {
  const marks: string[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    const begins = at === 0 ? lineBegins : source[at - 1] === '\n';
    const rest = source.slice(at);
    const found = begins || MAY_BEGIN.test(rest[0] ?? '') ? firstMatch(rest, begins) : undefined;
    if (!found) {
      const [character = ''] = rest;
      text += character;
      at += character.length;
      continue;
    }
    const { rule, match } = found;
    if (rule.mark) marks.push(rule.mark);
    const shown = rule.show(match, names);
    if (typeof shown === 'string') text += shown;
    else {
      const within = renderFrom(shown.inner, names, false);
      marks.push(...within.marks);
      text += within.text;
    }
    at += match[0].length;
    if (rule.atLine) {
      const line = renderFrom(source.slice(at), names, true);
      return { text: text + line.text, marks: [...marks, ...line.marks] };
    }
  }
  return { text, marks };
}

function firstMatch(rest: string, begins: boolean): { rule: Rule; match: RegExpExecArray } | undefined {
  for (const rule of rules) {
    if (rule.atLine && !begins) continue;
    const match = rule.pattern.exec(rest);
    if (match) return { rule, match };
  }
  return undefined;
}
