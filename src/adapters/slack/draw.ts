import type { types } from '@slack/bolt';
import { type Block, chunks, enclosureOf, type Message, shorten, type Text } from '../../chat/index.js';
import { LIMITS } from './limits.js';
import { escapeText, type Look, lengthOf, mrkdwn, pieces, richElements, textPieces } from './text.js';

/** One Slack message: fallback text and blocks. */
export interface Page {
  /** The notification and what a client without blocks shows; escaped. Only the summary, never the content. */
  readonly text: string;
  readonly blocks: readonly types.KnownBlock[];
}

type Drawn = types.KnownBlock;
type Section = types.RichTextSection;
type Kind<K extends Block<string>['kind']> = Extract<Block<string>, { kind: K }>;

/** Marks our buttons and selects, and numbers them, because Slack refuses two equal action ids. The opaque id is the rest. */
const PRESS = 'press';
const PICK = 'pick';

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false });
const section = (elements: types.RichTextElement[]): Section => ({ type: 'rich_text_section', elements });
const rich = (...elements: types.RichTextBlockElement[]): types.RichTextBlock => ({ type: 'rich_text', elements });

/** A paragraph, in as many blocks as its length asks for. An empty one draws nothing, because Slack refuses it. */
function paragraphs(text: Text, look: Look): Drawn[] {
  return textPieces(text, LIMITS.text, look)
    .map((piece) => richElements(piece, look))
    .filter((elements) => elements.length > 0)
    .map((elements) => rich(section(elements)));
}

function heading(text: string): Drawn[] {
  if (text.trim() === '') return [];
  if (text.length <= LIMITS.header) return [{ type: 'header', text: plain(text) }];
  return pieces(text, LIMITS.text).map((piece) => rich(section([{ type: 'text', text: piece, style: { bold: true } }])));
}

/** Small print. What is wholly literal is plain text; what could be misread as markup goes to rich text, in normal size. */
function note(text: Text, look: Look): Drawn[] {
  if (lengthOf(text, look) > LIMITS.text) return paragraphs(text, look);
  if (typeof text === 'string') return text.trim() === '' ? [] : [{ type: 'context', elements: [plain(text)] }];
  const marked = mrkdwn(text, look);
  if (marked === undefined || marked.length > LIMITS.text) return paragraphs(text, look);
  return marked === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text: marked, verbatim: true }] }];
}

/** Rows that belong together, as many in a block as fit. */
function rows(
  lines: readonly { readonly size: number; readonly elements: types.RichTextElement[] }[],
  join: (rows: Section[]) => Drawn,
) {
  const blocks: Drawn[] = [];
  let open: Section[] = [];
  let room: number = LIMITS.text;
  const close = () => {
    if (open.length > 0) blocks.push(join(open));
    open = [];
    room = LIMITS.text;
  };
  for (const { size, elements } of lines) {
    if (elements.length === 0) continue;
    if (size > room) close();
    open.push(section(elements));
    room -= size;
  }
  close();
  return blocks;
}

const line = (text: Text, look: Look) => ({ size: lengthOf(text, look), elements: richElements(text, look) });
const inPieces = (text: Text, look: Look) => textPieces(text, LIMITS.text, look).map((piece) => line(piece, look));

function list({ items }: Kind<'list'>, look: Look): Drawn[] {
  return rows(
    items.flatMap((item) => inPieces(item, look)),
    (elements) => rich({ type: 'rich_text_list', style: 'bullet', elements }),
  );
}

function facts({ facts: all }: Kind<'facts'>, look: Look): Drawn[] {
  const labelled = all.flatMap(({ label, value }) => {
    const spans = typeof value === 'string' ? [value] : value;
    return inPieces([{ bold: label }, ': ', ...spans], look);
  });
  const ended = labelled.map(({ size, elements }) => ({ size, elements: [...elements, { type: 'text' as const, text: '\n' }] }));
  return rows(ended, (sections) => rich(...sections));
}

/** Numbers the controls of one message. */
type Count = () => number;

function buttons({ buttons: all }: Kind<'buttons'>, count: Count): Drawn[] {
  const elements = all.map(
    ({ label, act, style }): types.Button => ({
      type: 'button',
      action_id: `${PRESS}:${count()}`,
      value: act,
      text: plain(shorten(label, LIMITS.buttonLabel)),
      ...(style && { style }),
    }),
  );
  return chunks(elements, LIMITS.actionsElements).map((some) => ({ type: 'actions', elements: some }));
}

function select({ placeholder, act, options }: Kind<'select'>, count: Count): Drawn[] {
  const selects = chunks(options, LIMITS.selectOptions).map(
    (some): types.StaticSelect => ({
      type: 'static_select',
      action_id: `${PICK}:${count()}:${act}`,
      placeholder: plain(shorten(placeholder, LIMITS.placeholder)),
      options: some.map(({ value, label }) => ({ text: plain(shorten(label, LIMITS.optionLabel)), value })),
    }),
  );
  return selects.length === 0 ? [] : [{ type: 'actions', elements: selects }];
}

function drawBlock(block: Block<string>, look: Look, count: Count): Drawn[] {
  switch (block.kind) {
    case 'heading':
      return heading(block.text);
    case 'text':
      return paragraphs(block.text, look);
    case 'note':
      return note(block.text, look);
    case 'facts':
      return facts(block, look);
    case 'list':
      return list(block, look);
    case 'divider':
      return [{ type: 'divider' }];
    case 'buttons':
      return buttons(block, count);
    case 'select':
      return select(block, count);
    case 'image':
    case 'file':
      return note(enclosureOf(block).words, look);
  }
}

/** All blocks of a message, each within its own limits. */
export function drawBlocks(message: Message, look: Look): types.KnownBlock[] {
  let controls = 0;
  const count = () => controls++;
  return message.blocks.flatMap((block) => drawBlock(block, look, count));
}

/** Characters of text anywhere in a block, which is what Slack adds up over a message. */
function textIn(part: unknown): number {
  if (Array.isArray(part)) return part.reduce<number>((sum, inner) => sum + textIn(inner), 0);
  if (typeof part !== 'object' || part === null) return 0;
  return Object.entries(part).reduce(
    (sum, [name, inner]) => sum + (name === 'text' && typeof inner === 'string' ? inner.length : textIn(inner)),
    0,
  );
}

/** As many Slack messages as the content needs; all but the first repeat the summary as their fallback. */
export function drawPages(message: Message, look: Look): Page[] {
  const text = escapeText(shorten(message.summary, LIMITS.fallbackText));
  const pages: types.KnownBlock[][] = [[]];
  let room: number = LIMITS.messageText;
  for (const block of drawBlocks(message, look)) {
    const size = textIn(block);
    const page = pages.at(-1) as types.KnownBlock[];
    if (page.length > 0 && (page.length >= LIMITS.messageBlocks || size > room)) {
      pages.push([block]);
      room = LIMITS.messageText - size;
    } else {
      page.push(block);
      room -= size;
    }
  }
  return pages.map((blocks) => ({ text, blocks: blocks.length > 0 ? blocks : summaryAsBlock(message.summary) }));
}

/** Without blocks Slack would read the fallback as markup. */
const summaryAsBlock = (summary: string): types.KnownBlock[] =>
  summary.trim() === '' ? [] : [rich(section([{ type: 'text', text: summary }]))];

/** What was pressed: the opaque id that {@link drawBlocks} put there, and the chosen values of a select. */
export function readAction(action: unknown): { readonly id: string; readonly values?: readonly string[] } | undefined {
  const { action_id, value, selected_option } = action as types.Button & { selected_option?: { value?: string } | null };
  if (typeof action_id !== 'string') return undefined;
  const [mark, , ...id] = action_id.split(':');
  if (mark === PRESS) return typeof value === 'string' ? { id: value } : undefined;
  if (mark !== PICK) return undefined;
  return { id: id.join(':'), values: typeof selected_option?.value === 'string' ? [selected_option.value] : [] };
}
