import { blocksOf, type Json, type World } from './world.js';

/** Something that is more than words on the screen: what a member's own text must never become. */
export interface Mark {
  readonly kind: 'user' | 'group' | 'broadcast' | 'channel' | 'link' | 'emoji' | 'style';
  readonly text: string;
}

export interface Rendered {
  readonly text: string;
  readonly marks: readonly Mark[];
}

const none: readonly Mark[] = [];
const literal = (text: string): Rendered => ({ text, marks: none });
const join = (parts: readonly Rendered[], by = ''): Rendered => ({
  text: parts.map(({ text }) => text).join(by),
  marks: parts.flatMap(({ marks }) => marks),
});

/** How the loopback's clients show an instant; the tests run in one zone. */
const instant = (seconds: number, format: string): string => {
  const date = new Date(seconds * 1000);
  const day = date.toISOString().slice(0, 10);
  const time = date.toISOString().slice(11, 16);
  if (format === '{ago}') return `${day} ${time}`;
  return format.replace(/\{date[a-z_]*\}/gu, day).replace(/\{time[a-z_]*\}/gu, time);
};

const decode = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export class Renderer {
  constructor(private readonly world: World) {}

  #user(id: string): Rendered {
    const text = `@${this.world.users.get(id)?.name ?? id}`;
    return { text, marks: [{ kind: 'user', text }] };
  }

  #group(id: string): Rendered {
    const text = `@${this.world.groups.get(id)?.handle ?? id}`;
    return { text, marks: [{ kind: 'group', text }] };
  }

  /** `<…>` of Slack's text format. */
  #entity(inner: string): Rendered {
    const [target = '', label] = inner.split('|', 2);
    if (/^@[UW]/u.test(target)) return this.#user(target.slice(1));
    if (target.startsWith('!subteam^')) return this.#group(target.slice('!subteam^'.length));
    if (target.startsWith('!date^')) {
      const [, seconds = '0', format = ''] = target.split('^');
      return literal(instant(Number(seconds), format));
    }
    if (target.startsWith('!')) return { text: `@${target.slice(1)}`, marks: [{ kind: 'broadcast', text: target }] };
    if (target.startsWith('#')) return { text: target, marks: [{ kind: 'channel', text: target }] };
    const text = decode(label ?? target);
    return { text, marks: [{ kind: 'link', text: target }] };
  }

  /** Slack's `mrkdwn`: entities, styles, emoji; and bare links unless `verbatim`. */
  mrkdwn(source: string, verbatim = false): Rendered {
    const parts = source.split(/<([^<>]*)>/u).map((part, i) => (i % 2 === 1 ? this.#entity(part) : styled(part, verbatim)));
    return join(parts);
  }

  /** A notification: entities are read, styles are not. */
  notification(source: string): Rendered {
    return join(source.split(/<([^<>]*)>/u).map((part, i) => (i % 2 === 1 ? this.#entity(part) : literal(decode(part)))));
  }

  /** A text object, or a plain fallback. */
  text(object: unknown): Rendered {
    const { type, text, emoji, verbatim } = (object ?? {}) as Json;
    if (type === 'mrkdwn') return this.mrkdwn(String(text), verbatim === true);
    const words = String(text ?? '');
    return emoji === false ? literal(words) : { text: words, marks: emojis(words) };
  }

  #element(element: Json): Rendered {
    switch (element.type) {
      case 'text':
        return literal(String(element.text));
      case 'user':
        return this.#user(String(element.user_id));
      case 'usergroup':
        return this.#group(String(element.usergroup_id));
      case 'channel':
        return { text: `#${element.channel_id}`, marks: [{ kind: 'channel', text: String(element.channel_id) }] };
      case 'broadcast':
        return { text: `@${element.range}`, marks: [{ kind: 'broadcast', text: String(element.range) }] };
      case 'date':
        return literal(instant(Number(element.timestamp), String(element.format)));
      case 'link': {
        const text = element.text ? `${element.text} (${element.url})` : String(element.url);
        return { text, marks: [{ kind: 'link', text: String(element.url) }] };
      }
      default:
        return { text: `[${element.type}]`, marks: [{ kind: 'emoji', text: String(element.type) }] };
    }
  }

  #rich(part: Json): Rendered {
    const inner = (part.elements ?? []) as Json[];
    if (part.type === 'rich_text_list')
      return join(
        inner.map((item) => this.#rich(item)),
        '\n',
      );
    return join(inner.map((element) => (Array.isArray(element.elements) ? this.#rich(element) : this.#element(element))));
  }

  /** What a person reads of one block; undefined for what has no words of its own. */
  block(block: Json): Rendered | undefined {
    switch (block.type) {
      case 'header':
        return this.text(block.text);
      case 'section': {
        const fields = ((block.fields ?? []) as Json[]).map((field) => this.text(field));
        return join([...(block.text ? [this.text(block.text)] : []), ...fields], '\n');
      }
      case 'context':
        return join(
          ((block.elements ?? []) as Json[]).map((element) => this.text(element)),
          ' ',
        );
      case 'rich_text': {
        const { text, marks } = this.#rich(block);
        return { text: text.replace(/\n$/u, ''), marks };
      }
      default:
        return undefined;
    }
  }

  /** A whole message: its blocks line by line, or the fallback where there are none. */
  message(text: string, blocks: readonly Json[]): Rendered {
    if (blocks.length === 0) return this.mrkdwn(text);
    return join(
      blocks.map((block) => this.block(block)).filter((part) => part !== undefined),
      '\n',
    );
  }
}

const emojis = (text: string): Mark[] =>
  [...text.matchAll(/:[a-z0-9_+-]+:/gu)].map(([found]) => ({ kind: 'emoji', text: found }));

/** What Slack would make of words between entities. */
function styled(source: string, verbatim: boolean): Rendered {
  const marks: Mark[] = [...emojis(source)];
  let text = source;
  for (const sign of ['*', '_', '~', '`']) {
    const pattern = new RegExp(`[${sign}](\\S(?:[^\\n]*?\\S)?)[${sign}]`, 'gu');
    text = text.replace(pattern, (found, inner: string) => {
      marks.push({ kind: 'style', text: found });
      return inner;
    });
  }
  if (/^\s*&gt;/mu.test(source)) marks.push({ kind: 'style', text: '>' });
  if (!verbatim)
    for (const [found] of source.matchAll(/https?:\/\/\S+|(?:^|\s)@(?:here|channel|everyone)\b/gu))
      marks.push({ kind: found.includes('http') ? 'link' : 'broadcast', text: found });
  return { text: decode(text), marks };
}

/** A button or select as it stands on the screen. */
export interface Control {
  readonly type: string;
  readonly actionId: string;
  readonly blockId: string;
  /** What our adapter put in: the opaque id. */
  readonly rawId: string;
  readonly label: string;
  readonly value?: string;
  readonly options: readonly { readonly label: string; readonly value: string; readonly raw: Json }[];
  readonly raw: Json;
}

const wordsOf = (object: unknown): string => String((object as Json | undefined)?.text ?? '');

export function controlsOf(body: Json): Control[] {
  return blocksOf(body)
    .filter(({ type }) => type === 'actions')
    .flatMap((block) =>
      ((block.elements ?? []) as Json[]).map((element) => {
        const actionId = String(element.action_id);
        const options = ((element.options ?? []) as Json[]).map((option) => ({
          label: wordsOf(option.text),
          value: String(option.value),
          raw: option,
        }));
        return {
          type: String(element.type),
          actionId,
          blockId: String(block.block_id ?? ''),
          rawId: element.value === undefined ? actionId.split(':').slice(2).join(':') : String(element.value),
          label: wordsOf(element.text ?? element.placeholder),
          ...(element.value !== undefined && { value: String(element.value) }),
          options,
          raw: element,
        };
      }),
    );
}
