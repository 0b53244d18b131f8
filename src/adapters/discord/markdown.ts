import type { Span, Text } from '../../chat/index.js';

/** `</checkin now:123>` needs the id that Discord gave the root command. */
export type CommandIds = ReadonlyMap<string, string>;

const snowflake = /^\d{15,20}$/u;
const special = /[\\*_~`|<>#@[\]():/+-]|(?<=\d)\./gu;

/**
 * Text that shows exactly as it is, wherever it stands: no bold, list, heading, quote, code, spoiler, link, mention, emoji,
 * timestamp or invite. A backslash before punctuation is how Discord's markdown takes a character literally.
 */
export const literal = (text: string): string => text.replace(/\r\n?/gu, '\n').replace(special, '\\$&');

/** As {@link literal}, on one line. */
export const literalLine = (text: string): string => literal(text.replace(/\s+/gu, ' ').trim());

const timeStyles = { date: 'D', time: 't', datetime: 'f', relative: 'R' } as const;

/** An address that cannot end the link early; undefined where it is no web address. */
function webAddress(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  return url.href.replace(/[()<>\s\\]/gu, (character) => encodeURIComponent(character).replace('(', '%28').replace(')', '%29'));
}

function drawLink(link: string, label: string | undefined): string {
  const address = webAddress(link);
  const name = label && literalLine(label);
  // Its apps make numbers tappable themselves, and no others.
  if (name && /^tel:/iu.test(link)) return name;
  if (!address) return name ? `${name} (${literal(link)})` : literal(link);
  return name ? `[${name}](<${address}>)` : `<${address}>`;
}

function drawCommand([root, sub]: readonly [string, string?], ids: CommandIds): string {
  const name = sub ? `${root} ${sub}` : root;
  const id = ids.get(root);
  return id ? `</${name}:${id}>` : `**${literal(`/${name}`)}**`;
}

function drawSpan(span: Span, ids: CommandIds): string {
  if (typeof span === 'string') return literal(span);
  if ('bold' in span) return span.bold.trim() ? `**${literalLine(span.bold)}**` : '';
  if ('time' in span) return `<t:${Math.floor(span.time.getTime() / 1000)}:${timeStyles[span.style]}>`;
  if ('mention' in span) return snowflake.test(span.mention) ? `<@${span.mention}>` : literal(`@${span.mention}`);
  if ('group' in span) return snowflake.test(span.group) ? `<@&${span.group}>` : literal(`@${span.group}`);
  if ('channel' in span) return snowflake.test(span.channel) ? `<#${span.channel}>` : literal(`#${span.channel}`);
  if ('link' in span) return drawLink(span.link, span.label);
  return drawCommand(span.command, ids);
}

/** Pieces between which the text may be divided over messages; joined they are the whole. */
export function pieces(text: Text, ids: CommandIds): string[] {
  const spans = typeof text === 'string' ? [text] : text;
  return spans.flatMap((span) => {
    const drawn = drawSpan(span, ids);
    return typeof span === 'string' ? (drawn.match(/\S*\s+|\S+/gu) ?? []) : [drawn];
  });
}

/** People who are meant to be told that they were mentioned. */
export function mentioned(text: Text): string[] {
  if (typeof text === 'string') return [];
  return text.flatMap((span) =>
    typeof span === 'object' && 'mention' in span && snowflake.test(span.mention) ? [span.mention] : [],
  );
}

/** Divides one word that is longer than a message, never inside an escape or a character. */
function cutWord(word: string, limit: number): string[] {
  const units = word.match(/\\?[\s\S]/gu) ?? [];
  const parts: string[] = [''];
  for (const unit of units) {
    const last = parts.length - 1;
    if ((parts[last] ?? '').length + unit.length > limit) parts.push(unit);
    else parts[last] += unit;
  }
  return parts;
}

/** Packs pieces into texts of at most `limit` characters, in order and without losing one. */
export function pack(all: readonly string[], limit: number): string[] {
  const texts: string[] = [];
  let current = '';
  for (const piece of all.flatMap((one) => (one.length > limit ? cutWord(one, limit) : [one]))) {
    if (current.length + piece.length > limit) {
      texts.push(current);
      current = '';
    }
    current += piece;
  }
  texts.push(current);
  return texts.map((text) => text.trimEnd()).filter((text) => text.trim() !== '');
}
